// The drum machine: sixteen generated hits on pads and keys; each can be thrown anew.

import { h, icon, memory } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { play, unpack, wake } from "./audio.js";
import { zipButton } from "./takehome.js";

const KEYS = ["1", "2", "3", "4", "q", "w", "e", "r", "a", "s", "d", "f", "z", "x", "c", "v"];
const ROWS = [
  ["kick", "kick", "snare", "snare"],
  ["closed_hat", "closed_hat", "open_hat", "clap"],
  ["tom", "tom", "tom", "rim"],
  ["cymbal", "cymbal", "cowbell", "shaker_tambourine"],
];
const LARGEST = 10 ** 6;

/** Whether a model makes drums by class. */
export const drums = (model) =>
  Boolean(model.controls.find((c) => c.name === "class")?.options.some(([v]) => v === "kick"));

/** `world.kit` outlives a change of language: [{kind, seed, model, sound}]. */
export function kit(world, signal) {
  const { server, client, models } = world;
  const able = models.filter(drums);
  if (!able.length) return null;
  const pads = (world.kit ||= kept(able) || fresh(able[0].id));
  const note = h("p.note", { role: "status" });
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };

  const request = ({ kind, seed, model }) => {
    const declared = able.find((m) => m.id === model) || able[0];
    const controls = Object.fromEntries(declared.controls.map((c) => [c.name, c.default]));
    return { version: 1, model: declared.id, seed, controls: { ...controls, class: kind }, inputs: {} };
  };
  /** Fetches the hits of some pads with one call. */
  const load = async (list) => {
    const seeds = list.map((i) => pads[i].seed);
    const requests = list.map((i) => request(pads[i]));
    // A name for each pad that begins the call: pads do not replace one another.
    const answer = await call(server.several, { requests, client: `${client.slice(0, 24)}-${list[0]}` });
    if (signal.aborted || answer.superseded) return;
    if (answer === LOST || answer.error) {
      return tell(answer === LOST ? t("state_lost") : say(answer.error), true);
    }
    for (const [k, i] of list.entries()) {
      if (pads[i].seed !== seeds[k]) continue; // thrown anew meanwhile
      pads[i].sound = unpack(answer.results[k]);
      buttons[i].dataset.ready = seeds[k];
    }
  };
  const hit = async (i) => {
    wake(); // within the tap, which browsers demand
    if (!pads[i].sound) await load(missing(i));
    if (!pads[i].sound) return;
    play(pads[i].sound);
    buttons[i].classList.remove("hit");
    void buttons[i].offsetWidth; // the flash begins anew
    buttons[i].classList.add("hit");
  };
  // The first hit fetches all that are missing: the next ones are then there.
  const missing = (i) => [i, ...[...pads.keys()].filter((k) => k !== i && !pads[k].sound)];
  const roll = async (list, heard) => {
    for (const i of list) {
      pads[i].seed = Math.floor(Math.random() * LARGEST);
      pads[i].sound = null;
      delete buttons[i].dataset.ready;
    }
    keep(pads);
    await load(list);
    if (heard) hit(list[0]);
  };

  const name = (kind) => {
    const declared = able[0].controls.find((c) => c.name === "class");
    return say(declared.options.find(([value]) => value === kind)?.[1] || kind);
  };
  const buttons = pads.map((pad, i) =>
    h(
      "button.drum",
      {
        type: "button",
        data: { pad: i },
        "aria-keyshortcuts": KEYS[i],
        // at once when it is touched, not when the finger leaves
        onpointerdown: (event) => event.button || hit(i),
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          hit(i);
        },
      },
      h("span.name", {}, name(pad.kind)),
      h("kbd", { "aria-hidden": "true", translate: "no" }, KEYS[i].toUpperCase()),
    ),
  );
  const again = pads.map((pad, i) =>
    h(
      "button.quiet.square",
      {
        type: "button",
        "aria-label": t("kit_roll_one", { name: name(pad.kind) }),
        data: { roll: i },
        onclick: () => roll([i], true),
      },
      icon("dice"),
    ),
  );
  addEventListener(
    "keydown",
    (event) => {
      const i = KEYS.indexOf(event.key.toLowerCase());
      const typing = event.target.closest?.("input:not([type=range]), select, textarea, dialog");
      if (i < 0 || typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!element.contains(document.activeElement)) return;
      event.preventDefault();
      event.stopPropagation(); // letters play here, whatever they do elsewhere
      hit(i);
    },
    { signal, capture: true },
  );

  const source = h(
    "select",
    { "aria-label": t("model"), data: { kit: "model" } },
    ...able.map((m) => h("option", { value: m.id }, say(m.title))),
  );
  source.value = pads[0].model;
  source.addEventListener("change", () => {
    for (const pad of pads) pad.model = source.value;
    roll([...pads.keys()], false);
  });
  const zip = zipButton(world, t("kit_zip"), "kit", () => pads.map(request), tell);
  const element = h(
    "section.kit",
    { data: { part: "kit" }, "aria-label": t("kit") },
    h(
      "div.row.head",
      {},
      h("h2", {}, t("kit")),
      able.length > 1 ? source : null,
      h(
        "button",
        { type: "button", data: { do: "roll" }, onclick: () => roll([...pads.keys()], false) },
        icon("dice"),
        t("kit_roll"),
      ),
      zip,
    ),
    h("p.help", {}, t("kit_help")),
    h("div.pads", {}, ...buttons.map((button, i) => h("div.pad", {}, button, again[i]))),
    note,
  );
  for (const [i, pad] of pads.entries()) if (pad.sound) buttons[i].dataset.ready = pad.seed;
  return element;
}

function fresh(model) {
  return ROWS.flat().map((kind, i) => ({ kind, seed: i + 1, model, sound: null }));
}

const keep = (pads) =>
  memory.set("kit", JSON.stringify(pads.map(({ kind, seed, model }) => ({ kind, seed, model }))));

function kept(able) {
  try {
    const pads = JSON.parse(memory.get("kit"));
    const fine = ({ kind, seed, model }) =>
      ROWS.flat().includes(kind) && Number.isInteger(seed) && able.some((m) => m.id === model);
    return pads.length === 16 && pads.every(fine) ? pads.map((p) => ({ ...p, sound: null })) : null;
  } catch {
    return null;
  }
}
