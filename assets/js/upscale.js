// The Upscale tab: a person's picture goes in, a larger one comes out beside it.

import * as phrases from "../i18n/upscale.js";
import { Asked } from "./asked.js";
import { Batch } from "./batch.js";
import { beside } from "./beside.js";
import { cameraButton } from "./camera.js";
import { control } from "./controls.js";
import { dropFile, dropZone } from "./dropzone.js";
import { Enlarging } from "./enlarging.js";
import { h, icon, memory } from "./dom.js";
import { Links } from "./links.js";
import { card } from "./picker.js";
import { call, clientName, LOST } from "./server.js";
import { takeHome } from "./takehome.js";
import { receive } from "./send.js";
import { addPhrases, onLanguage, say, t } from "./words.js";

addPhrases(phrases);
const ACCEPT = ".png,.jpg,.jpeg,.webp";
const SIZES = ["own", "2", "3", "4", "px"];
const KEPT = "upscale";

/** Fills `element`. `catalog` is the server's list of models, `server` its functions. */
export function open(element, { catalog, server }) {
  const models = catalog.models;
  if (!models.length) return; // the tab is hidden until something is published
  const kept = JSON.parse(memory.get(KEPT) || "{}");
  const asked = new Asked(models.find((m) => m.id === kept.model) || models[0], 1);
  const world = {
    server,
    models,
    asked,
    example: catalog.example,
    sends: catalog.sends,
    client: clientName(),
    picture: null, // {name, url, file, given}: given is what the request names
    size: SIZES.includes(kept.size) ? kept.size : "own",
    longest: kept.longest || 2048,
    against: kept.against || "",
    form: kept.form || "png",
    quality: kept.quality || 0, // 0: the studio's own
  };
  world.keep = () =>
    memory.set(
      KEPT,
      JSON.stringify({
        model: asked.model.id,
        ...Object.fromEntries(
          ["size", "longest", "against", "form", "quality"].map((k) => [k, world[k]]),
        ),
      }),
    );
  world.work = new Enlarging(world, (link) => links.settle(link));
  world.batch = new Batch(world);
  const links = new Links("upscale", models, async (link) => {
    const answer = await call(server.restore, { link });
    if (answer === LOST) return world.work.tell(t("state_lost"), true);
    if (answer.error) return world.work.tell(say(answer.error), true);
    restore(world, answer.request);
  });
  let built = null;
  const draw = () => {
    built?.abort();
    built = new AbortController();
    layout(element, world, built.signal);
  };
  onLanguage(draw);
  draw();
  receive("upscale", (letter) => sent(world, letter));
  links.open().then((linked) => {
    // there is something to see at once
    if (!linked && !world.coming && world.example) tryExample(world);
  });
}

/** What another tab sends: a result as a request, and the person's files that it was made from. */
async function sent(world, { request, picture, title, files = [] }) {
  world.coming = {};
  for (const file of files) await dropFile(world.server, world.client, file);
  forget(world);
  world.picture = { name: say(title), url: picture, given: request };
  begin(world);
}

function forget({ picture }) {
  if (picture?.file) URL.revokeObjectURL(picture.url);
}

/** A picture has come: show it, alone at first, and look ahead. */
function begin(world) {
  world.refused = false;
  world.work.tell("");
  world.work.forget();
  world.redraw();
  world.work.soon();
}

/** A request of a link: its settings at once; its file, if it needs one, is asked for. */
function restore(world, request) {
  const outer = world.models.find((m) => m.id === request.model);
  const inner = world.models.find((m) => m.id === request.inputs.picture?.model);
  const own = inner ? request.inputs.picture : request;
  world.size = inner ? "px" : "own";
  if (inner) world.longest = request.controls.longest || world.longest;
  world.asked.restore(inner || outer, own);
  const given = own.inputs.picture;
  world.picture = given?.model ? { name: t("up_made"), given } : null;
  world.redraw();
  if (world.picture) world.work.soon();
  else if (given?.name === world.example?.name) tryExample(world);
  else world.work.tell(t("up_needs_file", { name: given?.name || "?" }));
}

function layout(element, world, signal) {
  const { asked, work } = world;
  const bench = h("div.bench");
  const note = h("p.note", { role: "status", data: { part: "note" } });
  work.tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  world.take = (files) => take(world, files);
  const zone = dropZone(
    {
      id: "upscale-file",
      accept: ACCEPT,
      lines: [t("up_drop"), t("up_kinds")],
      take: world.take,
      multiple: true,
    },
    signal,
  );
  world.redraw = () => {
    bench.replaceChildren(stage(world, signal), settings(world, signal));
    work.show();
  };
  const camera = (file) => take(world, [file]);
  element.replaceChildren(
    h("div.entry", {}, zone, cameraButton(camera, work.tell, signal), example(world)),
    note,
    bench,
    world.example ? h("p.help", { translate: "no" }, t("up_example_by", world.example)) : "",
    world.batch.element(signal),
    card(asked, signal),
  );
  world.redraw();
  // What a model offers beside the rest differs; everything else goes on.
  asked.on((what) => {
    world.refused = false;
    world.keep();
    if (what === "model") world.redraw();
    work.soon();
  }, signal);
}

