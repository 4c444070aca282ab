"""Is speech understood, and does it sound good? Two judges that others trained, in packages that
carry their models: an English recogniser (pocketsphinx) and DNSMOS (speechmos), which guesses the
score that listeners would give. Both are weak judges, so that every figure stands beside what the
same judge says of real recordings. Only needed to measure: see tests/requirements.txt.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import torch

from models.answer import default_asked
from models.data.reading import sentences
from models.data.sounds import resample
from models.data.speech import load_speech
from models.layers.pitch import track
from models.metrics.subject import Subject, row
from models.registry import HOME, trainable
from models.values import Sound

SENTENCES = HOME.parent / "tests" / "models" / "sentences.tsv"
EAR = 16_000  # what both judges hear
LEVEL = 0.07  # root mean square: both are brought to it, since DNSMOS likes loud sounds
DRAWS = 2000  # of the bootstrap
SPEEDS = (0.5, 0.7, 1.4, 2.0)
PITCHES = (-6.0, -3.0, 3.0, 6.0)
SHORTEST = 0.03  # seconds: a word that is shorter is not heard
MEASURED = 6  # sentences for each of them


def rows(subject: Subject) -> list[dict]:
    """Of a vocoder: recordings through it. Of text to speech: held-out texts, fixed sentences,
    and whether its sliders do what they say."""
    data = load_speech(subject.data, "test", subject.config.rate, subject.config.hop)
    texts = [_said(text) for text in data.texts]
    real = [Sound(clip, data.rate) for clip in data.clips]
    if any(t.required for t in subject.family.takes):
        made = [ask(subject, {}, {"sound": sound}) for sound in real]
        return [*_quality(subject, made, real), _errors(subject, made, texts, real, texts)]
    again = through_vocoder(subject, real)
    lines = _quality(subject, [ask(subject, {"text": text}) for text in data.texts], real)
    fixed = fixed_sentences()
    made = [ask(subject, {"text": text}) for text, _ in fixed]
    lines.append(_errors(subject, made, [said for _, said in fixed], again, texts))
    lines.append(_spoken(subject, [text for text, _ in fixed], made))
    return lines + sliders(subject, [text for text, _ in fixed[:MEASURED]])


def fixed_sentences() -> list[tuple[str, str]]:
    """The hundred sentences, and what each is in words."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


def ask(subject: Subject, controls: dict, inputs: dict | None = None) -> Sound:
    """One result with seed 1."""
    asked = default_asked(subject.family, subject.config, 1, **controls)
    asked = asked._replace(inputs=inputs or {})
    noise = torch.from_numpy(subject.family.noise(subject.config, asked)[None])
    with torch.inference_mode():
        return subject.family.generate(subject.network, subject.config, [asked], noise)[0]


def through_vocoder(subject: Subject, real: Sequence[Sound]) -> list[Sound]:
    """Recordings as the vocoder within a model of speech gives them back."""
    family = trainable()["voice/vocoder"]
    sizes = {f.name: getattr(subject.config, f.name) for f in dataclasses.fields(family.Config)}
    vocoder = Subject(
        family.id, family, family.Config(**sizes), subject.network.vocoder, subject.data
    )
    return [ask(vocoder, {}, {"sound": sound}) for sound in real]


def _quality(subject: Subject, made: Sequence[Sound], real: Sequence[Sound]) -> list[dict]:
    ours, theirs = opinion(made), opinion(real)
    error = float(ours.std() / np.sqrt(len(ours)))
    facts = {"ceiling": float(theirs.mean()), "error": error, "samples": len(made)}
    return [
        row(subject, "DNSMOS overall", float(ours.mean()), "1 to 5", "higher", **facts),
        row(subject, "DNSMOS beside real", float(ours.mean() / theirs.mean()), "share", "higher"),
    ]


def _errors(subject: Subject, made, said, real, told) -> dict:
    """Words got wrong beside those of real recordings, and the interval of their ratio."""
    ours, theirs = wrong(made, said), wrong(real, told)
    low, high = interval(ours, theirs)
    value, ceiling = (float(x[:, :3].sum() / x[:, 3].sum()) for x in (ours, theirs))
    parts = zip(("changed", "left_out", "put_in"), ours.sum(0) / ours[:, 3].sum(), strict=False)
    return row(
        subject, "words misheard", value, "share", "lower", ceiling=ceiling, samples=len(made),
        ratio=round(value / ceiling, 3), ratio_from=round(low, 3), ratio_to=round(high, 3),
        **{name: round(float(share), 3) for name, share in parts},
    )  # fmt: skip


def _spoken(subject: Subject, texts: Sequence[str], made: Sequence[Sound]) -> dict:
    """Words that have no moment of their own in the sound, or more than one; all moments are
    printed, so that they can be looked at."""
    astray = 0
    for text, sound in zip(texts, made, strict=True):
        missing, twice, heard = aligned(text, sound)
        astray += missing + twice
        print(heard, file=sys.stderr)
    facts = {"samples": len(texts)}
    return row(subject, "words dropped or repeated", astray, "words", "lower", **facts)


