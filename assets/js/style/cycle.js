// The cycle shown: a picture, turned, and turned back, with how far it is off then.

import { h } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { difference, inFull } from "./mix.js";
import { decoded, pixels } from "./source.js";

const OTHER = { there: "back", back: "there" };

/** Nothing for models without a direction. */
export function cycle(world) {
  if (!world.asked.control("direction")) return null;
  const body = h("div.cycle");
  const note = h("p.note", { role: "status", data: { part: "cycle-note" } });
  const button = h("button", { type: "button", data: { do: "cycle" } }, t("style_cycle_show"));
  button.addEventListener("click", async () => {
    if (!world.source) return;
    button.disabled = true;
    const { asked, server, client, source } = world;
    const there = world.painter.request(inFull(asked.controls));
    delete there.inputs.mask;
    const controls = { ...there.controls, direction: OTHER[there.controls.direction] };
    const back = { ...there, controls, inputs: { picture: there } };
    const turned = await call(server.live, { request: there, client });
    const again = turned === LOST || turned.error ? turned : await call(server.live, { request: back, client });
    button.disabled = false;
    if (again === LOST) return (note.textContent = t("state_lost"));
    if (again.error) return (note.textContent = say(again.error));
    if (turned.superseded || again.superseded) return (note.textContent = t("style_cycle_again"));
    const returned = pixels(await decoded(again.picture));
    const off = difference(source.before, returned).toFixed(1);
    note.textContent = t("style_cycle_error", { n: off });
    note.dataset.error = off;
    const canvas = h("canvas", { width: source.before.width, height: source.before.height });
    canvas.getContext("2d").putImageData(source.before, 0, 0);
    body.replaceChildren(
      figure(canvas, t("style_before")),
      figure(h("img", { src: turned.picture, alt: t("style_cycle_turned") }), t("style_cycle_turned")),
      figure(h("img", { src: again.picture, alt: t("style_cycle_back") }), t("style_cycle_back")),
    );
  });
  return h(
    "section.cycles",
    { data: { part: "cycle" } },
    h("div.row.head", {}, h("h2", {}, t("style_cycle")), button),
    h("p.help", {}, t("style_cycle_help")),
    body,
    note,
  );
}

const figure = (picture, words) => h("figure", {}, picture, h("figcaption", {}, words));
