"""How alike two pictures are to the eye: what squared error alone paints is blurred.

The two shallow maps of our own feature network, each taken as one more calibrated Gaussian
observation, so that no weights between them have to be guessed. Measures look at the two deep
maps: what judges is not what was trained on. After Hou, Shen, Sun, Qiu, "Deep Feature Consistent
Variational Autoencoder", 2017 (arXiv 1610.00291).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F

from models.registry import judge
from models.weights import load_network

DEPTHS = 2  # maps at 1/2 and 1/4 of the side: edges and fur, not what it is


class Likeness:
    """Called with made and real pictures (n, 3, h, w) in -1..1; lower is more alike."""

    def __init__(self, device: torch.device):
        self.eye = load_network(judge("eye"), device).to(memory_format=torch.channels_last)

    def __call__(self, made: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            wanted = self.eye.first(real, DEPTHS)
        pairs = zip(self.eye.first(made, DEPTHS), wanted, strict=True)
        return sum(F.mse_loss(a.float(), b.float()).log() / 2 for a, b in pairs) / DEPTHS
