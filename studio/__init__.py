"""What a person sees. Knows no model by name, only families, cards and the engine."""

import os

# Threads that wait by spinning starve each other as soon as anything else runs on the machine:
# a 2 ms answer took 280 ms beside one busy process. Must be set before torch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

__version__ = "0.1.0"
