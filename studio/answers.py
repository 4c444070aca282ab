"""Tasks to values with the networks on the device. Used by the worker thread alone."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from models.family import Asked, Kind, Tiling, UnfitError
from studio.cache import MIB, Networks
from studio.requests import request_id
from studio.results import Sought
from studio.sentences import PersonError, Sentence
from studio.tasks import Task
from studio.tiles import in_tiles, needs_tiles

if TYPE_CHECKING:
    import torch

HOST_LIMIT = 1536 * MIB  # of weights in host memory: all our models together need less
MOST_OUT = 100_000_000  # pixels of a result: 300 MB while it is made
INNER = 8  # results of inner requests kept: a slider over a made picture makes it only once


class Answers:
    """Imports torch where it is made: the slow start that nobody should wait for."""

    def __init__(self, device: str, limit: int | None) -> None:
        import torch

        torch.set_num_threads(_cores())
        # Saved results are float32 in full: TF32 would show as a grey level here and there.
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True
        self.device = _device(device)
        if limit is None and self.device.type == "cuda":
            limit = torch.cuda.get_device_properties(self.device).total_memory // 2
        self.networks = Networks(self.device, limit or HOST_LIMIT)
        self._inner: OrderedDict[str, Any] = OrderedDict()

    def together(self, tasks: Sequence[Task]) -> list[Any]:
        """One value a task; several tasks (all alike) share one pass of their network."""
        try:
            return self._together(tasks)
        except Exception as error:
            if not out_of_memory(error):
                raise
        self.networks.make_room()
        return self._together(tasks)

    def _together(self, tasks: Sequence[Task]) -> list[Any]:
        if len(tasks) == 1:
            *_, (_, value) = self.steps(tasks[0])
            return [value]
        output = self._ask(tasks, [{}] * len(tasks))
        if isinstance(output, Iterator):
            raise TypeError("a family that works in steps answers one request at a time")
        return finish(tasks[0].kind, output, len(tasks))

    def steps(self, task: Task) -> Iterator[tuple[float, Any]]:
        """(fraction done, value so far or None), the last one with the whole value.

        Requests inside the request come first and count as parts of equal size.
        """
        if task.target is not None:
            yield from self._sought(task)
            return
        inputs, done = dict(task.inputs), 0
        for name, given in task.inputs.items():
            if isinstance(given, Task):
                for fraction, value in self._inner_steps(given):
                    yield (done + fraction * given.parts) / task.parts, None
                    inputs[name] = value
                done += given.parts
        output = self._ask([task], [inputs])
        if not isinstance(output, Iterator):
            output = iter([(1.0, output)])
        value = None
        for fraction, value in output:
            value = None if value is None else finish(task.kind, value, 1)[0]
            yield (done + fraction) / task.parts, value
        if value is None:
            raise ValueError("a family's last step must hold its whole value")

    def _sought(self, task: Task) -> Iterator[tuple[float, Sought | None]]:
        """The search for the spot nearest to the task's target."""
        from models.seek import Painter, guesser, seek

        model, seed = task.model, task.request.seed
        paint = Painter(self.networks.get(model), model.family, model.config, seed)
        found = seek(paint, task.target, seed, guesser(model.card.id))
        for fraction, best in found:
            shown = best and Sought(finish("picture", best.picture[None], 1)[0], best.controls)
            yield fraction, shown

    def _inner_steps(self, task: Task) -> Iterator[tuple[float, Any]]:
        """The same, remembering the last few values."""
        key = request_id(task.request)
        if key in self._inner:
            self._inner.move_to_end(key)
            yield 1.0, self._inner[key]
            return
        value = None
        for fraction, value in self.steps(task):
            yield fraction, value
        self._inner[key] = value
        while len(self._inner) > INNER:
            self._inner.popitem(last=False)

    def _ask(self, tasks: Sequence[Task], inputs: Sequence[dict[str, Any]]) -> Any:
        import torch

        from models.answer import answer

        model = tasks[0].model
        network = self.networks.get(model)
        asked = [
            Asked(task.request.seed, task.request.controls, given)
            for task, given in zip(tasks, inputs, strict=True)
        ]
        if len(asked) == 1:
            check_size(model.family.size(model.config, asked[0]))
        cut = model.family.tiling(model.config, asked[0]) if len(asked) == 1 else None
        if cut is not None and needs_tiles(asked[0].inputs[cut.takes], cut):
            return self._tiled(model, network, asked[0], cut)
        with torch.inference_mode():
            output = answer(network, model.family, model.config, asked, self.device)
        return _stepping(output) if isinstance(output, Iterator) else output

    def _tiled(self, model: Any, network: Any, asked: Asked, cut: Tiling) -> Iterator[Any]:
        """A large picture tile by tile; what was held for speed goes first where room is short."""
        import torch

        from models.answer import answer

        def tile(part: Any) -> Any:
            one = asked._replace(inputs={**asked.inputs, cut.takes: part})
            with torch.inference_mode():
                output = answer(network, model.family, model.config, [one], self.device)
            return finish("picture", output, 1)[0]

        def no_room(error: BaseException) -> bool:
            if not out_of_memory(error):
                return False
            if self.device.type == "cuda":
                torch.cuda.empty_cache()
            return True

        return in_tiles(tile, asked.inputs[cut.takes], cut, no_room)


