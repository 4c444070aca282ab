"""Drum VAE: two bars of drums to latents and back."""
