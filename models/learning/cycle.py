"""The cycle loop: two generators there and back, a critic in each domain (Zhu et al. 2017).

Least-squares adversarial loss, cycle and identity losses, a buffer of earlier answers for the
critics (Shrivastava et al. 2017), and a second head of each critic that sees the shallow maps of
our own eye (Sauer et al. 2021). Everything is judged twice, as it is and at a quarter of the side
(Wang et al., "High-Resolution Image Synthesis with Conditional GANs", 2018, arXiv 1711.11585):
strokes from near, light and colours from afar. Sides grow: small squares first, then whole
pictures, as large as answers are measured.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data import load_pictures
from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.sheet import grid
from models.registry import judge
from models.weights import load_network

MAPS = 2  # of the eye, at 1/2 and 1/4 of the side; measures use those at 1/8 and 1/16
FAR = 4  # the second look is at this part of the side
MEMORY = 0.1  # share of a new batch in what is remembered of a domain's statistics
RAMP = 100  # steps until generators have their full rate: fresh critics know nothing yet
SHOWN = 8  # pictures of each domain on the sheet


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    data = load_pictures(job.data, job.config.size, "train", 3)
    job.config = job.family.fit_to(job.config, data)
    torch.manual_seed(0)
    network = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    average = twin(network)
    glimpse = Glimpse(device)
    critics = torch.nn.ModuleList(
        job.family.critic(job.config, recipe, glimpse.wide) for _ in range(2)
    ).to(device, memory_format=torch.channels_last)
    learns_g = torch.optim.Adam(network.parameters(), recipe.rate, recipe.betas)
    learns_c = torch.optim.Adam(critics.parameters(), recipe.rate, recipe.betas)
    parts = {
        "network": network,
        "average": average,
        "critics": critics,
        "learns_g": learns_g,
        "learns_c": learns_c,
    }
    if not job.restore(parts):
        job.warm_start([network, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    random.seed(job.step + 1)
    domains = split_domains(data, job.config, device)
    earlier = [Buffer(recipe.buffer), Buffer(recipe.buffer)]
    usual = [Usual(), Usual()]
    begun = job.step
    held = [d[:: max(len(d) // SHOWN, 1)][:SHOWN].float() / 127.5 - 1 for d in domains]

    def sheet() -> None:
        job.folder.mkdir(parents=True, exist_ok=True)
        with torch.no_grad():
            small = [F.interpolate(x, size=128, mode="area") for x in held]
            there, back = average(small[0]), average(small[1], back=True)
            rows = [small[0], there, average(there, back=True), small[1], back]
        grid(to_bytes(torch.cat(rows))).save(job.folder / "sheet.png")

    for step in job.steps(recipe.sides[0][1], lambda: job.save(parts), sheet):
        side, batch = _now(job)
        reach = reach_of(side, job.config.size, recipe.nearest)
        real = [squares(d, batch, side, reach) for d in domains]
        slow = min(1.0, max(0.1, 4 * (1 - job.spent / recipe.minutes)))  # the last quarter
        learns_c.param_groups[0]["lr"] = recipe.rate * slow
        learns_g.param_groups[0]["lr"] = recipe.rate * slow * min(1, (job.step - begun + 1) / RAMP)

        critics.requires_grad_(False)
        with job.mixed():
            with torch.no_grad():
                wanted = [glimpse.views(x) for x in real]
            made = [network(real[1], back=True), network(real[0])]  # by where they should be
            seen = [glimpse.views(x) for x in made]
            fools = sum(judged(critics[i], seen[i], 1.0, recipe.eye) for i in (0, 1))
            manner = sum(manners(*usual[i](seen[i], wanted[i])) for i in (0, 1))
            loss, cycle = fools + recipe.manner * manner, torch.zeros(())
            if recipe.cycle and step % recipe.cycle_every == 0:
                again = [network(made[1], back=True), network(made[0])]
                cycle = sum(F.l1_loss(again[i], real[i]) for i in (0, 1))
                loss = loss + recipe.cycle * recipe.cycle_every * cycle
            if recipe.identity and step % recipe.identity_every == 1:
                same = F.l1_loss(network(real[1]), real[1])
                same = same + F.l1_loss(network(real[0], back=True), real[0])
                loss = loss + recipe.identity * recipe.identity_every * same
        learns_g.zero_grad(set_to_none=True)
        loss.backward()
        learns_g.step()
        follow(average, network, recipe.average, step)

        critics.requires_grad_(True)
        with job.mixed():
            tells = 0.0
            for i in (0, 1):
                old = earlier[i].swap(seen[i])
                tells = tells + judged(critics[i], wanted[i], 1.0, recipe.eye)
                tells = tells + judged(critics[i], old, 0.0, recipe.eye)
        learns_c.zero_grad(set_to_none=True)
        (tells / 2).backward()
        learns_c.step()
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(
                critic=tells.item() / 4,
                fools=fools.item() / 2,
                manner=manner.item() / 2,
                cycle=cycle.item() / 2,
                changed=F.l1_loss(made[1], real[0]).item(),
                changed_back=F.l1_loss(made[0], real[1]).item(),
            )


class View(NamedTuple):
    """Pictures x (n, 3, h, w) in -1..1 and the maps that the eye has of them."""

    x: torch.Tensor
    maps: list[torch.Tensor]


class Glimpse:
    """What the frozen eye sees first: called with (n, 3, h, w) in -1..1, gradients reach them.

    Returns its maps at 1/2 and at 1/4 of the side; the last one has `wide` channels.
    """

    def __init__(self, device: torch.device):
        eye = load_network(judge("eye"), device)
        stages = torch.nn.Sequential(*eye.stages[:MAPS])
        self.stages = stages.to(memory_format=torch.channels_last)
        self.mean, self.spread = eye.mean, eye.spread
        self.wide = eye.stages[MAPS - 1].down.out_channels

    def __call__(self, x: torch.Tensor) -> list[torch.Tensor]:
        x = ((x - self.mean) / self.spread).contiguous(memory_format=torch.channels_last)
        maps = []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        return maps

    def views(self, x: torch.Tensor) -> list[View]:
        """From near and from afar."""
        return [View(p, self(p)) for p in (x, F.avg_pool2d(x, FAR))]


Moments = list[tuple[torch.Tensor, torch.Tensor]]


def manners(made: Moments, wanted: Moments) -> torch.Tensor:
    """How far means and covariances of the eye's shallow maps are off.

    A domain against a domain, not picture against picture: no single painting's manner.
    """
    total = 0.0
    for (middle_a, spread_a), (middle_b, spread_b) in zip(made, wanted, strict=True):
        gap = (middle_a - middle_b).square().sum() / spread_b.trace()
        total = total + gap + (spread_a - spread_b).square().sum() / spread_b.square().sum()
    return total / len(made)


def moments(maps: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Maps (n, c, h, w) -> mean (c,) and covariance (c, c) over all spots of all pictures."""
    flat = maps.float().transpose(0, 1).flatten(1)
    middle = flat.mean(1)
    flat = flat - middle[:, None]
    return middle, flat @ flat.T / flat.shape[1]


