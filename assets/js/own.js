// A person's own picture: dropped, chosen, pasted or taken with the camera. A model with an encoder
// takes it as its input; for one without, the spot that comes nearest is looked for, step by step.

import { cameraButton } from "./camera.js";
import { h, icon } from "./dom.js";
import { dropFile, dropZone } from "./dropzone.js";
import { told } from "./runs.js";
import { LOST } from "./server.js";
import { search } from "./search.js";
import { say, t } from "./words.js";

const LARGEST = 20 * 2 ** 20; // bytes (studio/server.py)
const ENDINGS = ".png,.jpg,.jpeg,.webp";

const taken = (model) => (model.takes || []).find((t) => t.kind === "picture");
const code = (model) => model.controls.find((c) => c.kind === "code");

/** `world.own` outlives a change of language: {file, url, name}. Nothing where no model asks. */
export function ownPicture(world, signal) {
  const { asked, server, client } = world;
  const body = h("div.own-body");
  const note = h("p.note", { role: "status" });
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  let finding = null;

  const take = async (file) => {
    if (file.size > LARGEST) return tell(t("own_large", { name: file.name }), true);
    tell(t("own_reading"));
    const answer = await dropFile(server, client, file);
    if (signal.aborted) return;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    if (world.own?.url) URL.revokeObjectURL(world.own.url);
    world.own = { file: answer.file, url: URL.createObjectURL(file), name: file.name };
    tell("");
    use();
  };

  /** Hands the picture to the model in the way that it knows. */
  const use = () => {
    const { model } = asked;
    if (taken(model)) {
      const before = asked.inputs;
      asked.give({ ...before, [taken(model).name]: world.own.file });
      if (asked.inputs === before) world.ask(); // the request waited for this very file
    } else if (code(model)) find();
    draw();
  };
  const find = async () => {
    finding?.abort();
    finding = new AbortController();
    signal.addEventListener("abort", () => finding?.abort());
    const mine = finding;
    draw();
    const found = await search(world, world.own.file, mine.signal, progress);
    if (finding === mine) finding = null;
    if (signal.aborted) return;
    if (found?.error) tell(say(found.error), true);
    else tell(found ? t("own_found") : t("state_lost"), !found);
    draw();
  };
  const bar = h("progress", { max: 1, "aria-label": t("own_finding") });
  const progress = (news) => {
    bar.value = news.fraction;
    tell(`${t("own_finding")} ${told(news)}`);
  };
  const leave = () => {
    const { [taken(asked.model)?.name]: _, ...rest } = asked.inputs;
    asked.give(rest);
    if (code(asked.model)) asked.set(code(asked.model).name, "");
    if (world.own?.url) URL.revokeObjectURL(world.own.url);
    world.own = null;
    tell("");
    draw();
  };

  const element = h(
    "section.own",
    { "aria-label": t("own"), data: { part: "own" } },
    h("h3", {}, t("own")),
    body,
    note,
  );
  const zone = dropZone(
    {
      id: "own-file",
      accept: ENDINGS,
      lines: [t("own_drop"), t("own_kinds")],
      take: ([file]) => take(file),
      within: element, // another picture may be dropped while one is there
    },
    signal,
  );

  const draw = () => {
    const { model, inputs } = asked;
    const able = Boolean(taken(model) || code(model));
    element.hidden = !able;
    if (!able) return;
    const name = taken(model)?.name;
    const given = (name && inputs[name]) || (code(model) && asked.controls[code(model).name]);
    body.replaceChildren(...(given || finding ? shown(given) : empty()));
  };
  const empty = () => [
    zone,
    h(
      "div.row",
      {},
      cameraButton((file) => take(file), tell, signal),
      world.own ? button("own_again", use) : null,
    ),
    h("p.help", {}, taken(asked.model) ? say(taken(asked.model).help) : t("own_search_help")),
  ];
  const shown = (given) => {
    const picture = world.own
      ? h("img", { src: world.own.url, alt: t("own_alt", { name: world.own.name }) })
      : h("span.missing", {}, given?.model ? t("own_made") : t("own_missing", { name: given?.name || "" }));
    const running = finding
      ? [bar, button("stop", () => finding.abort(), "stop-search")]
      : [button("own_leave", leave, "leave-own", "close")];
    const waits = !world.own && given?.sha256 ? zone : null;
    return [h("div.own-given", {}, picture, h("div.own-side", {}, ...running)), waits].filter(Boolean);
  };
  const button = (words, act, name = words, sign = null) =>
    h(
      "button",
      { type: "button", data: { do: name }, onclick: act },
      sign ? icon(sign) : null,
      t(words),
    );

  asked.on((what) => {
    if (what === "model") {
      finding?.abort();
      tell("");
    }
    draw();
  }, signal);
  draw();
  return element;
}
