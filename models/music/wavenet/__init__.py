"""WaveNet over notes: dilated causal convolutions write tunes with chords."""
