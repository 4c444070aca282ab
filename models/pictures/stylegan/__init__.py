"""StyleGAN: a mapped latent styles every resolution."""
