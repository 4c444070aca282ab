"""The engine: newest wins, batches, steps, stops, memory, and errors that end nothing."""

import asyncio
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from models.weights import publish_tiny
from studio.engine import Engine, Progress, Result, get_engine, set_engine
from studio.queueing import LARGEST_BATCH, RUNS_PER_CLIENT, Chore
from studio.requests import complete

TOY, PCA, ODD, NEGATIVE = (
    "pictures/dcgan-toy",
    "pictures/pca-toy",
    "pictures/odd-toy",
    "style/negative-toy",
)


def asked(model: str = TOY, seed: int = 0, **controls):
    return complete({"model": model, "seed": seed, "controls": controls})


def slow(steps: int = 100, pause: float = 20.0, **controls):
    return asked(ODD, steps=steps, pause=pause, **controls)


def live(engine: Engine, *pairs, free: threading.Event | None = None) -> list[Result]:
    """All at once: (request, client) pairs; a held worker is set free when all of them wait."""

    async def together():
        answers = asyncio.gather(*(engine.live(request, client) for request, client in pairs))
        await asyncio.sleep(0)  # each has put its request into the queue
        if free:
            free.set()
        return await answers

    return asyncio.run(together())


def hold(engine: Engine) -> threading.Event:
    """Keep the worker busy until the event is set, so that what follows piles up."""
    free = threading.Event()
    engine._waiting.add_chore(Chore(lambda: free.wait(10)))
    return free


def test_a_run_gives_a_picture_and_its_times(odd_root, engine) -> None:
    result = engine.run(asked(seed=5))
    assert result.error is None and result.kind == "picture" and not result.superseded
    assert result.value.dtype == np.uint8 and result.value.shape == (16, 16, 3)
    assert result.value.flags.c_contiguous and result.value.std() > 1
    assert result.ms > 0 and result.queued_ms >= 0


def test_same_request_same_picture(odd_root) -> None:
    pictures = []
    for _ in range(2):  # also after a restart
        engine = Engine("cpu")
        pictures += [engine.run(asked(seed=5)).value for _ in range(2)]
        engine.close()
    assert all(np.array_equal(pictures[0], p) for p in pictures)


def test_live_answers_are_the_saved_ones_within_one_grey_level(odd_root, engine) -> None:
    requests = [asked(seed=s, spread=0.3 + 0.05 * s) for s in range(20)]
    free = hold(engine)
    together = live(engine, *((r, f"client {i}") for i, r in enumerate(requests)), free=free)
    for request, result in zip(requests, together, strict=True):
        alone = engine.run(request)
        assert result.request is request and result.error is None
        assert np.abs(result.value.astype(int) - alone.value).max() <= 1
    counts = engine.status()
    assert counts["largest_batch"] == LARGEST_BATCH
    assert counts["live"] == 20 and counts["batches"] < 20


def test_newest_wins_for_one_client_and_not_for_another(odd_root, engine) -> None:
    pairs = [*((asked(seed=s), "a") for s in range(5)), (asked(seed=9), "b")]
    results = live(engine, *pairs, free=hold(engine))
    assert [r.superseded for r in results] == [True] * 4 + [False] * 2
    assert all(r.value is None for r in results[:4]) and results[4].request.seed == 4
    assert np.array_equal(results[4].value, engine.run(asked(seed=4)).value)
    assert engine.status()["superseded"] == 4


def test_several_models_at_once(odd_root, engine) -> None:
    pairs = [(asked((TOY, PCA, ODD)[i % 3], seed=i), str(i)) for i in range(9)]
    for (request, _), result in zip(pairs, live(engine, *pairs), strict=True):
        assert np.array_equal(result.value, engine.run(request).value)


def test_live_answers_pass_through_a_long_run(odd_root, engine) -> None:
    events: list = []
    thread = threading.Thread(target=lambda: events.extend(engine.stream(slow(steps=40))))
    thread.start()
    while not any(e.fraction > 0 for e in events):
        time.sleep(0.01)
    begun = time.perf_counter()
    (result,) = live(engine, (asked(), "a"))
    waited = time.perf_counter() - begun
    assert result.value is not None and not isinstance(events[-1], Result)
    assert waited < 0.5
    thread.join(20)
    assert events[-1].value is not None


