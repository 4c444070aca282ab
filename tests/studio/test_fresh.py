"""A page that is open to what is published later."""

import dataclasses
import shutil

import gradio as gr

from models.family import Card
from studio import catalogue, shell
from studio.fresh import Fresh


def facts(page: gr.Blocks, name: str) -> dict:
    found = [c for c in page.config["components"] if c["props"].get("elem_id") == name]
    return found[0]["props"]["props"]["facts"]


def shown(page: gr.Blocks) -> dict[str, bool]:
    tabs = [c["props"] for c in page.config["components"] if c["type"] == "tabitem"]
    return {tab["id"]: tab["visible"] for tab in tabs}


def publish_again(card: Card, name: str, root) -> None:
    folder = root / "published" / name
    shutil.copytree(card.folder, folder, dirs_exist_ok=True)
    dataclasses.replace(card, id=name).save(folder)


def test_a_model_published_later_is_in_the_next_page(tiny_root, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("STUDIO_MODELS", f"{tmp_path}:{tiny_root}")
    names = shell.names()
    page = shell.build(names)
    fresh = Fresh(None, page, lambda: shell.build(names))
    before = page.config
    fresh.refresh()
    assert page.config is before, "nothing new, nothing done"
    publish_again(catalogue.published("pictures/dcgan-toy").card, "pictures/dcgan-late", tmp_path)
    fresh.refresh()
    assert "pictures/dcgan-late" in facts(page, "head")["models"]
    listed = [model["id"] for model in facts(page, "pictures")["catalog"]["models"]]
    assert "pictures/dcgan-late" in listed


def test_a_tab_appears_with_its_first_model(tiny_root, monkeypatch) -> None:
    names = shell.names()
    monkeypatch.setattr(shell.lab, "visible", lambda: False)
    page = shell.build(names)
    assert shown(page) == {**shown(page), "pictures": True, "lab": False}
    monkeypatch.setattr(shell.lab, "visible", lambda: True)
    fresh = Fresh(None, page, lambda: shell.build(names))
    fresh._drawn = []
    fresh.refresh()
    assert shown(page)["lab"]
