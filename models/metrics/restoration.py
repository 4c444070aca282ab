"""How near an enlarged picture comes to the original: PSNR and SSIM on Set5, and the eye.

Set5 is made smaller by PIL's antialiased bicubic; bicubic enlargement then has 28.42 dB (x4) and
33.66 dB (x2) in the literature and 28.43 and 33.67 here. "Eye distance" is that of the eye's
shallow and middle maps (1/2 to 1/8 of the side), each spot at unit length, as LPIPS does without
its learned weights (Zhang et al. 2018, arXiv 1801.03924): 0 is the same, 1 has nothing in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from models.answer import answer, default_asked, to_picture
from models.data.pairs import load_pairs, shrink, test_pictures
from models.judges.eye.network import Eye
from models.metrics.psnr import psnr_y, ssim_y
from models.metrics.subject import Subject, row
from models.registry import judge
from models.weights import load_network

DEPTHS = 3  # of the eye's four maps: what a picture shows is decided by the last one
HELD_OUT = 20

Enlarge = Callable[[np.ndarray], np.ndarray]
Triple = tuple[np.ndarray, np.ndarray, np.ndarray]  # small, large, and the large one made again


def rows(subject: Subject) -> list[dict]:
    """PSNR-Y and SSIM-Y on Set5, eye distance on Set5 and on held-out photographs."""
    scale = subject.config.scale
    card = judge("eye")
    eye = load_network(card)
    enlarge = enlarger(subject)
    set5 = list(triples(enlarge, scale))
    plain = [(s, large, bicubic(s, scale)) for s, large, _ in set5]
    held = list(held_out(enlarge, subject.data, scale))
    facts = {"samples": len(set5), "border": scale}

    def mean(measure, found, *more) -> float:
        return float(np.mean([measure(made, large, *more) for _, large, made in found]))

    def distance(made: np.ndarray, large: np.ndarray) -> float:
        return eye_distance(eye, made, large)

    lines = [
        row(subject, "PSNR-Y on Set5", mean(psnr_y, set5, scale), "dB", "higher",
            baseline=mean(psnr_y, plain, scale), **facts),
        row(subject, "SSIM-Y on Set5", mean(ssim_y, set5, scale), "", "higher",
            baseline=mean(ssim_y, plain, scale), **facts),
        row(subject, "eye distance on Set5", mean(distance, set5), "", "lower", floor=0.0,
            baseline=mean(distance, plain), **facts, eye=card.revision),
    ]  # fmt: skip
    if held:
        base = [(s, large, bicubic(s, scale)) for s, large, _ in held]
        facts = {"samples": len(held)}
        lines += [
            row(subject, "PSNR-Y, held-out photographs", mean(psnr_y, held, scale), "dB",
                "higher", baseline=mean(psnr_y, base, scale), **facts),
            row(subject, "eye distance, held-out photographs", mean(distance, held), "", "lower",
                floor=0.0, baseline=mean(distance, base), **facts, eye=card.revision),
        ]  # fmt: skip
    return lines


def enlarger(subject: Subject) -> Enlarge:
    """uint8 (h, w, 3) -> its enlargement by the subject, every control at its default."""

    def enlarge(small: np.ndarray) -> np.ndarray:
        asked = default_asked(subject.family, subject.config, 1)._replace(inputs={"picture": small})
        with torch.inference_mode():
            output = answer(subject.network, subject.family, subject.config, [asked])
        return to_picture(output[0])

    return enlarge


def triples(enlarge: Enlarge, scale: int) -> Iterator[Triple]:
    """Set5, cut to multiples of `scale`."""
    for picture in test_pictures().values():
        size = (picture.width // scale * scale, picture.height // scale * scale)
        large = picture.crop((0, 0, *size))
        small = np.asarray(shrink(large, scale, "bicubic", np.random.RandomState(0)))
        yield small, np.asarray(large), enlarge(small)


def held_out(enlarge: Enlarge, data: str, scale: int) -> Iterator[Triple]:
    """Held-out photographs of the subject's own data, made small in its own way; none where there
    are none."""
    try:
        pairs = load_pairs(data, scale, "validation")
    except (ValueError, FileNotFoundError):
        return
    for small, large in list(zip(pairs.small, pairs.large, strict=True))[:HELD_OUT]:
        seen = np.ascontiguousarray(small[0].transpose(1, 2, 0))
        yield seen, large.transpose(1, 2, 0), enlarge(seen)


def bicubic(small: np.ndarray, scale: int) -> np.ndarray:
    """The baseline."""
    size = (small.shape[1] * scale, small.shape[0] * scale)
    return np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))


@torch.inference_mode()
def eye_distance(eye: Eye, made: np.ndarray, real: np.ndarray) -> float:
    """Between two uint8 pictures (h, w, 3) of one size, both sides at least 32."""
    pair = np.stack([made, real]).transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1
    maps = eye.features(torch.from_numpy(pair))[:DEPTHS]
    apart = [(1 - F.cosine_similarity(m[0], m[1], dim=0)).mean() for m in maps]
    return float(torch.stack(apart).mean())
