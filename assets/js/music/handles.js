// What bends the music: the seed, the pad, and the sliders in their groups. Tracks have a mixer of
// their own, and what belongs to a person's file stands beside it.

import { control } from "../controls.js";
import { h } from "../dom.js";
import { pastButtons } from "../past.js";
import { resetButton, seedRow } from "../seed.js";
import { known, t } from "../words.js";

const ELSEWHERE = ["levels", "own"];

/** Whether the mixer draws a control: those of one track alone. */
const ofTrack = ({ name }, model) =>
  name.startsWith("take_") && model.controls.some((c) => c.name === `level_${name.slice(5)}`);

/** [seed and pad, sliders]; both are filled anew when another model is chosen. */
export function controls({ asked, past }, signal) {
  const play = h("section.play", { "aria-label": t("explore") });
  const sliders = h("section.sliders", { "aria-label": t("controls") });
  let inside = null;
  const fill = () => {
    inside?.abort();
    inside = new AbortController();
    const part = inside.signal;
    const declared = asked.model.controls.filter(
      (c) => !ELSEWHERE.includes(c.group) && !ofTrack(c, asked.model),
    );
    const pads = declared.filter((c) => c.kind === "pad");
    const rest = declared.filter((c) => c.kind !== "pad");
    const groups = [...new Set(rest.map((c) => c.group))];
    const seed = seedRow(asked, part);
    seed.querySelector(".help").textContent = t("music_seed_help");
    play.replaceChildren(seed, ...pads.map((c) => control(c, asked, part)));
    sliders.replaceChildren(
      h(
        "div.row.head",
        {},
        h("h2", {}, t("controls")),
        ...pastButtons(past, sliders, part),
        resetButton(asked, part),
      ),
      ...groups.map((group) =>
        h(
          "div.group",
          { data: { group } },
          group === "main" ? null : h("h3", {}, name(group)),
          ...rest.filter((c) => c.group === group).map((c) => control(c, asked, part)),
        ),
      ),
    );
  };
  signal.addEventListener("abort", () => inside?.abort());
  fill();
  asked.on((what) => what === "model" && fill(), signal);
  return [play, sliders];
}

const name = (group) => t(known(`music_group_${group}`) ? `music_group_${group}` : "group_more");
