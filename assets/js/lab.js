// The Lab tab: Info (how a file was made, and made again), Models, Compare, Sharing and Status.

import * as phrases from "../i18n/lab.js";
import { compare } from "./compare.js";
import { h, memory } from "./dom.js";
import { info } from "./info.js";
import { clientName } from "./server.js";
import { sharing } from "./sharing.js";
import { status } from "./status.js";
import { stock } from "./stock.js";
import { addPhrases, onLanguage, t } from "./words.js";

addPhrases(phrases);
const PARTS = { info, models: stock, compare, sharing, status };

/** `kinds`: endings of the files that Info reads; `example`: a request to try it with. */
export function open(element, { server, kinds, example }) {
  const kept = memory.get("lab");
  const part = kept in PARTS ? kept : "info";
  const world = { server, kinds, example, client: clientName(), part, file: null };
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
                memory.set("lab", name);
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
