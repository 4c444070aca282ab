// The Voice tab: one sound under sliders, a drum machine, a phone number, a person's own sounds.

import { addPhrases, known, onLanguage, t } from "./words.js";
import * as phrases from "../i18n/voice.js";
import { Asked } from "./asked.js";
import { control } from "./controls.js";
import { h, memory } from "./dom.js";
import { keeping } from "./keeping.js";
import { Links } from "./links.js";
import { Live } from "./live.js";
import { pastButtons } from "./past.js";
import { card, picker } from "./picker.js";
import { keptModel } from "./router.js";
import { resetButton, seedRow } from "./seed.js";
import { call, clientName, LOST } from "./server.js";
import { kept, loveButton } from "./shelves.js";
import { decoded, wake } from "./voice/audio.js";
import { kit } from "./voice/kit.js";
import { ownSounds } from "./voice/own.js";
import { phone } from "./voice/phone.js";
import { bySentences, reading, reads } from "./voice/reading.js";
import { stage } from "./voice/stage.js";

const TAB = "voice";
const NAMED = ["play", "own"]; // groups with a name of this tab's own

/** Fills `element`. `catalog` is the server's list of models, `server` its functions. */
export function open(element, { catalog, server }) {
  addPhrases(phrases);
  const { models } = catalog;
  const shows = models.filter((m) => m.first); // these have a sound before they are loaded
  const first = keptModel(TAB, shows) || shows[0] || models[0];
  const asked = new Asked(first, first.seed);
  // The golden sample is this very request, so the first sound waits for no model.
  const shown = { sequence: 0, note: null, heard: null };
  const world = { asked, server, shown, models, client: clientName() };
  keeping(world, TAB).sight = () => element.querySelector("[data-part=sound] canvas");
  let built = null;
  let page = build();
  if (first.first) {
    call(server.first_sound, { model: first.id }).then(async (answer) => {
      if (!answer.sound) return; // the request itself is on its way
      shown.heard ||= await decoded(answer);
      page.sketch();
    });
  }

  const live = new Live(
    bySentences(world),
    world.client,
    (sequence, answer) => {
      page.show(sequence, answer);
      world.wasShown();
      if (answer.link) links.settle(answer.link);
    },
    (state) => page.state(state),
  );
  const links = new Links(TAB, models, async (link) => {
    const answer = await call(server.restore, { link });
    if (answer === LOST) return page.state("lost");
    const model = models.find((m) => m.id === answer.request?.model);
    if (answer.error || !model) return page.show(0, answer);
    asked.restore(model, answer.request);
    shown.said = answer.note; // told with the sound that comes now
    ask();
  });
  const ask = () => page.wait(live.ask(asked.request));
  asked.on(ask);
  world.again = ask;
  onLanguage(() => (page = build()));
  links.open().then((linked) => linked || ask());
  // Any tap in this tab allows sound; from then on sliders are heard when they rest.
  element.addEventListener("pointerdown", wake, { once: true });

  function build() {
    built?.abort();
    built = new AbortController();
    return layout(element, world, built.signal);
  }
}

function layout(element, world, signal) {
  const { asked, models } = world;
  const heard = stage(world, signal);
  heard.querySelector(".actions").append(loveButton(world, signal));
  const play = h("section.play", { "aria-label": t("voice_explore") });
  const sliders = h("section.sliders", { "aria-label": t("controls") });
  const fill = () => {
    fill.stop?.abort();
    fill.stop = new AbortController();
    fillControls(play, sliders, world, fill.stop.signal);
  };
  signal.addEventListener("abort", () => fill.stop.abort());
  fill();
  asked.on((what) => what === "model" && fill(), signal);
  const parts = [
    // a form of its own, since radios of one name belong together within a form
    h("form.models", { onsubmit: (event) => event.preventDefault() }, picker(models, asked, signal)),
    h(
      "div.bench",
      {},
      h(
        "div.left",
        {},
        reading(world, signal),
        h("div.sounding", {}, heard, play),
        kit(world, signal),
        phone(world, signal),
        ownSounds(world, signal),
      ),
      sliders,
    ),
    kept(world, signal),
    card(asked, signal),
  ];
  element.replaceChildren(...parts);
  return heard;
}

/** Pads go beside the seed, everything else into the column of sliders, in groups. */
function fillControls(play, sliders, { asked, past }, signal) {
  const declared = asked.model.controls;
  const rest = declared.filter((c) => c.kind !== "pad" && !reads(c));
  const pads = declared.filter((c) => c.kind === "pad");
  play.replaceChildren(seedRow(asked, signal), ...pads.map((c) => control(c, asked, signal)));
  const groups = [...new Set(rest.map((c) => c.group))];
  sliders.replaceChildren(
    h(
      "div.row.head",
      {},
      h("h2", {}, t("controls")),
      explainButton(sliders),
      ...pastButtons(past, sliders, signal),
      resetButton(asked, signal),
    ),
    ...groups.map((group) =>
      h(
        "div.group",
        { data: { group } },
        group === "main" ? null : h("h3", {}, name(group)),
        ...rest.filter((c) => c.group === group).map((c) => control(c, asked, signal)),
      ),
    ),
  );
}

/** Shows the sentence of every control; remembered, as in the Pictures tab. */
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

function name(group) {
  if (NAMED.includes(group)) return t(`voice_group_${group}`);
  return t(known(`group_${group}`) ? `group_${group}` : "group_more");
}
