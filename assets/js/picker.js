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
    for (const radio of radios) {
      radio.checked = radio.value === asked.model.id;
      const chip = radio.parentElement;
      // On a phone the row of models is wider than the page; the page itself stays where it is.
      if (radio.checked && chip) chip.parentElement?.scrollTo({ left: chip.offsetLeft - 60 });
    }
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

/** The whole card of a model as elements, `{title, summary, revision, terms, card}`. */
export function content(model) {
  const { data = {}, cost = {}, measures, faults, difficulty, command, licence } = model.card;
  const facts = h(
    "dl.facts",
    {},
    ...fact(t("card_data"), name(data.title || data.name)),
    ...fact(t("card_authors"), name(data.authors)),
    ...fact(t("card_licence"), name(licence)),
    ...fact(t("card_terms"), say(model.terms)),
    ...fact(t("card_size"), cost.parameters && number(cost.parameters)),
    ...fact(t("card_time"), cost.milliseconds && t("milliseconds", { n: cost.milliseconds })),
    ...fact(t("card_training"), cost.training_minutes && t("minutes", { n: cost.training_minutes })),
    ...fact(t("card_revision"), model.revision && h("code", { translate: "no" }, model.revision)),
  );
  const again = command && h("pre", { tabindex: "0", translate: "no" }, h("code", {}, command));
  return [
    h("h2", {}, t("about", { model: say(model.title) })),
    h("p.lead", {}, say(model.summary)),
    h(
      "div.columns",
      {},
      h("div", {}, facts, ...chapter("again", again)),
      h(
        "div",
        {},
        ...chapter("measures", measures.length && table(measures)),
        ...chapter("faults", list(faults)),
        ...chapter("difficulty", list(difficulty)),
      ),
    ),
  ];
}

function chapter(key, body) {
  return body ? [h("h3", {}, t(key)), body] : [];
}

const list = (lines) =>
  lines.length ? h("ul", {}, ...lines.map((line) => h("li", {}, foreign(line)))) : null;

// Names stay as they are in every language, and readers and translators are told so.
const name = (words) => words && h("span", { translate: "no" }, words);

const number = (value) =>
  value.toLocaleString(current() === "zh" ? "zh-CN" : "en", { maximumSignificantDigits: 7 });

function fact(label, value) {
  return value ? [h("dt", {}, label), h("dd", {}, value)] : [];
}

// A sentence that a card holds in one language only is marked as such.
function foreign(words) {
  if (!words) return null;
  return typeof words === "string" ? h("span", { lang: "en" }, words) : say(words);
}

const SHOWN = ["name", "value", "floor", "baseline", "ceiling"];

/** Measures beside their floor, baseline and ceiling, where they have them. */
function table(rows) {
  const columns = SHOWN.filter((c) => rows.some((row) => row[c] !== undefined && row[c] !== null));
  const head = columns.map((c) => h("th", { scope: "col" }, t(`measure_${c}`)));
  const line = (row) =>
    columns.map((c) =>
      c === "name"
        ? h("th", { scope: "row" }, row.label ? say(row.label) : name(row.name))
        : h("td", {}, row[c] === undefined || row[c] === null ? "" : figure(row, c)),
    );
  return h(
    "div.scroll",
    { tabindex: "0", role: "region", "aria-label": t("measures") },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...line(row)))),
    ),
  );
}

function figure(row, column) {
  if (column !== "value") return number(row[column]);
  const error = row.error ? ` ± ${number(row.error)}` : "";
  return [number(row.value) + error, row.unit ? h("span.unit", {}, ` ${say(row.unit)}`) : null]
    .filter(Boolean)
    .reduce((cell, part) => (cell.append(part), cell), h("span"));
}
