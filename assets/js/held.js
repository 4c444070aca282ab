// Two results side by side: one is held while the other goes on, and what differs is told.

import { h, icon } from "./dom.js";
import { say, t } from "./words.js";

/** `world.held` is {request, picture, model} or null; a model of another kind may stand beside. */
export function holdButton(world, signal) {
  const button = h("button", { type: "button", data: { do: "hold" } }, icon("beside"), t("hold"));
  button.addEventListener("click", () => {
    const { request, picture } = world.shown;
    world.hold(world.held ? null : request && { request, picture, model: world.asked.model });
  });
  const show = () => {
    button.setAttribute("aria-pressed", String(Boolean(world.held)));
    button.lastChild.textContent = t(world.held ? "let_go" : "hold");
  };
  world.onHeld(show, signal);
  show();
  return button;
}

/** The held picture itself, for the place beside the stage's. */
export function heldPicture(world, signal) {
  const image = h("img", { alt: "" });
  const element = h("div.beside", { data: { part: "held" } }, image, h("span.tag", {}, t("held")));
  const show = () => {
    element.hidden = !world.held;
    if (!world.held) return;
    const { picture, request, model } = world.held;
    image.src = picture;
    image.alt = t("held_alt", { model: say(model.title), seed: request.seed });
  };
  world.onHeld(show, signal);
  show();
  return element;
}

/** What the two pictures do not have in common, and a button that lets them change places. */
export function differences(world, signal) {
  const rows = h("dl.facts");
  const swap = h(
    "button.quiet",
    { type: "button", data: { do: "swap" }, onclick: () => world.swap() },
    icon("swap"),
    t("swap"),
  );
  const element = h(
    "section.differences",
    { data: { part: "differences" } },
    h("div.row.head", {}, h("h3", {}, t("differences")), swap),
    rows,
  );
  const show = () => {
    element.hidden = !world.held;
    if (!world.held) return;
    const found = differing(world.held, { request: world.asked.request, model: world.asked.model });
    rows.replaceChildren(
      ...found.flatMap(([label, before, now]) => [
        h("dt", {}, label),
        h("dd", {}, h("s", {}, before), " → ", h("strong", {}, now)),
      ]),
    );
    rows.hidden = !found.length;
  };
  world.onHeld(show, signal);
  world.asked.on(show, signal);
  show();
  return element;
}

/** [label, held value, present value] of everything that differs. */
export function differing(held, now) {
  const rows = [];
  const note = (label, a, b) => a !== b && rows.push([label, a, b]);
  note(t("model"), say(held.model.title), say(now.model.title));
  note(t("seed"), String(held.request.seed), String(now.request.seed));
  const [a, b] = [held.request.controls, now.request.controls];
  for (const declared of now.model.controls)
    if (declared.name in a)
      note(say(declared.label), told(declared, a[declared.name]), told(declared, b[declared.name]));
  return rows;
}

/** A control's value as a person reads it. */
export function told(declared, value) {
  if (declared.kind === "choice")
    return say(declared.options.find(([name]) => name === value)?.[1]) || String(value);
  if (declared.kind === "switch") return t(value ? "yes" : "no");
  if (declared.kind === "code") return t(value ? "yes" : "no");
  if (Array.isArray(value)) return value.join(", ");
  return declared.unit ? `${value} ${declared.unit}` : String(value);
}
