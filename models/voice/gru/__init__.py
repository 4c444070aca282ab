"""GRU: a spoken digit frame by frame."""
