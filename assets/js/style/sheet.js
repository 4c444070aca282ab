// The contact sheet: one picture in every style that the models know, side by side.

import { h } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { inFull } from "./mix.js";
import { pictured } from "./gallery.js";
import { smallOf } from "./source.js";

/** Every style of every model as {model, changes, value, words}: changes are to its defaults. */
function every(world) {
  return world.models.flatMap((model) => {
    const weights = model.controls.filter((c) => c.group === "styles");
    if (weights.length) return weights.map((c) => alone(model, weights, c));
    const choice =
      model.controls.find((c) => pictured(c, world.thumbs)) ||
      model.controls.find((c) => c.name === "direction");
    if (!choice) return [{ model, changes: {}, value: "", words: model.title }];
    return choice.options.map(([value, words]) => ({
      model,
      changes: { [choice.name]: value },
      value,
      words,
    }));
  });
}

/** One style of a model that blends its styles by weights. */
function alone(model, weights, { name, label }) {
  const changes = Object.fromEntries(weights.map((c) => [c.name, Number(c.name === name)]));
  return { model, changes, value: name, words: label };
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
  let halt = null;
  button.addEventListener("click", async () => {
    if (halt) return halt.abort();
    if (!world.source) return;
    halt = new AbortController();
    const stops = AbortSignal.any([halt.signal, signal]);
    button.textContent = t("stop");
    const { source } = world;
    const small = await smallOf(world, source);
    let told = "";
    if (!stops.aborted && small !== LOST && !small.error) {
      tiles.replaceChildren();
      const styles = every(world);
      for (const style of styles) {
        if (stops.aborted || world.source !== source) break;
        note.textContent = t("style_sheet_at", { n: tiles.children.length + 1, all: styles.length });
        const answer = await patient(world, requestOf(style, small.file));
        if (answer === LOST || answer.error) {
          told = answer === LOST ? t("state_lost") : say(answer.error);
          break;
        }
        if (!stops.aborted) tiles.append(tile(world, style, answer.picture));
      }
    }
    note.textContent = told;
    button.textContent = t("style_sheet_make");
    halt = null;
  });
  return element;
}

function requestOf({ model, changes }, picture) {
  const defaults = Object.fromEntries(model.controls.map((c) => [c.name, c.default]));
  const controls = inFull({ ...defaults, ...changes });
  return { version: 1, model: model.id, seed: 0, controls, inputs: { picture } };
}

/** The stage's own wishes go first: what they push aside is asked for again. */
async function patient({ server, client }, request) {
  for (;;) {
    const answer = await call(server.live, { request, client });
    if (answer === LOST || !answer.superseded) return answer;
  }
}

function tile(world, { model, changes, value, words }, picture) {
  const { asked } = world;
  const choose = () => {
    asked.choose(model);
    asked.put(changes);
    world.stage.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  return h(
    "button.tile",
    { type: "button", data: { style: value }, onclick: choose },
    h("img", { src: picture, alt: say(words) }),
    h("span.caption", {}, say(words)),
  );
}
