// The Music tab: a model writes notes, the page plays them; everything follows one request.

import * as phrases from "../i18n/music.js";
import { Asked } from "./asked.js";
import { h } from "./dom.js";
import { keeping } from "./keeping.js";
import { Links } from "./links.js";
import { Live } from "./live.js";
import { Band } from "./music/band.js";
import { between } from "./music/between.js";
import { controls } from "./music/handles.js";
import { mixer } from "./music/mixer.js";
import { goOn } from "./music/offers.js";
import { ownFile } from "./music/own.js";
import { models as choose } from "./music/models.js";
import { Player } from "./music/player.js";
import { roll } from "./music/roll.js";
import { takeaway } from "./music/takeaway.js";
import { transport } from "./music/transport.js";
import { card } from "./picker.js";
import { keptModel } from "./router.js";
import { call, clientName, LOST } from "./server.js";
import { kept, loveButton } from "./shelves.js";
import { addPhrases, onLanguage, say, t } from "./words.js";

addPhrases(phrases);

/** Fills `element`. `catalog` is the server's list of models, `server` its functions. */
export function open(element, { catalog, server }) {
  const { models } = catalog;
  const first = keptModel("music", models) || models[0];
  const asked = new Asked(first, first.seed);
  const world = {
    ...{ asked, server, models, client: clientName() },
    shown: { sequence: 0, notes: null, note: null },
    quiet: new Set(), // names of muted tracks
    locked: new Set(), // names of tracks that stay when the others are drawn again
    alone: null, // the one track that is heard, where a person asked for it
    found: null, // what the person's own file holds
  };
  keeping(world, "music").sight = () => element.querySelector("[data-part=stage] canvas");
  const page = { now: null };
  world.player = new Player(new Band(server), (what) => page.now.sound(what));
  let built = null;
  const build = () => {
    built?.abort();
    built = new AbortController();
    page.now = layout(element, world, built.signal);
  };
  build();

  const live = new Live(
    server,
    world.client,
    (sequence, answer) => {
      if (answer.notes) world.player.set(answer.notes);
      page.now.show(sequence, answer);
      world.wasShown();
      if (answer.link) links.settle(answer.link);
    },
    (state) => page.now.state(state),
  );
  const ask = () => page.now.wait(live.ask(asked.request));
  const links = new Links("music", models, async (link) => {
    const answer = await call(server.restore, { link });
    if (answer === LOST) return page.now.state("lost");
    const model = models.find((m) => m.id === answer.request?.model);
    if (answer.error || !model) return page.now.show(0, answer);
    asked.restore(model, answer.request);
    world.shown.said = answer.note;
    ask();
  });
  asked.on(ask);
  onLanguage(build);
  links.open().then((linked) => linked || ask());
}

function layout(element, world, signal) {
  const { asked, player, shown } = world;
  const heard = (name) => (world.alone ? world.alone !== name : world.quiet.has(name));
  const picture = roll(
    {
      shown: () => shown.notes,
      place: () => player.place,
      quiet: heard,
      seek: (tick) => player.playing && player.play(tick),
      label: () => t("roll_label", { model: say(asked.model.title), seed: asked.seed }),
    },
    signal,
  );
  const note = h("p.note", { role: "status" });
  const time = h("span.time");
  const tell = (words, bad = false) => {
    note.textContent = words;
    note.classList.toggle("bad", bad);
  };
  const bar = transport(world, tell);
  const tracks = mixer(world, heard, () => picture.draw(), signal);
  const terms = h("p.terms");
  const further = goOn(world);
  const stage = h(
    "section.stage",
    { "aria-label": t("music_stage"), data: { part: "stage", asked: shown.sequence } },
    picture,
    bar,
    tracks,
    h("div.row.facts", {}, note, time),
    takeaway(world, tell),
    further,
    terms,
  );
  stage.querySelector(".actions").append(loveButton(world, signal));
  const [play, sliders] = controls(world, signal);
  element.replaceChildren(
    choose(world, signal),
    h("form.bench", { onsubmit: (e) => e.preventDefault() }, stage, play, sliders),
    ownFile(world, tell, signal),
    between(world, tell, signal),
    kept(world, signal),
    card(asked, signal),
  );

  const describe = () => {
    terms.textContent = asked.model.terms ? `${t("terms")} ${say(asked.model.terms)}` : "";
  };
  asked.on((what) => {
    if (what === "model") describe();
  }, signal);
  describe();

  const draw = () => {
    const { sequence, request, id, ms, all } = shown;
    stage.dataset.shown = sequence;
    if (id) stage.dataset.requestId = id;
    if (request) stage.dataset.request = JSON.stringify(request);
    time.textContent = ms === undefined ? "" : t("time", { ms: ms.toFixed(1), all: all.toFixed(0) });
    tracks.fill();
    further.fill();
    picture.draw();
  };
  if (shown.notes) draw();
  return {
    wait: (sequence) => (stage.dataset.asked = sequence),
    show(sequence, answer) {
      if (answer.error) return tell(say(answer.error), true);
      Object.assign(shown, answer, { sequence, note: answer.note || shown.said, said: null });
      tell(say(shown.note));
      draw();
    },
    state(state) {
      stage.dataset.state = state;
      if (state !== "ready") tell(t(`state_${state}`), state === "lost");
      else if (note.textContent === t("state_wait") || note.textContent === t("state_lost")) tell("");
    },
    sound(what) {
      stage.dataset.sound = player.playing ? "on" : "off";
      bar.show();
      if (what === "play") picture.follow();
    },
  };
}
