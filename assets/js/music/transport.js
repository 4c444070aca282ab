// Play and stop, loop, volume. Sound starts only here, in answer to a tap.

import { h, memory } from "../dom.js";
import { t } from "../words.js";

export function transport({ player, shown }, tell) {
  const play = h("button.primary.playstop", { type: "button", data: { do: "play" } });
  play.addEventListener("click", async () => {
    if (player.playing) return player.stop();
    if (!shown.notes) return tell(t("state_wait"));
    play.disabled = true;
    try {
      await player.play();
    } catch {
      tell(t("no_sound"), true);
    }
    play.disabled = false;
    play.focus({ preventScroll: true });
  });
  const loop = h("input", { type: "checkbox", role: "switch", id: "music-loop", checked: player.loop });
  loop.addEventListener("change", () => (player.loop = loop.checked));
  const volume = h("input", {
    ...{ type: "range", min: 0, max: 1, step: 0.01, value: String(player.volume) },
    ...{ id: "music-volume", data: { part: "volume" } },
  });
  const louder = () => {
    player.louder(Number(volume.value));
    volume.style.setProperty("--from", "0%");
    volume.style.setProperty("--to", `${100 * volume.value}%`);
  };
  volume.addEventListener("input", () => {
    louder();
    memory.set("volume", volume.value);
  });
  const kept = Number(memory.get("volume") ?? player.volume);
  volume.value = kept >= 0 && kept <= 1 ? kept : player.volume;
  louder();
  const element = h(
    "div.row.transport",
    {},
    play,
    h("span.control.switch", {}, h("label", { for: "music-loop" }, t("loop")), loop),
    h("span.volume", {}, h("label", { for: "music-volume" }, t("volume")), volume),
  );
  element.show = () => {
    play.textContent = t(player.playing ? "stop_sound" : "play");
    play.setAttribute("aria-pressed", String(player.playing));
  };
  element.show();
  return element;
}
