// What can be done with a tune, some voices or a beat: the parts that a model takes are offered, as
// chips. Which model does what is read from what it declares.

import { h } from "../dom.js";
import { t } from "../words.js";

const has = (model, name) => model.controls.find((c) => c.name === name);
const takesNotes = (model) => model.takes?.some((take) => take.kind === "notes");
const hits = (model) => has(model, "keep");

/** What a model looks for in a file. */
const partOf = (model) => (hits(model) ? "drums" : "melody");

/** Whether a file that holds so much (`look`) has what a model looks for. */
export const fits = (model, held) => held[partOf(model)] > 0;

/** The sentence where it has not; spoken in the language of the moment. */
export const without = (model, { name }) => {
  const part = partOf(model);
  return () => t(`own_without_${part}`, { name });
};

/** [{words, model, controls}] for notes that hold `melody` notes, `voices` and `drums` hits. */
export function offers(models, { melody, voices, drums }, bars) {
  const found = [];
  // The first model of the list that does it; the others are a tap on their chip away.
  const offer = (words, model, controls) =>
    found.some((o) => o.words === words) || found.push({ words, model, controls });
  for (const model of models.filter(takesNotes)) {
    const long = has(model, "bars");
    const fits = long ? { bars: Math.min(long.high, Math.max(long.low, even(bars, long))) } : {};
    const longest = long ? { bars: long.high } : {};
    if (has(model, "task")) {
      const free = { key: "any", mode: "any" };
      if (melody) offer("offer_harmonise", model, { ...fits, ...free, task: "harmonise" });
      if (voices > 1) offer("offer_voices", model, { ...longest, ...free, task: "go_on" });
    } else if (hits(model)) {
      if (drums) offer("offer_humanise", model, { ...fits, keep: true });
      if (drums) offer("offer_beat", model, { ...fits, keep: false, near: 0.7 });
    } else if (has(model, "near")) {
      if (melody) offer("offer_vary", model, { ...fits, near: 0.7 });
    } else if (has(model, "given") && melody) {
      offer("offer_go_on", model, { ...longest, given: Math.min(4, has(model, "given").high) });
    }
  }
  return found;
}

const even = (bars, { low, step }) => low + Math.round((bars - low) / step) * step;

/** The chips; `use(offer)` is called by a tap. */
export function chips(list, use) {
  return list.map((offer) =>
    h(
      "button.chip.offer",
      { type: "button", data: { offer: offer.words }, onclick: () => use(offer) },
      h("span", {}, t(offer.words)),
    ),
  );
}

/** A request for the same with other controls and inputs. */
export const restored = ({ seed, controls }, wished, inputs) => ({
  ...{ seed, inputs },
  controls: { ...controls, ...wished },
});

/** Asks one model for what was offered, with `tune` as its input: one step of the history. */
export function take({ asked }, { model, controls }, tune) {
  const defaults = Object.fromEntries(model.controls.map((c) => [c.name, c.default]));
  const wished = Object.fromEntries(Object.entries(controls).filter(([name]) => name in defaults));
  asked.restore(model, { seed: asked.seed, controls: { ...defaults, ...wished }, inputs: { tune } });
}

/** "Go on with this": what is on the stage becomes the input of another model. */
export function goOn(world) {
  const row = h("div.row.further", { data: { part: "further" } });
  row.fill = () => {
    const { notes, request } = world.shown;
    if (!notes || !request) return;
    const count = (drums) =>
      notes.tracks.filter((x) => x.drums === drums && x.rows.length).map((x) => x.rows.length / 4);
    const sum = (counts) => counts.reduce((a, b) => a + b, 0);
    const held = { melody: sum(count(false)), voices: count(false).length, drums: sum(count(true)) };
    const list = offers(world.models, held, notes.ticks / notes.bar);
    const others = list.filter((o) => o.model.id !== request.model && o.words !== "offer_voices");
    row.hidden = !others.length;
    row.replaceChildren(
      h("span.help", {}, t("further")),
      ...chips(others, (offer) => take(world, offer, request)),
    );
  };
  return row;
}
