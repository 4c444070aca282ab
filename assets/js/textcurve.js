// What the critic of a text GAN added, drawn: quality against likeness of samples. The curve is the
// same writer before the critic at several temperatures; real sentences are a point of their own.

import { h } from "./dom.js";
import { t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 560;
const HIGH = 300;
const EDGE = { left: 46, right: 14, top: 14, bottom: 40 };

/** Only for models whose card has a curve; drawn anew when another model is chosen. */
export function textCurve(asked, signal) {
  const element = h("section.curve", { data: { part: "curve" } });
  const show = () => {
    const rows = asked.model.card.measures;
    const row = rows.find((r) => r.curve);
    element.hidden = !row;
    element.replaceChildren(...(row ? [h("h2", {}, t("curve_title")), h("p.help", {}, t("curve_help")), chart(row), printed(rows)] : [])); // prettier-ignore
  };
  asked.on((what) => what === "model" && show(), signal);
  show();
  return element;
}

function chart({ curve, after, real }) {
  const spots = [...curve, ...after].map(([, x, y]) => [x, y]).concat([real]);
  const [x, y] = [0, 1].map((i) => {
    const values = spots.map((spot) => spot[i]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = (high - low) * 0.08 || 0.05;
    return [low - room, high + room];
  });
  const across = (v) => EDGE.left + ((v - x[0]) / (x[1] - x[0])) * (WIDE - EDGE.left - EDGE.right);
  const up = (v) => HIGH - EDGE.bottom - ((v - y[0]) / (y[1] - y[0])) * (HIGH - EDGE.top - EDGE.bottom);
  const line = (points, name) =>
    s("polyline", { class: name, points: points.map(([, a, b]) => `${across(a)},${up(b)}`).join(" ") });
  const dot = (a, b, name, words) =>
    s("g", { class: name }, s("circle", { cx: across(a), cy: up(b), r: 4 }), label(across(a), up(b) - 9, words));
  const svg = s(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": t("curve_title") },
    ...ticks(x).map((v) => label(across(v), HIGH - 22, v.toFixed(1), "middle")),
    ...ticks(y).map((v) => label(EDGE.left - 8, up(v) + 4, v.toFixed(1), "end")),
    label((EDGE.left + WIDE) / 2, HIGH - 4, t("curve_x"), "middle"),
    label(4, 12, t("curve_y")),
    line(curve, "before"),
    line(after, "after"),
    ...curve.map(([warm, a, b]) => dot(a, b, "before", warm === 1 ? t("curve_before") : "")),
    ...after.filter(([warm]) => warm === 1).map(([, a, b]) => dot(a, b, "after", t("curve_after"))),
    dot(...real, "real", t("curve_real")),
  );
  return h("div.scroll", {}, svg);
}

// Tenths between two ends.
const ticks = ([low, high]) =>
  Array.from({ length: 11 }, (_, i) => i / 10).filter((v) => v >= low && v <= high);

const label = (x, y, words, anchor = "start") => {
  const text = s("text", { x, y, "text-anchor": x > WIDE - 130 ? "end" : anchor });
  text.textContent = words;
  return text;
};

function s(tag, facts, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(facts)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The figures of the literature beside ours. */
function printed(rows) {
  const own = rows.filter((row) => row.published);
  const names = Object.keys(own[0]?.published || {});
  const lines = [
    [t("curve_after"), own.map((row) => row.value)],
    [t("curve_before"), own.map((row) => row.baseline)],
    [t("curve_real"), own.map((row) => row.ceiling)],
    ...names.map((name) => [t("curve_published", { name }), own.map((row) => row.published[name])]),
  ];
  const short = (row) => row.name.split(": ").at(-1);
  return h(
    "div.scroll",
    { tabindex: "0", role: "region", "aria-label": t("curve_table") },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, ""), ...own.map((row) => h("th", { scope: "col", translate: "no" }, short(row))))), // prettier-ignore
      h(
        "tbody",
        {},
        ...lines.map(([name, values]) =>
          h("tr", {}, h("th", { scope: "row" }, name), ...values.map((v) => h("td", {}, v === undefined ? "" : v.toFixed(3)))), // prettier-ignore
        ),
      ),
    ),
  );
}
