"""Sounds and speech: families of the Voice tab."""
