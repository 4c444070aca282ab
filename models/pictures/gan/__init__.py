"""GAN: the first one, of plain layers."""
