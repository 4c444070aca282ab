"""Vocoder: log-mel frames and pitch to sound."""
