"""A judge that listens: which drum, which digit, which speaker."""
