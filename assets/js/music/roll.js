// The piano roll: time to the right, pitch upwards, one colour a track; a line follows the sound.

import { h } from "../dom.js";

const COLOURS = { light: ["#0b6b5c", "#b3531f", "#4054b0", "#96408a", "#6b6b1f"], dark: ["#63cdb5", "#f0a06b", "#9aa8ff", "#e59ad8", "#cfcf7a"] };
const QUARTER = 480;
const KEYS_BELOW = 2; // semitones of air under the lowest and over the highest note
const FEWEST = 24; // semitones in view, so that a narrow tune is not blown up

/** The colour of the i-th track. */
export function colour(i) {
  const theme = document.documentElement.dataset.theme === "dark" ? "dark" : "light";
  return COLOURS[theme][i % COLOURS[theme].length];
}

/**
 * `shown()` gives the notes, `place()` where the sound is, `quiet(name)` whether a track is muted;
 * `seek(tick)` is called with the bar line before a tap. Redrawn by `element.draw()`.
 */
export function roll({ shown, place, quiet, seek, label }, signal) {
  const canvas = h("canvas.roll", { role: "img", "aria-label": label() });
  const line = h("span.playhead", { "aria-hidden": "true" });
  const element = h("div.rollbox", { data: { part: "roll" } }, canvas, line);
  let frame = 0;

  const draw = () => {
    const notes = shown();
    const { width, height } = element.getBoundingClientRect();
    if (!notes || !width) return;
    const scale = window.devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    paper(pen, notes, width, height);
    notes.tracks.forEach((track, i) => ink(pen, notes, track, i, width, height));
    canvas.setAttribute("aria-label", label());
    element.dataset.notes = notes.tracks.reduce((n, t) => n + t.rows.length / 4, 0);
  };

  const paper = (pen, notes, width, height) => {
    const style = getComputedStyle(element);
    pen.fillStyle = style.getPropertyValue("--line");
    for (let tick = 0; tick < notes.ticks; tick += QUARTER) {
      const strong = tick % notes.bar === 0;
      pen.globalAlpha = strong ? 1 : 0.4;
      pen.fillRect((tick / notes.ticks) * width, 0, strong ? 1.5 : 1, height);
    }
    pen.globalAlpha = 1;
  };

  const ink = (pen, notes, track, i, width, height) => {
    const [low, high] = range(notes, track.drums);
    const step = height / (high - low + 1);
    pen.fillStyle = colour(i);
    pen.globalAlpha = quiet(track.name) ? 0.2 : 1;
    for (let k = 0; k < track.rows.length; k += 4) {
      const [start, pitch, length, velocity] = track.rows.slice(k, k + 4);
      const x = (start / notes.ticks) * width;
      const wide = Math.max(3, (length / notes.ticks) * width - 1);
      const y = (high - laneOf(track, pitch)) * step;
      const tall = Math.max(3, Math.min(step - 1, 12));
      pen.globalAlpha = (quiet(track.name) ? 0.2 : 1) * (0.45 + (0.55 * velocity) / 127);
      pen.beginPath();
      pen.roundRect(x, y + (step - tall) / 2, wide, tall, 2);
      pen.fill();
    }
    pen.globalAlpha = 1;
  };

  const follow = () => {
    const at = place();
    line.hidden = !at;
    if (at) line.style.left = `${(100 * at.tick) / at.notes.ticks}%`;
    frame = at ? requestAnimationFrame(follow) : 0;
  };

  element.draw = draw;
  element.follow = () => frame || follow();
  canvas.addEventListener("click", (event) => {
    const notes = shown();
    if (!notes) return;
    const part = event.offsetX / canvas.clientWidth;
    seek(Math.floor((part * notes.ticks) / notes.bar) * notes.bar);
  });
  const size = new ResizeObserver(draw);
  size.observe(element);
  const theme = new MutationObserver(draw);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  signal.addEventListener("abort", () => {
    size.disconnect();
    theme.disconnect();
    cancelAnimationFrame(frame);
  });
  follow();
  return element;
}

const DRUMS = [36, 38, 42, 46, 45, 48, 50, 49, 51];

/** Drums have a lane each, in a band of their own at the bottom. */
function laneOf(track, pitch) {
  return track.drums ? DRUMS.indexOf(pitch) : pitch;
}

function range(notes, drums) {
  if (drums) {
    const alone = notes.tracks.every((t) => t.drums);
    return [-1, alone ? DRUMS.length : DRUMS.length * 4];
  }
  let [low, high] = [127, 0];
  for (const track of notes.tracks) {
    if (track.drums) continue;
    for (let k = 1; k < track.rows.length; k += 4) {
      low = Math.min(low, track.rows[k]);
      high = Math.max(high, track.rows[k]);
    }
  }
  if (low > high) return [60, 60 + FEWEST];
  high = Math.max(high, low + FEWEST);
  const band = notes.tracks.some((t) => t.drums) ? (high - low) / 3 : KEYS_BELOW;
  return [low - band, high + KEYS_BELOW];
}
