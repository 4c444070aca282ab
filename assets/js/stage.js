// The stage: the picture, what it is, how long it took, and what can be taken home.

import { actions } from "./actions.js";
import { h, settled } from "./dom.js";
import { differences, heldPicture } from "./held.js";
import { say, t } from "./words.js";

/**
 * `world` is that of pictures.js; its `shown` outlives a change of language, so that the same
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
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const element = h(
    "section.stage",
    { "aria-label": t("stage"), data: { part: "stage" } },
    h("div.holder", {}, picture, heldPicture(world, signal)),
    h("div.row.facts", {}, note, time),
    h("div.row.actions", {}, ...actions(world, tell, signal)),
    differences(world, signal),
    terms,
  );

  const describe = () => {
    const { model, seed } = asked;
    element.classList.toggle("clear", model.clear);
    image.alt = t("picture_alt", { model: say(model.title), seed });
    terms.textContent = model.terms ? `${t("terms")} ${say(model.terms)}` : "";
    terms.hidden = !model.terms;
  };

  element.wait = (sequence) => (element.dataset.asked = sequence);
  element.show = async (sequence, answer) => {
    if (answer.error) {
      shown.note = answer.error;
      return tell(say(answer.error), true);
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
    tell(say(shown.note));
    world.wasShown();
  };
  /** A picture on the way to a result: not what was asked for yet. */
  element.preview = (address) => (image.src = address);
  if (shown.picture) image.src = shown.picture;
  element.dataset.asked = shown.sequence;
  draw();
  describe();
  asked.on(settled(120, describe), signal);
  asked.on((what) => what === "model" && describe(), signal);
  return element;
}
