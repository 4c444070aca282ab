"""What every judge's lesson has in common: cross-entropy over each column of labels, with label
smoothing (Szegedy et al. 2016), AdamW, and a moving average of the weights that is what is kept."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F

from models.judges.schedule import share_of_rate
from models.learning.average import follow, settle, twin
from models.learning.job import Job


class Lesson:
    """A judge, its moving average and their state; `network` and `average` are on the device."""

    def __init__(self, job: Job):
        torch.manual_seed(0)
        network = job.family.build(job.config)
        self.job = job
        self.network = network.to(job.device, memory_format=torch.channels_last).train()
        self.average = twin(self.network)
        rate, decay = job.recipe.rate, job.recipe.decay
        self.learns = torch.optim.AdamW(self.network.parameters(), rate, weight_decay=decay)
        self.parts = {"network": self.network, "average": self.average, "learns": self.learns}
        job.restore(self.parts)
        torch.manual_seed(job.step + 1)  # a resumed run does not see the same draws again

    def run(
        self,
        draw: Callable[[int], tuple[tuple[torch.Tensor, ...], torch.Tensor]],
        examine: Callable[[], dict[str, float]],
        sheet: Callable[[], None],
        warm_up: int,
    ) -> None:
        """Until the minutes are over.

        `draw(count)` gives what the network is called with and the labels (count, columns);
        `examine()` the held-out accuracies by column; the rate rises over `warm_up` steps.
        """
        job, recipe = self.job, self.job.recipe
        seen: dict[str, float] = {}

        def save() -> None:
            with torch.no_grad(), job.mixed():
                settle(self.average, lambda: self.average(*draw(recipe.batch)[0]))
            job.save(self.parts)

        def show() -> None:
            with job.mixed():
                found = examine()
            seen.update({f"held_out_{c}": share for c, share in found.items()})
            print(f"\n{job.name}: {job.spent:.1f} minutes, held out {found}", flush=True)
            sheet()

        for step in job.steps(recipe.batch, save, show):
            for group in self.learns.param_groups:
                group["lr"] = recipe.rate * share_of_rate(job, step, warm_up)
            given, wanted = draw(recipe.batch)
            with job.mixed():
                scores = self.network(*given)
            losses = [
                F.cross_entropy(s.float(), wanted[:, i], label_smoothing=recipe.smoothing)
                for i, s in enumerate(scores)
            ]
            loss = torch.stack(losses).sum()
            self.learns.zero_grad(set_to_none=True)
            loss.backward()
            self.learns.step()
            follow(self.average, self.network, recipe.average, step)
            if step % 100 == 0:
                if not torch.isfinite(loss):
                    raise FloatingPointError(
                        f"{job.name} diverged at step {step}; its state is kept"
                    )
                job.note(loss=loss.item(), **seen)


def share_right(found, labels, names) -> dict[str, float]:
    """Class numbers (n, columns) against labels by column -> share that is right, by column."""
    return {c: float((found[:, i] == labels[c]).mean()) for i, c in enumerate(names)}
