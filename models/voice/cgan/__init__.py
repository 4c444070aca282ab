"""C-GAN: sounds from conditions."""
