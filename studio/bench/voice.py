"""Every published model of short sounds alone: beside the time that its sound lasts, and beside
librosa's Griffin-Lim, which finds phases for a spectrogram of the same size and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from studio.bench import Row
from studio.bench.models import side_by_side

ROUNDS = 32  # librosa's own default


def rows() -> Iterator[Row]:
    """Two rows for each card: against the sound's own length, against librosa."""
    import librosa
    import numpy as np
    import torch

    from models.answer import answer, default_asked
    from models.registry import cards, family_of
    from models.weights import load_network

    for card in cards().values():
        family = family_of(card)
        if family.gives != "sound" or not family.live or any(t.required for t in family.takes):
            continue
        config, network = family.config(card.config), load_network(card)
        asked = [default_asked(family, config, seed=1)]

        def ours(network=network, family=family, config=config, asked=asked):
            return answer(network, family, config, asked)[0]

        with torch.inference_mode():
            sound = ours()
            loud = np.abs(librosa.stft(sound.samples, n_fft=config.window, hop_length=config.hop))

            def plain(loud=loud, config=config) -> None:
                librosa.griffinlim(
                    loud, n_iter=ROUNDS, hop_length=config.hop, n_fft=config.window, random_state=0
                )

            times = side_by_side({"ours": ours, "reference": plain})
        lasts = 1000 * len(sound.samples) / sound.rate
        yield Row(f"voice: {card.id}", times["ours"], lasts, "ms", "the time that the sound lasts")
        yield Row(
            f"voice: {card.id}", times["ours"], times["reference"], "ms", "librosa.griffinlim"
        )
