// Is it in the data? The training sentences nearest to the text that is shown.

import { h } from "./dom.js";
import { finished } from "./runs.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

/** Looked up on demand: what is found belongs to one text and goes when another is shown. */
export function textAlike(world, signal) {
  const { asked, server, client, shown } = world;
  const list = h("ul.near", { data: { part: "alike" } });
  const note = h("p.note", { role: "status" });
  const go = h("button", { type: "button", data: { do: "alike" }, onclick: () => look() }, t("alike_go"));
  let last = new AbortController();

  const look = async () => {
    last.abort();
    const { signal: mine } = (last = new AbortController());
    const text = shown.text?.text || "";
    list.replaceChildren();
    note.textContent = t("alike_wait");
    const begun = await call(server.alike, { model: asked.model.id, text, client });
    const answer = await finished(world, begun, null, AbortSignal.any([signal, mine]));
    if (mine.aborted || signal.aborted) return;
    if (answer === LOST) return (note.textContent = t("state_lost"));
    if (answer.error) return (note.textContent = say(answer.error));
    note.textContent = t(answer.near.length ? "alike_of" : "alike_none", { n: answer.all.toLocaleString() });
    list.append(...answer.near.map(line));
  };
  const line = ({ asked: said, found, row, words }) =>
    h(
      "li",
      {},
      h("p", {}, said),
      h("p.found", {}, found),
      h("p.help", {}, row === words ? t("alike_same") : t("alike_row", { row, words })),
    );

  asked.on((what) => {
    if (what !== "model") return;
    last.abort();
    list.replaceChildren();
    note.textContent = "";
  }, signal);
  return h(
    "section.alike",
    {},
    h("div.row.head", {}, h("h2", {}, t("alike_title")), go),
    h("p.help", {}, t("alike_help")),
    note,
    list,
  );
}
