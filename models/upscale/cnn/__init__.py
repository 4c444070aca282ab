"""Light CNN: larger and sharper, faithful to what is there."""
