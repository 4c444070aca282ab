// Lab -> Compare: all families of one data set side by side. Charts are tables with bars, so that
// they can be read aloud and fit a telephone; nothing is fetched and nothing needs a library.

import { h } from "./dom.js";
import { plane } from "./plane.js";
import { call, LOST } from "./server.js";
import { current, say, t } from "./words.js";

/** `world.compared` outlives a change of language: what the server told last. */
export function compare(world, signal) {
  const body = h("div.compared", { data: { part: "compare" } }, h("p.help", {}, t("reading")));
  const read = async (data) => {
    const answer = await call(world.server.comparison, { data });
    if (signal.aborted) return;
    if (answer === LOST || answer.error) {
      const words = answer === LOST ? t("state_lost") : say(answer.error);
      return body.replaceChildren(h("p.note.bad", {}, words));
    }
    world.compared = answer;
    draw();
  };
  const draw = () => {
    const found = world.compared;
    if (!found.sets.length) {
      const command = h("pre", { tabindex: "0", translate: "no" }, h("code", {}, found.command));
      return body.replaceChildren(h("p.empty", {}, t("compare_none")), command);
    }
    body.replaceChildren(
      choice(found, read),
      seeds(found),
      ...plane(found.entries),
      ...Object.entries(found.groups).flatMap(([key, title]) => group(key, title, found.entries)),
      ...costs(found.entries),
      ...trouble(found.entries),
    );
  };
  if (world.compared) draw();
  read(world.compared?.chosen);
  return h(
    "section.wide",
    {},
    h("h2", {}, t("lab_compare")),
    h("p.help", {}, t("compare_help")),
    body,
  );
}

function choice({ sets, chosen }, read) {
  const select = h(
    "select",
    { id: "compare-data", onchange: () => read(select.value) },
    ...sets.map(({ name, title, models }) =>
      h("option", { value: name, translate: "no" }, `${title} (${models})`),
    ),
  );
  select.value = chosen;
  const label = h("label", { for: "compare-data" }, t("compare_data"));
  return h("div.control.choice", {}, label, select);
}

const name = (entry) => [
  say(entry.title),
  entry.weak ? h("span.badge", {}, t("weak")) : null,
];

function seeds({ entries, seeds: numbers }) {
  const pictures = (entry) =>
    entry.samples.length
      ? entry.samples.map((made, i) => {
          if (!made.startsWith("data:")) return h("td.words", { translate: "no" }, made);
          const alt = t("compare_seed_alt", { model: say(entry.title), seed: numbers[i] });
          return h("td", {}, h("img", { src: made, alt, loading: "lazy" }));
        })
      : [h("td.help", { colspan: String(numbers.length) }, t("compare_no_samples"))];
  return h(
    "div",
    {},
    h("h3", {}, t("compare_seeds")),
    h(
      "div.scroll",
      { tabindex: "0", role: "region", "aria-label": t("compare_seeds") },
      h(
        "table.seeds",
        {},
        h(
          "thead",
          {},
          h("tr", {}, h("td"), ...numbers.map((n) => h("th", { scope: "col" }, String(n)))),
        ),
        h(
          "tbody",
          {},
          ...entries.map((entry) =>
            h("tr", {}, h("th", { scope: "row" }, ...name(entry)), ...pictures(entry)),
          ),
        ),
      ),
    ),
  );
}

/** One chart for each measure of a group that any of the families has. */
function group(key, title, entries) {
  const rows = entries.flatMap((e) => e.measures.filter((m) => m.group === key));
  const names = [...new Set(rows.map((row) => row.name))];
  if (!names.length) return [];
  const charts = names.map((one) => {
    const values = entries.map((entry) => ({
      entry,
      row: entry.measures.find((m) => m.name === one),
    }));
    const first = values.find(({ row }) => row).row;
    const better = first.better ? t(`compare_${first.better}`) : "";
    return chart(
      first.label ? say(first.label) : h("span", { translate: "no" }, first.name),
      [first.tells ? say(first.tells) : "", better].filter(Boolean).join(" "),
      values.filter(({ row }) => row),
      references(first, values),
      first.better,
    );
  });
  return [h("h3", {}, say(title)), h("div.charts", {}, ...charts)];
}

// Real pictures in place of samples, and the baseline where it is none of the families shown.
function references(row, values) {
  const real = row.floor ?? row.ceiling;
  const shown = values.some(({ row: one }) => one && one.value === row.baseline);
  return [
    real === undefined || real === null ? null : { label: t("compare_real"), value: real },
    row.baseline === undefined || row.baseline === null || shown
      ? null
      : { label: t("compare_baseline"), value: row.baseline },
  ].filter(Boolean);
}

/** `better` ("lower" or "higher") marks the best of figures that differ. */
function chart(title, tells, values, marks, better) {
  const most = Math.max(...values.map(({ row }) => row.value), ...marks.map((m) => m.value), 1e-9);
  const figures = values.map(({ row }) => row.value);
  const ends = [Math.min(...figures), Math.max(...figures)];
  const best = ends[0] < ends[1] && better ? ends[better === "lower" ? 0 : 1] : null;
  const part = (value) => `${Math.max(0, (100 * value) / most).toFixed(2)}%`;
  const line = (kind, label, value, words) =>
    h(
      `tr${kind}`,
      {},
      h("th", { scope: "row" }, ...label),
      h("td.track", { "aria-hidden": "true" }, h("span.bar", { style: `--part: ${part(value)}` })),
      h("td.figure", {}, ...words),
    );
  return h(
    "figure.chart",
    {},
    h("figcaption", {}, h("strong", {}, title), tells ? h("span.help", {}, ` ${tells}`) : null),
    h(
      "table.bars",
      {},
      h(
        "tbody",
        {},
        ...values.map(({ entry, row }) => {
          const top = row.value === best;
          return line(top ? ".best" : "", name(entry), row.value, [
            number(row.value),
            row.error ? ` ± ${number(row.error)}` : "",
            top ? h("span.badge", {}, t("compare_best")) : "",
          ]);
        }),
        ...marks.map(({ label, value }) => line(".mark", [label], value, [number(value)])),
      ),
    ),
  );
}

const COSTS = [
  ["parameters", "stored_numbers"],
  ["time", "milliseconds"],
  ["training", "training_minutes"],
];

function costs(entries) {
  const charts = COSTS.map(([key, fact]) => {
    const values = entries
      .filter((entry) => typeof entry.cost?.[fact] === "number")
      .map((entry) => ({ entry, row: { value: entry.cost[fact] } }));
    if (!values.length) return null;
    return chart(t(`compare_${key}`), t(`compare_${key}_help`), values, [], "");
  }).filter(Boolean);
  return charts.length ? [h("h3", {}, t("compare_cost")), h("div.charts", {}, ...charts)] : [];
}

function trouble(entries) {
  const lines = (entry) => [...entry.difficulty, ...entry.faults].map(sentence);
  return [
    h("h3", {}, t("compare_trouble")),
    h(
      "dl.trouble",
      {},
      ...entries.flatMap((entry) => {
        const told = lines(entry);
        const body = told.length ? h("ul", {}, ...told) : h("p.help", {}, t("compare_calm"));
        return [h("dt", {}, ...name(entry)), h("dd", {}, body)];
      }),
    ),
  ];
}

// A sentence that a card holds in one language only is marked as such.
const sentence = (words) =>
  typeof words === "string" ? h("li", { lang: "en", translate: "no" }, words) : h("li", {}, say(words));

const number = (value) =>
  value.toLocaleString(current() === "zh" ? "zh-CN" : "en", { maximumSignificantDigits: 4 });
