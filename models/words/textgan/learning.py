"""First likelihood, then a critic: samples that it takes for real are made likelier.

The weight of a sample is D / (1 - D), normalised over the batch, less one (MaliGAN): no gradient
has to pass through the choice of a word. Real sentences stay in the loss as an anchor: without one,
a small writer soon keeps to a few sentences.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from models.data.texts import load_texts
from models.data.vocabulary import END, START, UNKNOWN
from models.layers.language import padded
from models.layers.recurrent import Recurrent
from models.learning.average import follow, twin
from models.learning.job import Job
from models.learning.language import nats, prepare, sentences, sheet
from models.words.textgan.network import Critic, drawn

LONGEST = 40  # pieces of a sample; the longest real sentence of COCO has 37
LEAST = 0.02  # of the rate, at the end of the likelihood part
SURE = 0.9  # what the critic is told of a real sentence


def learn(job: Job) -> None:
    """Train `job` until its minutes are over; `job.folder` holds state, sheet.txt and curves."""
    recipe, device = job.recipe, job.device
    data, vocabulary = prepare(job)
    torch.manual_seed(0)
    average = job.family.build(job.config).to(device).requires_grad_(False)
    average.learn_spelling(vocabulary)
    writer = Recurrent(job.config, "gru").to(device).train()
    writer.learn_spelling(vocabulary)
    latest, critic = twin(writer), Critic(job.config.pieces).to(device)
    learns = torch.optim.Adam(writer.parameters(), recipe.rate, (0.9, 0.99))
    argues = torch.optim.Adam(critic.parameters(), recipe.rate_critic, (0.5, 0.99))
    parts = {
        **{"network": writer, "latest": latest, "average": average, "critic": critic},
        **{"learns": learns, "argues": argues},
    }
    if not job.restore(parts):
        job.warm_start([average])
        for network in (writer, latest):
            network.load_state_dict(average.before.state_dict())
    torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again
    texts = [vocabulary.encode(text) for text in data.texts]
    held = [vocabulary.encode(text) for text in load_texts(job.data, "validation").texts]
    draws = sentences(texts, recipe.batch)
    known = [text for text in texts if UNKNOWN not in text] or texts
    best = [nats(average.before, held)["a_piece"] if job.step else math.inf]

    def save() -> None:
        """Before the critic speaks, the best reader of held-out texts is kept; then the newest."""
        found = nats(latest, held)["a_piece"]
        if job.rows:
            job.rows[-1] |= {"held_out": round(found, 4)}
        if critic.rounds:
            take(average, latest)
        elif found < best[0]:
            best[0] = found
            average.before.load_state_dict(latest.state_dict())
            take(average, latest)
        job.save(parts)

    for step in job.steps(recipe.batch, save, lambda: sheet(job, average)):
        done = job.spent / recipe.pretrain
        if done < 1:
            falling = max(0.5 + 0.5 * math.cos(math.pi * done), LEAST)
            learns.param_groups[0]["lr"] = recipe.rate * falling
            loss = likelihood(writer, *(x.to(device) for x in next(draws)))
            job.note(loss=loss.item())
        else:
            if not critic.rounds:
                save()
                writer.load_state_dict(average.before.state_dict())
                latest.load_state_dict(average.before.state_dict())
                learns.state.clear()
            learns.param_groups[0]["lr"] = recipe.rate_against
            loss = against(job, writer, critic, argues, known, draws)
            critic.rounds += 1
            if critic.rounds <= recipe.alone:
                continue
        learns.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(writer.parameters(), 1.0)
        learns.step()
        follow(latest, writer, recipe.average, step)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{job.name} diverged at step {step}; its saved state is kept")


def take(average, latest: Recurrent) -> None:
    """The published network's own weights become the newest average."""
    average.load_state_dict(latest.state_dict(), strict=False)


def likelihood(writer: Recurrent, numbers: torch.Tensor, goals: torch.Tensor) -> torch.Tensor:
    """Nats a piece of real sentences."""
    hidden, _ = writer.train()(numbers)
    wanted = goals >= 0
    return F.cross_entropy(writer.scores(hidden[wanted]), goals[wanted])


def against(job: Job, writer: Recurrent, critic: Critic, argues, known, draws) -> torch.Tensor:
    """One round: the critic learns, then says which samples shall be likelier."""
    recipe, device = job.recipe, job.device
    fake = drawn(writer.eval(), recipe.batch, LONGEST)
    some = torch.randint(len(known), (recipe.batch,)).tolist()
    real = padded([known[i] for i in some])[0].to(device)
    critic.train()
    right, wrong = critic(real), critic(fake)
    told = F.binary_cross_entropy_with_logits(right, torch.full_like(right, SURE))
    told = told + F.binary_cross_entropy_with_logits(wrong, torch.zeros_like(wrong))
    argues.zero_grad(set_to_none=True)
    told.backward()
    argues.step()
    with torch.no_grad():
        odds = critic.eval()(fake).clamp(-recipe.bold, recipe.bold).exp()
        weight = odds / odds.mean() - 1
    read = F.pad(fake, (1, 0), value=START)[:, :-1]
    ended = (fake == END).cumsum(1) - (fake == END).long() > 0  # what follows the first END
    hidden, _ = writer(read)
    logs = writer.scores(hidden).log_softmax(2).gather(2, fake[..., None])[..., 0]
    pieces = (~ended).sum()
    push = -(weight[:, None] * logs * ~ended).sum() / pieces
    anchor = likelihood(writer, *(x.to(device) for x in next(draws)))
    job.note(push=push.item(), loss=anchor.item(), critic=told.item(),
             told=((right > 0).float().mean() + (wrong < 0).float().mean()).item() / 2)  # fmt: skip
    return push + recipe.anchor * anchor
