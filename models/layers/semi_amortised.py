"""Latents of a text that are looked for, from where the encoder guesses them at once.

Kim, Wiseman, Miller, Sontag, Rush, "Semi-Amortized Variational Autoencoders", ICML 2018 (arXiv
1802.02550): one pass of an encoder is a good guess for all texts and the best for none. A few steps
down the surprise of this very text, as the decoder is asked for it (`nearby.py`), bring three times
as many unseen captions back word for word.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import torch
import torch.nn.functional as F

from models.data.vocabulary import END, START
from models.layers.nearby import around

STEPS = 25
RATE = 0.1  # sigmas of the prior a step, about
HOLD = 0.25  # weight of the prior: at 1 less comes back than the guess brings, at 0 walks break
KEPT = 256  # texts a network: a slider asks for the same one at every move

_known: WeakKeyDictionary[torch.nn.Module, dict[str, torch.Tensor]] = WeakKeyDictionary()


def latents(network: torch.nn.Module, text: str, most: int) -> torch.Tensor:
    """Text, of which `most` pieces are read -> (latent,); always the same for the same text."""
    known = _known.setdefault(network, {})
    if text not in known:
        if len(known) >= KEPT:
            known.clear()
        known[text] = _looked_for(network, text, most)
    return known[text]


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
        z = guess.clone().requires_grad_(True)
        steps = torch.optim.Adam([z], RATE, (0.9, 0.9))
        for _ in range(STEPS):
            spots = around(z[None])
            hidden, _ = network(read.expand(len(spots), -1), spots)
            scores = network.scores(hidden).flatten(0, 1)
            surprise = F.cross_entropy(scores, goals.repeat(len(spots)), reduction="sum")
            loss = surprise / len(spots) + HOLD * z.square().sum() / 2
            (z.grad,) = torch.autograd.grad(loss, [z])
            steps.step()
        return z.detach()
