"""A piece of page: a `gr.HTML` that one of our own scripts fills and that may call the server."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from studio.parts.assets import address


def piece(
    script: str,
    name: str,
    functions: Sequence[Callable[..., Any]] = (),
    opens: str = "open",
    **facts: Any,
) -> gr.HTML:
    """An element with id `name`, filled by `opens(element, {server, ...facts})` of `js/script`.

    `facts` are JSON data that travel with the page itself, so that nothing waits for a call.
    """
    load = (
        f"import(new URL({json.dumps(address(f'js/{script}'))}, document.baseURI))"
        f".then((made) => made.{opens}(element.querySelector('.studio'),"
        " {server, ...props.facts}))"
    )
    return gr.HTML(
        value="",
        elem_id=name,
        html_template='<div class="studio"></div>',
        js_on_load=load,
        apply_default_css=False,
        server_functions=list(functions),
        facts=facts,
    )
