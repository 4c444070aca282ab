"""From a request to a story, sentence by sentence."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch

from models.data.vocabulary import END
from models.family import Asked
from models.layers.known_words import KnownWords
from models.layers.walk import SEEDS, normal
from models.layers.writing import Noise, alternatives, choose, log_chances, shown
from models.values import Token

from .sentences import is_whole, sentences_of

DRAWN = 9176  # keeps what is drawn anew apart from the seed's own noise
Choice = Callable[[int, np.ndarray], int]  # (place in the sentence, log chances) -> piece


def tell(network, asked: Asked, noise: torch.Tensor) -> Iterator[list[Token]]:
    """The tokens so far, one list that grows. noise (rows, latent): of each sentence.

    Where a sentence is drawn anew, the story as it was is written on in silence, and its other
    sentences are said again.
    """
    controls, vocabulary = asked.controls, network.vocabulary
    story = Story(network, asked, noise)
    opening = controls["opening"].rstrip()
    given = sentences_of(opening, vocabulary)
    begun = [] if not given or is_whole(opening) else given.pop()
    for sentence in given:
        yield from story.repeat(sentence, given=True)
    story.left = int(controls["length"])
    again, before = int(controls["again"]) - 1 if controls["draw"] else -1, None
    for i in range(int(controls["sentences"])):
        if i == again:
            before = copy.copy(story)
            before.tokens = list(story.tokens)
        if before is None:
            yield from story.write(begun)
        else:
            for _ in before.write(begun):
                pass
            if i == again:
                yield from story.write(begun, int(controls["draw"]))
            else:
                yield from story.repeat(before.last)
        begun = []
        if story.left <= 0 or story.last[-1:] != [END] or len(story.last) == 1:
            break
    yield story.tokens


class Story:
    """What was written, the state of the network after it, and how many pieces may follow."""

    def __init__(self, network, asked: Asked, noise: torch.Tensor) -> None:
        self.network, self.asked, self.noise = network, asked, noise
        self.tokens: list[Token] = []
        self.count = 0  # of sentences
        self.left = 1  # pieces that may still be written
        self.last: list[int] = []  # the newest sentence, with its END
        self.state = None
        self.past = noise.new_zeros(1, network.remembers.hidden_size)

    def write(self, begun: Sequence[int], draw: int = 0) -> Iterator[list[Token]]:
        """A sentence that begins with `begun`; `draw`: another one than the seed's."""
        seed, row = self.asked.seed, self.count % len(self.noise)
        noise = self.noise[row]
        if draw:
            drawn = normal(seed, DRAWN, row, draw, size=len(noise))
            noise = torch.from_numpy(drawn.copy()).to(noise)
        middle, width = self.network.expect(self.past)
        z = middle + noise * float(self.asked.controls["spread"]) * (width / 2).exp()
        key = np.array([seed, self.count, draw], np.uint32)
        chance = Noise(int(np.random.RandomState(key).randint(SEEDS)), len(self.network.bias))
        known = KnownWords(self.network.known) if self.asked.controls.get("known") else None

        def choice(place: int, chances: np.ndarray) -> int:
            chances = known(self.last, chances) if known else chances
            may_end = bool(self.tokens)  # an empty sentence ends a story that has begun
            return choose(chances, chance, place, self.asked.controls, may_end)

        yield from self._go(z, list(begun), len(begun), choice)

    def repeat(self, sentence: Sequence[int], given: bool = False) -> Iterator[list[Token]]:
        """A sentence that stands already, with or without its END, read into its latents."""
        sentence = [*sentence] if sentence[-1:] == [END] else [*sentence, END]
        z = self.network.encode(self._read(sentence), self.past)[0]
        yield from self._go(z, sentence, len(sentence) if given else 0, None)

    def _go(
        self, z: torch.Tensor, said: list[int], given: int, choice: Choice | None
    ) -> Iterator[list[Token]]:
        """Say the pieces of `said`, of which the first `given` are a person's, then choose."""
        vocabulary, self.last = self.network.vocabulary, []
        scores, self.state = self.network.begin(z, self.state)
        while len(self.last) < given or self.left > 0:
            place, chances = len(self.last), log_chances(scores)[0]
            if place == len(said) and choice is None:
                break
            piece = said[place] if place < len(said) else choice(place, chances)
            self.last.append(piece)
            if piece == END:
                break
            self.left -= place >= given
            others = alternatives(chances, piece, vocabulary)
            words = shown(vocabulary, piece, self.tokens)
            self.tokens.append(Token(words, math.exp(chances[piece]), others, place < given))
            yield self.tokens
            scores, self.state = self.network.step(torch.tensor([piece]), z, self.state)
        self.past = self.network.remembers(self._read(self.last)[None], self.past[None])[1][0]
        self.count += 1

    def _read(self, sentence: list[int]) -> torch.Tensor:
        """(1, read)"""
        numbers = torch.tensor([sentence or [END]], device=self.noise.device)
        return self.network.read(numbers, torch.tensor([numbers.shape[1]]).to(numbers.device))
