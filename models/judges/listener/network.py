"""One small residual trunk over a spectrogram with a head for each column of labels."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from models.layers.residual import Stage
from models.layers.spectrum import Spectrum


class SoundReader(nn.Module):
    """Sounds (n, samples) at the network's rate, any level, to class scores by column."""

    def __init__(self, config):
        super().__init__()
        self.names = config.conditions
        self.spectrum = Spectrum(
            config.rate, config.window, config.hop, config.bands, config.frames
        )
        self.stages = nn.Sequential(*(Stage(a, b, 0) for a, b in pairwise((1, *config.widths))))
        high = config.bands // 2
        for _ in config.widths:
            high = -(-high // 2)
        self.hidden = nn.Linear(2 * config.widths[-1] * high, config.hidden)
        self.heads = nn.ModuleList(nn.Linear(config.hidden, len(v)) for v in config.names)

    def look(self, sounds: torch.Tensor) -> torch.Tensor:
        """(n, samples) -> (n, 1, bands / 2, frames / 2): what the trunk is shown"""
        wanted = self.spectrum.samples
        sounds = F.pad(sounds, (0, max(wanted - sounds.shape[1], 0)))[:, :wanted]
        return F.avg_pool2d(self.spectrum.analyse(sounds), 2)

    def features(self, looks: torch.Tensor) -> torch.Tensor:
        """(n, 1, bands / 2, frames / 2) -> (n, hidden): what Frechet distances are taken in"""
        x = self.stages(looks.contiguous(memory_format=torch.channels_last)).flatten(1, 2)
        return F.relu(self.hidden(torch.cat([x.mean(2), x.amax(2)], 1)))  # whenever it sounds

    def forward(self, looks: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Looks -> scores (n, classes) by column"""
        x = self.features(looks)
        return tuple(head(x) for head in self.heads)
