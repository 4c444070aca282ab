"""What families that turn two bars into latents and back have in common. No torch at import."""

from __future__ import annotations

from typing import ClassVar

from models.family import Control, Family, Words
from models.layers.form import draw, form_controls, more_of
from models.layers.own_notes import FROM_BAR, NEAR, OTHER, OTHER_BAR, OWN


class BarMusic(Family):
    """`more` names the directions, `wide` is how many chances decide a step, `own` what else may be
    set about a person's file, and `played` how notes are played."""

    row = "M4"
    gives = "notes"
    takes = (OWN, OTHER)
    loop = "models.learning.tunes"
    more: ClassVar[tuple[tuple[str, Words], ...]]
    wide: ClassVar[int] = 1
    own: ClassVar[tuple[Control, ...]] = ()
    played: ClassVar[tuple[Control, ...]]

    def controls(self, config):
        return (
            *form_controls(),
            *more_of(self.more),
            NEAR,
            FROM_BAR,
            OTHER_BAR,
            *self.own,
            *self.played,
        )

    def noise(self, config, asked):
        return draw(asked, config.latent, config.steps, self.wide)
