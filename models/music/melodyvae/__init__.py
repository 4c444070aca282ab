"""Melody VAE: two bars of a tune to latents and back."""
