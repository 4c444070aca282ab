"""C-GAN: pictures from conditions."""
