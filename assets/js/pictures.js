// The Pictures tab: puts its parts together and lets them follow one state.

import { Asked } from "./asked.js";
import { control } from "./controls.js";
import { h, memory } from "./dom.js";
import { explore } from "./explore.js";
import { keeping } from "./keeping.js";
import { Links } from "./links.js";
import { Live } from "./live.js";
import { ownPicture } from "./own.js";
import { pastButtons } from "./past.js";
import { card, picker } from "./picker.js";
import { keptModel } from "./router.js";
import { resetButton, seedRow } from "./seed.js";
import { receive } from "./send.js";
import { call, clientName, LOST } from "./server.js";
import { kept } from "./shelves.js";
import { stage } from "./stage.js";
import { signals } from "./signals.js";
import { known, onLanguage, t } from "./words.js";

const TAB = "pictures";

/** Fills `element`. `catalog` is the server's list of models, `server` its functions. */
export function open(element, { catalog, server }) {
  if (!catalog.models.length) {
    element.replaceChildren(h("p.empty", {}, t("no_models")));
    onLanguage(() => element.replaceChildren(h("p.empty", {}, t("no_models"))));
    return;
  }
  const models = catalog.models;
  const shows = models.filter((m) => m.first); // these have a picture before they are loaded
  const first = keptModel(TAB, shows) || shows[0] || models[0];
  const asked = new Asked(first, first.seed);
  // The golden sample is this very request, so the first picture needs no model.
  const shown = { sequence: 0, picture: first.first, note: null };
  const world = { asked, server, shown, models, client: clientName(), held: null };
  Object.assign(keeping(world, TAB), { films: catalog.films, sends: catalog.sends });
  const held = signals();
  world.onHeld = held.on;
  world.hold = (one) => {
    world.held = one;
    held.tell();
  };
  world.swap = () => {
    const { request, picture } = shown;
    const other = world.held;
    world.hold({ request, picture, model: asked.model });
    asked.restore(other.model, other.request);
  };
  world.preview = (address) => page.stage.preview(address);
  let built = null;
  let page = build(element, world);

  const live = new Live(
    server,
    world.client,
    (sequence, answer) => {
      page.stage.show(sequence, answer);
      if (answer.link) links.settle(answer.link);
    },
    (state) => page.stage.state(state),
  );
  const links = new Links(TAB, models, async (link) => {
    const answer = await call(server.restore, { link });
    if (answer === LOST) return page.stage.state("lost");
    const model = models.find((m) => m.id === answer.request?.model);
    if (answer.error || !model) return page.stage.show(0, answer);
    asked.restore(model, answer.request);
    shown.said = answer.note; // told with the picture that comes now
    ask();
  });
  const ask = () => page.stage.wait(live.ask(asked.request));
  world.ask = ask;
  asked.on(ask);
  // What the chip promised is there at once, while the model is loaded.
  asked.on((what) => what === "model" && promised(asked) && world.preview(asked.model.first));
  onLanguage(() => (page = build(element, world)));
  links.open().then((linked) => linked || ask());
  receive(TAB, (letter) => takeIn(world, letter));

  function build(into, world) {
    built?.abort();
    built = new AbortController();
    return layout(into, world, built.signal);
  }
}

/** Whether what is asked for is the golden sample, which the page holds. */
function promised({ model, seed, changed, inputs }) {
  return model.first && seed === model.seed && !changed && !Object.keys(inputs).length;
}

/** A result of another tab becomes the own picture of the first model that takes one. */
function takeIn({ asked, models }, { request }) {
  const takes = (model) => model.takes.find((t) => t.kind === "picture");
  const model = takes(asked.model) ? asked.model : models.find(takes);
  if (!model) return;
  if (model !== asked.model) asked.choose(model);
  asked.give({ [takes(model).name]: request });
}

function layout(element, world, signal) {
  const { asked, models } = world;
  const parts = { stage: stage(world, signal) };
  const play = h("section.play", { "aria-label": t("explore") });
  const sliders = h("section.sliders", { "aria-label": t("controls") });
  const fill = () => {
    const inside = new AbortController();
    signal.addEventListener("abort", () => inside.abort());
    fill.stop?.abort();
    fill.stop = inside;
    fillControls(play, sliders, world, inside.signal);
  };
  fill();
  asked.on((what) => what === "model" && fill(), signal);
  element.replaceChildren(
    picker(models, asked, signal),
    h("div.bench", {}, parts.stage, play, sliders),
    explore(world, signal),
    kept(world, signal),
    card(asked, signal),
  );
  return parts;
}

/** Pads go beside the seed, everything else into the column of sliders, in groups. */
function fillControls(play, sliders, world, signal) {
  const { asked, past } = world;
  const declared = asked.model.controls;
  const pads = declared.filter((c) => c.kind === "pad");
  const rest = declared.filter((c) => c.kind !== "pad");
  play.replaceChildren(
    seedRow(asked, signal),
    ...pads.map((c) => control(c, asked, signal)),
    ownPicture(world, signal),
  );
  const groups = [...new Set(rest.map((c) => c.group))];
  sliders.replaceChildren(
    h(
      "div.row.head",
      {},
      h("h2", {}, t("controls")),
      groups.length > 1 ? explainButton(sliders) : null,
      ...pastButtons(past, sliders, signal),
      resetButton(asked, signal),
    ),
    ...groups.map((group) =>
      h(
        "div.group",
        { data: { group } },
        group === "main" ? null : h("h3", {}, groupName(group)),
        ...rest.filter((c) => c.group === group).map((c) => control(c, asked, signal)),
      ),
    ),
  );
  const note = asked.model.controls.length ? null : h("p.empty", {}, t("no_controls"));
  if (note) sliders.append(note);
}

/** Shows the sentence of every control; remembered, since a newcomer wants it for a while. */
function explainButton(sliders) {
  const button = h("button.quiet", { type: "button", data: { do: "explain" } }, t("explain"));
  const show = (on) => {
    button.setAttribute("aria-expanded", String(on));
    sliders.classList.toggle("explained", on);
  };
  button.addEventListener("click", () => {
    const on = !sliders.classList.contains("explained");
    memory.set("explain", on ? "yes" : "no");
    show(on);
  });
  show(memory.get("explain") === "yes");
  return button;
}

function groupName(group) {
  return t(known(`group_${group}`) ? `group_${group}` : "group_more");
}
