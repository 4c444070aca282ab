// What plans have in common: requests that differ from the present one in a few controls.

import { decimals, snap } from "../asked.js";
import { h } from "../dom.js";
import { say, t } from "../words.js";

/** The same request with other controls; `seed` where that changes too. */
export function moved(request, controls, seed = request.seed) {
  return { ...request, seed, controls: { ...request.controls, ...controls } };
}

export const pads = (model) => model.controls.filter((c) => c.kind === "pad");
export const sliders = (model) => model.controls.filter((c) => c.kind === "slider");

/** `count` numbers from low to high. */
export const spread = (low, high, count) =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / Math.max(count - 1, 1));

/** A number of a slider as it is written beside it. */
export const written = (control, value) =>
  `${snap(control, value).toFixed(decimals(control.step))}${control.unit ? ` ${control.unit}` : ""}`;

/** A row of settings: a select whose options are [value, words]. */
export function select(name, options, value, change) {
  const made = h(
    "select",
    { id: `plan-${name}`, data: { plan: name } },
    ...options.map(([v, words]) => h("option", { value: v }, say(words))),
  );
  made.value = value;
  made.addEventListener("change", () => change(made.value));
  return h("span.setting", {}, h("label", { for: `plan-${name}` }, t(`plan_${name}`)), made);
}

/** Buttons of which one is pressed: [value, words]. */
export function segments(name, options, value, change) {
  const radios = options.map(([v]) =>
    h("input", {
      type: "radio",
      name,
      id: `${name}-${v}`,
      value: v,
      checked: v === value,
      onchange: () => change(v),
    }),
  );
  const row = h(
    "fieldset.segmented",
    {},
    h("legend.unseen", {}, t(`plan_${name}`)),
    ...options.map(([, words], i) =>
      h("label", { for: radios[i].id }, radios[i], h("span", {}, say(words))),
    ),
  );
  return h("span.setting", {}, h("span", { "aria-hidden": "true" }, t(`plan_${name}`)), row);
}

/** A slider of a plan, with its value beside it. */
export function range(name, { low, high, step }, value, change) {
  const shown = h("output", { for: `plan-${name}` }, String(value));
  const input = h("input", { type: "range", id: `plan-${name}`, min: low, max: high, step });
  input.value = value;
  const paint = () => {
    input.style.setProperty("--from", "0%");
    input.style.setProperty("--to", `${(100 * (input.value - low)) / (high - low)}%`);
  };
  paint();
  input.addEventListener("input", () => {
    shown.value = input.value;
    paint();
  });
  input.addEventListener("change", () => change(Number(input.value)));
  const label = h("label", { for: `plan-${name}` }, t(`plan_${name}`));
  return h("span.setting.range", {}, label, input, shown);
}
