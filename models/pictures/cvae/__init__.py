"""C-VAE: pictures to latents and back, told what they show."""
