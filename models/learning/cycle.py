"""The cycle loop: two generators there and back, a critic in each domain (Zhu et al. 2017).

Least-squares adversarial loss, cycle and identity losses, a buffer of earlier answers for the
critics (Shrivastava et al. 2017), and a second head of each critic that sees the shallow maps of
our own eye (Sauer et al. 2021). Sides grow: small squares first, since four of 64 px cost as much
as one of 128.
"""

from __future__ import annotations

import random

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
    for group in (*learns_g.param_groups, *learns_c.param_groups):
        group["lr"] = recipe.rate  # a resumed run may be given another rate
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    random.seed(job.step + 1)
    domains = split_domains(data, job.config, device)
    earlier = [Buffer(recipe.buffer), Buffer(recipe.buffer)]
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
        with torch.no_grad():
            wanted = [glimpse(x) for x in real]

        critics.requires_grad_(False)
        made = [network(real[1], back=True), network(real[0])]  # by the domain they should be in
        seen = [glimpse(x) for x in made]
        fools = sum(_squares(critics[i](made[i], seen[i][-1]), 1.0, recipe.eye) for i in (0, 1))
        manner = sum(manners(seen[i], wanted[i]) for i in (0, 1))
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
        tells = 0.0
        for i in (0, 1):
            old = earlier[i].swap(made[i].detach(), seen[i][-1].detach())
            tells = tells + _squares(critics[i](real[i], wanted[i][-1]), 1.0, recipe.eye)
            tells = tells + _squares(critics[i](*old), 0.0, recipe.eye)
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
            )


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


def manners(made: list[torch.Tensor], wanted: list[torch.Tensor]) -> torch.Tensor:
    """How far means and covariances of the eye's shallow maps are off, over a whole batch.

    A batch against a batch, not picture against picture: the domain's manner, no single painting's.
    """
    total = 0.0
    for a, b in zip(made, wanted, strict=True):
        (middle_a, spread_a), (middle_b, spread_b) = _moments(a), _moments(b)
        gap = (middle_a - middle_b).square().sum() / spread_b.trace()
        total = total + gap + (spread_a - spread_b).square().sum() / spread_b.square().sum()
    return total / len(made)


def _moments(maps: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Maps (n, c, h, w) -> mean (c,) and covariance (c, c) over all spots of all pictures."""
    flat = maps.transpose(0, 1).flatten(1)
    middle = flat.mean(1)
    flat = flat - middle[:, None]
    return middle, flat @ flat.T / flat.shape[1]


class Buffer:
    """Earlier answers with the maps of them: half of what a critic gets was made some steps ago."""

    def __init__(self, most: int):
        self.most, self.kept = most, []

    def swap(self, made: torch.Tensor, seen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Both (n, ...) -> as many, some of them earlier ones; another size empties it."""
        if self.kept and self.kept[0][0].shape != made.shape[1:]:
            self.kept.clear()
        given = []
        for pair in zip(made, seen, strict=True):
            if len(self.kept) < self.most:
                self.kept.append(pair)
            elif random.random() < 0.5:
                place = random.randrange(self.most)
                pair, self.kept[place] = self.kept[place], pair
            given.append(pair)
        pictures, maps = zip(*given, strict=True)
        return torch.stack(pictures), torch.stack(maps)


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


def _squares(scores, wanted: float, eye: float) -> torch.Tensor:
    pixels, maps = scores
    return (pixels - wanted).square().mean() + eye * (maps - wanted).square().mean()


def _now(job: Job) -> tuple[int, int]:
    """Side and batch at this share of the recipe's minutes."""
    share = job.spent / job.recipe.minutes
    stages = job.recipe.sides
    side, batch, _ = next((s for s in stages if share < s[2]), stages[-1])
    return min(side, job.config.size), batch
