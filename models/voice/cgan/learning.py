"""The adversarial loop over coefficients: non-saturating loss (Goodfellow et al. 2014), lazy R1
(Mescheder et al. 2018), a little noise on what the critic hears, moving average."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from models.data.sounds import load_sounds
from models.learning.average import follow, twin
from models.learning.hearing import SPEEDS, HeardSet, samples_of
from models.learning.job import Job

from .network import SoundCritic

ALONE = 200  # steps that a fresh critic first learns alone, beside a generator that knows a lot


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    data = load_sounds(job.data, "train")
    job.config = config = job.family.fit_to(job.config, data)
    torch.manual_seed(0)
    generator = job.family.build(config).to(device).train()
    critic = SoundCritic(config).to(device)
    average = twin(generator)
    learns_g = torch.optim.Adam(generator.parameters(), recipe.rate_generator, recipe.betas)
    learns_c = torch.optim.Adam(critic.parameters(), recipe.rate_critic, recipe.betas)
    parts = {"generator": generator, "average": average, "critic": critic}
    parts |= {"learns_g": learns_g, "learns_c": learns_c}
    resumed = job.restore(parts)
    alone = 0 if resumed else ALONE
    known = resumed or job.warm_start([generator, average])
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    # Played faster or slower, a voice becomes another one, and so do the words that are learned.
    speeds = (1.0,) if config.stretched else SPEEDS
    every = HeardSet(data, generator, speeds, fit=not known)
    if not known:
        plain, labels = every.numbers[: every.plain], every.labels[: every.plain]
        generator.kinds.fit(plain, torch.zeros_like(plain), labels)
        average.load_state_dict(generator.state_dict())
    # between whitened (all alike) and true sizes (the first few would decide everything)
    units = (generator.basis.sizes / generator.basis.sizes.mean()).sqrt()

    def make(labels: torch.Tensor) -> torch.Tensor:
        z = torch.randn(len(labels), config.latent, device=device)
        return generator(z, generator.kinds.conditions.one_hot(labels))

    def judge(x: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return critic((x + recipe.blur * torch.randn_like(x)) * units, labels)

    for step in job.steps(recipe.batch, lambda: job.save(parts), lambda: _sheet(job, average)):
        real, labels = every.draw(recipe.batch)
        with torch.no_grad():
            fake = make(labels)
        on_real, on_fake = judge(real, labels), judge(fake, labels)
        loss_c = F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
        if step % recipe.penalty_every == 0:
            loss_c = loss_c + _penalty(recipe, judge, real, labels)
        learns_c.zero_grad(set_to_none=True)
        loss_c.backward()
        learns_c.step()
        if alone > 0:
            alone -= 1
            continue
        critic.requires_grad_(False)
        loss_g = F.softplus(-judge(make(labels), labels)).mean()
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
                real=on_real.mean().item(),
                fake=on_fake.mean().item(),
            )


def _penalty(recipe, judge, real: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """R1: the squared slope of the critic at real sounds, times the steps it stands for."""
    real = real.detach().requires_grad_(True)
    (slope,) = torch.autograd.grad(judge(real, labels).sum(), real, create_graph=True)
    return slope.square().sum(1).mean() * recipe.penalty * recipe.penalty_every


def _sheet(job: Job, network) -> None:
    job.folder.mkdir(parents=True, exist_ok=True)
    samples_of(network, job.config.latent).save(job.folder / "sheet.png")
