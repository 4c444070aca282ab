// The Lab tab: Info (how a file was made, and made again) and Status.

import { h } from "./dom.js";
import { info } from "./info.js";
import { status } from "./status.js";
import { onLanguage, t } from "./words.js";

const PARTS = { info, status };

export function open(element, { server }) {
  const world = { server, part: "info", file: null };
  let built = null;
  const draw = () => {
    built?.abort();
    built = new AbortController();
    const signal = built.signal;
    element.replaceChildren(
      h(
        "div.segmented.parts",
        { role: "group", "aria-label": t("lab_parts") },
        ...Object.keys(PARTS).map((name) =>
          h(
            "button",
            {
              type: "button",
              "aria-pressed": String(name === world.part),
              data: { opens: name },
              onclick: () => {
                world.part = name;
                draw();
                element.querySelector(`[data-opens=${name}]`).focus();
              },
            },
            t(`lab_${name}`),
          ),
        ),
      ),
      PARTS[world.part](world, signal),
    );
  };
  onLanguage(draw);
  draw();
}
