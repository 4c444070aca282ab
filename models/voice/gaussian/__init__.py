"""Gaussian of each kind of sound: the floor that networks must beat."""
