"""WaveNet: a spoken digit sample by sample."""
