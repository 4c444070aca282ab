// A phone number read out digit by digit, in a voice that does not exist.

import { h, icon } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { heard, hush, play, unpack, wake } from "./audio.js";
import { zipButton } from "./takehome.js";

const LONGEST = 24;
const MOST = 16; // digits of one call (studio/parts/several.py)
const GAP = 0.09; // seconds between two digits
const BREATH = 0.32; // and where a space stands

/** Whether a model speaks digits by speaker. */
export const speaks = (model) => ["digit", "speaker"].every((n) => model.controls.some((c) => c.name === n));

/** `world.number` outlives a change of language: {text, one, two, blend, seed, model}. */
export function phone(world, signal) {
  const { server, client, models } = world;
  const able = models.filter(speaks);
  if (!able.length) return null;
  const voices = able[0].controls.find((c) => c.name === "speaker").options.filter(([v]) => v !== "seed");
  const first = { text: "555 0142", one: voices[0][0], two: voices.at(-1)[0], blend: 0.5, seed: 3 };
  const state = (world.number ||= { ...first, model: able[0].id });
  const note = h("p.note", { role: "status" });
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  let turn = 0;

  const request = (digit, i) => {
    const declared = able.find((m) => m.id === state.model) || able[0];
    const controls = Object.fromEntries(declared.controls.map((c) => [c.name, c.default]));
    Object.assign(controls, { digit, speaker: state.one, blend_to: state.two, blend: state.blend });
    return { version: 1, model: declared.id, seed: state.seed + 10 * i, controls, inputs: {} };
  };
  const digits = () => [...state.text].filter((c) => /\d/.test(c)).slice(0, MOST);

  const speak = async () => {
    const mine = ++turn;
    hush();
    await wake(); // within the tap
    tell("");
    if (!digits().length) return tell(t("phone_empty"), true);
    button.disabled = true;
    const wish = { requests: digits().map(request), client: `${client.slice(0, 24)}-phone` };
    const answer = await call(server.several, wish);
    if (mine !== turn || signal.aborted) return;
    button.disabled = false;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    if (answer.superseded) return;
    const sounds = answer.results.map(unpack);
    const parts = [];
    let at = 0;
    for (const c of state.text) {
      if (!/\d/.test(c)) {
        at += BREATH;
        continue;
      }
      const sound = sounds[parts.length];
      if (!sound) break;
      parts.push({ sound, at, i: parts.length });
      at += heard(sound) + GAP;
    }
    line.dataset.said = digits().join("");
    for (const part of parts) {
      play(part.sound, { delay: part.at, ended: () => mine === turn && light(part.i + 1) });
    }
    light(0);
  };
  const light = (i) => {
    for (const [k, mark] of [...line.children].entries()) mark.classList.toggle("now", k === i);
  };

  const field = h("input", {
    type: "text",
    id: "phone-number",
    inputmode: "tel",
    maxlength: LONGEST,
    value: state.text,
    data: { phone: "text" },
  });
  const line = h("p.said", { "aria-hidden": "true" });
  const spell = () => line.replaceChildren(...digits().map((d) => h("span", {}, d)));
  field.addEventListener("input", () => {
    state.text = field.value;
    spell();
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && speak());
  const choose = (name, label) => {
    const made = h(
      "select",
      { "aria-label": t(label), data: { phone: name } },
      ...voices.map(([value, words]) => h("option", { value }, say(words))),
    );
    made.value = state[name];
    made.addEventListener("change", () => (state[name] = made.value));
    return made;
  };
  const blend = h("input", {
    type: "range", min: 0, max: 1, step: 0.02, value: state.blend,
    "aria-label": t("phone_blend"), data: { phone: "blend" },
  });
  const paint = () => {
    blend.style.setProperty("--from", "0%");
    blend.style.setProperty("--to", `${100 * state.blend}%`);
  };
  blend.addEventListener("input", () => {
    state.blend = Number(blend.value);
    paint();
  });
  blend.addEventListener("change", speak);
  const button = h("button.primary", { type: "button", data: { do: "speak" }, onclick: speak }, icon("play"), t("phone_speak"));
  const zip = zipButton(world, t("phone_zip"), "digits", () => digits().map(request), tell);
  spell();
  paint();
  return h(
    "section.phone",
    { data: { part: "phone" }, "aria-label": t("phone") },
    h("div.row.head", {}, h("h2", {}, t("phone"))),
    h("p.help", {}, t("phone_help")),
    h(
      "div.row.wraps",
      {},
      h("label.unseen", { for: "phone-number" }, t("phone_number")),
      field,
      button,
      h(
        "button.square",
        {
          type: "button",
          "aria-label": t("phone_again"),
          data: { do: "other-voice" },
          onclick: () => {
            state.seed = Math.floor(Math.random() * 10 ** 6);
            speak();
          },
        },
        icon("dice"),
      ),
      zip,
    ),
    h("div.row.wraps.blend", {}, choose("one", "phone_one"), blend, choose("two", "phone_two")),
    line,
    note,
  );
}
