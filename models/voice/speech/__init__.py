"""Text to speech: phonemes to mels, with how it is said left to latents of every word."""
