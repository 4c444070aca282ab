// A table over any two controls: one changes from left to right, the other from top to bottom.

import { MOST, snap } from "../asked.js";
import { say, t } from "../words.js";
import { moved, select, spread, written } from "./common.js";

const STEPS = 5;
const LONGEST = 10; // options of a choice

export default {
  name: "table",
  first: (model) => {
    const names = axes(model).map((a) => a.id);
    return { across: names[0], down: names[1] ?? names[0] };
  },
  fits: (model) => axes(model).length > 1,
  settings: ({ across, down }, change, { asked }) => {
    const options = axes(asked.model).map((a) => [a.id, a.label]);
    return [
      select("across", options, across, (value) => change({ across: value })),
      select("down", options, down, (value) => change({ down: value })),
    ];
  },
  of: (request, { across, down }) => [request, across, down],
  make: (request, { across, down }, model) => {
    const found = axes(model);
    const [a, b] = [across, down].map((id) => found.find((axis) => axis.id === id));
    const [columns, rows] = [a, b].map((axis) => axis.values(request));
    const cells = rows.flatMap((row) =>
      columns.map((column) => b.put(a.put(request, column), row)),
    );
    return {
      requests: cells,
      columns: columns.length,
      square: true,
      heads: { across: columns.map(a.words), down: rows.map(b.words), axes: [a.label, b.label] },
      captions: () => "",
    };
  },
};

/** Everything that a request can vary: {id, label, values(request), put(request, value), words}. */
function axes(model) {
  const found = model.controls.flatMap((control) => of(control));
  const seed = {
    id: "seed",
    label: t("seed"),
    values: (request) => consecutive(request.seed),
    put: (request, value) => moved(request, {}, value),
    words: String,
  };
  const order = (axis) => (axis.first ? 0 : 1);
  return [...found.sort((p, q) => order(p) - order(q)), seed];
}

function of(control) {
  const { kind, name, label } = control;
  const put = (request, value) => moved(request, { [name]: value });
  if (kind === "slider") {
    const values = () => spread(control.low, control.high, STEPS).map((v) => snap(control, v));
    const words = (value) => written(control, value);
    return [{ id: name, label, values, put, words, first: control.group === "directions" }];
  }
  if (kind === "choice") {
    const values = () => control.options.slice(0, LONGEST).map(([value]) => value);
    const words = (value) => say(control.options.find(([v]) => v === value)[1]);
    return [{ id: name, label, values, put, words, first: true }];
  }
  if (kind === "switch") {
    const words = (value) => t(value ? "yes" : "no");
    return [{ id: name, label, values: () => [false, true], put, words }];
  }
  if (kind === "seed")
    return [{ id: name, label, values: (r) => consecutive(r.controls[name]), put, words: String }];
  if (kind === "pad")
    return ["→", "↓"].map((arrow, i) => ({
      id: `${name}.${i}`,
      label: `${say(label)} ${arrow}`,
      values: (request) => steps(control, request.controls[name][i]),
      put: (request, value) =>
        put(request, Object.assign([...request.controls[name]], { [i]: value })),
      words: (value) => written(control, value),
    }));
  return [];
}

const consecutive = (seed) =>
  Array.from({ length: STEPS }, (_, i) => (Number(seed) + i) % (MOST + 1));

/** Around the present place, as far as the plane goes. */
function steps(control, at) {
  const low = Math.min(Math.max(at - 1, control.low), control.high - 2);
  return spread(low, low + 2, STEPS).map((value) => snap(control, value));
}
