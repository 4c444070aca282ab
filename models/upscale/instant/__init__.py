"""Instant CNN: the same idea, small enough for every slider."""
