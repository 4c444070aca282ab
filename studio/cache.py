"""Networks that stay on the device: the least recently used one makes room for a new one."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.catalogue import Published
from studio.sentences import PersonError

if TYPE_CHECKING:
    import torch

MIB = 2**20


@dataclass(eq=False)
class Held:
    """One network on the device, and the weights it came from."""

    network: torch.nn.Module
    revision: str
    bytes: int
    answers: int = 0


class Networks:
    """Belongs to the worker thread; `limit` bounds the bytes of weights on the device."""

    def __init__(self, device: torch.device, limit: int) -> None:
        self.device, self.limit = device, limit
        self._held: OrderedDict[str, Held] = OrderedDict()

    def get(self, model: Published) -> torch.nn.Module:
        """The network, loaded if it is not here yet or has been published anew."""
        card = model.card
        held = self._held.get(card.id)
        if held is None or held.revision != card.revision:
            self.drop(card.id)
            held = self._load(model)
            self._held[card.id] = held
        self._held.move_to_end(card.id)
        held.answers += 1
        return held.network

    def _load(self, model: Published) -> Held:
        import torch

        from models.weights import load_network

        # Not as inference tensors: a family that optimises its picture needs gradients.
        with torch.inference_mode(False):
            network = load_network(model.card, family=model.family)
            size = sum(t.numel() * t.element_size() for t in network.state_dict().values())
            if size > self.limit:
                raise PersonError(
                    f"{model.card.id} needs {size // MIB} MB and the studio may use "
                    f"{self.limit // MIB} MB: start it with more memory.",
                    f"{model.card.id} 需要 {size // MIB} MB,而工作室最多可用 "
                    f"{self.limit // MIB} MB:请以更大的内存启动。",
                )
            while self.used + size > self.limit:
                self._held.popitem(last=False)
            return Held(network.to(self.device), model.card.revision, size)

    @property
    def used(self) -> int:
        """Bytes of all weights held."""
        return sum(h.bytes for h in self._held.values())

    def drop(self, name: str) -> None:
        """Forget one network, if it is here."""
        self._held.pop(name, None)

    def make_room(self, keep: str = "") -> None:
        """Forget all networks but one, and give the device's memory back."""
        import torch

        for name in [n for n in self._held if n != keep]:
            del self._held[name]
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def rows(self) -> dict[str, dict[str, Any]]:
        """For the status page: megabytes and answers by model, most recently used last."""
        return {
            name: {"mb": round(h.bytes / MIB, 2), "answers": h.answers}
            for name, h in list(self._held.items())
        }
