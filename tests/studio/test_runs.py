"""Runs for the page: followed to their end, stopped, and given up when nobody follows."""

import asyncio
import time

import pytest

from studio import live, runs
from studio.engine import Result, set_engine
from studio.requests import complete
from studio.runs import RUNS

ANNA = "a" * 24


@pytest.fixture
def served(odd_root, engine):
    set_engine(engine)
    yield engine
    set_engine(None)


def ask(function, **data):
    return asyncio.run(function({"client": ANNA, **data}))


def to_the_end(run: str) -> dict:
    seen, until = 0, time.monotonic() + 60
    while time.monotonic() < until:
        news = ask(live.follow, run=run, seen=seen)
        if "result" in news or "error" in news:
            return news
        seen = news["seen"]
    raise AssertionError("the run never ended")


def steps(**controls) -> dict:
    return complete({"model": "pictures/odd-toy", "seed": 4, "controls": controls}).data()


def test_a_run_is_followed_to_its_end(served) -> None:
    request = steps(steps=3)
    begun = ask(live.begin, request=request)
    news = to_the_end(begun["run"])
    assert news["result"]["picture"].startswith("data:image/png;base64,")
    assert news["result"]["request"] == request
    assert RUNS.result(complete(request), ANNA) is not None, "a download need not work again"


def test_a_run_belongs_to_its_client(served) -> None:
    run = ask(live.begin, request=steps(steps=3))["run"]
    assert "error" in asyncio.run(live.follow({"client": "b" * 24, "run": run, "seen": 0}))
    assert "error" in asyncio.run(live.stop({"client": "b" * 24, "run": run}))
    assert "result" in to_the_end(run)


def test_another_run_forgets_only_what_was_fetched(served) -> None:
    """A tab runs a list of files while its preview begins: what just ended is still to be told."""
    first = ask(live.begin, request=steps(steps=3))["run"]
    until = time.monotonic() + 60
    while not isinstance(RUNS.find(first, ANNA).news, Result) and time.monotonic() < until:
        time.sleep(0.01)
    to_the_end(ask(live.begin, request=steps(steps=2))["run"])
    assert "result" in to_the_end(first)
    ask(live.begin, request=steps(steps=4))
    assert "error" in ask(live.follow, run=first, seen=0)


def test_a_stopped_run_keeps_what_it_reached(served) -> None:
    run = ask(live.begin, request=steps(steps=1000, pause=5))["run"]
    while ask(live.follow, run=run, seen=0).get("fraction") == 0:
        pass
    ask(live.stop, run=run)
    news = to_the_end(run)
    assert "Stopped" in news["result"]["note"]["en"] and news["result"]["picture"]


def test_a_run_that_nobody_follows_ends(served, monkeypatch) -> None:
    monkeypatch.setattr(runs, "SILENCE", 0.3)
    run = RUNS.find(ask(live.begin, request=steps(steps=1000, pause=50))["run"], ANNA)
    until = time.monotonic() + 30
    while served.status()["runs"] and time.monotonic() < until:
        time.sleep(0.05)
    assert run.cancel.is_set() and not served.status()["runs"]


def test_a_run_whose_follower_hung_up_ends_sooner(served, monkeypatch) -> None:
    monkeypatch.setattr(runs, "SILENCE", 60.0)
    monkeypatch.setattr(runs, "LEFT", 0.1)
    name = ask(live.begin, request=steps(steps=1000, pause=50))["run"]
    run = RUNS.find(name, ANNA)

    async def hang_up() -> None:
        following = asyncio.ensure_future(run.after(10**6))
        await asyncio.sleep(0.2)
        assert not run.cancel.is_set()
        following.cancel()

    asyncio.run(hang_up())
    until = time.monotonic() + 30
    while served.status()["runs"] and time.monotonic() < until:
        time.sleep(0.05)
    assert not served.status()["runs"]


def test_a_fault_ends_a_run_with_one_sentence(served) -> None:
    news = to_the_end(ask(live.begin, request=steps(fault="error"))["run"])
    assert news["error"]["en"] and news["error"]["zh"]


@pytest.mark.parametrize("run", [None, 5, "", "unknown"])
def test_an_unknown_run_is_one_sentence(served, run) -> None:
    assert "start it again" in ask(live.follow, run=run, seen=0)["error"]["en"]


def test_a_bad_request_starts_nothing(served) -> None:
    assert "error" in ask(live.begin, request={"model": "pictures/odd-toy", "seed": -1})