def aligned(text: str, sound: Sound) -> tuple[int, int, str]:
    """Words of a text without a moment in its sound (or one shorter than SHORTEST), words with
    more than one or out of order, and all moments in words."""
    wanted = dict.fromkeys((w.start, w.end) for s in sentences(text) for w in s)
    spans = [(m.start, m.end) for m in sound.moments if m.ends - m.begins >= SHORTEST]
    twice = len(spans) - len(set(spans))
    twice += sum(b[0] < a[0] for a, b in pairwise(spans))
    heard = [f"{text[m.start : m.end]} {m.begins:.2f}-{m.ends:.2f}" for m in sound.moments]
    return len(wanted.keys() - set(spans)), twice, " | ".join(heard)


def opinion(sounds: Sequence[Sound]) -> np.ndarray:
    """DNSMOS overall of every sound (Reddy, Gopal, Cutler, ICASSP 2022)."""
    from speechmos import dnsmos

    return np.array([dnsmos.run(for_ears(s), sr=EAR)["ovrl_mos"] for s in sounds])


def for_ears(sound: Sound) -> np.ndarray:
    """At the judges' rate and level."""
    samples = resample(np.asarray(sound.samples, np.float32), sound.rate, EAR)
    return (samples * LEVEL / max(float(np.sqrt(np.mean(samples**2))), 1e-6)).clip(-1, 1)


def recogniser() -> Callable[[Sound], str]:
    """What an English recogniser hears in a sound."""
    from pocketsphinx import Decoder

    # narrower beams than its own: a third of the time, and hardly a word more misheard
    beams = {"ds": 2, "topn": 2, "maxwpf": 10, "maxhmmpf": 4000}
    decoder = Decoder(samprate=EAR, loglevel="FATAL", **beams)

    def hear(sound: Sound) -> str:
        quiet = np.zeros(EAR // 4, np.float32)
        samples = np.concatenate([quiet, for_ears(sound), quiet])
        decoder.start_utt()
        decoder.process_raw((samples * 32767).astype(np.int16).tobytes(), False, True)
        decoder.end_utt()
        return decoder.hyp().hypstr if decoder.hyp() else ""

    return hear


def wrong(sounds: Sequence[Sound], said: Sequence[str]) -> np.ndarray:
    """(sounds, 4): words changed, left out, put in; words that were said."""
    hear = recogniser()
    pairs = [(text.split(), hear(sound).split()) for sound, text in zip(sounds, said, strict=True)]
    return np.array([(*edits(text, found), len(text)) for text, found in pairs])


def edits(one: list[str], other: list[str]) -> tuple[int, int, int]:
    """The fewest words to change, leave out and put in that make `other` of `one`
    (Levenshtein)."""
    before = [(i, 0, 0, i) for i in range(len(other) + 1)]  # all, changed, left out, put in
    for i, word in enumerate(one, 1):
        now = [(i, 0, i, 0)]
        for j, heard in enumerate(other, 1):
            same, out, extra = before[j - 1], before[j], now[-1]
            wrong = int(word != heard)
            now.append(
                min(
                    (same[0] + wrong, same[1] + wrong, same[2], same[3]),
                    (out[0] + 1, out[1], out[2] + 1, out[3]),
                    (extra[0] + 1, extra[1], extra[2], extra[3] + 1),
                )
            )
        before = now
    return before[-1][1:]


def interval(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float]:
    """95 % of the ratio of two error rates, by drawing sounds anew (Bisani and Ney, 2004)."""
    drawn = np.random.RandomState(0)

    def rate(counts: np.ndarray) -> np.ndarray:
        total = counts[drawn.randint(len(counts), size=(DRAWS, len(counts)))].sum(1)
        return total[:, :3].sum(1) / total[:, 3]

    ratio = rate(ours) / rate(theirs)
    return float(np.quantile(ratio, 0.025)), float(np.quantile(ratio, 0.975))


def sliders(subject: Subject, texts: Sequence[str]) -> list[dict]:
    """The largest error of speed (share) and of pitch (semitones), over their whole range."""
    plain = [ask(subject, {"text": text}) for text in texts]
    faster = []
    for speed in SPEEDS:
        made = [ask(subject, {"text": text, "speed": speed}) for text in texts]
        took = sum(len(s.samples) for s in plain) / sum(len(s.samples) for s in made)
        faster.append(abs(took / speed - 1))
    higher = []
    before = [_pitch(sound) for sound in plain]
    for semitones in PITCHES:
        made = [_pitch(ask(subject, {"text": text, "pitch": semitones})) for text in texts]
        found = np.concatenate([_apart(a, b) for a, b in zip(before, made, strict=True)])
        higher.append(abs(float(np.median(found)) - semitones))
    return [
        row(subject, "speed off", max(faster), "share", "lower", samples=len(texts) * len(SPEEDS)),
        row(subject, "pitch off", max(higher), "semitones", "lower",
            samples=len(texts) * len(PITCHES)),
    ]  # fmt: skip


def _pitch(sound: Sound) -> np.ndarray:
    return track(np.asarray(sound.samples, np.float32), sound.rate, sound.rate // 100)


def _apart(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Semitones between two pitches, frame by frame, where both hum."""
    count = min(len(before), len(after))
    before, after = before[:count], after[:count]
    both = (before > 0) & (after > 0)
    return 12 * np.log2(after[both] / before[both])


def _said(text: str) -> str:
    return re.sub(r"[^a-z' ]", "", " ".join(w.said for s in sentences(text) for w in s))
