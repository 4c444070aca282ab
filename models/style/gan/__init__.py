"""The CycleGAN without its cycle: nothing asks for the way back."""
