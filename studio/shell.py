"""The frame of the page: name and switches, tabs, footer, theme and the names of tabs."""

from __future__ import annotations

import gradio as gr

from studio import __version__, live
from studio.api import doors
from studio.catalogue import models
from studio.parts.assets import later
from studio.parts.page import piece
from studio.tabs import lab, music, pictures, style, upscale, voice, words

TABS = (
    pictures,
    upscale,
    style,
    words,
    music,
    voice,
    lab,
)  # in the order of the page; a tab is here once it works
FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "PingFang SC"]
FONTS += ["Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]

NAMES = {
    "pictures": ("Pictures", "图片"),
    "upscale": ("Upscale", "放大"),
    "style": ("Style", "风格"),
    "words": ("Words", "文字"),
    "music": ("Music", "音乐"),
    "voice": ("Voice", "声音"),
    "lab": ("Lab", "实验室"),
}
# Gradio knows a browser's `zh` and `zh-HK` only when they are given.
CHINESE = ("zh", "zh-CN", "zh-TW", "zh-HK", "zh-SG")
TITLE = "Studio of small generative models"
ABOUT = "Small generative models, trained from scratch, under sliders that answer as you drag."


def names() -> gr.I18n:
    """Names of tabs in both languages; everything else on the page has words of its own."""
    english = {f"tab_{key}": en for key, (en, _) in NAMES.items()}
    chinese = {f"tab_{key}": zh for key, (_, zh) in NAMES.items()}
    return gr.I18n(en=english, **dict.fromkeys(CHINESE, chinese))


# Light and dark; the same as in assets/css/1-ground.css, for Gradio's own bits (login, tabs).
COLOURS = {
    "body_background_fill": ("#f6f7f7", "#101315"),
    "background_fill_primary": ("#f6f7f7", "#101315"),
    "background_fill_secondary": ("#f6f7f7", "#101315"),
    "block_background_fill": ("#f6f7f7", "#101315"),
    "panel_background_fill": ("#f6f7f7", "#101315"),
    "border_color_primary": ("#d3d8d9", "#30373b"),
    "block_border_color": ("#d3d8d9", "#30373b"),
    "body_text_color": ("#15191c", "#edf0f1"),
    "body_text_color_subdued": ("#545e64", "#a5afb4"),
    "block_label_text_color": ("#15191c", "#edf0f1"),
    "block_title_text_color": ("#15191c", "#edf0f1"),
    "block_info_text_color": ("#545e64", "#a5afb4"),
    "input_background_fill": ("#ffffff", "#191d20"),
    "input_background_fill_focus": ("#ffffff", "#191d20"),
    "input_border_color": ("#7d878b", "#6f7a80"),
    "input_border_color_focus": ("#0b6b5c", "#63cdb5"),
    "button_primary_background_fill": ("#15191c", "#edf0f1"),
    "button_primary_background_fill_hover": ("#2c3338", "#ffffff"),
    "button_primary_border_color": ("#15191c", "#edf0f1"),
    "button_primary_text_color": ("#f6f7f7", "#101315"),
    "color_accent": ("#0b6b5c", None),
}


def theme() -> gr.themes.Base:
    """Plain system fonts, so that nothing is fetched, and the page's own colours."""
    made = gr.themes.Base(font=FONTS, font_mono=["ui-monospace", "Consolas", "monospace"])
    colours = {name: light for name, (light, _) in COLOURS.items()}
    colours |= {f"{name}_dark": dark for name, (_, dark) in COLOURS.items() if dark}
    round_ = {"input_radius": "10px", "button_large_radius": "10px", "block_radius": "14px"}
    return made.set(**colours, **round_, input_border_width="1px")


def build(translations: gr.I18n, shared: bool = False) -> gr.Blocks:
    """The whole page; `shared`: it also leaves through a public relay.

    No state of Gradio's own: what a person does lives in the browser.
    """
    with gr.Blocks(analytics_enabled=False, title=TITLE, delete_cache=(600, 3600)) as demo:
        facts = {"models": list(models()), "later": later()}
        facts["names"] = {key: {"en": en, "zh": zh} for key, (en, zh) in NAMES.items()}
        piece("frame.js", "head", [live.restore], opens="openHead", **facts)
        with gr.Tabs(elem_id="studio-tabs"):
            for tab in TABS:  # all of them: a first model may be published while the studio runs
                shown = tab.visible()
                with gr.Tab(translations(f"tab_{tab.NAME}"), id=tab.NAME, visible=shown):
                    piece("frame.js", f"lead-{tab.NAME}", opens="openLead", tab=tab.NAME)
                    tab.build()
        piece("frame.js", "foot", opens="openFoot", version=__version__, shared=shared)
        doors()
    return demo


def first_model() -> str | None:
    """The model whose picture the page shows first; None where nothing is published."""
    listed = pictures.models()
    return next((m["id"] for m in listed if m["first"]), listed[0]["id"] if listed else None)
