"""The loop of a band: a relativistic critic (Jolicoeur-Martineau 2019, arXiv 1807.00734) whose
slope is held at real and at made phrases alike (Huang et al., "The GAN is dead; long live the
GAN!", NeurIPS 2024, arXiv 2501.05441), and a moving average, which is what is published.

A generator without conditions may begin as a published one with them (`recipe.like`): the last
numbers of its shared noise are then what it wishes for itself (`chance.py`), and the critic is told
them. Told nothing, generator and critic went round in circles: all tracks busy, then all silent.
What holds them (`recipe.alike`) is an energy distance (Székely and Rizzo 2013) between how much the
tracks of a batch of made and of real phrases play: no critic has to find that out again and again.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F

from models.layers.band import PARTS
from models.learning.average import follow, settle, twin
from models.learning.job import Job
from models.learning.rolls import rolls

from .chance import Chance
from .lessons import CONDITIONS, BandLessons
from .network import BARS, BandCritic, BandReader, latent_size, nats

SHOWN = 32
LEVELLED = 512  # real phrases that a generator is made as busy as


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device, told = job.recipe, job.device, bool(job.config.conditions)
    torch.manual_seed(0)
    lessons = BandLessons("train")
    size = latent_size(job.config)
    generator = job.family.build(job.config).to(device).train()
    chance = Chance(lessons, job.config).to(device) if recipe.like else None
    judged = CONDITIONS if chance else job.config.conditions
    critic = BandCritic(recipe.critic, len(judged)).to(device)
    average = twin(generator)
    betas = (recipe.momentum, 0.99)
    learns_g = torch.optim.Adam(generator.parameters(), recipe.rate, betas)
    learns_c = torch.optim.Adam(critic.parameters(), recipe.rate, betas)
    parts = {
        "generator": generator,
        "average": average,
        "critic": critic,
        "learns_g": learns_g,
        "learns_c": learns_c,
    }
    begun = job.restore(parts) or job.warm_start([generator, average])
    if chance and not begun:
        for network in (generator, average):
            known = chance.begin(network, recipe.like)
        # Its minutes are those of the one that it begins as, and what is left of them its own.
        job.spent, job.seen = known.cost["training_minutes"], known.cost["training_samples"]
        job.minutes = max(0.0, job.minutes - job.spent)
        begun = True
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again

    def draw() -> tuple[torch.Tensor, torch.Tensor | None]:
        cells, wanted = lessons.draw(recipe.batch)
        return cells.to(device), wanted.to(device) if told or chance else None

    def make(wanted: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Phrases, and what the critic is told of them"""
        noise = torch.randn(recipe.batch, size, device=device)
        if chance:
            return generator(noise), chance(noise)
        return generator(noise, wanted), wanted

    def ready() -> None:
        """Statistics of batch normalisation for the averaged weights."""
        with torch.no_grad():
            wanted = draw()[1] if told else None
            settle(average, lambda: average(torch.randn(recipe.batch, size, device=device), wanted))

    def save() -> None:
        ready()
        job.save(parts)

    def sheet() -> None:
        ready()
        real, wanted = lessons.some(SHOWN)
        fixed = torch.randn(SHOWN, size, generator=torch.Generator().manual_seed(0))
        with torch.no_grad():
            made = average(fixed.to(device), wanted.to(device) if told else None).cpu()
        shown = job.family.shown
        rows = [shown(real[:8]), *(shown(made[i : i + 8]) for i in range(0, SHOWN, 8))]
        rolls(rows).save(job.folder / "sheet.png")

    usual = playing(lessons.some(LEVELLED)[0]).std(0).clamp(min=0.01).to(device)

    # A generator that has read real phrases once, as the decoder of an autoencoder, need not find
    # out by criticism alone what notes are.
    reads = not begun
    reader = BandReader(recipe.critic, size).to(device) if reads else None
    learns_r = torch.optim.Adam(reader.parameters(), recipe.rate) if reads else None

    first, spent = job.step, job.spent
    for step in job.steps(recipe.batch, save, sheet):
        if chance:  # what begins well is changed by small steps that grow smaller
            done = min(1.0, (job.spent - spent) / max(job.minutes, 1e-6))
            for group in (*learns_g.param_groups, *learns_c.param_groups):
                group["lr"] = recipe.rate * (1 - 0.9 * done)
        real, wanted = draw()
        if reads and job.spent < recipe.reading * job.minutes:
            loss_r = _read(generator, reader, real, wanted, recipe)
            for learns in (learns_g, learns_r):
                learns.zero_grad(set_to_none=True)
            loss_r.backward()
            for learns in (learns_g, learns_r):
                learns.step()
            follow(average, generator, recipe.average, step)
            if step % 100 == 0:
                job.note(reading=loss_r.item())
            continue
        if reads:  # from here on it is criticised
            reads = False
            ready()
            for network in (generator, average):
                _level(network, *lessons.some(LEVELLED), size, device)
        made, hoped = make(wanted)
        fake = made.detach()
        theirs = critic(real, wanted)
        margin = theirs - critic(fake, hoped)
        loss_c = F.softplus(-margin).mean()
        if step % recipe.penalty_every == 0:
            slopes = _slope(critic, real, wanted) + _slope(critic, fake, hoped)
            loss_c = loss_c + slopes * recipe.penalty * recipe.penalty_every / 2
        learns_c.zero_grad(set_to_none=True)
        loss_c.backward()
        learns_c.step()

        if step - first < recipe.alone:  # a new critic learns to tell before anybody follows it
            continue
        critic.requires_grad_(False)
        loss_g = F.softplus(theirs.detach() - critic(made, hoped)).mean()
        if recipe.alike:
            loss_g = loss_g + recipe.alike * unlike(playing(made) / usual, playing(real) / usual)
        learns_g.zero_grad(set_to_none=True)
        loss_g.backward()
        learns_g.step()
        critic.requires_grad_(True)
        follow(average, generator, recipe.average, step)
        if not torch.isfinite(loss_g):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(critic=loss_c.item(), generator=loss_g.item(), margin=margin.mean().item())


