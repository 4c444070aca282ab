"""What any style learns from: a shelf of style squares as numbers, one more at every step.

A style is asked of the network and wanted of its answer only as statistics; keeping those saves
two of five passes through the eye.
"""

from __future__ import annotations

import random

import numpy as np
import torch

from models.answer import to_bytes
from models.learning.job import Job
from models.style.anystyle.network import AnyStyle, Style
from models.style.losses import Manner, joined, manner_of
from models.style.painting import padded
from models.style.squares import cut, pictures_of, unseen

SHOWN = 7  # styles on the sheet
FIRST = 48  # squares before the first step


class Shelf:
    """Styles by their share in `recipe.also`; the job's own data has what is left."""

    def __init__(self, job: Job, eye: torch.nn.Module, network: AnyStyle):
        self.recipe, self.eye, self.network = job.recipe, eye, network
        own = min(job.recipe.style_size, 2 * job.config.size)
        every = ((job.data, own, 0.0), *job.recipe.also)
        self.shares = [share for _, _, share in every]
        self.shares[0] = 1 - sum(self.shares)
        self.sets = [pictures_of(name, size, job.device) for name, size, _ in every]
        self.manners: list[Manner] = []
        self.styles: list[Style] = []
        while len(self.manners) < FIRST:
            self._add()
        network.expect(_together(self.styles))
        self.held = _held_out(job)
        self.columns = len(self.held[1]) + 1

    @torch.no_grad()
    def _add(self) -> None:
        pictures = random.choices(self.sets, self.shares)[0]
        recipe = self.recipe
        x = cut(pictures, 1, recipe.style_side, recipe.nearest_style, recipe.farthest_style)
        manner, style = manner_of(x, self.eye.features(x)), self.network.style(x)
        if len(self.manners) < recipe.shelf:
            self.manners.append(manner)
            self.styles.append(style)
        else:
            place = random.randrange(recipe.shelf)
            self.manners[place], self.styles[place] = manner, style

    def draw(self) -> tuple[Style, Manner]:
        """Styles for a batch, and what is wanted of what they paint."""
        self._add()
        chosen = random.sample(range(len(self.manners)), self.recipe.batch)
        return (
            _together([self.styles[i] for i in chosen]),
            joined([self.manners[i] for i in chosen]),
        )

    def own(self, content: torch.Tensor) -> Style:
        """A picture in its own style is the picture."""
        return self.network.style(content)

    @torch.no_grad()
    def sheet(self, network: AnyStyle) -> np.ndarray:
        """uint8: styles across the top, contents down the left, what is painted between."""
        contents, styles = self.held
        rows = [torch.cat([torch.ones_like(styles[:1]), styles])]
        known = network.style(styles)
        for content in contents:
            same = content.expand(len(styles), -1, -1, -1)
            rows += [content[None], padded(lambda x: network(x, known), same, network)]
        return to_bytes(torch.cat(rows))


def _together(styles: list[Style]) -> Style:
    return Style(
        *(
            tuple(torch.cat(parts) for parts in zip(*(s[i] for s in styles), strict=True))
            for i in (0, 1)
        )
    )


def _held_out(job: Job) -> tuple[torch.Tensor, torch.Tensor]:
    """Contents and styles for the sheet that were not learned from, four and at most seven."""
    contents = unseen(job.recipe.contents, job.device, "validation")
    styles = unseen(job.data, job.device, "test")
    for name, _, _ in job.recipe.also:
        styles = torch.cat([styles, unseen(name, job.device, "test")[:1]])
    chosen = torch.linspace(0, len(contents) - 1, 4).long()
    return contents[chosen].float() / 127.5 - 1, styles[-SHOWN:].float() / 127.5 - 1
