"""What several styles learn from: for each, the average manner of squares cut from its works."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data import load_pictures
from models.learning.job import Job
from models.style.losses import Manner, joined, manner_of
from models.style.painting import padded
from models.style.several.network import Several
from models.style.squares import cut, unseen

SHOWN = 5  # contents on the sheet


class Groups:
    """One row of numbers for each style."""

    def __init__(self, job: Job, eye: torch.nn.Module, network: Several):
        self.recipe, self.device = job.recipe, job.device
        self.manners = manners(job.data, job.config, job.recipe, eye, job.device)
        contents = unseen(job.recipe.contents, job.device, "validation")
        chosen = torch.linspace(0, len(contents) - 1, SHOWN).long()
        self.held = contents[chosen].float() / 127.5 - 1
        self.columns = len(job.config.styles) + 1

    def draw(self) -> tuple[torch.Tensor, Manner]:
        """One-hot shares for a batch, and what is wanted of what they paint."""
        count = len(self.manners.colour)
        chosen = torch.randint(count, (self.recipe.batch,))
        return F.one_hot(chosen, count).float().to(self.device), self.manners.rows(chosen)

    def own(self, content: torch.Tensor) -> None:
        """No picture is in a style of its own here."""
        return None

    @torch.no_grad()
    def sheet(self, network: Several) -> np.ndarray:
        """uint8: every content, then it in each of the styles."""
        every = torch.eye(self.columns - 1, device=self.device)
        rows = []
        for content in self.held:
            same = content.expand(len(every), -1, -1, -1)
            rows += [content[None], padded(lambda x: network(x, every), same, network)]
        return to_bytes(torch.cat(rows))


@torch.no_grad()
def manners(data: str, config, recipe, eye: torch.nn.Module, device) -> Manner:
    """The average manner of every style of `config`, (styles, ...)"""
    torch.manual_seed(0)
    found = load_pictures(data, min(recipe.style_size, 2 * config.size), "all", 3)
    column, names = next(iter(found.names.items()))
    each = []
    for style in config.styles:
        if style not in names:
            raise ValueError(f"{data} has no pictures of the style {style!r}; it has {names}.")
        mine = found.labels[column] == names.index(style)
        works = torch.from_numpy(found.pictures[mine]).to(device)
        x = torch.cat(
            [
                cut(works, 4, recipe.style_side, recipe.nearest_style, recipe.farthest_style)
                for _ in range(recipe.squares // 4)
            ]
        )
        each.append(manner_of(x, eye.features(x)).average())
    return joined(each)
