"""The energy distance of spectra (Gritsenko et al., NeurIPS 2020, arXiv 2008.01160): two sounds of
one shape, with two noises, have to be as far from the recording as they are from each other. So the
share of noise is learned without a critic; the loudness alone would ask for none. Critics join for
the end, and some mels are then those that the published acoustic model of this reader writes, so
that the vocoder mends what is too smooth in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from models.data.speech import load_speech
from models.layers.vocoder import evened, pulses, smooth_pitch
from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.spectral import Resolutions, apart
from models.registry import cards
from models.weights import load_network

from .critic import Critics, doubts, praise

NAN = float("nan")  # of a mel that nobody has written


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, config, device = job.recipe, job.config, job.device
    torch.manual_seed(0)
    network = job.family.build(config).to(device).train()
    critics = Critics().to(device)
    average = twin(network)
    learns = torch.optim.AdamW(network.parameters(), recipe.rate, (0.8, 0.99))
    learns_c = torch.optim.AdamW(critics.parameters(), recipe.rate_critics, (0.8, 0.99))
    parts = {"network": network, "average": average, "learns": learns}
    parts |= {"critics": critics, "learns_c": learns_c}
    if not job.restore(parts, later=("critics", "learns_c")):
        begin_within_speech(job, [network, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    data = load_speech(job.data, "train", config.rate, config.hop)
    pieces = Pieces(data, config.hop)
    listen = Resolutions().to(device)
    until, begun, heard = job.spent + job.minutes, job.spent, 0
    if until > recipe.alone:
        pieces.written = written_by_speech(job, data)
    for step in job.steps(recipe.batch, lambda: job.save(parts), lambda: sheet(job, average)):
        judged = job.spent >= recipe.alone
        share = recipe.written if judged else 0.0
        left = 1 - (job.spent - begun) / max(until - begun, 1e-6)
        rate = recipe.rate_end if judged else recipe.rate
        learns.param_groups[0]["lr"] = rate * max(0.1, min(1.0, 2 * left)) * warm(step)
        real, pitch, hums, mels = pieces.draw(recipe.batch, recipe.frames, device, share)
        with torch.no_grad():
            own = blurred(network.mel(real), recipe.blur)
            mels = evened(torch.where(mels.isnan(), own, mels))
        with job.mixed():
            found = network.find(mels, pitch, hums)
        shapes = network.shaped(found, mels)
        made = [
            network(shapes, pulses(pitch, config.hop, config.rate, start), noise)
            for start, noise in zip(
                torch.rand(2, len(real), device=device),
                torch.randn(2, *real.shape, device=device),
                strict=True,
            )
        ]
        (one, other), true = map(listen, made), listen(real)
        far, spread = (apart(one, true) + apart(other, true)) / 2, apart(one, other)
        loss = far - spread / 2
        if judged:
            heard += 1
            some = slice(recipe.judged)
            told, on_real = criticised(critics, learns_c, real[some], made[0][some].detach())
            critics.requires_grad_(False)
            doubt, unlike = praise(on_real, critics(made[0][some]))
            critics.requires_grad_(True)
            much = min(1.0, heard / recipe.careful)  # fresh critics know nothing yet
            loss = loss + much * (recipe.weight_doubt * doubt + recipe.weight_unlike * unlike)
        learns.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        learns.step()
        follow(average, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            facts = {"loss": loss, "far": far, "spread": spread}
            facts |= {"told": told, "doubt": doubt, "unlike": unlike} if judged else {}
            job.note(**{k: v.item() for k, v in facts.items()})


def begin_within_speech(job: Job, networks: list[torch.nn.Module]) -> None:
    """Where a resumed job lost its state: begin as the vocoder that the published speech of this
    reader carries, since the vocoder alone is not published. It has learned alone for long enough.
    """
    if job.warm_start(networks):
        return
    card = cards().get(f"voice/speech-{Path(job.data).name}")
    if not job.resume or card is None:
        return
    known = load_network(card, job.device).vocoder.state_dict()
    for network in networks:
        network.load_state_dict(known)
    job.spent = job.recipe.alone


def criticised(critics: Critics, learns, real: torch.Tensor, made: torch.Tensor):
    """One step of the critics: their loss, and what they noticed of the recordings before it."""
    on_real = critics(real)
    told = doubts(on_real, critics(made))
    learns.zero_grad(set_to_none=True)
    told.backward()
    learns.step()
    return told, [[x.detach() for x in maps] for maps in on_real]


@torch.no_grad()
def written_by_speech(job: Job, data) -> list[torch.Tensor | None]:
    """Mels (frames, bands) of every clip by the published acoustic model of this reader, said as
    they were said; None for each where there is no such model."""
    card = cards().get(f"voice/speech-{data.source.name}")
    if card is None:
        return [None] * len(data.clips)
    from models.voice.speech.learning import written
    from models.voice.speech.lessons import Lessons

    speech = load_network(card, job.device)
    lessons = Lessons(data, speech.vocoder.mel)
    found = []
    for clip in range(len(lessons)):
        mels = written(speech, lessons.pick([clip]))[0]
        found.append((speech.middle + (mels - speech.middle) * speech.louder).cpu())
    return found


def warm(step: int) -> float:
    """The first 200 steps of a new network are careful ones."""
    return min(1.0, (step + 1) / 200)


class Pieces:
    """All clips in a row, to cut pieces from; clips are never joined within a piece."""

    def __init__(self, data, hop: int):
        self.hop = hop
        self.clips = data.clips
        self.told = [np.stack(smooth_pitch(p)) for p in data.pitch]
        self.odds = np.array([len(c) for c in data.clips]) / sum(len(c) for c in data.clips)
        self.written: list[torch.Tensor | None] = []

    def draw(self, count: int, frames: int, device, share: float) -> tuple[torch.Tensor, ...]:
        """`count` pieces: sound (n, frames * hop), pitch and share of voice (n, frames + 1), and
        for a `share` of them the mels that were written (n, frames + 1, bands), else NaN."""
        seed = int(torch.randint(2**31, ()))
        drawn = np.random.RandomState(seed)
        sounds = np.zeros((count, frames * self.hop), np.float32)
        told = np.zeros((count, 2, frames + 1), np.float32)
        mels: list[torch.Tensor] = []
        for row, clip in enumerate(drawn.choice(len(self.clips), count, p=self.odds)):
            all_of = self.told[clip].shape[1]
            first = drawn.randint(max(all_of - frames, 1))
            piece = self.clips[clip][first * self.hop :][: frames * self.hop]
            sounds[row, : len(piece)] = piece
            there = self.told[clip][:, first : first + frames + 1]
            told[row] = np.pad(there, ((0, 0), (0, frames + 1 - there.shape[1])), "edge")
            written = self.written[clip] if self.written and drawn.rand() < share else None
            whole = written is not None and first + frames < len(written)
            mels.append(written[first : first + frames + 1] if whole else torch.full((1, 1), NAN))
        wide = max(m.shape[1] for m in mels)
        mels = [m.expand(frames + 1, wide) for m in mels]
        pitch, hums = torch.from_numpy(told).to(device).unbind(1)
        return torch.from_numpy(sounds).to(device), pitch, hums, torch.stack(mels).to(device)


def blurred(mels: torch.Tensor, share: float) -> torch.Tensor:
    """Some mels smoothed over bands: harmonics vanish, as in those that a network writes."""
    wide = F.avg_pool1d(F.pad(mels, (2, 2), mode="replicate"), 5, 1)
    much = torch.rand(len(mels), 1, 1, device=mels.device)
    chosen = torch.rand(len(mels), 1, 1, device=mels.device) < share
    return torch.where(chosen, torch.lerp(mels, wide, much), mels)


@torch.no_grad()
def sheet(job: Job, network) -> None:
    """Three held-out recordings, each above its own sound through the vocoder, as mels."""
    from models.family import Asked
    from models.learning.sheet import grid
    from models.values import Sound

    from .network import again

    data = load_speech(job.data, "validation", job.config.rate, job.config.hop)
    rows = []
    for clip in data.clips[:3]:
        piece = clip[: 3 * data.rate]
        plain = {"pitch": 0.0, "speed": 1.0, "breath": 0.0}
        made = again(network, job.config, Asked(1, plain, {"sound": Sound(piece, data.rate)}))
        for sound in (piece, made.samples):
            mel = network.mel(torch.from_numpy(sound[None]).to(job.device))[0].T.flip(0)
            rows.append(F.pad(mel, (0, 282 - mel.shape[1]))[:, :282])
    pictures = (torch.stack(rows)[:, None] / 2.5).clamp(-1, 1)
    shown = ((pictures + 1) * 127.5).round().byte().cpu().numpy()
    grid(shown, columns=2).save(job.folder / "sheet.png")
