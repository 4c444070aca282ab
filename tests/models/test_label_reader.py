"""The reader that tells a conditional generator what it failed to show."""

from __future__ import annotations

from contextlib import nullcontext

import torch

from models.learning import label_reader
from models.registry import families


def test_it_is_taught_by_real_pictures_then_frozen_and_pulls_what_is_made(monkeypatch) -> None:
    torch.manual_seed(0)
    monkeypatch.setattr(label_reader, "STUDY", 64 * 40)
    config = families()["pictures/cgan"].tiny()  # 16 pixels; direction of two, skin of three
    reader = label_reader.Reader(config, nullcontext)
    labels = torch.stack([torch.arange(64) % 2, torch.arange(64) % 3], 1)
    real = torch.ones(64, 4, 16, 16)
    real[:, 0] = (labels[:, 0, None, None] * 2 - 1).expand(-1, 16, 16)
    real[:, 1] = (labels[:, 1, None, None] - 1).expand(-1, 16, 16)
    first = reader.learn(real, labels)
    while reader.studies:
        last = reader.learn(real, labels)
    assert last < 0.5 * first
    known = {name: tensor.clone() for name, tensor in reader.state_dict().items()}

    made = (0.3 * torch.randn(64, 4, 16, 16)).requires_grad_(True)
    before = reader.misread(made, labels)
    before.backward()
    assert made.grad.abs().sum() > 0
    assert reader.misread(real, labels) < 0.5 * before
    assert all(torch.equal(known[n], t) for n, t in reader.state_dict().items()), "it stays frozen"
