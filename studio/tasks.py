"""From a request to a task: the model looked up, a person's files found and decoded."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.family import Kind, Takes, Words
from studio import media
from studio.catalogue import Published, published
from studio.requests import Request
from studio.sentences import PersonError, shown

Files = Mapping[str, bytes]  # SHA-256 -> content: what this person dropped in, and nobody else
ANY = Takes(name="target", kind="picture", label=Words("", ""), help=Words("", ""))  # looked for
DECODED = 4  # decoded files kept; a slider over one picture decodes it once


@dataclass(frozen=True, eq=False, slots=True)
class Task:
    """A request ready for the worker; `inputs` holds decoded files, or tasks to do before.

    `target`: a decoded picture whose nearest spot in the model's latent is looked for instead.
    """

    request: Request
    model: Published
    inputs: dict[str, Any]
    target: Any = None

    @property
    def kind(self) -> Kind:
        """What will come out."""
        return self.model.family.gives

    @property
    def alike(self) -> Hashable:
        """Tasks with equal values may share a pass; None: none may."""
        return None if self.inputs else id(self.model.card)

    @property
    def parts(self) -> int:
        """How many models answer for it, itself included."""
        return 1 + sum(t.parts for t in self.inputs.values() if isinstance(t, Task))


class Desk:
    """Prepares tasks, in the caller's thread; keeps the last few decoded files."""

    def __init__(self) -> None:
        self._decoded: OrderedDict[tuple[str, Takes], Any] = OrderedDict()
        self._lock = threading.Lock()

    def task(self, request: Request, files: Files | None = None) -> Task:
        """PersonError asks for the files that are missing or says why one is not readable."""
        model = published(request.model)
        if not request.inputs:
            return Task(request, model, {})
        takes = {t.name: t for t in model.family.takes}
        inputs = {
            name: self.task(given, files)
            if isinstance(given, Request)
            else self._decode(given, takes[name], files or {})
            for name, given in request.inputs.items()
        }
        return Task(request, model, inputs)

    def aimed(self, request: Request, file: Mapping[str, Any], files: Files) -> Task:
        """The search for the spot nearest to a dropped picture."""
        picture = self._decode(file, ANY, files)
        return replace(self.task(request, files), target=picture)

    def _decode(self, given: Mapping[str, Any], takes: Takes, files: Files) -> Any:
        digest = given["sha256"]
        content = files.get(digest)
        if content is None:
            raise PersonError(
                f"This needs the file {shown(given['name'], 80)} ({given['size']:,} bytes), which "
                "is not here: drop it to go on.",
                f"需要文件 {shown(given['name'], 80)}({given['size']:,} 字节),但它不在这里:"
                "请拖入该文件以继续。",
            )
        key = (digest, takes)
        with self._lock:
            if key in self._decoded:
                self._decoded.move_to_end(key)
                return self._decoded[key]
        if hashlib.sha256(content).hexdigest() != digest:
            raise PersonError(
                f"{shown(given['name'], 80)} is another file than the one this was made with.",
                f"{shown(given['name'], 80)} 与生成时所用的文件不同。",
            )
        value = media.decode(content, given["name"], takes.kind, takes.limit, takes.keeps)
        with self._lock:
            self._decoded[key] = value
            while len(self._decoded) > DECODED:
                self._decoded.popitem(last=False)
        return value
