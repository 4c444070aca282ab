"""The adversarial loop: non-saturating loss (Goodfellow et al. 2014), lazy R1 (Mescheder et al.
2018; Karras et al. 2020), differentiable augmentation, moving average, bf16.

A family that learns here offers `critic(config, recipe)`; its generator maps
(n, latent[, labels]) to pictures. Conditions are the columns of labels that the configuration
names in `conditions`. With a recipe's `naming` the critic also learns to name the conditions of
real pictures, and the generator to be named rightly: a projecting critic alone takes far longer to
notice what covers few pixels (the skin of a hero).

Where the conditions say all there is about a picture, a recipe's `alike` also asks for the picture
itself (Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", 2017,
arXiv 1611.07004), and for its first `lead` minutes for nothing else. With `reading` a reader of
labels is taught before anything else, and has to find the conditions in what is made.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from models.answer import to_bytes
from models.data import load_pictures
from models.layers.augment import augment
from models.learning.average import follow, settle, twin
from models.learning.job import Job
from models.learning.label_reader import Reader
from models.learning.sheet import grid

SMALL = 16  # pictures in a step that copies
ALONE = 400  # steps; a fresh critic's random slopes would undo a trained generator


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    data = load_pictures(job.data, job.config.size, "train", job.config.channels)
    job.config = job.family.fit_to(job.config, data)
    torch.manual_seed(0)
    generator = job.family.build(job.config).to(device, memory_format=torch.channels_last).train()
    critic = job.family.critic(job.config, recipe).to(device, memory_format=torch.channels_last)
    average = twin(generator)
    learns_g = torch.optim.Adam(
        generator.parameters(), recipe.rate_generator, recipe.betas_generator, eps=1e-8
    )
    learns_copy = torch.optim.Adam(generator.parameters(), recipe.rate_generator, (0.9, 0.99))
    learns_c = torch.optim.Adam(critic.parameters(), recipe.rate_critic, recipe.betas_critic)
    parts = {
        "generator": generator,
        "average": average,
        "critic": critic,
        "learns_g": learns_g,
        "learns_c": learns_c,
    }
    alike, lead = getattr(recipe, "alike", 0.0), getattr(recipe, "lead", 0.0)
    reading = getattr(recipe, "reading", 0.0)
    reader = Reader(job.config, job.mixed).to(device) if reading else None
    later = {"reader": reader, "reads": reader.learns} if reader else {}
    parts |= later
    warm = not job.restore(parts, tuple(later)) and job.warm_start([generator, average])
    met = any("critic" in row for row in job.rows)
    alone = ALONE if warm or (lead and not met) else 0
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again

    pictures = torch.from_numpy(data.pictures).to(device)
    columns = getattr(job.config, "conditions", ())
    labels = _labels(data, columns).to(device)
    sides = _sides(data, columns)
    if hasattr(generator, "remember"):  # which conditions occur together
        generator.remember(labels)
    naming = getattr(recipe, "naming", 0.0) if columns else 0.0
    change = getattr(job.family, "augment", augment)  # a sprite's colours must not change
    seen_labels = labels[torch.arange(64, device=device) % len(labels)]
    fixed = torch.from_numpy(
        np.random.RandomState(0).standard_normal((64, job.config.latent)).astype(np.float32)
    ).to(device)

    def draw(count: int):
        index = torch.randint(0, len(pictures), (count,), device=device)
        real = pictures[index].to(torch.float32).div_(127.5).sub_(1)
        if data.source.mirror:
            flip = torch.rand(count, device=device) < 0.5
            real = torch.where(flip[:, None, None, None], real.flip(3), real)
        wanted = labels[index] if columns else None
        if sides:
            real, wanted = exchanged(real, wanted, *sides)
        return real.contiguous(memory_format=torch.channels_last), wanted

    def make(count: int, wanted):
        z = torch.randn(count, job.config.latent, device=device)
        return generator(z, wanted) if columns else generator(z)

    def sketch(count: int, wanted):
        z = torch.randn(count, job.config.latent, device=device)
        return generator.raw(z, generator.conditions.one_hot(wanted))

    def judge(x, wanted):
        much = round(recipe.augment * len(x))
        x = torch.cat([change(x[:much]), x[much:]]) if much else x
        if not naming:
            return critic(x, wanted), x.new_zeros(())
        seen = critic.see(x)
        return critic.weigh(seen, wanted), critic.misnamed(seen, wanted)

    def unlikeness(raw, made, real, wanted) -> torch.Tensor:
        """To the very picture that was asked for, and to its labels where there is a reader."""
        apart = generator.unlike(raw, real)
        return apart + reading * reader.misread(made, wanted) if reader else apart

    def copy(real, wanted) -> torch.Tensor:
        """Several small steps: there is one right answer, and no opponent to keep pace with."""
        for part, its in zip(real.split(SMALL), wanted.split(SMALL), strict=True):
            with job.mixed():
                raw = sketch(len(part), its).float()
            unlike = unlikeness(raw, generator.show(raw), part, its)
            learns_copy.zero_grad(set_to_none=True)
            unlike.backward()
            learns_copy.step()
        return unlike

    def sheet() -> None:
        with torch.no_grad(), job.mixed():
            wanted = (seen_labels,) if columns else ()
            settle(average, lambda: average(torch.randn_like(fixed), *wanted))
            # A generator may show itself its own way (truncated, posed): `preview`.
            made = getattr(average, "preview", average)(fixed * 0.8, *wanted)
        job.folder.mkdir(parents=True, exist_ok=True)
        grid(to_bytes(made)).save(Path(job.folder) / "sheet.png")

    for step in job.steps(recipe.batch, lambda: job.save(parts), sheet):
        real, wanted = draw(recipe.batch)
        if reader and reader.studies:
            unread = reader.learn(real, wanted)
            if step % 100 == 0:
                job.note(unread=unread)
            continue
        if job.spent < lead:
            unlike = copy(real, wanted)
            follow(average, generator, recipe.average, step)
            if step % 100 == 0:
                job.note(unlike=unlike.item())
            continue
        with job.mixed():
            if alike:
                raw = sketch(recipe.batch, wanted).float()
                made = generator.show(raw)
            else:
                made = make(recipe.batch, wanted).float()
            on_real, wrong_real = judge(real, wanted)
            on_fake, _ = judge(made.detach(), wanted)
        loss_c = F.softplus(-on_real.float()).mean() + F.softplus(on_fake.float()).mean()
        loss_c = loss_c + naming * wrong_real  # by real pictures alone: fakes would teach it wrong
        learns_c.zero_grad(set_to_none=True)
        loss_c.backward()
        if recipe.penalty and step % recipe.penalty_every == 0:
            _penalty(job, judge, real, wanted).backward()
        learns_c.step()

        if alone > 0:  # after a warm start the fresh critic first learns what is real
            alone -= 1
            continue
        critic.requires_grad_(False)
        with job.mixed():
            on_made, wrong_made = judge(made, wanted)
            loss_g = F.softplus(-on_made.float()).mean() + naming * wrong_made
        if alike:
            unlike = unlikeness(raw, made, real, wanted)
            loss_g = loss_g + alike * unlike
        learns_g.zero_grad(set_to_none=True)
        loss_g.backward()
        learns_g.step()
        critic.requires_grad_(True)
        follow(average, generator, recipe.average, step)
        if not torch.isfinite(loss_g):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(
                critic=loss_c.item(),
                generator=loss_g.item(),
                real=on_real.float().mean().item(),
                fake=on_fake.float().mean().item(),
                **({"misnamed": wrong_made.item(), "unclear": wrong_real.item()} if naming else {}),
                **({"unlike": unlike.item()} if alike else {}),
            )


def _labels(data, columns) -> torch.Tensor:
    if not columns:
        return torch.zeros(len(data), 0, dtype=torch.int64)
    return torch.from_numpy(np.stack([data.labels[c] for c in columns], 1))


def _sides(data, columns) -> tuple[int, ...]:
    """Column and two labels that a mirror exchanges; () where there are none."""
    if data.source.sides is None or data.source.sides[0] not in columns:
        return ()
    name, *ends = data.source.sides
    return (columns.index(name), *(list(data.names[name]).index(end) for end in ends))


def exchanged(
    pictures: torch.Tensor, labels: torch.Tensor, column: int, one: int, other: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Half of the pictures (n, c, h, w) whose label in `column` of labels (n, columns) is `one` or
    `other`: mirrored, and with the other of these two labels."""
    seen = labels[:, column]
    turn = ((seen == one) | (seen == other)) & (torch.rand(len(seen), device=seen.device) < 0.5)
    labels = labels.clone()
    labels[:, column] = torch.where(turn, one + other - seen, seen)
    return torch.where(turn[:, None, None, None], pictures.flip(3), pictures), labels


def _penalty(job: Job, judge, real: torch.Tensor, wanted) -> torch.Tensor:
    """R1: the squared slope of the critic at real pictures, times the steps it stands for."""
    recipe = job.recipe
    half = real[: max(len(real) // 2, 1)].detach().requires_grad_(True)
    score = judge(half, None if wanted is None else wanted[: len(half)])[0].sum()
    (slope,) = torch.autograd.grad(score, half, create_graph=True)
    return slope.square().sum((1, 2, 3)).mean() * recipe.penalty * recipe.penalty_every
