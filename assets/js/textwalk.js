// From one text to another in steps: the texts on the straight line between two latents.

import { h } from "./dom.js";
import { call, LOST } from "./server.js";
import { changed, wordsOf } from "./textdiff.js";
import { say, t } from "./words.js";

const STEPS = 7;

/** Only for models that can walk; pressing a line goes there. */
export function textWalk(world, signal) {
  const { asked, server, client } = world;
  const list = h("ol.lines", { data: { part: "walk" } });
  const note = h("p.note", { role: "status" });
  const go = h("button", { type: "button", data: { do: "walk" }, onclick: () => fill() }, t("walk_go"));
  const element = h(
    "section.between",
    {},
    h("div.row.head", {}, h("h2", {}, t("walk_title")), go),
    h("p.help", {}, t("walk_help")),
    list,
    note,
  );
  let run = 0;

  const fill = async () => {
    const mine = ++run;
    const { request } = asked;
    list.replaceChildren();
    note.textContent = "";
    if (!request.controls.towards) {
      note.textContent = t("walk_missing");
      return;
    }
    const walks = Array.from({ length: STEPS }, (_, i) => Number((i / (STEPS - 1)).toFixed(2)));
    const requests = walks.map((walk) => ({ ...request, controls: { ...request.controls, walk } }));
    const answer = await call(server.several, { requests, client: `${client}-walk` });
    if (run !== mine || signal.aborted) return;
    if (answer === LOST || answer.error) {
      note.textContent = answer === LOST ? t("state_lost") : say(answer.error);
      return;
    }
    const texts = (answer.results || []).map((result) => result.text);
    list.append(...texts.map((text, i) => line(text, texts[i - 1], walks[i])));
  };
  const line = (text, before, walk) => {
    const words = wordsOf(text.tokens).map((w) => w.text);
    const old = before ? wordsOf(before.tokens).map((w) => w.text) : words;
    const fresh = changed(old, words);
    return h(
      "li",
      {},
      h(
        "button.line",
        { type: "button", data: { walk }, onclick: () => asked.set("walk", walk) },
        ...words.map((word, i) => (fresh.has(i) ? h("mark", {}, word) : word)),
      ),
    );
  };

  const show = () => (element.hidden = !asked.control("towards"));
  asked.on((what) => what === "model" && (show(), list.replaceChildren()), signal);
  show();
  return element;
}
