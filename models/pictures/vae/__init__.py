"""VAE: pictures to latents and back."""
