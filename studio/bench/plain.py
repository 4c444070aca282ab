"""The references: an empty Gradio app, and a slider whose event returns a picture with no model."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import gradio as gr


def empty() -> gr.Blocks:
    """One line of text."""
    with gr.Blocks(analytics_enabled=False) as demo:
        gr.Markdown("Nothing here")
    return demo


def picture(side: int = 64) -> gr.Blocks:
    """A slider that returns one of 64 ready-made files, so that nothing but Gradio takes time."""
    import numpy as np
    from PIL import Image

    folder = Path(tempfile.mkdtemp())
    for i in range(64):
        noise = np.random.RandomState(i).randint(0, 255, (side, side, 3), dtype=np.uint8)
        Image.fromarray(noise).save(folder / f"{i}.png")

    def show(value: float) -> str:
        return str(folder / f"{int(value) % 64}.png")

    with gr.Blocks(analytics_enabled=False) as demo:
        slider = gr.Slider(0, 1000, step=1, value=0, elem_id="slider", label="Slider")
        shown = gr.Image(type="filepath", elem_id="shown", label="Picture")
        slider.input(show, slider, shown, show_progress="hidden", trigger_mode="always_last")
    return demo


def text() -> gr.Blocks:
    """A slider that returns its own number as a text."""
    with gr.Blocks(analytics_enabled=False) as demo:
        slider = gr.Slider(0, 1000, step=1, value=0, elem_id="slider", label="Slider")
        shown = gr.Textbox(elem_id="shown", label="Text")
        slider.input(str, slider, shown, show_progress="hidden", trigger_mode="always_last")
    return demo


if __name__ == "__main__":
    kind, port = sys.argv[1:]
    {"empty": empty, "picture": picture, "text": text}[kind]().launch(
        server_port=int(port), quiet=True, allowed_paths=[tempfile.gettempdir()]
    )
