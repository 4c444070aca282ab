"""While something measures, training stands still, and goes on afterwards."""

import subprocess
import sys
import threading
import time

from models.learning import pause


def test_training_stands_still_while_measured(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(pause, "RUNS", tmp_path)
    steps, ends = [], threading.Event()

    def train() -> None:
        while not ends.is_set():
            pause.wait_while_paused()
            steps.append(time.monotonic())
            time.sleep(0.01)

    trainer = threading.Thread(target=train)
    trainer.start()
    try:
        time.sleep(0.2)
        with pause.training_paused():
            before = len(steps)
            time.sleep(0.4)
            assert len(steps) == before
            with pause.training_paused():  # one inside another does not end the outer one
                pass
            assert (tmp_path / "pause").exists()
        time.sleep(0.5)
        assert len(steps) > before
    finally:
        ends.set()
        trainer.join()
    assert not (tmp_path / "pause").exists() and not (tmp_path / "standing").exists()


def test_nobody_trains_nobody_waits(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(pause, "RUNS", tmp_path)
    begun = time.monotonic()
    with pause.training_paused():
        pass
    assert time.monotonic() - begun < 1


def test_a_job_that_has_ended_is_not_waited_for(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(pause, "RUNS", tmp_path)
    pause.wait_while_paused()
    assert (tmp_path / "alive").exists(), "a step was made just now"
    pause.ended()
    pause.ended()
    with pause.training_paused():
        assert not (tmp_path / "alive").exists(), "nobody trains"


def test_who_was_killed_while_measuring_holds_nobody(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(pause, "RUNS", tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / "pause").write_text(str(gone.pid))
    assert not pause.wait_while_paused(), "the process is gone: no pause"
    assert not (tmp_path / "pause").exists()
    (tmp_path / "pause").touch()
    with pause.training_paused():  # a pause made by hand is nobody else's to end
        pass
    assert (tmp_path / "pause").exists()
