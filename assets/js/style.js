// The Style tab: a picture goes in, a painting comes out.

import { addPhrases, known, onLanguage, say, t } from "./words.js";
import { en, zh } from "../i18n/style.js";
import { Asked } from "./asked.js";
import { control } from "./controls.js";
import { h } from "./dom.js";
import { Links } from "./links.js";
import { card, picker } from "./picker.js";
import { resetButton } from "./seed.js";
import { receive } from "./send.js";
import { keptModel } from "./router.js";
import { call, clientName, LOST } from "./server.js";
import { batch } from "./style/batch.js";
import { cycle } from "./style/cycle.js";
import { chosen, gallery, ownStyle, pictured } from "./style/gallery.js";
import { Painter } from "./style/painter.js";
import { sheet } from "./style/sheet.js";
import { failed, fromExample, fromRequest, sourceZone } from "./style/source.js";
import { stage } from "./style/stage.js";

addPhrases({ en, zh });

/** Fills `element`. `catalog` holds models, thumbs of styles and examples. */
export function open(element, { catalog, sends, server }) {
  const { models, thumbs, examples } = catalog;
  if (!models.length) return; // the tab is hidden until one is published
  const asked = new Asked(keptModel("style", models) || models[0], 0);
  const world = { asked, server, models, sends, examples, client: clientName() };
  world.thumbs = rooted(thumbs);
  world.source = world.painted = world.result = world.mask = null;
  world.take = (promise) => take(world, promise);
  world.painter = new Painter(
    world,
    (answer) => world.stage.show(answer),
    (state) => world.stage.state(state),
    ({ link, request }) => {
      Object.assign(world.stage.dataset, { link, request: JSON.stringify(request) });
      links.settle(link);
    },
  );
  const links = new Links("style", models, (link) => restore(world, link));
  let built = null;
  const build = () => {
    built?.abort();
    built = new AbortController();
    layout(element, world, built.signal);
  };
  asked.on(() => world.painter.ask());
  onLanguage(build);
  build();
  receive("style", ({ request }) => world.take(fromRequest(world, request)));
  links.open().then((linked) => {
    if (!linked && !world.taking && examples.length) world.take(fromExample(world, examples[0].name));
  });
}

/** Addresses are relative to the page, scripts lie elsewhere. */
const rooted = (thumbs) =>
  Object.fromEntries(Object.entries(thumbs).map(([k, v]) => [k, new URL(v, document.baseURI).href]));

/** A new picture, once it is here; the newest one wins. */
async function take(world, promise) {
  const mine = (world.taking = promise);
  world.stage.state("wait");
  const source = await promise;
  if (world.taking !== mine) return;
  world.stage.state("ready");
  if (failed(source, world.stage.tell)) return;
  const { mask: _, ...rest } = world.asked.inputs;
  world.asked.inputs = { ...rest, picture: source.given };
  Object.assign(world, { source, painted: null, result: null, mask: null });
  world.stage.fresh();
  world.painter.ask();
}

/** A link holds everything but a person's own file, which is asked for. */
async function restore(world, link) {
  const answer = await call(world.server.restore, { link });
  if (answer === LOST) return world.stage.state("lost");
  if (answer.error) return world.stage.tell(say(answer.error), true);
  const { request } = answer;
  const picture = request.inputs.picture;
  const model = world.models.find((m) => m.id === request.model);
  world.asked.restore(model, request);
  if (picture?.model) return world.take(fromRequest(world, picture));
  const example = world.examples.find(({ name }) => name === picture?.name);
  if (example) return world.take(fromExample(world, example.name));
  world.stage.tell(t("style_link_file", { name: picture?.name || "" }), true);
}

function layout(element, world, signal) {
  const { asked, models } = world;
  const side = h("section.sliders", { "aria-label": t("controls") });
  const below = h("div.below");
  const fill = (what) => {
    if (what === "control") return told(side, asked);
    fill.stop?.abort();
    fill.stop = new AbortController();
    signal.addEventListener("abort", () => fill.stop.abort());
    fillControls(side, world, fill.stop.signal);
    below.replaceChildren(...[sheet(world, fill.stop.signal), cycle(world), batch(world, fill.stop.signal)].filter(Boolean));
  };
  world.redraw = fill;
  element.replaceChildren(
    h("form", {}, picker(models, asked, signal)), // its radios are no others' group
    h(
      "div.bench",
      {},
      h("div.left", {}, stage(world, signal), sourceZone(world, world.take, signal)),
      side,
    ),
    below,
    card(asked, signal),
  );
  fill("model");
  asked.on((what) => fill(what === "model" ? what : "control"), signal);
}

function told(side, asked) {
  for (const line of side.querySelectorAll("[data-chosen]")) {
    line.textContent = chosen(asked.control(line.dataset.chosen), asked);
  }
}

/** Galleries first, everything else in its groups. */
function fillControls(side, world, signal) {
  const { asked, thumbs } = world;
  const groups = [...new Set(asked.model.controls.map((c) => c.group))];
  const one = (c) =>
    pictured(c, thumbs)
      ? gallery(c, world, signal, ...(c.name === "style" ? [ownStyle(world, signal)].filter(Boolean) : []))
      : control(c, asked, signal);
  side.replaceChildren(
    h("div.row.head", {}, h("h2", {}, t("controls")), resetButton(asked, signal)),
    ...groups.map((group) =>
      h(
        "div.group",
        { data: { group } },
        group === "main" ? null : h("h3", {}, t(known(`group_${group}`) ? `group_${group}` : "group_more")),
        ...asked.model.controls.filter((c) => c.group === group).map(one),
      ),
    ),
  );
}
