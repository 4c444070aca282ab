// What a person keeps in this browser: history, favourites and presets. The server knows none of it.

import { memory } from "./dom.js";

const THUMB = 72; // pixels; 2 KB as WebP, so that hundreds fit

/** A list of entries with an `id`, newest first, at most `most`; all tabs of a browser share it. */
export class Shelf {
  #listeners = new Set();

  constructor(name, most) {
    this.name = `shelf.${name}`;
    this.most = most;
    this.entries = this.#read();
    addEventListener("storage", (event) => {
      if (event.key !== `studio.${this.name}`) return;
      this.entries = this.#read();
      this.#tell();
    });
  }

  has(id) {
    return this.entries.some((entry) => entry.id === id);
  }

  /** Puts an entry in front; one with the same id moves there. */
  add(entry) {
    this.#write([entry, ...this.entries.filter((e) => e.id !== entry.id)].slice(0, this.most));
  }

  remove(id) {
    this.#write(this.entries.filter((entry) => entry.id !== id));
  }

  clear() {
    this.#write([]);
  }

  on(listener, signal) {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  #read() {
    try {
      const found = JSON.parse(memory.get(this.name) || "[]");
      return Array.isArray(found) ? found.filter((entry) => entry?.id && entry.request) : [];
    } catch {
      return []; // another program wrote there
    }
  }

  #write(entries) {
    this.entries = entries;
    memory.set(this.name, JSON.stringify(entries));
    this.#tell();
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** A small copy of a picture (any address, or a canvas) as a data URL; null where there is none. */
export async function thumbnail(picture) {
  if (!picture) return null;
  let image = picture;
  if (typeof picture === "string") {
    image = new Image();
    image.src = picture;
    await image.decode();
  }
  const scale = THUMB / Math.max(image.width, image.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/webp", 0.85);
}
