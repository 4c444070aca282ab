// Many pictures with the present settings, as one zip file.

import { h, icon } from "../dom.js";
import { dropFile, dropZone } from "../dropzone.js";
import { call, LOST } from "../server.js";
import { take } from "../takeaway.js";
import { say, t } from "../words.js";
import { ENDINGS } from "./source.js";

const MOST = 64; // results of one file (studio/parts/bundle.py)

export function batch(world, signal) {
  const note = h("p.note", { role: "status", data: { part: "batch-note" } });
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const halt = h("button", { type: "button", hidden: true, data: { do: "batch-stop" } }, icon("close"), t("stop"));
  const paint = async (files) => {
    if (files.length > MOST) return tell(t("style_batch_most", { n: files.length }), true);
    const requests = [];
    for (const [i, file] of files.entries()) {
      tell(t("style_batch_reading", { n: i + 1, all: files.length }));
      const answer = await dropFile(world.server, world.client, file);
      if (signal.aborted) return;
      if (lost(answer)) return;
      requests.push(world.painter.with(answer.file));
    }
    halt.hidden = false;
    await take(halt, tell, world, (client) =>
      call(world.server.bundle, { requests, form: "png", client }),
    );
    halt.hidden = true;
  };
  const lost = (answer) => {
    if (answer !== LOST && !answer.error) return false;
    tell(answer === LOST ? t("state_lost") : say(answer.error), true);
    return true;
  };
  const lines = [t("style_batch_drop"), t("style_kinds")];
  const zone = dropZone(
    { id: "style-batch", accept: ENDINGS, lines, take: paint, multiple: true },
    AbortSignal.abort(), // paste belongs to the one picture above
  );
  return h(
    "section.sheet",
    { data: { part: "batch" } },
    h("h2", {}, t("style_batch")),
    h("p.help", {}, t("style_batch_help")),
    zone,
    h("div.row.actions", {}, halt),
    note,
  );
}
