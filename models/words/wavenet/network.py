"""Dilated causal convolutions over pieces, with a memory for each layer.

The memory is what a layer has to look back on: training reads window after window with it, and
sampling is the same network with windows of one piece, so that a step costs one column.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from models.data.vocabulary import START
from models.layers.language import Literate


class Layer(nn.Module):
    """Gated causal convolution of two taps, `dilation` apart, with a residual way around it.

    The taps are one product of matrices over what stands `dilation` before and here: three quarters
    of the time that `Conv1d` takes for so few of them.
    """

    def __init__(self, width: int, dilation: int):
        super().__init__()
        self.dilation = dilation
        self.taps = nn.Linear(2 * width, 2 * width)
        self.out = nn.Linear(width, 2 * width)

    def forward(self, x: torch.Tensor, memory: torch.Tensor):
        """x (n, t, width), memory (n, dilation, width) -> x, what is skipped out, new memory"""
        seen = torch.cat([memory, x], 1)
        value, gate = self.taps(torch.cat([seen[:, : x.shape[1]], x], 2)).chunk(2, 2)
        stay, leave = self.out(value.tanh() * gate.sigmoid()).chunk(2, 2)
        return (x + stay) * 0.7071, leave, seen[:, -self.dilation :]


class WaveNet(Literate):
    """(n, t) numbers of pieces -> hidden vectors (n, t, embed); see `Recurrent` for the rest."""

    def __init__(self, config):
        super().__init__(config)
        self.width = config.width
        self.table = nn.Embedding(config.pieces, config.embed)
        self.enter = nn.Linear(config.embed, config.width)
        self.layers = nn.ModuleList(Layer(config.width, d) for d in config.dilations)
        self.out = nn.Linear(config.width, config.embed)
        self.bias = nn.Parameter(torch.zeros(config.pieces))
        self.drop = nn.Dropout(config.drop)
        nn.init.normal_(self.table.weight, std=config.embed**-0.5)

    def forward(self, numbers: torch.Tensor, state=None):
        """(n, t) -> hidden vectors (n, t, embed) and the memories after the last piece"""
        x = self.enter(self.drop(self.table(numbers)))
        if state is None:
            state = tuple(x.new_zeros(len(x), m.dilation, self.width) for m in self.layers)
        skipped, memories = torch.zeros_like(x), []
        for layer, memory in zip(self.layers, state, strict=True):
            x, leave, memory = layer(x, memory)
            skipped = skipped + leave
            memories.append(memory)
        hidden = self.out(F.relu(skipped))
        return self.drop(hidden), tuple(memories)

    def scores(self, hidden: torch.Tensor) -> torch.Tensor:
        """(..., embed) -> (..., pieces) unnormalised log chances"""
        return F.linear(hidden, self.table.weight, self.bias)

    def begin(self, count: int):
        """Scores for the first piece of `count` texts, and the memories."""
        return self.step(torch.full((count,), START), None)

    def step(self, numbers: torch.Tensor, state):
        """The pieces just written (n,) -> scores for the next (n, pieces) and the memories"""
        hidden, state = self(numbers[:, None], state)
        return self.scores(hidden[:, -1]), state
