// The stage: the picture, what it is, how long it took, and what can be taken home.

import { h, icon, save, settled } from "./dom.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

/**
 * `world` is {asked, server, shown}: `shown` outlives a change of language, so that the same
 * picture is still there. The element carries data-asked, data-shown (sequence numbers),
 * data-request-id and data-request (the canonical request of the picture shown), for tests.
 */
export function stage(world, signal) {
  const { asked, shown } = world;
  const image = h("img", { alt: "", decoding: "sync", draggable: "false" });
  const time = h("span.time");
  const note = h("p.note", { role: "status" });
  const status = h("span.status", { role: "status" });
  const picture = h("div.picture", {}, image, status);
  const terms = h("p.terms");
  const element = h(
    "section.stage",
    { "aria-label": t("stage"), data: { part: "stage" } },
    h("div.holder", {}, picture),
    h("div.row.facts", {}, note, time),
    h("div.row.actions", {}, ...actions(world, note)),
    terms,
  );

  const describe = () => {
    const { model, seed } = asked;
    image.alt = t("picture_alt", { model: say(model.title), seed });
    terms.textContent = model.terms ? `${t("terms")} ${say(model.terms)}` : "";
    terms.hidden = !model.terms;
  };

  element.wait = (sequence) => (element.dataset.asked = sequence);
  element.show = async (sequence, answer) => {
    if (answer.error) {
      shown.note = answer.error;
      note.textContent = say(answer.error);
      note.classList.add("bad");
      return;
    }
    Object.assign(shown, answer, { sequence, note: answer.note || shown.said, said: null });
    image.src = answer.picture;
    try {
      await image.decode();
    } catch {
      return; // a newer picture took its place before this one was decoded
    }
    if (shown.sequence !== sequence) return;
    draw();
  };
  element.state = (state) => {
    element.dataset.state = state;
    status.textContent = state === "ready" ? "" : t(`state_${state}`);
  };

  const draw = () => {
    const { sequence, request, id, ms, all } = shown;
    element.dataset.shown = sequence;
    if (id) element.dataset.requestId = id;
    if (request) element.dataset.request = JSON.stringify(request);
    time.textContent = ms === undefined ? "" : t("time", { ms: ms.toFixed(1), all: all.toFixed(0) });
    note.textContent = say(shown.note);
    note.classList.remove("bad");
  };
  if (shown.picture) image.src = shown.picture;
  element.dataset.asked = shown.sequence;
  draw();
  describe();
  asked.on(settled(120, describe), signal);
  asked.on((what) => what === "model" && describe(), signal);
  return element;
}

function actions({ asked, server, shown }, note) {
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const download = h(
    "button.primary",
    { type: "button", data: { do: "download" } },
    icon("download"),
    t("download"),
  );
  download.addEventListener("click", async () => {
    download.disabled = true;
    const answer = await call(server.download, { request: asked.request, form: "png" });
    download.disabled = false;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    save(answer.name, answer.mime, answer.data);
    tell(t("saved", { name: answer.name }));
  });
  const link = h(
    "button",
    { type: "button", data: { do: "link" } },
    icon("link"),
    t("copy_link"),
  );
  link.addEventListener("click", async () => {
    if (shown.link) history.replaceState(null, "", `#r=${shown.link}`);
    // Plain HTTP on a local network has no clipboard: the address itself holds the link.
    try {
      await navigator.clipboard.writeText(location.href);
      tell(t("link_copied"));
    } catch {
      tell(t("link_in_address"));
    }
  });
  return [download, link];
}
