// The kept things of a tab: history, favourites and presets, as rows of small pictures.

import { h, icon, memory } from "./dom.js";
import { Shelf, thumbnail } from "./shelf.js";
import { say, t } from "./words.js";

const LINE = 60; // letters of a text that stand on its tile
const SHELVES = { history: 60, loved: 120, presets: 60 };

/** The three shelves of the tab `name`. */
export function openShelves(name) {
  const made = Object.entries(SHELVES).map(([key, most]) => [key, new Shelf(`${name}.${key}`, most)]);
  return Object.fromEntries(made);
}

/** What a shelf holds of a result: its request, a small picture or its first words, and its model. */
export async function entry(world) {
  const { id, request, picture, link, text } = world.shown;
  const { title } = world.find(request.model);
  const thumb = await thumbnail(picture || world.sight?.()).catch(() => null);
  return { id, request, link, title, thumb, line: text?.text.slice(0, LINE) };
}

/** The star of the present result. */
export function loveButton(world, signal) {
  const { shown, shelves } = world;
  const button = h("button.square", { type: "button", data: { do: "love" } }, icon("star"));
  button.addEventListener("click", async () => {
    if (!shown.id) return;
    if (shelves.loved.has(shown.id)) shelves.loved.remove(shown.id);
    else shelves.loved.add(await entry(world));
  });
  const show = () => {
    const on = Boolean(shown.id) && shelves.loved.has(shown.id);
    button.setAttribute("aria-pressed", String(on));
    button.setAttribute("aria-label", t(on ? "unlove" : "love"));
    button.title = t(on ? "unlove" : "love");
  };
  shelves.loved.on(show, signal);
  world.onShown(show, signal);
  show();
  return button;
}

/** `world.restore(request)` opens an entry. */
export function kept(world, signal) {
  const { shelves } = world;
  const shelf = () => memory.get("shelf") || "history";
  const body = h("div", { data: { part: "kept" } });
  const parts = Object.keys(SHELVES).map((name) =>
    h(
      "button",
      {
        type: "button",
        data: { shelf: name },
        onclick: () => {
          memory.set("shelf", name);
          show();
        },
      },
      t(`shelf_${name}`),
    ),
  );
  const show = () => {
    const name = shelf() in SHELVES ? shelf() : "history";
    for (const part of parts)
      part.setAttribute("aria-pressed", String(part.dataset.shelf === name));
    body.replaceChildren(...content(world, name));
  };
  for (const one of Object.values(shelves)) one.on(show, signal);
  show();
  return h(
    "section.kept",
    {},
    h(
      "div.row.head",
      {},
      h("h2", {}, t("kept")),
      h("div.segmented", { role: "group", "aria-label": t("kept") }, ...parts),
    ),
    body,
  );
}

function content(world, name) {
  const shelf = world.shelves[name];
  const found = shelf.entries.filter((e) => world.find(e.request.model));
  const list = name === "presets" ? presets(world, found) : h("div.tiles.small", {}, found.map((e) => tile(world, shelf, e)));
  const empty = found.length ? null : h("p.help", {}, t(`shelf_${name}_empty`));
  const clear =
    name === "history" && found.length
      ? h("button.quiet", { type: "button", data: { do: "clear" }, onclick: () => shelf.clear() }, t("shelf_clear"))
      : null;
  return [name === "presets" ? saving(world) : null, empty, list, clear].filter(Boolean);
}

function tile(world, shelf, made) {
  const { seed } = made.request;
  const words = { model: say(made.title), seed };
  const open = h(
    "button.tile",
    {
      type: "button",
      "aria-label": t("shelf_open", words),
      data: { kept: made.id },
      onclick: () => world.restore(made.request),
    },
    made.thumb
      ? h("img", { src: made.thumb, alt: "" })
      : h("span.line", { "aria-hidden": "true" }, made.line || say(made.title)),
    h("span.caption", { "aria-hidden": "true" }, String(seed)),
  );
  return h("div.slot", {}, open, shelf.name.endsWith("history") ? null : away(shelf, made, words));
}

const away = (shelf, made, words) =>
  h(
    "button.away",
    {
      type: "button",
      "aria-label": t("shelf_remove", words),
      onclick: () => shelf.remove(made.id),
    },
    icon("close"),
  );

/** Settings by name: everything but the seed and the place on the pad. */
function presets(world, found) {
  return h(
    "div.presets",
    {},
    found.map((made) => {
      const words = { model: made.words, seed: "" };
      return h(
        "div.slot",
        {},
        h(
          "button.preset",
          { type: "button", data: { preset: made.words }, onclick: () => apply(world, made) },
          made.thumb ? h("img", { src: made.thumb, alt: "" }) : null,
          h("span", { translate: "no" }, made.words),
          h("span.of", {}, say(made.title)),
        ),
        away(world.shelves.presets, made, words),
      );
    }),
  );
}

function apply(world, made) {
  const { asked } = world;
  const model = world.find(made.request.model);
  if (model !== asked.model) asked.choose(model);
  asked.put(settings(model, made.request.controls));
}

/** The controls of a preset that this model still has; seeds and places stay as they are. */
function settings(model, controls) {
  const kinds = ["slider", "choice", "switch", "text"];
  const names = model.controls.filter((c) => kinds.includes(c.kind)).map((c) => c.name);
  return Object.fromEntries(names.filter((n) => n in controls).map((n) => [n, controls[n]]));
}

function saving(world) {
  const name = h("input", {
    type: "text",
    id: "preset-name",
    maxlength: 40,
    "aria-label": t("preset_name"),
    placeholder: t("preset_name"),
  });
  const save = async () => {
    const words = name.value.trim();
    if (!words || !world.shown.id) return name.focus();
    const made = await entry(world);
    const request = world.asked.request;
    world.shelves.presets.add({ ...made, request, words, id: `${request.model} ${words}` });
  };
  const form = h(
    "form.row.saving",
    { onsubmit: (event) => (event.preventDefault(), save()) },
    name,
    h("button", { type: "submit", data: { do: "preset" } }, t("preset_save")),
  );
  return form;
}
