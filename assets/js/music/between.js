// From one piece to another: a second file (or the other seed) to walk to, and in how many steps.

import { h, icon } from "../dom.js";
import { dropFile, dropZone } from "../dropzone.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { fits, restored, without } from "./offers.js";

const EACH = 2; // bars of a place on the way
const sentence = (answer) => (answer === LOST ? t("state_lost") : say(answer.error));
const taken = (model) => model.takes?.find((take) => take.name === "other");

export function between(world, tell, signal) {
  const { asked, server, client } = world;
  const note = h("p.found", { role: "status" });
  const ends = h("p.help", { data: { part: "ends" } });
  const steps = h("input", {
    ...{ type: "range", id: "music-walk-steps", min: 1, step: 1, data: { part: "walk-steps" } },
  });
  const count = h("output", { for: "music-walk-steps" });
  const go = h("button", { type: "button", data: { do: "interpolate" } }, icon("send"), t("walk_go"));
  const leave = h("button.quiet", { type: "button", data: { do: "leave-other" } }, t("walk_leave"));

  /** One step of the history: a walk, with `inputs`, in as many steps as the slider says. */
  const walk = (inputs) => {
    const wished = { form: "walk", bars: EACH * (Number(steps.value) + 1) };
    if (asked.control("keep")) wished.keep = false; // humanising alone leads nowhere
    asked.restore(asked.model, restored(asked, wished, inputs));
  };
  const refuse = (words) => {
    world.refusedOther = words;
    tell(words(), true);
    world.between.fill();
  };
  const take = async ([file]) => {
    world.refusedOther = null;
    world.between.fill();
    const kept = await dropFile(server, client, file);
    if (kept === LOST || kept.error) return refuse(() => sentence(kept));
    const held = await call(server.look, { client, file: kept.file });
    if (held === LOST || held.error) return refuse(() => sentence(held));
    if (!taken(asked.model)) return; // another model was chosen meanwhile
    if (!fits(asked.model, held)) return refuse(without(asked.model, kept.file));
    world.between.walk({ ...asked.inputs, other: kept.file });
  };
  go.addEventListener("click", () => walk(asked.inputs));
  leave.addEventListener("click", () => {
    const { other: _, ...rest } = asked.inputs;
    asked.give(rest);
  });
  const told = () => {
    count.textContent = t("walk_steps", { n: steps.value, bars: EACH * (Number(steps.value) + 1) });
    const part = (Number(steps.value) - 1) / (Number(steps.max) - 1 || 1);
    steps.style.setProperty("--from", "0%");
    steps.style.setProperty("--to", `${100 * part}%`);
  };
  steps.addEventListener("input", told);
  // A walk that is on the stage follows its slider; before, the button starts it.
  steps.addEventListener("change", () => asked.controls.form === "walk" && walk(asked.inputs));

  const name = (given) => (given.model ? t("walk_made") : given.name);
  const fill = () => {
    element.hidden = !taken(asked.model);
    if (element.hidden) return;
    const { inputs, controls, seed } = asked;
    steps.max = asked.control("bars").high / EACH - 1;
    steps.value = controls.form === "walk" ? controls.bars / EACH - 1 : steps.max;
    told();
    ends.textContent = t("walk_ends", {
      a: inputs.tune ? name(inputs.tune) : t("walk_seed", { seed }),
      b: inputs.other ? name(inputs.other) : t("walk_seed", { seed: controls.toward }),
    });
    leave.hidden = !inputs.other;
    note.textContent = world.refusedOther ? world.refusedOther() : "";
    note.classList.toggle("bad", Boolean(world.refusedOther));
  };
  const zone = dropZone(
    {
      ...{ id: "music-other-file", accept: ".mid,.midi", lines: [t("walk_drop"), t("own_kinds")] },
      ...{ take, paste: false },
    },
    signal,
  );
  const element = h(
    "section.own",
    { "aria-label": t("walk_title"), data: { part: "between" } },
    h("div.row.head", {}, h("h2", {}, t("walk_title")), leave),
    h("p.help", {}, t("walk_help")),
    zone,
    note,
    ends,
    h("div.row", {}, h("label", { for: "music-walk-steps" }, t("walk_label")), steps, count, go),
  );
  world.between = { fill, walk };
  asked.on(fill, signal);
  fill();
  return element;
}
