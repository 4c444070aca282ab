"""The queue gives every model a third of its minutes first, then the one that is furthest off."""

from models import queue
from models.queue import FIRST, PLAN, SLICE, following

KNOWN = {p.family for p in PLAN}


def test_first_thirds_in_order() -> None:
    entry, minutes = following({}, KNOWN)
    assert entry == PLAN[0] and minutes <= SLICE
    used = {(PLAN[0].family, PLAN[0].data): PLAN[0].minutes * FIRST}
    assert following(used, KNOWN)[0] == PLAN[1]


def test_then_the_furthest_from_its_plan() -> None:
    used = {(p.family, p.data): p.minutes * 0.8 for p in PLAN}
    behind = PLAN[2]
    used[behind.family, behind.data] = behind.minutes * 0.4
    assert following(used, KNOWN)[0] == behind


def test_the_end_and_missing_families() -> None:
    assert following({(p.family, p.data): p.minutes for p in PLAN}, KNOWN) is None
    assert following({}, {PLAN[1].family})[0] == PLAN[1]
    assert following({}, set()) is None


def test_what_another_queue_trains_is_left_alone(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(queue, "RUNS", tmp_path)
    monkeypatch.setattr(queue, "spent", dict)
    monkeypatch.setattr(queue, "trainable", lambda: dict.fromkeys(KNOWN))
    first, _, held = queue._claimed(set())
    second, _, other = queue._claimed(set())
    assert (first, second) == PLAN[:2]
    with held, other:
        pass
    again, _, held = queue._claimed({PLAN[0]})
    with held:
        assert again == PLAN[1], "what failed here is left out"
