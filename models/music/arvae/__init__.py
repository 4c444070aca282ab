"""ARVAE: a melody VAE whose latents follow one another."""