def test_a_run_goes_on_while_live_answers_never_stop(odd_root, engine) -> None:
    done = threading.Event()

    async def flood() -> None:
        async def client(name: str) -> None:
            while not done.is_set():
                await engine.live(asked(seed=1), name)

        await asyncio.gather(*(client(str(i)) for i in range(4)))

    thread = threading.Thread(target=lambda: asyncio.run(flood()))
    thread.start()
    try:
        result = engine.run(slow(steps=2, pause=0))
    finally:
        done.set()
        thread.join(10)
    assert result.value is not None


def test_progress_and_time_left(odd_root, engine) -> None:
    events = []
    result = engine.run(slow(steps=5, pause=30), progress=events.append)
    fractions = [e.fraction for e in events]
    assert fractions == sorted(fractions) and fractions[-1] == 1.0 and 0.2 in fractions
    halfway = next(e for e in events if e.fraction == 0.4)
    assert 0.06 < halfway.seconds_left < 2 and halfway.preview.shape == (8, 8, 3)
    assert events[-1].seconds_left == 0 and result.note is None and result.ms >= 150


@pytest.mark.parametrize("pause", [5, 200])
def test_stop_works_within_a_second_and_keeps_what_exists(odd_root, engine, pause) -> None:
    cancel = threading.Event()
    threading.Timer(0.6, cancel.set).start()
    begun = time.perf_counter()
    result = engine.run(slow(steps=1000, pause=pause), cancel=cancel)
    assert 0.5 < time.perf_counter() - begun < 1.6
    assert result.value.shape == (8, 8, 3) and result.error is None
    assert "Stopped" in result.note and "停止" in result.note.zh
    begun = time.perf_counter()
    assert engine.run(asked()).value is not None, "the worker is free again"
    assert time.perf_counter() - begun < 2


def test_closing_the_stream_stops_the_run(odd_root, engine) -> None:
    stream = engine.stream(slow(steps=1000))
    assert isinstance(next(stream), Progress)
    next(stream)
    stream.close()
    deadline = time.monotonic() + 3
    while engine.status()["runs"] and time.monotonic() < deadline:
        time.sleep(0.02)
    assert engine.status()["runs"] == 0


def test_a_client_has_few_runs_and_others_still_get_theirs(odd_root, engine) -> None:
    streams = [engine.stream(slow(steps=1000), client="a") for _ in range(RUNS_PER_CLIENT)]
    first, *_ = [next(s).ahead for s in streams]
    assert first == 0
    refused = engine.run(asked(), client="a")
    assert str(RUNS_PER_CLIENT) in refused.error and refused.value is None and refused.error.zh
    other = engine.stream(slow(steps=1), client="b")
    assert next(other).ahead == RUNS_PER_CLIENT, "the one in work counts"
    for stream in streams:
        stream.close()
    assert list(other)[-1].value is not None
    assert engine.run(asked(), client="a").value is not None


@pytest.mark.parametrize(
    "fault, word", [("error", "KeyError"), ("memory", "memory"), ("nothing", "could not answer")]
)
def test_a_failure_is_one_sentence_and_the_next_request_works(
    odd_root, engine, fault, word
) -> None:
    bad = asked(ODD, fault=fault)
    (result,) = live(engine, (bad, "a"))
    for failed in (engine.run(bad), result):
        assert failed.value is None and word in failed.error and "\n" not in failed.error
        assert failed.error.zh != failed.error
    assert engine.run(asked(ODD)).value is not None
    assert engine._worker.is_alive()


def test_one_bad_request_does_not_spoil_its_batch(odd_root, engine) -> None:
    pairs = (asked(ODD, seed=1), "a"), (asked(ODD, fault="error"), "b")
    good, bad = live(engine, *pairs, free=hold(engine))
    assert good.value is not None and bad.error and good.error is None


def test_memory_is_tried_twice_with_everything_else_gone(odd_root, engine, monkeypatch) -> None:
    engine.run(asked(PCA))
    answers, failed = engine._worker.answers, []
    ask = answers._ask

    def once(tasks, inputs):
        if not failed:
            failed.append(True)
            raise MemoryError
        return ask(tasks, inputs)

    monkeypatch.setattr(answers, "_ask", once)
    assert engine.run(asked()).value is not None
    assert list(engine.status()["models"]) == [TOY]
    failed.clear()
    assert live(engine, (asked(), "a"))[0].value is not None


