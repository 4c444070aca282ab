// Text to speech: type and hear. The first sentence plays while the others are made, and the word
// that is heard is marked.

import { h, icon } from "../dom.js";
import { call, LOST } from "../server.js";
import { t } from "../words.js";
import { awake, decoded, hush, now, play, wake } from "./audio.js";

const AHEAD = 0.03; // seconds between asking for a sound and hearing it, so that none is cut

/** Whether a control holds the text that is read. */
export const reads = (declared) => declared.kind === "text" && declared.name === "text";

const reader = (model) => model.controls.some(reads);

/**
 * The server as the live channel takes it: answers hold their sound unpacked, as `heard`. Texts are
 * answered sentence by sentence: each is played as it arrives (`world.heardPart`), then {heard,
 * played, first, ...} stands for the whole.
 */
export function bySentences(world) {
  const { asked, server, client } = world;
  const live = async (data) => {
    const begun = performance.now();
    const first = await server.aloud(data);
    if (!first?.parts) return first;
    const wanted = JSON.stringify(data.request);
    const heard = [];
    let played = false;
    for (const [i, [start, end]] of first.parts.entries()) {
      if (JSON.stringify(asked.request) !== wanted) return { superseded: true };
      const text = data.request.controls.text.slice(start, end);
      const request = { ...data.request, controls: { ...data.request.controls, text } };
      const answer = i ? await call(server.live, { request, client }) : first;
      if (answer === LOST) return undefined;
      if (answer.error || answer.superseded) return answer;
      heard.push(moved(await decoded(answer), answer.moments || [], start));
      if (!i) first.first = performance.now() - begun;
      played = world.heardPart(heard[i], i) || played;
    }
    return { ...first, heard: joined(heard), played };
  };
  const whole = async (data) => {
    const answer = await server.live(data);
    return answer?.sound ? { ...answer, heard: await decoded(answer) } : answer;
  };
  return { live: (data) => (reader(asked.model) ? live(data) : whole(data)) };
}

/** A sentence's words where they stand in the whole text. */
function moved(sound, moments, start) {
  return { ...sound, moments: moments.map(([a, b, ...when]) => [a + start, b + start, ...when]) };
}

function joined(parts) {
  const samples = new Float32Array(parts.reduce((sum, p) => sum + p.samples.length, 0));
  const moments = [];
  const { rate } = parts[0];
  let at = 0;
  for (const part of parts) {
    samples.set(part.samples, at);
    moments.push(...part.moments.map(([a, b, ...when]) => [a, b, ...when.map((s) => s + at / rate)]));
    at += part.samples.length;
  }
  return { samples, rate, moments };
}

/** The text, the button, the words as they are heard; nothing where the model reads no text. */
export function reading(world, signal) {
  const { asked } = world;
  const box = h("textarea", {
    id: "voice-text",
    rows: 3,
    spellcheck: true,
    lang: "en",
    translate: "no",
    data: { control: "text" },
    placeholder: t("read_hint"),
  });
  const count = h("span.count");
  const button = h("button.primary", { type: "button", data: { do: "read" } }, icon("play"), t("read_speak"));
  const stop = h("button", { type: "button", data: { do: "hush" } }, t("read_stop"));
  const words = h("p.words", { translate: "no", lang: "en", data: { part: "words" } });
  const element = h(
    "section.reading",
    { "aria-label": t("read_title"), data: { part: "reading" } },
    h("label.title", { for: "voice-text" }, t("read_title")),
    h("div.page", {}, box, words),
    h("div.row.wraps", {}, button, stop, count),
    h("p.help", {}, t("read_help")),
  );

  const marker = follower(words, (on) => element.classList.toggle("speaking", on));
  let ends = 0; // when the last part that was queued is over
  world.aloud = (sound) => {
    hush();
    marker.clear();
    const at = now() + AHEAD;
    play(sound, { at: awake() ? at : 0 });
    ends = at + sound.samples.length / sound.rate;
    if (sound.moments && awake()) marker.add(sound.moments, at);
  };
  world.heardPart = (sound, i) => {
    if (!awake() || signal.aborted || !element.checkVisibility()) return false;
    if (!i) return world.aloud(sound), true;
    const at = Math.max(ends, now() + AHEAD);
    play(sound, { at });
    marker.add(sound.moments, at);
    ends = at + sound.samples.length / sound.rate;
    return true;
  };

  const longest = () => asked.model.controls.find(reads)?.longest ?? 0;
  const told = () => {
    count.textContent = t("read_count", { n: box.value.length, most: longest() });
    count.classList.toggle("bad", box.value.length > longest());
  };
  const say = async () => {
    await wake();
    const text = box.value.replace(/\s+/g, " ").trim();
    if (asked.controls.text !== text) return asked.set("text", text);
    const { heard } = world.shown;
    if (heard?.moments) world.aloud(heard);
    else world.again();
  };
  button.addEventListener("click", say);
  stop.addEventListener("click", () => {
    hush();
    marker.clear();
  });
  box.addEventListener("input", told);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) say();
  });
  const fill = () => {
    element.hidden = !reader(asked.model);
    if (element.hidden) return marker.clear();
    const { text } = asked.controls;
    if (box.value.replace(/\s+/g, " ").trim() !== text) box.value = text;
    words.replaceChildren(text);
    told();
  };
  asked.on((what, name) => (what !== "control" || name === "text") && fill(), signal);
  signal.addEventListener("abort", () => marker.clear());
  fill();
  return element;
}

/** Marks the word that is heard in `words`, whose text is what is read; `speaking(on)` is told. */
function follower(words, speaking) {
  let queue = [];
  let frame = 0;
  const step = () => {
    const time = now();
    while (queue.length && queue[0].until < time) queue.shift();
    const heard = queue[0];
    if (heard && heard.from <= time && words.dataset.at !== heard.key) mark(heard);
    if (!queue.length) unmark();
    frame = queue.length ? requestAnimationFrame(step) : 0;
  };
  const mark = ({ start, end, key }) => {
    const text = words.textContent;
    words.dataset.at = key;
    words.replaceChildren(text.slice(0, start), h("mark", {}, text.slice(start, end)), text.slice(end));
  };
  const unmark = () => {
    speaking(false);
    delete words.dataset.at;
    words.replaceChildren(words.textContent);
  };
  return {
    add(moments, at) {
      for (const [start, end, from, until] of moments) {
        queue.push({ start, end, key: `${start}-${end}`, from: at + from, until: at + until });
      }
      speaking(true);
      frame ||= requestAnimationFrame(step);
    },
    clear() {
      cancelAnimationFrame(frame);
      [queue, frame] = [[], 0];
      unmark();
    },
  };
}
