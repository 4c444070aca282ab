"""Plain enlargement: what every network is held against."""
