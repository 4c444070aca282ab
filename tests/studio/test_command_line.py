"""python -m studio: its shape is a contract that others rely on."""

import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from studio.__main__ import main
from studio.requests import complete, from_link, request_id, to_link

TOY, NEGATIVE = "pictures/dcgan-toy", "style/negative-toy"


def call(capsys, *words: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error)"""
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def refused(capsys, *words: str) -> str:
    code, out, err = call(capsys, *words)
    assert code == 2 and out == "" and err.count("\n") == 1 and err.endswith(".\n"), err
    return err


def test_models_lists_cards(tiny_root, capsys) -> None:
    code, out, _ = call(capsys, "models", "--json")
    cards = {card["id"]: card for card in json.loads(out)}
    assert code == 0 and out.count("\n") == 1 and TOY in cards
    assert {"title", "summary", "licence", "revision", "measures", "data"} <= set(cards[TOY])
    assert [c["name"] for c in cards[TOY]["controls"]][:2] == ["place", "spread"]
    assert "folder" not in cards[TOY]
    code, out, _ = call(capsys, "models")
    assert code == 0 and TOY in out and "spread" in out


def test_listing_models_and_bad_requests_import_no_torch(tiny_root) -> None:
    for words, code in ((["models", "--json"], 0), (["run", TOY, "--seed", "x", "-o", "a.png"], 2)):
        script = (
            "import sys; from studio.__main__ import main;"
            f"code = main({words!r}); assert code == {code}, code;"
            "loud = {'torch', 'gradio', 'pandas', 'scipy'} & set(sys.modules);"
            "assert not loud, loud"
        )
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, timeout=60)


def test_run_writes_a_file_that_runs_again(tiny_root, capsys, tmp_path) -> None:
    first, second, third = tmp_path / "new" / "a.png", tmp_path / "b.png", tmp_path / "c.png"
    words = ["run", TOY, "--seed", "7", "--set", "place=1.5,-2", "--set", "spread=1"]
    code, out, _ = call(capsys, *words, "-o", str(first), "--json")
    facts = json.loads(out)
    request = complete(facts["request"])
    assert code == 0 and facts["id"] == request_id(request) and facts["file"] == str(first)
    assert request.controls["place"] == [1.5, -2.0] and request.controls["spread"] == 1.0
    assert facts["bytes"] == first.stat().st_size and facts["ms"] > 0
    assert np.asarray(Image.open(first)).shape == (16, 16, 3)

    again = [str(first), json.dumps(facts["request"]), f"http://localhost/?r={to_link(request)}"]
    for source in [*again, to_link(request)]:
        code, out, _ = call(capsys, "run", "--request", source, "-o", str(second))
        assert code == 0 and second.name in out
        assert second.read_bytes() == first.read_bytes()
    call(capsys, "run", "--request", str(first), "--seed", "8", "-o", str(third))
    assert third.read_bytes() != first.read_bytes()


def test_same_bytes_in_another_process(tiny_root, capsys, tmp_path) -> None:
    ours, theirs = tmp_path / "a.webp", tmp_path / "b.webp"
    words = ["run", TOY, "--seed", "3", "-o"]
    call(capsys, *words, str(ours))
    subprocess.run([sys.executable, "-m", "studio", *words, str(theirs)], check=True, timeout=120)
    assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize(
    "words, told",
    [
        (["nope"], "models, run, bench, doctor"),
        (["run", "-o", "a.png"], "Name a model"),
        (["run", TOY], "-o/--out"),
        (["run", TOY, "-o", "a.gif"], ".png"),
        (["run", TOY, "-o", "folder"], ".png"),
        (["run", "pictures/dcgan-tyo", "-o", "a.png"], "closest is pictures/dcgan-toy"),
        (["run", TOY, "--seed", "seven", "-o", "a.png"], "seed"),
        (["run", TOY, "--seed", "-1", "-o", "a.png"], "seed"),
        (["run", TOY, "--set", "spread=9", "-o", "a.png"], "0.3 to 1.3"),
        (["run", TOY, "--set", "spread=nan", "-o", "a.png"], "0.3 to 1.3"),
        (["run", TOY, "--set", "spread", "-o", "a.png"], "CONTROL=VALUE"),
        (["run", TOY, "--set", "sprea=1", "-o", "a.png"], "place, spread"),
        (["run", TOY, "--set", "place=1", "-o", "a.png"], "[x, y]"),
        (["run", TOY, "--in", __file__, "-o", "a.png"], "takes in no further file"),
        (["run", TOY, "--in", "no.png", "-o", "a.png"], "cannot be read"),
        (["run", TOY, "--bogus", "-o", "a.png"], "--bogus"),
        (["run", "--request", "no.png", "-o", "a.png"], "no file"),
        (["run", "--request", "{", "-o", "a.png"], "JSON"),
        (["run", "--request", '{"model": 3}', "-o", "a.png"], "names its model"),
        (["run", "--request", "abc", "-o", "a.png"], "link"),
        (["run", "--request", __file__, "-o", "a.png"], "PNG, JPEG, WebP"),
        (["run", TOY, "-o", "/proc/a.png"], "cannot be written"),
        (["models", "--jsno"], "--jsno"),
        (["doctor", "--device", "abacus"], "abacus"),
    ],
    ids=lambda v: " ".join(v)[-40:] if isinstance(v, list) else "",
)
def test_bad_input_is_exit_2_and_one_sentence(tiny_root, capsys, words, told) -> None:
    assert told in refused(capsys, *words)


def test_files_taken_in(odd_root, capsys, tmp_path) -> None:
    mine, out, again = tmp_path / "mine.png", tmp_path / "out.png", tmp_path / "again.png"
    Image.new("RGB", (8, 6), (255, 0, 0)).save(mine)
    assert "needs Picture" in refused(capsys, "run", NEGATIVE, "-o", str(out))
    for given in (str(mine), f"picture={mine}"):
        code, *_ = call(capsys, "run", NEGATIVE, "--in", given, "-o", str(out))
        assert code == 0 and Image.open(out).getpixel((0, 0)) == (0, 255, 255)
    told = refused(capsys, "run", "--request", str(out), "-o", str(again))
    assert "mine.png" in told and "drop it" in told
    code, *_ = call(capsys, "run", "--request", str(out), "--in", str(mine), "-o", str(again))
    assert code == 0 and again.read_bytes() == out.read_bytes()
    assert "no further file" in refused(
        capsys, "run", NEGATIVE, "--in", str(mine), "--in", str(mine), "-o", str(out)
    )


def test_switches_choices_and_text(odd_root, capsys, tmp_path) -> None:
    words = ["run", "pictures/odd-toy", "--set", "copy=on", "--set", "json=a=b,c"]
    code, out, _ = call(capsys, *words, "-o", str(tmp_path / "a.png"), "--json")
    controls = json.loads(out)["request"]["controls"]
    assert code == 0 and controls["copy"] is True and controls["json"] == "a=b,c"
    told = refused(capsys, *words, "--set", "fault=error", "-o", str(tmp_path / "b.png"))
    assert "KeyError" in told and not (tmp_path / "b.png").exists()


def test_an_earlier_revision_says_so(tiny_root, capsys, tmp_path) -> None:
    raw = json.dumps({"model": TOY, "revision": "0" * 12})
    _, out, _ = call(capsys, "run", "--request", raw, "-o", str(tmp_path / "a.png"))
    assert "earlier version" in out


def test_doctor(tiny_root, capsys) -> None:
    code, out, _ = call(capsys, "doctor", "--json")
    report = json.loads(out)
    rows = {row["model"]: row for row in report["models"]}
    assert code == 0 and report["ok"] and report["versions"]["torch"] and report["device"]
    assert rows[TOY]["ok"] and not rows[TOY]["faults"]
    assert set(report["data"]) >= {"cats", "digits"}
    code, out, _ = call(capsys, "doctor")
    assert code == 0 and TOY in out and "FAULT" not in out


def test_doctor_finds_what_is_ill(capsys, tmp_path, monkeypatch) -> None:
    from models.registry import families
    from models.weights import publish_tiny

    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path))
    family = families()["pictures/dcgan"]
    for name in ("golden", "hash", "lost", "family", "config"):
        publish_tiny(family, tmp_path, name)
    folder = tmp_path / "published" / "pictures"
    Image.new("RGB", (16, 16)).save(folder / "dcgan-golden" / "golden.png")
    for name, change in (
        ("hash", {"weights_sha256": "0" * 64}),
        ("family", {"family": "x/y"}),
        ("config", {"config": {"no": 1}}),
    ):
        card = folder / f"dcgan-{name}" / "card.json"
        card.write_text(json.dumps({**json.loads(card.read_text("utf-8")), **change}))
    (folder / "dcgan-lost" / "weights.safetensors").unlink()
    code, out, _ = call(capsys, "doctor", "--json")
    faults = {row["model"]: " ".join(row["faults"]) for row in json.loads(out)["models"]}
    assert code == 1
    assert "grey levels off" in faults["pictures/dcgan-golden"]
    assert "not those of the card" in faults["pictures/dcgan-hash"]
    assert "FileNotFoundError" in faults["pictures/dcgan-lost"]
    assert "does not fit" in faults["pictures/dcgan-config"]
    assert "family x/y, or there is none" in faults["pictures/dcgan-family"]


def test_help_and_nothing(capsys) -> None:
    code, out, _ = call(capsys, "--help")
    assert code == 0 and all(word in out for word in ("models", "run", "bench", "doctor"))
    assert call(capsys)[0] == 2


def test_links_are_those_of_the_page(tiny_root) -> None:
    request = complete({"model": TOY, "seed": 1})
    assert from_link(to_link(request)) == request
