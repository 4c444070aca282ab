// One row a track: its colour and name, mute, solo, instrument and level. Instrument and level are
// part of the request, so that a file sounds as the page does; mute and solo are for listening.

import { control } from "../controls.js";
import { h } from "../dom.js";
import { say, t } from "../words.js";
import { colour } from "./roll.js";

export function mixer(world, heard, redraw, signal) {
  const { asked, player, shown } = world;
  const element = h("div.mixer", { data: { part: "mixer" } });
  let inside = null;
  let of = "";

  const apply = () => {
    const names = shown.notes.tracks.map((track) => track.name);
    player.hush(names.filter(heard));
    for (const button of element.querySelectorAll("button")) {
      const { track, kind } = button.dataset;
      const on = kind === "solo" ? world.alone === track : world.quiet.has(track);
      button.setAttribute("aria-pressed", String(on));
    }
    redraw();
  };
  const toggle = (kind, name) => () => {
    if (kind === "solo") world.alone = world.alone === name ? null : name;
    else if (!world.quiet.delete(name)) world.quiet.add(name);
    apply();
  };
  const button = (kind, name, words) =>
    h(
      "button.quiet.square.small",
      {
        type: "button",
        "aria-label": `${t(kind)}: ${words}`,
        title: t(kind),
        data: { track: name, kind },
        onclick: toggle(kind, name),
      },
      t(`${kind}_short`),
    );
  const row = (track, i, part) => {
    const own = (kind) => asked.control(`${kind}_${track.name}`);
    const level = own("level");
    const words = level ? say(level.label) : track.name;
    return h(
      "div.track",
      { role: "group", "aria-label": words },
      h("span.dot", { style: `background:${colour(i)}`, "aria-hidden": "true" }),
      button("mute", track.name, words),
      button("solo", track.name, words),
      ...["level", "sound", "lock"].map((k) => own(k) && control(own(k), asked, part)),
    );
  };

  /** Builds the rows where the tracks are others than before. */
  element.fill = () => {
    const names = shown.notes.tracks.map((track) => track.name).join();
    const now = `${asked.model.id} ${names} ${document.documentElement.dataset.theme}`;
    if (now !== of) {
      of = now;
      inside?.abort();
      inside = new AbortController();
      element.replaceChildren(
        ...shown.notes.tracks.map((track, i) => row(track, i, inside.signal)),
      );
      element.dispatchEvent(new Event("filled", { bubbles: true }));
    }
    apply();
  };
  signal.addEventListener("abort", () => inside?.abort());
  return element;
}
