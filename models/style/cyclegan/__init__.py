"""CycleGAN: a photograph painted, and a painting photographed."""
