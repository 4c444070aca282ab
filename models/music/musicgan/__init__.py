"""MusicGAN: four bars of a band out of shared and private noise."""
