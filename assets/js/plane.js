// Precision against recall as a small drawing: believable samples upward, variety to the right.

import { h } from "./dom.js";
import { say, t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 300; // units of the drawing
const EDGE = 34;

/** The drawing and its legend; nothing where fewer than two families have both measures. */
export function plane(entries) {
  const points = entries
    .map((entry) => ({ entry, x: value(entry, "recall"), y: value(entry, "precision") }))
    .filter(({ x, y }) => x !== null && y !== null);
  if (points.length < 2) return [];
  const told = points.map(({ entry, x, y }) =>
    t("compare_point", { model: say(entry.title), precision: y.toFixed(2), recall: x.toFixed(2) }),
  );
  const alt = t("compare_plane_alt", { points: told.join("; ") });
  const drawing = s("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img", "aria-label": alt });
  drawing.append(...axes(), ...points.map(dot));
  return [
    h("h3", {}, t("compare_plane")),
    h("p.help", {}, t("compare_plane_help")),
    h("div.plane", {}, drawing, h("ol", {}, ...told.map((line) => h("li", {}, line)))),
  ];
}

function value(entry, name) {
  const row = entry.measures.find((m) => m.name === name);
  return row ? row.value : null;
}

const across = (x) => EDGE + x * (SIDE - 2 * EDGE);
const down = (y) => SIDE - EDGE - y * (SIDE - 2 * EDGE);

function axes() {
  const lines = [0, 0.25, 0.5, 0.75, 1].flatMap((at) => [
    s("line", { x1: across(at), x2: across(at), y1: down(0), y2: down(1), class: "grid" }),
    s("line", { x1: across(0), x2: across(1), y1: down(at), y2: down(at), class: "grid" }),
    s("text", { x: across(at), y: down(0) + 15, "text-anchor": "middle" }, String(at)),
    s("text", { x: across(0) - 6, y: down(at) + 4, "text-anchor": "end" }, String(at)),
  ]);
  return [
    ...lines,
    s("text", { x: across(1), y: SIDE - 3, "text-anchor": "end", class: "axis" }, t("compare_right")),
    s("text", { x: 4, y: 16, class: "axis" }, t("compare_up")),
  ];
}

function dot({ x, y }, i) {
  const group = s("g", {});
  group.append(
    s("circle", { cx: across(x), cy: down(y), r: 9 }),
    s("text", { x: across(x), y: down(y) + 4, "text-anchor": "middle", class: "count" }, i + 1),
  );
  return group;
}

function s(tag, facts, words) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, one] of Object.entries(facts)) element.setAttribute(key, one);
  if (words !== undefined) element.textContent = words;
  return element;
}