class Usual:
    """Moments of a domain and of what is made for it, remembered over many steps.

    Of one small batch alone they say more about its scenes than about the domain, and a generator
    that answers each of them makes every picture the same middling one.
    """

    def __init__(self):
        self.kept: list[tuple[torch.Tensor, torch.Tensor]] = []

    def __call__(self, made: list[View], wanted: list[View]) -> tuple[Moments, Moments]:
        """The remembered moments of both; gradients reach those of `made` in full."""
        found = [moments(m) for views in (made, wanted) for view in views for m in view.maps]
        now = [tuple(part.detach() for part in pair) for pair in found]
        before = self.kept or now
        self.kept = [
            tuple(torch.lerp(a, b, MEMORY) for a, b in zip(*both, strict=True))
            for both in zip(before, now, strict=True)
        ]
        answered = [
            tuple(kept + (part - part.detach()) for kept, part in zip(*both, strict=True))
            for both in zip(self.kept, found, strict=True)
        ]
        return answered[: len(found) // 2], answered[len(found) // 2 :]


class Buffer:
    """Earlier answers as they were seen: half of what a critic gets was made some steps ago."""

    def __init__(self, most: int):
        self.most, self.kept = most, []

    def swap(self, made: list[View]) -> list[View]:
        """Views of n pictures -> of as many, some of them earlier ones; another size empties it."""
        if self.kept and self.kept[0][0].x.shape[1:] != made[0].x.shape[1:]:
            self.kept.clear()
        given = []
        for row in range(len(made[0].x)):
            one = [
                View(v.x[row : row + 1].detach(), [v.maps[-1][row : row + 1].detach()])
                for v in made
            ]
            if len(self.kept) < self.most:
                self.kept.append(one)
            elif random.random() < 0.5:
                place = random.randrange(self.most)
                one, self.kept[place] = self.kept[place], one
            given.append(one)
        return [
            View(torch.cat([v.x for v in views]), [torch.cat([v.maps[-1] for v in views])])
            for views in zip(*given, strict=True)
        ]


def split_domains(data, config, device) -> list[torch.Tensor]:
    """uint8 pictures of the source and of the target domain, (n, 3, size, size) each."""
    column, names = next(iter(data.names.items()))
    pictures = torch.from_numpy(data.pictures)
    which = torch.from_numpy(data.labels[column])
    wanted = (config.source, config.target)
    return [pictures[which == names.index(name)].to(device) for name in wanted]


def squares(pictures: torch.Tensor, count: int, side: int, reach: int) -> torch.Tensor:
    """`count` random squares of `reach` pixels of uint8 pictures, mirrored or not.

    Floats -1..1 (count, 3, side, side).
    """
    full = pictures.shape[-1]
    cut = []
    for index in torch.randint(0, len(pictures), (count,)).tolist():
        top, left = (random.randint(0, full - reach) for _ in range(2))
        square = pictures[index, :, top : top + reach, left : left + reach]
        cut.append(square.flip(2) if random.random() < 0.5 else square)
    x = torch.stack(cut).float().div_(127.5).sub_(1)
    if reach != side:
        x = F.interpolate(x, size=side, mode="bilinear", antialias=True, align_corners=False)
    return x.contiguous(memory_format=torch.channels_last)


def reach_of(side: int, full: int, nearest: float) -> int:
    """A random reach for squares: at least `nearest` of the picture's side, never enlarged."""
    least = max(side, int(full * nearest))
    return least + int((full - least) * random.random())


def judged(critic, views: list[View], wanted: float, eye: float) -> torch.Tensor:
    """Squared distance of a domain's scores of both views from `wanted`; `eye` weighs the heads
    that look through the eye."""
    total = 0.0
    for judge_of, (x, maps) in zip(critic, views, strict=True):
        pixels, heads = (scores.float() - wanted for scores in judge_of(x, maps[-1]))
        total = total + pixels.square().mean() + eye * heads.square().mean()
    return total


def _now(job: Job) -> tuple[int, int]:
    """Side and batch at this share of the recipe's minutes."""
    share = job.spent / job.recipe.minutes
    stages = job.recipe.sides
    side, batch, _ = next((s for s in stages if share < s[2]), stages[-1])
    return min(side, job.config.size), batch
