"""VAE: sounds to latents and back."""
