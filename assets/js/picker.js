// Which model: a row of pictures to choose from, and everything its card says.

import { h } from "./dom.js";
import { current, say, t } from "./words.js";

export function picker(models, asked, signal) {
  const radios = models.map((model) =>
    h("input", {
      type: "radio",
      name: "model",
      id: `m-${model.id}`,
      value: model.id,
      onchange: () => asked.choose(model),
    }),
  );
  const show = () => {
    for (const radio of radios) radio.checked = radio.value === asked.model.id;
  };
  asked.on((what) => what === "model" && show(), signal);
  show();
  return h(
    "fieldset.picker",
    { data: { part: "picker" } },
    h("legend.unseen", {}, t("model")),
    ...models.map((model, i) =>
      h(
        "label.chip",
        { for: radios[i].id },
        radios[i],
        model.thumb ? h("img", { src: model.thumb, alt: "" }) : h("span.blank"),
        h("span.name", {}, say(model.title)),
      ),
    ),
  );
}

/** All facts of the card; rebuilt when another model is chosen. */
export function card(asked, signal) {
  const element = h("section.card", { data: { part: "card" } });
  const show = () => element.replaceChildren(...content(asked.model));
  asked.on((what) => what === "model" && show(), signal);
  show();
  return element;
}

function content(model) {
  const { data = {}, cost = {}, measures = [], faults = [], difficulty = [] } = model.card;
  return [
    h("h2", {}, t("about", { model: say(model.title) })),
    h("p.lead", {}, say(model.summary)),
    h(
      "dl.facts",
      {},
      ...fact(t("card_data"), name(data.title || data.name)),
      ...fact(t("card_authors"), name(data.authors)),
      ...fact(t("card_licence"), name(model.card.licence)),
      ...fact(t("card_terms"), say(model.terms)),
      ...fact(t("card_size"), cost.parameters && number(cost.parameters)),
      ...fact(t("card_time"), cost.milliseconds && `${cost.milliseconds} ms`),
      ...fact(t("card_training"), cost.training_minutes && `${cost.training_minutes} min`),
      ...fact(t("card_revision"), model.revision && h("code", { translate: "no" }, model.revision)),
    ),
    measures.length ? h("h3", {}, t("measures")) : null,
    measures.length ? table(measures) : null,
    faults.length ? h("h3", {}, t("faults")) : null,
    faults.length ? h("ul", {}, ...faults.map((f) => h("li", {}, foreign(f)))) : null,
    difficulty.length ? h("h3", {}, t("difficulty")) : null,
    difficulty.length ? h("ul", {}, ...difficulty.map((f) => h("li", {}, foreign(f)))) : null,
    model.card.command ? h("h3", {}, t("again")) : null,
    model.card.command ? h("pre", { tabindex: "0", translate: "no" }, h("code", {}, model.card.command)) : null,
  ].filter(Boolean);
}

// Names stay as they are in every language, and readers and translators are told so.
const name = (words) => words && h("span", { translate: "no" }, words);

const number = (value) => value.toLocaleString(current() === "zh" ? "zh-CN" : "en");

function fact(label, value) {
  return value ? [h("dt", {}, label), h("dd", {}, value)] : [];
}

// A sentence that a card holds in one language only is marked as such.
function foreign(words) {
  if (!words) return null;
  return typeof words === "string" ? h("span", { lang: "en" }, words) : say(words);
}

function table(rows) {
  const columns = ["name", "value", "floor", "baseline", "ceiling"];
  const used = columns.filter((c) => rows.some((r) => r[c] !== undefined && r[c] !== null));
  const cell = (row, c) => (c === "value" && row.unit ? `${row.value} ${row.unit}` : say(row[c]));
  return h(
    "div.scroll",
    { tabindex: "0", role: "region", "aria-label": t("measures") },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...used.map((c) => h("th", { scope: "col" }, t(`measure_${c}`))))),
      h(
        "tbody",
        {},
        ...rows.map((row) =>
          h(
            "tr",
            {},
            ...used.map((c) =>
              c === "name" ? h("th", { scope: "row" }, name(row.name)) : h("td", {}, text(cell(row, c))),
            ),
          ),
        ),
      ),
    ),
  );
}

const text = (value) => (value === undefined || value === null ? "" : String(value));
