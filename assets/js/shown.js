// A file as a person takes it in: a picture to see, a sound to hear, a text to read.

import { h } from "./dom.js";

const LONGEST = 20_000; // characters of a text that are shown
const KINDS = { image: "picture", audio: "sound", text: "text" };

/** picture, sound or text by the media type; null for what a browser cannot show (MIDI). */
export function kindOf(mime) {
  if (mime === "application/json") return "text";
  return mime === "audio/midi" ? null : KINDS[mime.split("/")[0]] || null;
}

/** An element for `blob`, named `name` to screen readers; its address ends with `signal`. */
export function show(blob, name, signal) {
  const kind = kindOf(blob.type);
  if (kind === "text") {
    const text = h("pre.text", { tabindex: "0", "aria-label": name, translate: "no" });
    blob.text().then((words) => (text.textContent = words.slice(0, LONGEST)));
    return text;
  }
  if (!kind) return null;
  const url = URL.createObjectURL(blob);
  signal.addEventListener("abort", () => URL.revokeObjectURL(url));
  if (kind === "picture") return h("img", { src: url, alt: name });
  return h("audio", { src: url, controls: true, preload: "metadata", "aria-label": name });
}
