"""C-GAN: four bars of a band by mode, energy, register and drums."""
