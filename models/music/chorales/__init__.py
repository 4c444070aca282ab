"""Chorales: four voices, one step after another."""
