// One row a track: its colour and name, mute, solo, instrument and level, and a lock where a track
// can be drawn again by itself. Instrument, level and take are part of the request, so that a file
// sounds as the page does; mute, solo and lock are for the one who listens.

import { control } from "../controls.js";
import { h, icon } from "../dom.js";
import { say, t } from "../words.js";
import { colour } from "./roll.js";

export function mixer(world, heard, redraw, signal) {
  const { asked, player, shown } = world;
  const element = h("div.mixer", { data: { part: "mixer" } });
  const sets = { mute: world.quiet, lock: world.locked };
  let inside = null;
  let of = "";

  const apply = () => {
    const names = shown.notes.tracks.map((track) => track.name);
    player.hush(names.filter(heard));
    for (const button of element.querySelectorAll("button[data-kind]")) {
      const { track, kind } = button.dataset;
      const on = kind === "solo" ? world.alone === track : sets[kind]?.has(track);
      button.setAttribute("aria-pressed", String(on));
    }
    redraw();
  };
  const toggle = (kind, name) => () => {
    if (kind === "solo") world.alone = world.alone === name ? null : name;
    else if (!sets[kind].delete(name)) sets[kind].add(name);
    apply();
  };
  const takes = (name) => asked.control(`take_${name}`);
  /** Every track that is not locked gets another take; undo brings the old one back. */
  const reroll = () => {
    const names = shown.notes.tracks.map((track) => track.name);
    const free = names.filter((name) => takes(name) && !world.locked.has(name));
    asked.put(Object.fromEntries(free.map((name) => [`take_${name}`, another(name)])));
  };
  const another = (name) => {
    const { low, high } = takes(name);
    const now = asked.controls[`take_${name}`];
    const drawn = low + 1 + Math.floor(Math.random() * (high - low - 1));
    return drawn >= now && now > low ? drawn + 1 : drawn;
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
      kind === "lock" ? icon("lock") : t(`${kind}_short`),
    );
  const row = (track, i, part) => {
    const own = (kind) => asked.control(`${kind}_${track.name}`);
    const level = own("level");
    const words = level ? say(level.label) : track.name;
    return h(
      "div.track",
      { role: "group", "aria-label": words },
      h("span.dot", { style: `background:${colour(i)}`, "aria-hidden": "true" }),
      h(
        "span.row.buttons",
        {},
        button("mute", track.name, words),
        button("solo", track.name, words),
        takes(track.name) ? button("lock", track.name, words) : null,
      ),
      ...["level", "sound"].map((k) => own(k) && control(own(k), asked, part)),
    );
  };

  const again = () =>
    h(
      "div.row.again",
      {},
      h("button", { type: "button", data: { do: "reroll" }, onclick: reroll }, icon("dice"), t("reroll")),
      h("span.help", {}, t("reroll_help")),
    );

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
        ...(shown.notes.tracks.some((track) => takes(track.name)) ? [again()] : []),
      );
    }
    apply();
  };
  signal.addEventListener("abort", () => inside?.abort());
  return element;
}
