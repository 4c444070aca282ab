"""Latents of a text that are looked for, from where the encoder guesses them at once.

Kim, Wiseman, Miller, Sontag, Rush, "Semi-Amortized Variational Autoencoders", ICML 2018 (arXiv
1802.02550): one pass of an encoder is a good guess for all texts and the best for none. A few steps
down the surprise of this very text, as the decoder is asked for it (`nearby.py`), bring twice as
many unseen captions back word for word.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import torch
import torch.nn.functional as F

from models.data.vocabulary import END, START
from models.layers.nearby import around

STEPS = 25
RATE = 0.1  # sigmas of the prior a step, about
KEEP = 0.9  # of both moments of Adam's: torch's own would load a compiler first, for a second
HOLD = 0.25  # weight of the prior: at 1 less comes back than the guess brings, at 0 walks break
KEPT = 256  # texts a network: a slider asks for the same one at every move

_known: WeakKeyDictionary[torch.nn.Module, dict[str, torch.Tensor]] = WeakKeyDictionary()


def latents(network: torch.nn.Module, text: str, most: int) -> torch.Tensor:
    """Text, of which `most` pieces are read -> (latent,); always the same for the same text."""
    known = _known.setdefault(network, {})
    found = known.get(text)
    if found is None:
        if len(known) >= KEPT:
            known.clear()
        found = known[text] = _looked_for(network, text, most)
    return found


def _looked_for(network: torch.nn.Module, text: str, most: int) -> torch.Tensor:
    # a recurrent layer of cuDNN has no gradient outside of training: let torch's own take its place
    with (
        torch.inference_mode(False),
        torch.enable_grad(),
        torch.backends.cudnn.flags(enabled=False),
    ):
        guess = network.read([text])[0].detach()
        pieces = network.vocabulary.encode(text)[:most]
        if not pieces:
            return guess
        read = torch.tensor([[START, *pieces]], device=guess.device)
        goals = torch.tensor([*pieces, END], device=guess.device)
        z, slope, power = guess, torch.zeros_like(guess), torch.zeros_like(guess)
        for step in range(1, STEPS + 1):
            z = z.detach().requires_grad_(True)
            spots = around(z[None])
            hidden, _ = network(read.expand(len(spots), -1), spots)
            scores = network.scores(hidden).flatten(0, 1)
            surprise = F.cross_entropy(scores, goals.repeat(len(spots)), reduction="sum")
            loss = surprise / len(spots) + HOLD * z.square().sum() / 2
            (found,) = torch.autograd.grad(loss, [z])
            slope, power = slope.lerp(found, 1 - KEEP), power.lerp(found.square(), 1 - KEEP)
            sure = 1 - KEEP**step
            z = z - RATE * (slope / sure) / ((power / sure).sqrt() + 1e-8)
        return z.detach()
