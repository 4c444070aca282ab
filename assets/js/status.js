// Lab -> Status: the device, what is loaded, what it costs, and the versions.

import { h, icon } from "./dom.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

export function status({ server }, signal) {
  const body = h("div", { data: { part: "status" } });
  const read = async () => {
    const answer = await call(server.status, {});
    if (signal.aborted) return;
    if (answer === LOST || answer.error) {
      const words = answer === LOST ? t("state_lost") : say(answer.error);
      body.replaceChildren(h("p.note.bad", {}, words));
    } else body.replaceChildren(...content(answer));
  };
  read();
  return h(
    "section.status-page",
    {},
    h(
      "div.row.head",
      {},
      h("h2", {}, t("lab_status")),
      h("button.quiet", { type: "button", onclick: read }, icon("reset"), t("refresh")),
    ),
    body,
  );
}

function content({ facts, models }) {
  return [
    h(
      "dl.facts",
      {},
      ...facts.flatMap(([key, value]) => [h("dt", {}, t(`status_${key}`)), h("dd", { data: { fact: key } }, String(value))]),
    ),
    h("h3", {}, t("status_models")),
    h(
      "div.scroll",
      { tabindex: "0", role: "region", "aria-label": t("status_models") },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h("tr", {}, ...["model", "loaded", "memory"].map((k) => h("th", { scope: "col" }, t(`status_${k}`)))),
        ),
        h("tbody", {}, ...models.map(row)),
      ),
    ),
  ];
}

function row({ title, megabytes }) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, say(title)),
    h("td", {}, t(megabytes === null ? "no" : "yes")),
    h("td", {}, megabytes === null ? "" : `${megabytes} MB`),
  );
}
