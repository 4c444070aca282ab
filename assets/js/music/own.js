// A person's own MIDI file: dropped, looked at, and offered for what it holds.

import { control } from "../controls.js";
import { h } from "../dom.js";
import { dropFile, dropZone } from "../dropzone.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { chips, fits, offers, take as use, without } from "./offers.js";

const sentence = (answer) => (answer === LOST ? t("state_lost") : say(answer.error));

export function ownFile(world, tell, signal) {
  const { asked, server, client, models } = world;
  const found = h("p.found", { role: "status" });
  const settings = h("div.group", { data: { group: "own" } });
  const fitting = h("div.row.further", { data: { part: "fitting" } });
  const remove = h("button.quiet", { type: "button", data: { do: "remove" } }, t("own_remove"));
  let inside = null;

  // The page may be laid out anew while a file is on its way, or after: what is told goes to the
  // present layout, and the next one says it too.
  const bad = (words) => {
    world.refused = words;
    tell(words(), true);
    fill();
  };
  const take = async ([file]) => {
    world.refused = null;
    world.ownFile.fill();
    const kept = await dropFile(server, client, file);
    if (kept === LOST || kept.error) return world.ownFile.bad(() => sentence(kept));
    const model = models.find((m) => m.id === kept.request?.model);
    if (model) return asked.restore(model, kept.request); // a file of ours: its own recipe
    const held = await call(server.look, { client, file: kept.file });
    if (held === LOST || held.error) return world.ownFile.bad(() => sentence(held));
    world.found = held;
    const takesIt = asked.model.takes?.some((take) => take.name === "tune");
    const fit = takesIt && fits(asked.model, held);
    const [first] = fit ? [] : offers(models, held, held.bars);
    // Where the model on the stage can do nothing with it: one that can, or a sentence.
    if (first) use(world, first, kept.file);
    else if (fit) asked.give({ ...asked.inputs, tune: kept.file });
    else return world.ownFile.bad(without(asked.model, kept.file));
    world.ownFile.fill();
  };
  remove.addEventListener("click", () => {
    world.found = world.refused = null;
    const { tune: _, ...rest } = asked.inputs;
    asked.give(rest);
    fill();
  });

  const fill = () => {
    inside?.abort();
    inside = new AbortController();
    const { found: held } = world;
    const file = asked.inputs.tune;
    remove.hidden = !file;
    settings.hidden = !file && !asked.inputs.other;
    settings.replaceChildren(
      ...asked.model.controls
        .filter((c) => c.group === "own")
        .map((c) => control(c, asked, inside.signal)),
    );
    const list = file && held ? offers(models, held, held.bars) : [];
    fitting.hidden = !list.length;
    fitting.replaceChildren(
      h("span.help", {}, t("own_offers")),
      ...chips(list, (offer) => use(world, offer, file)),
    );
    const good = file?.name && held ? `${file.name}: ${t("own_found", held)}` : "";
    found.textContent = world.refused ? world.refused() : good;
    found.classList.toggle("bad", Boolean(world.refused));
  };
  asked.on((what) => ["model", "all", "inputs"].includes(what) && fill(), signal);
  signal.addEventListener("abort", () => inside?.abort());
  world.ownFile = { bad, fill };
  fill();
  const zone = dropZone(
    {
      id: "music-own-file",
      accept: ".mid,.midi",
      lines: [t("own_drop"), t("own_kinds")],
      take,
    },
    signal,
  );
  return h(
    "section.own",
    { "aria-label": t("own_title") },
    h("div.row.head", {}, h("h2", {}, t("own_title")), remove),
    h("p.help", {}, t("own_help")),
    zone,
    found,
    fitting,
    settings,
  );
}
