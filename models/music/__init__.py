"""Music: notes from networks."""
