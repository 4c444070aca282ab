"""The adversarial loop of restoration: what is plausible counts beside what is right.

Three losses: that of `restoration` (it holds the colours), likeness in the eye's maps
(Johnson, Alahi, Fei-Fei 2016, arXiv 1603.08155), and a relativistic patch critic
(Jolicoeur-Martineau 2018, arXiv 1807.00734). The network starts as another run's average, which
stays beside it as the faithful end of a control.

A family that learns here builds a network with the parts `faithful` and `vivid` and offers
`critic(recipe)`.
"""

from __future__ import annotations

import dataclasses

import torch
import torch.nn.functional as F

from models.data.pairs import load_pairs
from models.judges.eye.network import Eye
from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.restoration import (
    LUMA,
    SIZES,
    Cosine,
    Patches,
    begin_like,
    optimisers,
    sheet,
    varied,
)
from models.registry import judge
from models.weights import load_network

DEPTHS = 3  # of the eye's four maps, as the eye distance: so look at the sheets beside it
SHIFT = 7  # pixels: the eye's third map stands for 8


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet and curves."""
    recipe, device = job.recipe, job.device
    data = Patches(load_pairs(job.data, job.config.scale, sizes=SIZES, more=True), recipe, device)
    job.config = dataclasses.replace(job.config, scale=data.scale)
    torch.manual_seed(0)
    average = job.family.build(job.config).to(device, memory_format=torch.channels_last)
    average.requires_grad_(False)
    begin_like(job, average)
    network = twin(average.vivid).requires_grad_(True).train()
    critic = job.family.critic(recipe).to(device, memory_format=torch.channels_last)
    learns, turns = optimisers(network, recipe)
    argues = torch.optim.Adam(critic.parameters(), recipe.rate_critic, (0.5, 0.99))
    parts = {
        **{"network": network, "average": average, "critic": critic},
        **{"learns": learns, "turns": turns, "argues": argues},
    }
    if not job.restore(parts) and job.warm_start([average]):
        network.load_state_dict(average.vivid.state_dict())
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    weigh = torch.tensor(LUMA, device=device)[:, :, None, None]
    eye = load_network(judge("eye"), device).to(memory_format=torch.channels_last)
    rate = Cosine(job)

    for step in job.steps(
        recipe.batch, lambda: job.save(parts), lambda: sheet(job, average, data.pairs)
    ):
        share = rate(step)
        learns.param_groups[0]["lr"] = recipe.rate * share
        turns.param_groups[0]["lr"] = recipe.rate_body * share
        small, large = varied(*data.draw())
        with job.mixed():
            made = network(small)
        critic.requires_grad_(True)
        with job.mixed():
            real, fake = critic(large).float(), critic(made.detach()).float()
        apart = F.softplus(-(real - fake.mean())).mean() + F.softplus(fake - real.mean()).mean()
        argues.zero_grad(set_to_none=True)
        apart.backward()
        argues.step()

        critic.requires_grad_(False)
        made = made.float()
        pixels = F.conv2d(made - large, weigh).abs().sum(1).mean()
        with job.mixed():
            alike = unlikeness(eye, *shifted(made, large))
            fake, real = critic(made).float(), real.detach()
        opinion = F.softplus(-(fake - real.mean())).mean() + F.softplus(real - fake.mean()).mean()
        loss = recipe.pixels * pixels + recipe.likeness * alike + recipe.critic * opinion
        learns.zero_grad(set_to_none=True)
        turns.zero_grad(set_to_none=True)
        loss.backward()
        learns.step()
        turns.step()
        follow(average.vivid, network, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")
        if step % 100 == 0:
            job.note(pixels=pixels.item(), alike=alike.item(), opinion=opinion.item(),
                     critic=apart.item())  # fmt: skip


def shifted(made: torch.Tensor, real: torch.Tensor) -> list[torch.Tensor]:
    """Both (n, 3, h, w) without up to `SHIFT` rows and columns at the top and left, the same ones:
    the eye's strides then fall on any pixel, and no fine mesh in step with them is rewarded."""
    top, left = torch.randint(SHIFT + 1, (2,)).tolist()
    return [x[:, :, top:, left:] for x in (made, real)]


def unlikeness(eye: Eye, made: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """Mean difference of directions in the eye's maps, in -1..1 pictures of at least 32 px; smaller
    ones have none."""
    if min(made.shape[-2:]) < 32:
        return made.new_zeros(())
    with torch.no_grad():
        wanted = eye.first(real, DEPTHS)
    pairs = zip(eye.first(made, DEPTHS), wanted, strict=True)
    return sum((1 - F.cosine_similarity(a, b, dim=1)).mean() for a, b in pairs) / DEPTHS
