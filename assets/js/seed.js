// The seed row: previous, the number itself, next, random; and the reset of all controls.

import { MOST } from "./asked.js";
import { h, icon } from "./dom.js";
import { t } from "./words.js";

const LARGEST_RANDOM = 10 ** 6; // short enough to read out to a friend

export const randomSeed = () => Math.floor(Math.random() * LARGEST_RANDOM);

export function seedRow(asked, signal) {
  const number = h("input.number", {
    type: "number",
    id: asked.id("seed"),
    min: 0,
    max: MOST,
    step: 1,
    inputmode: "numeric",
    "aria-describedby": asked.id("help-seed"),
    data: { control: "seed" },
  });
  number.addEventListener("change", () => {
    asked.take(number.value);
    show();
  });
  const show = () => (number.value = asked.seed);
  asked.on(show, signal);
  show();
  const button = (name, act) =>
    h(
      "button.square",
      { type: "button", "aria-label": t(`seed_${name}`), data: { do: name }, onclick: act },
      icon(name === "random" ? "dice" : name),
    );
  return h(
    "div.control.seed",
    {},
    h("label", { for: asked.id("seed") }, t("seed")),
    h(
      "div.row",
      {},
      button("previous", () => asked.take(asked.seed === 0 ? MOST : asked.seed - 1)),
      number,
      button("next", () => asked.take(asked.seed === MOST ? 0 : asked.seed + 1)),
      button("random", () => asked.take(randomSeed())),
    ),
    h("p.help", { id: asked.id("help-seed") }, t("seed_help")),
  );
}

export function resetButton(asked, signal) {
  const button = h(
    "button.quiet",
    { type: "button", data: { do: "reset" }, onclick: () => asked.reset() },
    icon("reset"),
    t("reset"),
  );
  const show = () => (button.disabled = !asked.changed);
  asked.on(show, signal);
  show();
  return button;
}
