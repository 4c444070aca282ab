// The contact sheet: one picture in every style that the models know, side by side.

import { h } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { inFull } from "./mix.js";
import { pictured } from "./gallery.js";
import { smallOf } from "./source.js";

/** Every style of every model as {model, name, value, words}. */
function every(world) {
  return world.models.flatMap((model) => {
    const choice =
      model.controls.find((c) => pictured(c, world.thumbs)) ||
      model.controls.find((c) => c.name === "direction");
    const options = choice ? choice.options : [["", model.title]];
    return options.map(([value, words]) => ({ model, name: choice?.name, value, words }));
  });
}

export function sheet(world, signal) {
  const tiles = h("div.tiles");
  const note = h("p.note", { role: "status" });
  const button = h("button", { type: "button", data: { do: "sheet" } }, t("style_sheet_make"));
  const element = h(
    "section.sheet",
    { data: { part: "sheet" } },
    h("div.row.head", {}, h("h2", {}, t("style_sheet")), button),
    h("p.help", {}, t("style_sheet_help")),
    tiles,
    note,
  );
  button.addEventListener("click", async () => {
    if (!world.source) return;
    button.disabled = true;
    const { source } = world;
    const small = await smallOf(world, source);
    if (!signal.aborted && small !== LOST && !small.error) {
      tiles.replaceChildren();
      for (const style of every(world)) {
        if (signal.aborted || world.source !== source) break;
        note.textContent = t("style_sheet_at", { n: tiles.children.length + 1 });
        const answer = await patient(world, requestOf(style, small.file));
        if (answer === LOST || answer.error) break;
        tiles.append(tile(world, style, answer.picture));
      }
    }
    note.textContent = "";
    button.disabled = false;
  });
  return element;
}

function requestOf({ model, name, value }, picture) {
  const defaults = Object.fromEntries(model.controls.map((c) => [c.name, c.default]));
  const controls = inFull(name ? { ...defaults, [name]: value } : defaults);
  return { version: 1, model: model.id, seed: 0, controls, inputs: { picture } };
}

/** The stage's own wishes go first: what they push aside is asked for again. */
async function patient({ server, client }, request) {
  for (;;) {
    const answer = await call(server.live, { request, client });
    if (answer === LOST || !answer.superseded) return answer;
  }
}

function tile(world, { model, name, value, words }, picture) {
  const { asked } = world;
  const choose = () => {
    asked.choose(model);
    if (name) asked.set(name, value);
    world.stage.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  return h(
    "button.tile",
    { type: "button", data: { style: value }, onclick: choose },
    h("img", { src: picture, alt: say(words) }),
    h("span.caption", {}, say(words)),
  );
}
