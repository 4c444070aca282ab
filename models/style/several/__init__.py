"""Several styles: one network, chosen and blended by weights."""
