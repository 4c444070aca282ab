"""Sounds alone: beside the time that they last, beside librosa's Griffin-Lim (which finds phases
for a spectrogram of the same size and nothing else), a vocoder beside HiFi-GAN V3's architecture,
and text to speech up to its first sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.family import TextLine
from studio.bench import Row
from studio.bench.models import side_by_side
from studio.bench.moves import both_pages, in_turns

ROUNDS = 32  # of Griffin-Lim, librosa's own default
FRAMES = 375  # of a vocoder: 4 s at 24 kHz
MOVES = 60  # of a slider of drum hits
FIRST = 300.0  # milliseconds within which a paragraph has to be heard
PARAGRAPH = (
    "Dr. Lee paid $1,250 on 3 May 2024. The children played in the garden until it was dark, and "
    "nobody knew what time it was. We walked along the river and talked about the old days. "
    "The meeting is at 3:30 p.m. in room 204, next to the library."
)


def rows() -> Iterator[Row]:
    """Rows for each card that gives sounds and needs no file."""
    import torch

    from models.registry import cards, family_of
    from models.weights import load_network

    for card in cards().values():
        family = family_of(card)
        if family.gives != "sound" or not family.live or any(t.required for t in family.takes):
            continue
        config, network = family.config(card.config), load_network(card)
        with torch.inference_mode():
            if any(isinstance(c, TextLine) for c in family.controls(config)):
                yield from _speech(card, family, config, network)
            else:
                yield from _short(card, family, config, network)
    yield _live()


def _live() -> Row:
    """A slider moved until the new sound is drawn, beside a plain Gradio event without a model."""
    with both_pages("picture") as (page, reference):
        page.get_by_role("tab", name="Voice").click()
        page.locator("#voice input[name=model][value*=drums]").first.check(force=True)
        page.wait_for_function(
            """() => {
              const stage = document.querySelector("#voice [data-part=sound]");
              const asked = JSON.parse(stage.dataset.request || "{}");
              return asked.model?.includes("drums") && stage.dataset.asked === stage.dataset.shown;
            }"""
        )
        times = in_turns(page, reference, "picture", "#voice", "direction", MOVES)
    return Row("voice: slider to new drum hit", *times, "ms", "a plain Gradio event, no model")


def _short(card: Any, family: Any, config: Any, network: Any) -> Iterator[Row]:
    """A short sound against its own length, and against librosa."""
    import librosa
    import numpy as np

    from models.answer import answer, default_asked

    asked = [default_asked(family, config, seed=1)]

    def ours():
        return answer(network, family, config, asked)[0]

    sound = ours()
    loud = np.abs(librosa.stft(sound.samples, n_fft=config.window, hop_length=config.hop))

    def plain() -> None:
        librosa.griffinlim(
            loud, n_iter=ROUNDS, hop_length=config.hop, n_fft=config.window, random_state=0
        )

    times = side_by_side({"ours": ours, "reference": plain})
    lasts = 1000 * len(sound.samples) / sound.rate
    yield Row(f"voice: {card.id}", times["ours"], lasts, "ms", "the time that the sound lasts")
    yield Row(f"voice: {card.id}", times["ours"], times["reference"], "ms", "librosa.griffinlim")


def _speech(card: Any, family: Any, config: Any, network: Any) -> Iterator[Row]:
    """A paragraph against its length, its first sentence against 300 ms; the vocoder alone."""
    from models.answer import answer, default_asked
    from models.data.reading import pieces

    start, end = pieces(PARAGRAPH)[0]
    whole = [default_asked(family, config, 1, text=PARAGRAPH)]
    first = [default_asked(family, config, 1, text=PARAGRAPH[start:end])]

    def read():
        return answer(network, family, config, whole)[0]

    def begin():
        return answer(network, family, config, first)[0]

    sound = read()
    times = side_by_side({"ours": read, "reference": begin})
    lasts = 1000 * len(sound.samples) / sound.rate
    name = f"voice: {card.id}"
    yield Row(f"{name}, a paragraph", times["ours"], lasts, "ms", "the time that it lasts")
    yield Row(f"{name}, first sentence", times["reference"], FIRST, "ms", "what is allowed")
    yield from _vocoder(name, network.vocoder)


def _vocoder(name: str, vocoder: Any) -> Iterator[Row]:
    """Frames to sound, against the time that it lasts and against HiFi-GAN V3's architecture."""
    import torch

    from models.metrics.hifigan import HifiGan, by_ours

    bands = vocoder.mel.gather.shape[1]
    paper, mels = HifiGan(bands).eval(), torch.randn(1, FRAMES + 1, bands)
    lines = mels[:, :-1].transpose(1, 2).contiguous()
    times = side_by_side(
        {"ours": lambda: by_ours(vocoder, mels), "reference": lambda: paper(lines)}
    )
    lasts = 1000 * FRAMES * vocoder.hop / vocoder.rate
    yield Row(f"{name}, vocoder", times["ours"], lasts, "ms", "the time that it lasts")
    against = "HiFi-GAN V3's architecture, random weights"
    yield Row(f"{name}, vocoder", times["ours"], times["reference"], "ms", against)