def test_the_least_recently_used_network_makes_room(odd_root) -> None:
    probe = Engine("cpu")
    for model in (TOY, PCA, ODD):
        probe.run(asked(model))
        probe.run(asked(model))
    sizes = {n: h.bytes for n, h in probe._worker.answers.networks._held.items()}
    assert probe.status()["models"][TOY]["answers"] == 2
    probe.unload(PCA).result(5)
    assert set(probe.status()["models"]) == {TOY, ODD}
    probe.close()

    engine = Engine("cpu", memory_limit=sizes[TOY] + sizes[ODD] + 1)
    for model in (TOY, ODD, TOY):
        engine.run(asked(model))
    assert list(engine.status()["models"]) == [ODD, TOY]
    refused = engine.run(asked(PCA))
    assert sizes[PCA] > sizes[TOY] + sizes[ODD] and "memory" in refused.error
    engine.close()
    small = Engine("cpu", memory_limit=sizes[TOY])
    small.run(asked(ODD))
    small.run(asked(TOY))
    assert list(small.status()["models"]) == [TOY]
    small.close()


def test_new_weights_are_loaded_anew(tmp_path, monkeypatch, engine) -> None:
    from models.registry import families
    from studio import catalogue

    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path))
    family = families()["pictures/dcgan"]
    publish_tiny(family, tmp_path)
    before = engine.run(asked()).value
    with monkeypatch.context() as patch:
        patch.setattr("models.weights.torch.manual_seed", lambda seed: _seed(seed + 1))
        publish_tiny(family, tmp_path)
    catalogue.look()
    result = engine.run(asked())
    assert not np.array_equal(before, result.value)


def _seed(seed: int):
    import torch

    return torch.default_generator.manual_seed(seed)


def test_a_picture_taken_in(odd_root, engine) -> None:
    import hashlib
    import io

    from PIL import Image

    picture = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    data = out.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    file = {"name": "mine.png", "size": len(data), "sha256": digest}
    request = complete({"model": NEGATIVE, "inputs": {"picture": file}})
    result = engine.run(request, files={digest: data})
    assert np.abs(result.value.astype(int) - (255 - picture.astype(int))).max() <= 1
    answer = asyncio.run(engine.live(request, "a", files={digest: data}))
    assert np.array_equal(answer.value, result.value)
    # Another person who knows only the hash gets nothing, though the engine has seen the file.
    for missing in (engine.run(request), engine.run(request, files={"0" * 64: data})):
        assert "mine.png" in missing.error and "drop it" in missing.error and missing.value is None
    wrong = complete({"model": NEGATIVE, "inputs": {"picture": {**file, "sha256": "0" * 64}}})
    assert "another file" in engine.run(wrong, files={"0" * 64: data}).error


def test_a_chain_runs_by_itself(odd_root, engine) -> None:
    inner = {"model": ODD, "seed": 3, "controls": {"steps": 4, "pause": 20}}
    chain = complete({"model": NEGATIVE, "inputs": {"picture": inner}})
    events = []
    result = engine.run(chain, progress=events.append)
    cat = engine.run(complete(inner)).value
    assert np.abs(result.value.astype(int) - (255 - cat.astype(int))).max() <= 1
    assert 0.125 in [e.fraction for e in events] and events[-1].fraction == 1.0
    assert (again := engine.run(chain)).ms < result.ms, "the inner picture is remembered"
    assert np.array_equal(again.value, result.value)


def test_a_live_call_that_nobody_awaits_any_more(odd_root, engine) -> None:
    async def give_up() -> None:
        task = asyncio.create_task(engine.live(asked(seed=1), "a"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        free.set()

    free = hold(engine)
    asyncio.run(give_up())
    engine.run(asked(seed=2))  # comes after it in the queue
    assert engine.status()["live"] == 0
    assert live(engine, (asked(), "a"))[0].value is not None


def test_closing_answers_everybody(odd_root) -> None:
    engine = Engine("cpu")
    stream = engine.stream(slow(steps=1000))
    next(stream), next(stream)
    engine.close()
    assert "closing" in list(stream)[-1].error
    assert "closing" in engine.run(asked()).error
    assert "closing" in live(engine, (asked(), "a"))[0].error
    assert not engine._worker.is_alive()


def test_an_unknown_device_is_one_sentence(odd_root) -> None:
    engine = Engine("abacus")
    assert "no device 'abacus'" in engine.run(asked()).error
    engine.close()


def test_one_engine_per_process(odd_root, engine) -> None:
    set_engine(engine)
    try:
        assert get_engine() is engine
    finally:
        set_engine(None)


def test_torch_waits_until_a_network_runs() -> None:
    code = (
        "import sys; from studio.engine import Engine; import studio.media; e = Engine();"
        "assert not e.status()['ready'] and 'torch' not in sys.modules;"
        "e.warm().result(60); assert e.status()['ready'] and 'torch' in sys.modules; e.close()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
