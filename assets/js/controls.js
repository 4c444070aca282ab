// Controls made from a model's declarations: nothing here knows a model by name.

import { decimals, MOST, snap } from "./asked.js";
import { h, icon } from "./dom.js";
import { follow, help, helpOf } from "./follow.js";
import { pad } from "./pad.js";
import { randomSeed } from "./seed.js";
import { known, say, t } from "./words.js";

const MAKERS = { slider, choice, switch: toggle, pad, text, seed: secondSeed, code };

/** The element of one control; it follows `asked` and changes it, until `signal`. */
export function control(declared, asked, signal) {
  return MAKERS[declared.kind](declared, asked, signal);
}

/** A range and a number box side by side; the track is filled from the default value. */
function slider(declared, asked, signal) {
  const { name, low, high, step } = declared;
  const unit = known(`unit_${declared.unit}`) ? t(`unit_${declared.unit}`) : declared.unit;
  const facts = { min: low, max: high, step, "aria-describedby": helpOf(declared, asked) };
  const change = (event) => {
    if (event.target.value === "") return;
    asked.set(name, snap(declared, Number(event.target.value)));
  };
  const range = h("input", { type: "range", id: asked.id(name), data: { control: name }, ...facts });
  range.addEventListener("input", change);
  const number = h("input.number", {
    type: "number",
    inputmode: low < 0 ? "text" : "decimal", // phones hide the minus sign on the decimal pad
    "aria-label": unit ? `${say(declared.label)} (${unit})` : say(declared.label),
    ...facts,
  });
  number.addEventListener("change", (event) => {
    change(event);
    show(asked.controls[name]);
  });
  const places = decimals(step);
  const part = (value) => `${(100 * (value - low)) / (high - low)}%`;
  const show = (value) => {
    range.value = value;
    number.value = Number(value).toFixed(places);
    range.setAttribute("aria-valuetext", `${number.value}${unit ? ` ${unit}` : ""}`);
    const home = Math.min(high, Math.max(low, low < 0 ? 0 : low));
    range.style.setProperty("--from", part(Math.min(home, value)));
    range.style.setProperty("--to", part(Math.max(home, value)));
  };
  follow(declared, asked, signal, show);
  return h(
    "div.control.slider",
    {},
    h("label", { for: asked.id(name) }, say(declared.label)),
    h("span.value", {}, number, unit ? h("span.unit", { "aria-hidden": "true" }, unit) : null),
    range,
    help(declared, asked),
  );
}

function choice(declared, asked, signal) {
  const { name, options } = declared;
  const select = h(
    "select",
    { id: asked.id(name), data: { control: name }, "aria-describedby": helpOf(declared, asked) },
    ...options.map(([value, words]) => h("option", { value }, say(words))),
  );
  select.addEventListener("change", () => asked.set(name, select.value));
  follow(declared, asked, signal, (value) => (select.value = value));
  const label = h("label", { for: asked.id(name) }, say(declared.label));
  return h("div.control.choice", {}, label, select, help(declared, asked));
}

function toggle(declared, asked, signal) {
  const { name } = declared;
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    id: asked.id(name),
    data: { control: name },
    "aria-describedby": helpOf(declared, asked),
  });
  box.addEventListener("change", () => asked.set(name, box.checked));
  follow(declared, asked, signal, (value) => (box.checked = value));
  const label = h("label", { for: asked.id(name) }, say(declared.label));
  return h("div.control.switch", {}, label, box, help(declared, asked));
}

function text(declared, asked, signal) {
  const { name, longest } = declared;
  const line = h("input", {
    type: "text",
    id: asked.id(name),
    maxlength: longest,
    placeholder: t("text_hint", { longest }),
    data: { control: name },
    "aria-describedby": helpOf(declared, asked),
  });
  line.addEventListener("input", () => asked.set(name, line.value));
  follow(declared, asked, signal, (value) => {
    if (line.value !== value) line.value = value;
  });
  const label = h("label", { for: asked.id(name) }, say(declared.label));
  return h("div.control.text", {}, label, line, help(declared, asked));
}

/** Another seed than the row's own: its number, and a dice. */
function secondSeed(declared, asked, signal) {
  const { name } = declared;
  const number = h("input.number", {
    type: "number",
    id: asked.id(name),
    min: 0,
    max: MOST,
    step: 1,
    inputmode: "numeric",
    data: { control: name },
    "aria-describedby": helpOf(declared, asked),
  });
  const take = (value) => asked.set(name, Math.min(MOST, Math.max(0, Math.round(value) || 0)));
  number.addEventListener("change", () => {
    take(Number(number.value));
    number.value = asked.controls[name];
  });
  follow(declared, asked, signal, (value) => (number.value = value));
  const dice = h(
    "button.square",
    {
      type: "button",
      "aria-label": `${say(declared.label)}: ${t("seed_random")}`,
      onclick: () => take(randomSeed()),
    },
    icon("dice"),
  );
  const label = h("label", { for: asked.id(name) }, say(declared.label));
  return h("div.control.other", {}, label, h("div.row", {}, number, dice), help(declared, asked));
}

/** A spot that was found for a person's picture: there is nothing to set, only to give up. */
function code(declared, asked, signal) {
  const { name } = declared;
  const drop = h(
    "button.quiet",
    { type: "button", data: { control: name }, onclick: () => asked.set(name, "") },
    icon("close"),
    t("own_leave"),
  );
  const label = h("span.label", {}, say(declared.label));
  const element = h("div.control.code", {}, label, drop, help(declared, asked));
  follow(declared, asked, signal, (value) => (element.hidden = !value));
  return element;
}
