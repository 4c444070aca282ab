// The Words tab: puts its parts together and lets them follow one state.

import { en, zh } from "../i18n/words.js";
import { Asked } from "./asked.js";
import { control } from "./controls.js";
import { h, settled } from "./dom.js";
import { keeping } from "./keeping.js";
import { Links } from "./links.js";
import { Live } from "./live.js";
import { pastButtons } from "./past.js";
import { card, picker } from "./picker.js";
import { keptModel } from "./router.js";
import { resetButton, seedRow } from "./seed.js";
import { call, clientName, LOST } from "./server.js";
import { textAlike } from "./textalike.js";
import { textCurve } from "./textcurve.js";
import { kept, loveButton } from "./shelves.js";
import { textSamples } from "./textsamples.js";
import { textStage } from "./textstage.js";
import { writeOn } from "./textstream.js";
import { textWalk } from "./textwalk.js";
import { addPhrases, known, onLanguage, t } from "./words.js";

const TYPING = 250; // milliseconds after the last letter before a typed text is asked for

/** Fills `element`. `catalog` is the server's list of models, `server` its functions. */
export function open(element, { catalog, server }) {
  addPhrases({ en, zh });
  const { models } = catalog;
  if (!models.length) return; // a hidden tab: nothing is published yet
  const first = keptModel("words", models) || models[0];
  const asked = new Asked(first, first.seed);
  const shown = { sequence: 0, text: first.text, note: null };
  const world = { asked, server, shown, models, client: clientName(), writing: null };
  keeping(world, "words");
  let built = null;
  let page = build();

  const live = new Live(
    server,
    world.client,
    (sequence, answer) => {
      if (world.writing) return; // the stream shows what is newer
      page.stage.show(sequence, answer);
      world.wasShown();
      if (answer.link) links.settle(answer.link);
    },
    (state) => page.stage.state(state),
  );
  const links = new Links("words", models, async (link) => {
    const answer = await call(server.restore, { link });
    if (answer === LOST) return page.stage.state("lost");
    const model = models.find((m) => m.id === answer.request?.model);
    if (answer.error || !model) return page.stage.show(0, answer);
    asked.restore(model, answer.request);
    shown.said = answer.note; // told with the text that comes now
    ask();
  });
  const ask = () => page.stage.wait(live.ask(asked.request));
  const soon = settled(TYPING, ask);
  asked.on((what, name) => {
    if (what === "model") {
      world.writing?.halt();
      Object.assign(shown, { text: asked.model.text, before: null });
    } else if (world.writing) return world.writing.changed();
    if (what === "control" && asked.control(name).kind === "text") soon();
    else ask();
  });
  onLanguage(() => (page = build()));
  links.open().then((linked) => linked || ask());

  function build() {
    built?.abort();
    built = new AbortController();
    return layout(element, world, built.signal);
  }
}

function layout(element, world, signal) {
  const { asked, models } = world;
  const stage = textStage(world, signal);
  stage.querySelector(".actions").append(loveButton(world, signal));
  const play = h("section.play", { "aria-label": t("explore") });
  const sliders = h("section.sliders", { "aria-label": t("controls") });
  let inside = null;
  const fill = () => {
    inside?.abort();
    inside = new AbortController();
    fillControls(play, sliders, world, inside.signal);
    stage.querySelector(".actions").prepend(writeOn(world, () => stage, inside.signal));
  };
  const refill = () => {
    stage.querySelector(".actions [data-do=play]")?.remove();
    fill();
  };
  fill();
  asked.on((what) => what === "model" && refill(), signal);
  signal.addEventListener("abort", () => inside.abort());
  // A form of its own: the models of this tab are another group of radios than another tab's.
  const form = h(
    "form.whole",
    { onsubmit: (event) => event.preventDefault() },
    picker(models, asked, signal),
    h("div.bench", {}, h("div.main", {}, stage, textWalk(world, signal)), play, sliders),
    textSamples(world, signal),
    textAlike(world, signal),
    textCurve(asked, signal),
    kept(world, signal),
    h("p.help", {}, t("words_filter")),
    card(asked, signal),
  );
  element.replaceChildren(form);
  return { stage };
}

/** Pads and sentences go beside the seed, everything else into the column of sliders, in groups. */
function fillControls(play, sliders, { asked, past }, signal) {
  const declared = asked.model.controls;
  const beside = (c) => c.kind === "pad" || c.kind === "text" || c.group === "sentences";
  const rest = declared.filter((c) => !beside(c));
  play.replaceChildren(
    ...declared
      .filter((c) => beside(c) && c.kind !== "pad")
      .map((c) => control(c, asked, signal)),
    seedRow(asked, signal),
    ...declared.filter((c) => c.kind === "pad").map((c) => control(c, asked, signal)),
  );
  const groups = [...new Set(rest.map((c) => c.group))];
  sliders.replaceChildren(
    h(
      "div.row.head",
      {},
      h("h2", {}, t("controls")),
      ...pastButtons(past, sliders, signal),
      resetButton(asked, signal),
    ),
    ...groups.map((group) =>
      h(
        "div.group",
        { data: { group } },
        group === "main" ? null : h("h3", {}, t(known(`group_${group}`) ? `group_${group}` : "group_more")),
        ...rest.filter((c) => c.group === group).map((c) => control(c, asked, signal)),
      ),
    ),
  );
}
