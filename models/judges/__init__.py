"""Networks that measure the others, trained on real data only and then left as they are."""