def check_size(size: tuple[int, int] | None) -> None:
    """PersonError where a picture (height, width) would be larger than anybody can use."""
    if size is None or size[0] * size[1] <= MOST_OUT:
        return
    height, width = size
    millions, most = round(height * width / 10**6), MOST_OUT // 10**6
    raise PersonError(
        f"The result would have {width} x {height} pixels, {millions} million; at most {most} "
        "million are made here: enlarge fewer times, or crop or shrink the picture first.",
        f"结果将有 {width} x {height} 像素({millions} 百万);此处最多 {most} 百万:"
        "请减小放大倍数,或先裁剪、缩小图片。",
    )


def _stepping(output: Iterator[Any]) -> Iterator[Any]:
    """Every step of a family in inference mode, which holds for a thread and not for a loop."""
    import torch

    while True:
        with torch.inference_mode():
            step = next(output, None)
        if step is None:
            return
        yield step


def finish(kind: Kind, output: Any, count: int) -> list[Any]:
    """A family's output for `count` requests as values that media files are made from.

    Pictures: tensor (count, channels, height, width) in -1..1, or a list of such pictures
    -> uint8 (height, width, channels) each, as pictures joined from tiles are already. Other
    kinds: one item a request, tensors as arrays.
    """
    import numpy as np
    import torch

    from models.answer import to_bytes, to_picture

    if len(output) != count:
        raise ValueError(f"{len(output)} results for {count} requests")
    if kind == "picture":
        if isinstance(output, torch.Tensor):
            pictures = to_bytes(output).transpose(0, 2, 3, 1)
        else:
            pictures = [
                picture if isinstance(picture, np.ndarray) else to_picture(picture)
                for picture in output
            ]
        return [np.ascontiguousarray(picture) for picture in pictures]
    return [item.cpu().numpy() if isinstance(item, torch.Tensor) else item for item in output]


def out_of_memory(error: BaseException) -> bool:
    """Whether host or device had no room."""
    import torch

    return isinstance(error, MemoryError | torch.OutOfMemoryError) or (
        isinstance(error, RuntimeError) and "not enough memory" in str(error)
    )


def excuse(error: BaseException, task: Task) -> Sentence:
    """Any failure as one sentence for the person who asked."""
    name = task.model.card.id
    if isinstance(error, PersonError):
        return error.sentence
    if isinstance(error, UnfitError):
        return Sentence(error.words.en, error.words.zh)
    if out_of_memory(error):
        return Sentence(
            f"{name} ran out of memory: take a smaller picture, or try again when less is going "
            "on.",
            f"{name} 内存不足:请使用较小的图片,或稍后再试。",
        )
    kind = type(error).__name__
    return Sentence(
        f"{name} could not answer this request ({kind}): the console of the studio says more.",
        f"{name} 无法完成该请求({kind}):详情见工作室控制台。",
    )


def _device(name: str) -> torch.device:
    """PersonError where this machine has no such device."""
    import torch

    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError):
        raise PersonError(
            f"This machine has no device {name!r}: take auto or cpu.",
            f"本机没有设备 {name!r}:请使用 auto 或 cpu。",
        ) from None
    return device


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
