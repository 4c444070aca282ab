"""A file's request as Lab -> Info tells it."""

import json

from studio.parts.recipe import told, wanted
from studio.requests import complete

OWN = {"name": "mine.png", "size": 7, "sha256": "ab" * 32}


def test_files_are_wanted_at_every_depth_and_once(odd_root) -> None:
    inner = {"model": "style/negative-toy", "inputs": {"picture": OWN}}
    request = complete({"model": "style/negative-toy", "inputs": {"picture": inner}})
    assert wanted(request) == [OWN]
    assert wanted(complete({"model": "pictures/odd-toy"})) == []


def test_a_request_as_json_is_told_as_text(odd_root) -> None:
    raw = {"model": "style/negative-toy", "inputs": {"picture": OWN}}
    answer = told(json.dumps(raw).encode(), "request.json")
    assert answer["wants"] == [OWN]
    assert answer["form"] == "json"
    assert "text" in answer["mime"] or "json" in answer["mime"]