def playing(x: torch.Tensor) -> torch.Tensor:
    """Phrases (n, STEPS, WIDE) -> how much sounds and how much begins in each track and bar, a mean
    over its steps, (n, BARS * 9); drums have beginnings only"""
    found = []
    for part in PARTS:
        mine = x[..., part.columns]
        if part.kind == "voice":
            found += [1 - mine[..., 0], mine[..., -1]]
        else:
            found += [half.sum(2) for half in mine.split(part.count, 2)]
    return torch.stack(found, 2).unflatten(1, (BARS, -1)).mean(2).flatten(1)


def unlike(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Energy distance of two samples (n, d) and (m, d): 0 expected for one distribution."""

    def within(x: torch.Tensor) -> torch.Tensor:
        return F.pdist(x).mean()

    # not cdist, whose slope at equal points is not a number; a small number keeps the root smooth
    across = ((a[:, None] - b[None]).square().sum(2) + 1e-6).sqrt().mean()
    return 2 * across - within(a) - within(b)


def _read(generator, reader, real: torch.Tensor, wanted, recipe) -> torch.Tensor:
    """The bound of an autoencoder whose decoder is the generator, in nats a phrase."""
    mean, spread = reader(real)
    z = mean + torch.randn_like(mean) * (spread / 2).exp()
    cost = 0.5 * (mean.square() + spread.exp() - 1 - spread).sum(1)
    return (nats(generator.scores(z, wanted), real) + recipe.beta * cost).mean()


@torch.no_grad()
def _level(network, cells: torch.Tensor, wanted: torch.Tensor, size: int, device) -> None:
    """Shift what the heads say until as much is decided as real phrases hold: what is likeliest at
    each single place is mostly silence."""
    told = wanted.to(device) if network.config.conditions else None
    scores = network.scores(torch.randn(len(cells), size, device=device), told)
    for head, part, x in zip(network.heads, PARTS, scores, strict=True):
        rate = cells[..., part.columns].mean((0, 1))
        x = x.flatten(0, 1)
        if part.kind == "voice":
            silence = x[:, :1] - x[:, 1:-1].amax(1, keepdim=True)
            x = torch.cat([silence, x[:, -1:]], 1)
            rate = rate[[0, -1]]
        shift = torch.stack([c.quantile(1 - r) for c, r in zip(x.T, rate.to(device), strict=True)])
        bias = head.says.bias
        if part.kind == "voice":
            bias[0] -= shift[0]
            bias[-1] -= shift[1]
        else:
            bias -= shift


def _slope(critic: torch.nn.Module, x: torch.Tensor, wanted: torch.Tensor | None) -> torch.Tensor:
    """Mean squared slope of the critic at half of these phrases."""
    half = x[: max(len(x) // 2, 1)].detach().requires_grad_(True)
    score = critic(half, None if wanted is None else wanted[: len(half)]).sum()
    (slope,) = torch.autograd.grad(score, half, create_graph=True)
    return slope.square().sum((1, 2)).mean()
