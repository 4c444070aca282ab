"""Pieces of page that tabs share."""
