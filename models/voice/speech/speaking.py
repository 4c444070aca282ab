"""From a text to sound, sentence by sentence, with the moment of every word."""

from __future__ import annotations

import hashlib

import numpy as np
import torch

from models.data.aligning import symbols_of
from models.data.phonemes import SYMBOLS, phonemes
from models.data.reading import Word, sentences
from models.family import Asked
from models.layers.vocoder import pulses
from models.values import Moment, Sound

from .network import Manner, Speech, spread_out

PAUSE = {".": 0.35, "!": 0.35, "?": 0.4}  # seconds between two sentences
PEAK = 10 ** (-1 / 20)
LOUDER = 1.7  # speech at -23 LUFS, as in training, is brought to about -18
SHORTEST = 2  # frames of a sound


def speak(network: Speech, config, asked: Asked) -> Sound:
    """The whole text of a request: its sentences one after another, each with a pause behind it.

    A sentence alone sounds as it does within its text, so that the first can be heard while the
    others are made. UnfitError, one sentence, where nothing can be read.
    """
    parts: list[np.ndarray] = []
    moments: list[Moment] = []
    for sentence in sentences(asked.controls["text"]):
        made, heard = _sentence(network, config, asked, sentence)
        begins = sum(map(len, parts)) / config.rate
        rest = round(PAUSE.get(sentence[-1].pause, 0.2) / asked.controls["speed"] * config.rate)
        parts += [made, np.zeros(rest, np.float32)]
        moments += [m._replace(begins=m.begins + begins, ends=m.ends + begins) for m in heard]
    return Sound(np.concatenate(parts), config.rate, tuple(moments))


@torch.no_grad()
def _sentence(
    network: Speech, config, asked: Asked, sentence: list[Word]
) -> tuple[np.ndarray, list[Moment]]:
    controls, device = asked.controls, network.middle.device
    drawn = _chance(asked.seed, sentence)
    symbols, owner = symbols_of(sentence, phonemes)
    if len(symbols) == 1:  # nothing in it has a sound
        return np.zeros(0, np.float32), []
    numbers = torch.tensor([[SYMBOLS.index(s) for s in symbols]], device=device)
    text = network.read(numbers)
    filled = torch.tensor(_filled(owner), device=device)
    z = _latents(network, text[0], owner, filled, asked, drawn)[filled][None]
    manner = network.say(text, z)
    said = Manner.unstacked(manner)
    lengths = _frames(said.length, controls["speed"], [o >= 0 for o in owner])
    loud = said.loud + controls["energy"] * 0.0523  # decibels in units of a mel
    total = int(lengths.sum())

    def performed(shift: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        pitch = said.pitch + shift
        manner = said._replace(pitch=pitch, loud=loud).stacked()
        frame, place = spread_out(lengths, pitch, total)
        frame = frame[..., None]
        told = [x.gather(1, frame.expand(-1, -1, x.shape[2])) for x in (text, z, manner)]
        return network.perform(*told, place)

    shift = controls["pitch"] / 12
    mels, contour, voice = performed(shift)
    if shift:  # the network pulls an unusual pitch back to what it has heard: its melody is kept
        contour = performed(0.0)[1] + shift
    mels, heard, voice = network.sound(mels, contour, voice)
    shapes = network.vocoder.shape(mels, heard, voice)
    shapes[1] *= 10 ** (controls["breath"] / 20)
    source = pulses(heard, config.hop, config.rate, torch.zeros(1, device=device))
    noise = torch.from_numpy(drawn.standard_normal(source.shape).astype(np.float32)).to(device)
    made = network.vocoder(shapes, source, noise)[0].float().cpu().numpy()
    made = made * LOUDER * 10 ** (controls["energy"] / 40)
    made *= min(1.0, PEAK / max(float(np.abs(made).max(initial=0)), 1e-6))
    return made, _moments(sentence, owner, lengths[0].tolist(), config.hop / config.rate)


def _chance(seed: int, sentence: list[Word]) -> np.random.RandomState:
    """The randomness of one sentence, by the seed and by what it says."""
    said = f"{seed} " + " ".join(w.said + w.pause for w in sentence)
    digest = hashlib.sha256(said.encode()).digest()
    return np.random.RandomState(np.frombuffer(digest, np.uint32))


def _filled(owner: list[int]) -> list[int]:
    """The word of every symbol; a gap belongs to the word before it."""
    words, last = [], 0
    for word in owner:
        last = word if word >= 0 else last
        words.append(last)
    return words


def _latents(
    network: Speech, text: torch.Tensor, owner: list[int], filled: torch.Tensor, asked: Asked,
    drawn: np.random.RandomState,
) -> torch.Tensor:  # fmt: skip
    """One latent a word (words, latent), each drawn by what was drawn before it."""
    voiced = torch.tensor([o >= 0 for o in owner], device=text.device)
    count = max(owner) + 1
    state = text.new_zeros(1, network.memory.hidden_size)
    z = text.new_zeros(1, network.latent)
    shift = text.new_zeros(1, network.latent)
    shift[0, :2] = torch.tensor(asked.controls["place"], device=text.device) * 0.7
    found = []
    for word in range(count):
        mine = text[voiced & (filled == word)]
        mean_text = mine.mean(0, keepdim=True) if len(mine) else text[:1] * 0
        mean, spread, state = network.expect(mean_text, z, state)
        chance = torch.from_numpy(drawn.standard_normal((1, network.latent)).astype(np.float32))
        z = mean + asked.controls["spread"] * (spread / 2).exp() * chance.to(text.device)
        found.append(z + shift)
    return torch.cat(found)


def _frames(length: torch.Tensor, speed: float, sounds: list[bool]) -> torch.Tensor:
    """log(1 + frames) -> whole frames at a speed; what is rounded off is carried on."""
    exact = (length.exp() - 1).clamp(min=0)[0].tolist()
    frames, carried = [], 0.0
    for frame, sound in zip(exact, sounds, strict=True):
        wanted = (max(frame, SHORTEST) if sound else frame) / speed + carried
        whole = max(round(wanted), 1 if sound else 0)
        carried = wanted - whole
        frames.append(whole)
    return torch.tensor([frames], device=length.device)


def _moments(
    sentence: list[Word], owner: list[int], lengths: list[int], second: float
) -> list[Moment]:
    """Words that stand for the same characters are one moment."""
    found: list[Moment] = []
    at = 0
    for word, frames in zip(owner, lengths, strict=True):
        begins, at = at, at + frames
        if word < 0:
            continue
        start, end = sentence[word].start, sentence[word].end
        if found and (found[-1].start, found[-1].end) == (start, end):
            found[-1] = found[-1]._replace(ends=at * second)
        else:
            found.append(Moment(start, end, begins * second, at * second))
    return found
