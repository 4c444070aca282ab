// Texts of neighbouring seeds with the same controls, asked for in small portions.

import { h } from "./dom.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const PORTION = 4;
const COUNT = 12;

/** `world.lines` outlives a change of language: {texts, of}. */
export function textSamples(world, signal) {
  const { asked, server, client } = world;
  const lines = (world.lines ||= { texts: [], of: "" });
  const list = h("ul.lines", { data: { part: "samples" } });
  const note = h("p.note", { role: "status" });
  const help = h("p.help", { role: "status" });
  const go = h("button", { type: "button", data: { do: "samples" }, onclick: () => fill() });
  let run = 0;

  const line = ({ seed, text }) =>
    h(
      "li",
      {},
      h(
        "button.line",
        { type: "button", data: { seed }, onclick: () => asked.take(seed) },
        h("span.unit", {}, String(seed)),
        h("span.words", {}, text.text),
      ),
    );
  const rest = () => {
    const { seed, ...others } = asked.request;
    return others;
  };
  const mark = () => {
    const stale = lines.of !== "" && lines.of !== JSON.stringify(rest());
    help.textContent = t(stale ? "samples_stale" : "texts_help");
    go.textContent = t(lines.of ? "samples_again" : "texts_show");
    go.classList.toggle("primary", stale);
  };
  const fill = async () => {
    const mine = ++run;
    const { seed } = asked;
    const request = rest();
    lines.of = JSON.stringify(request);
    lines.texts = [];
    list.replaceChildren();
    note.textContent = "";
    mark();
    while (lines.texts.length < COUNT) {
      const from = seed + lines.texts.length;
      const seeds = Array.from({ length: PORTION }, (_, i) => (from + i) % 2 ** 31);
      const requests = seeds.map((one) => ({ ...request, seed: one }));
      const answer = await call(server.several, { requests, client: `${client}-samples` });
      if (run !== mine || signal.aborted) return;
      if (answer === LOST || answer.error) {
        note.textContent = answer === LOST ? t("state_lost") : say(answer.error);
        return;
      }
      if (answer.superseded) return; // a newer request of this tab took their place
      const made = answer.results.map(({ text, request: { seed } }) => ({ seed, text }));
      lines.texts.push(...made);
      list.append(...made.map(line));
    }
  };

  list.append(...lines.texts.map(line));
  asked.on((what) => {
    if (what === "model") {
      run++;
      Object.assign(lines, { texts: [], of: "" });
      list.replaceChildren();
    }
    mark();
  }, signal);
  mark();
  return h(
    "section.samples",
    {},
    h("div.row.head", {}, h("h2", {}, t("texts")), go),
    help,
    list,
    note,
  );
}
