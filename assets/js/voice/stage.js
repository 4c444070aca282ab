// The stage of the Voice tab: the sound drawn and played, what it is, what can be taken home.

import { h, icon, save, settled } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { awake } from "./audio.js";
import { draw } from "./draw.js";

const FORMS = ["wav", "flac", "ogg"];

/**
 * `world` is {asked, server, client, shown, aloud}: `shown` outlives a change of language, and
 * `aloud(sound)` plays a sound in place of what is heard now (reading.js). The element
 * carries data-asked, data-shown, data-request and data-request-id, as the Pictures tab's does.
 */
export function stage(world, signal) {
  const { asked, shown } = world;
  const canvas = h("canvas", { role: "img" });
  const time = h("span.time");
  const note = h("p.note", { role: "status" });
  const status = h("span.status", { role: "status" });
  const button = h("button.primary", { type: "button", data: { do: "play" } }, icon("play"), t("voice_play"));
  button.addEventListener("click", () => shown.heard && world.aloud(shown.heard));
  const terms = h("p.terms");
  const element = h(
    "section.stage",
    { "aria-label": t("voice_stage"), data: { part: "sound" } },
    h("div.holder", {}, h("div.sight", {}, canvas, status)),
    h("div.row.facts", {}, note, time),
    h("div.row.actions", {}, button, ...actions(world, note)),
    terms,
    h("p.help", {}, t("voice_synthetic")),
  );

  const describe = () => {
    const { model, seed } = asked;
    canvas.setAttribute("aria-label", t("voice_alt", { model: say(model.title), seed }));
    terms.textContent = model.terms ? `${t("terms")} ${say(model.terms)}` : "";
    terms.hidden = !model.terms;
  };
  const sketch = () => {
    const { sequence, request, id, ms, all } = shown;
    if (shown.heard) draw(canvas, shown.heard);
    element.dataset.shown = sequence;
    if (id) element.dataset.requestId = id;
    if (request) element.dataset.request = JSON.stringify(request);
    time.textContent = ms === undefined ? "" : t("time", { ms: ms.toFixed(1), all: all.toFixed(0) });
    if (shown.first) time.textContent = t("read_first", { ms: shown.first.toFixed(0) });
    note.textContent = say(shown.note);
    note.classList.remove("bad");
  };

  element.sketch = sketch;
  element.wait = (sequence) => (element.dataset.asked = sequence);
  element.show = (sequence, answer) => {
    if (answer.error) {
      note.textContent = say(answer.error);
      note.classList.add("bad");
      return;
    }
    Object.assign(shown, { first: 0 }, answer, { sequence, note: answer.note || shown.said, said: null });
    shown.heard = answer.heard;
    sketch();
    // Heard when the slider rests: a sound for every step of a drag would be noise.
    const newest = element.dataset.asked === String(sequence);
    if (awake() && newest && !answer.played) speak();
  };
  element.state = (state) => {
    element.dataset.state = state;
    status.textContent = state === "ready" ? "" : t(`state_${state}`);
  };
  const speak = settled(140, () => {
    if (signal.aborted || !element.checkVisibility()) return;
    world.aloud(shown.heard);
  });

  element.dataset.asked = shown.sequence;
  describe();
  const watcher = new ResizeObserver(sketch);
  watcher.observe(canvas);
  const themes = new MutationObserver(sketch);
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  signal.addEventListener("abort", () => {
    watcher.disconnect();
    themes.disconnect();
  });
  asked.on(settled(120, describe), signal);
  return element;
}

function actions({ asked, server, client, shown }, note) {
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const form = h(
    "select",
    { "aria-label": t("voice_form"), data: { form: "sound" } },
    ...FORMS.map((name) => h("option", { value: name }, name.toUpperCase())),
  );
  const download = h(
    "button",
    { type: "button", data: { do: "download" } },
    icon("download"),
    t("voice_download"),
  );
  download.addEventListener("click", async () => {
    download.disabled = true;
    const wish = { request: asked.request, form: form.value, client };
    const answer = await call(server.download, wish);
    download.disabled = false;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    save(answer.name, answer.mime, answer.data);
    tell(t("saved", { name: answer.name }));
  });
  const link = h("button", { type: "button", data: { do: "link" } }, icon("link"), t("copy_link"));
  link.addEventListener("click", async () => {
    if (shown.link) history.replaceState(null, "", `#r=${shown.link}`);
    try {
      await navigator.clipboard.writeText(location.href);
      tell(t("voice_copied"));
    } catch {
      tell(t("link_in_address"));
    }
  });
  return [download, form, link];
}