/** One file is shown; several go into the list that becomes a zip. */
async function take(world, files) {
  if (files.length > 1) return world.batch.add(files);
  const [file] = files;
  world.coming = {};
  world.refused = false;
  world.work.tell(t("up_reading", { name: file.name }));
  const refuse = (words) => {
    world.refused = true; // until a picture comes or a setting is changed
    world.work.tell(words, true);
  };
  const answer = await dropFile(world.server, world.client, file);
  if (answer === LOST) return refuse(t("state_lost"));
  if (answer.error) return refuse(say(answer.error));
  const url = URL.createObjectURL(file);
  if (!(await shows(url))) {
    URL.revokeObjectURL(url);
    return refuse(t("up_unreadable", { name: file.name }));
  }
  forget(world);
  // A file that the studio made is held as the request that it carries: the chain runs again.
  const given = answer.request || answer.file;
  world.picture = { name: file.name, file, url, given };
  begin(world);
}

/** Whether the browser can show a picture: what it cannot takes the place of none. */
async function shows(url) {
  try {
    await h("img", { src: url }).decode();
    return true;
  } catch {
    return false;
  }
}

/** A free photograph made small: there is something to try at once. */
function example(world) {
  if (!world.example) return null;
  const taken = () => tryExample(world);
  return h("button", { type: "button", data: { do: "example" }, onclick: taken }, t("up_example"));
}

async function tryExample(world) {
  const { name } = world.example;
  const mine = (world.coming = {});
  const answer = await call(world.server.example, { name, client: world.client });
  if (world.coming !== mine) return; // a person's own picture has come meanwhile
  if (answer === LOST) return world.work.tell(t("state_lost"), true);
  if (answer.error) return world.work.tell(say(answer.error), true);
  forget(world);
  world.picture = { name, url: answer.picture, given: answer.file };
  begin(world);
}

function stage(world, signal) {
  const element = h("section.stage", { "aria-label": t("up_stage"), data: { part: "stage" } });
  const progress = h("progress", { max: 1, value: 0, "aria-label": t("up_progress") });
  const told = h("span.time", { role: "status" });
  const stop = h("button", { type: "button", data: { do: "stop" } }, t("stop"));
  stop.addEventListener("click", () => world.work.stop());
  const go = h("button.primary", { type: "button", data: { do: "enlarge" } }, t("up_go"));
  go.addEventListener("click", () => world.work.start());
  const plan = h("p.plan", { data: { part: "plan" } });
  const working = h("div.row.working", { hidden: true }, progress, told, stop);
  world.work.parts = { element, progress, told, working, go, plan };
  element.append(
    beside(world, signal),
    h("div.row.facts", {}, plan, go),
    working,
    takeHome(world, signal),
  );
  return element;
}

function settings(world, signal) {
  const { asked, models, work } = world;
  const changed = () => {
    world.refused = false;
    world.keep();
    work.soon();
  };
  const model = h(
    "select",
    { id: "up-model", data: { control: "model" } },
    ...models.map((m) => h("option", { value: m.id }, say(m.title))),
  );
  model.value = asked.model.id;
  model.addEventListener("change", () => asked.choose(models.find((m) => m.id === model.value)));
  const against = h(
    "select",
    { id: "up-against", data: { control: "against" } },
    h("option", { value: "" }, t("up_original")),
    ...models.filter((m) => m !== asked.model).map((m) => h("option", { value: m.id }, say(m.title))),
  );
  against.value = world.against;
  if (against.value !== world.against) against.value = world.against = "";
  against.addEventListener("change", () => {
    world.against = against.value;
    changed();
  });
  const longest = h("input", {
    type: "number",
    id: "up-longest",
    min: 1,
    max: 16384,
    value: world.longest,
    data: { control: "longest" },
    "aria-label": t("up_longest"),
  });
  longest.addEventListener("change", () => {
    world.longest = Math.min(16384, Math.max(1, Math.round(Number(longest.value)) || 2048));
    longest.value = world.longest;
    changed();
  });
  longest.hidden = world.size !== "px";
  const sizes = SIZES.map((size) => {
    const words = size === "own" ? `×${asked.model.scale}` : size === "px" ? t("up_px") : `×${size}`;
    const radio = h("input", {
      type: "radio",
      name: "up-size",
      id: `up-size-${size}`,
      value: size,
      checked: size === world.size,
      onchange: () => {
        world.size = size;
        longest.hidden = size !== "px";
        changed();
      },
    });
    const native = size !== "own" && Number(size) === asked.model.scale;
    return native ? null : h("label", { for: radio.id }, radio, h("span", {}, words));
  });
  if (Number(world.size) === asked.model.scale) world.size = "own";
  const declared = asked.model.controls.filter((c) => !["times", "longest"].includes(c.name));
  const field = (id, words, ...inside) =>
    h("div.control", {}, h("label", { for: id }, words), ...inside);
  return h(
    "section.sliders",
    { "aria-label": t("controls") },
    field("up-model", t("model"), model, h("p.help", {}, say(asked.model.summary))),
    h(
      "div.control",
      {},
      h("span.label", { id: "up-sizes" }, t("up_size")),
      h("div.row", {}, h("div.segmented", { role: "group", "aria-labelledby": "up-sizes" }, ...sizes), longest),
      h("p.help", {}, t("up_size_help")),
    ),
    field("up-against", t("up_against"), against, h("p.help", {}, t("up_against_help"))),
    ...declared.map((c) => control(c, asked, signal)),
  );
}
