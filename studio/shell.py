"""The frame of the page: name and switches, tabs, footer, theme and the names of tabs."""

from __future__ import annotations

import gradio as gr

from studio import __version__
from studio.api import doors
from studio.parts.page import piece
from studio.tabs import lab, pictures

TABS = (pictures, lab)  # in the order of the page; a tab is here once it works
FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "PingFang SC"]
FONTS += ["Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]

NAMES = {
    "pictures": ("Pictures", "图片"),
    "lab": ("Lab", "实验室"),
}
# Gradio knows a browser's `zh` and `zh-HK` only when they are given.
CHINESE = ("zh", "zh-CN", "zh-TW", "zh-HK", "zh-SG")
TITLE = "Studio of small generative models"


def names() -> gr.I18n:
    """Names of tabs in both languages; everything else on the page has words of its own."""
    english = {f"tab_{key}": en for key, (en, _) in NAMES.items()}
    chinese = {f"tab_{key}": zh for key, (_, zh) in NAMES.items()}
    return gr.I18n(en=english, **dict.fromkeys(CHINESE, chinese))


def theme() -> gr.themes.Base:
    """Plain system fonts (nothing is fetched) and the page's own two grounds."""
    return gr.themes.Base(font=FONTS, font_mono=["ui-monospace", "Consolas", "monospace"]).set(
        body_background_fill="#f6f7f7",
        body_background_fill_dark="#101315",
        body_text_color="#15191c",
        body_text_color_dark="#edf0f1",
    )


def build(translations: gr.I18n, shared: bool = False) -> gr.Blocks:
    """The whole page; `shared`: it also leaves through a public relay.

    No state of Gradio's own: what a person does lives in the browser.
    """
    with gr.Blocks(analytics_enabled=False, title=TITLE, delete_cache=(600, 3600)) as demo:
        piece("frame.js", "head", opens="openHead")
        with gr.Tabs(elem_id="studio-tabs"):
            for tab in TABS:
                with gr.Tab(translations(f"tab_{tab.NAME}"), id=tab.NAME):
                    tab.build()
        piece("frame.js", "foot", opens="openFoot", version=__version__, shared=shared)
        doors()
    return demo


def first_model() -> str | None:
    """The model whose picture the page shows first; None where nothing is published."""
    listed = pictures.models()
    return next((m["id"] for m in listed if m["first"]), listed[0]["id"] if listed else None)
