"""Style: our CycleGAN beside the original's network, strength beside an empty Gradio event, and
the memory of a photograph of twelve megapixels.

The original's generator (Zhu et al. 2017: ResNet with nine blocks, 64 channels, 11.4 M parameters,
float32, eager) is built here with random weights: its time does not depend on them.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from studio.bench import Row
from studio.bench.models import side_by_side
from studio.bench.moves import PLAIN, WARM, both_pages
from studio.bench.upscale import LIMIT, peak

SIDE = 512
ROUNDS = 7
MOVES = 40
LARGE = (3000, 4000)  # 12 megapixels

# A move of the strength slider: from the input event to the picture in the canvas.
STRENGTH = """async (value) => {
  const slider = document.querySelector("#style input[data-control=strength]");
  const canvas = document.querySelector("#style canvas.after");
  const begun = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  canvas.getContext("2d").getImageData(0, 0, 1, 1); // what was drawn is there
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""

SETTLED = """() => {
  const stage = document.querySelector("[data-part=style-stage]");
  return stage?.dataset.shown && stage.dataset.shown === stage.dataset.asked;
}"""


def rows() -> Iterator[Row]:
    """A picture of 512 px, the strength of one that is painted, and a large one's memory."""
    yield generators()
    yield strength()
    yield memory()


def generators() -> Row:
    """One 512 x 512 picture through both networks, in turns."""
    import torch

    from models.registry import cards
    from models.weights import load_network

    card = next((c for c in cards().values() if c.family == "style/cyclegan"), None)
    if card is None:
        raise RuntimeError("No CycleGAN is published: python -m models.publish style/cyclegan.")
    network, paper = load_network(card), paper_generator()
    x = torch.rand(1, 3, SIDE, SIDE) * 2 - 1
    with torch.inference_mode():
        times = side_by_side(
            {"ours": lambda: network(x), "reference": lambda: paper(x)}, rounds=ROUNDS, warm=1
        )
    return Row(
        f"style: {SIDE} x {SIDE} photograph to painting",
        times["ours"],
        times["reference"],
        "ms",
        "the CycleGAN paper's ResNet-9",
    )


def paper_generator():
    """The generator of the CycleGAN paper for 256 px and more, float32, evaluation mode."""
    from torch import nn

    def norm(wide: int) -> list[nn.Module]:
        return [nn.InstanceNorm2d(wide), nn.ReLU()]

    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            pad = nn.ReflectionPad2d(1)
            first, second = nn.Conv2d(256, 256, 3), nn.Conv2d(256, 256, 3)
            self.body = nn.Sequential(pad, first, *norm(256), pad, second, nn.InstanceNorm2d(256))

        def forward(self, x):
            return x + self.body(x)

    return nn.Sequential(
        nn.ReflectionPad2d(3), nn.Conv2d(3, 64, 7), *norm(64),
        nn.Conv2d(64, 128, 3, 2, 1), *norm(128), nn.Conv2d(128, 256, 3, 2, 1), *norm(256),
        *(Block() for _ in range(9)),
        nn.ConvTranspose2d(256, 128, 3, 2, 1, output_padding=1), *norm(128),
        nn.ConvTranspose2d(128, 64, 3, 2, 1, output_padding=1), *norm(64),
        nn.ReflectionPad2d(3), nn.Conv2d(64, 3, 7), nn.Tanh(),
    ).eval()  # fmt: skip


def strength() -> Row:
    """The slider of a painted picture, in turns with a plain Gradio event that returns one."""
    with both_pages("picture") as (page, reference):
        page.evaluate("localStorage.setItem('studio.tab', 'style')")
        page.reload()
        page.wait_for_function(SETTLED, timeout=60_000)
        here, there = [], []
        for move in range(MOVES + WARM):
            page.bring_to_front()
            here.append(page.evaluate(STRENGTH, (move * 7 % 20) / 20))
            reference.bring_to_front()
            there.append(reference.evaluate(PLAIN["picture"], move + 1))
    times = statistics.median(here[WARM:]), statistics.median(there[WARM:])
    what = "a plain Gradio event that returns a picture, no model"
    return Row("style: strength of a painted picture", *times, "ms", what)


def memory() -> Row:
    """MB at the most while the command line paints 12 megapixels with the finest brush."""
    import numpy as np

    from models.registry import cards

    card = next((c for c in cards().values() if c.family == "style/anystyle"), None)
    if card is None:
        raise RuntimeError("No style/anystyle is published: python -m models.publish.")
    most = peak(card.id, np.random.default_rng(0), LARGE, ("--set", "brush=1"))
    return Row(f"style: {card.id}, 12 megapixels", most, LIMIT, "MB", "the limit")
