"""Cleaning CNN: a worn photograph loses its marks as far as a person turns."""
