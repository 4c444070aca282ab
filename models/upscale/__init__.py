"""Upscale: a picture in, the same picture larger out."""
