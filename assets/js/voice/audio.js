// Web Audio: begins with the first tap, as browsers demand; plays samples that the server sent.

import { bytes } from "../dom.js";

let context = null;
const running = new Set();

/** Whether sounds may be heard: after the first tap on something that plays. */
export const awake = () => context?.state === "running";

/** Called from a tap: from now on sounds are heard. */
export async function wake() {
  context ||= new AudioContext();
  if (context.state !== "running") await context.resume();
  return context;
}

/** {sound: data URL, rate} -> {samples: Float32Array, rate}; long sounds come as FLAC. No tap. */
export async function decoded({ sound, rate }) {
  if (sound.startsWith("data:audio/wav")) return unpack({ sound });
  const raw = bytes(sound.slice(sound.indexOf(",") + 1));
  const buffer = await new OfflineAudioContext(1, 1, rate).decodeAudioData(raw.buffer);
  return { samples: buffer.getChannelData(0), rate };
}

/** {sound: data URL of our own 16-bit WAV} -> {samples: Float32Array, rate}; needs no tap. */
export function unpack({ sound }) {
  const raw = bytes(sound.slice(sound.indexOf(",") + 1));
  const view = new DataView(raw.buffer);
  let at = 12;
  let rate = 16000;
  while (at + 8 <= raw.length) {
    const name = String.fromCharCode(...raw.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (name === "fmt ") rate = view.getUint32(at + 12, true);
    if (name === "data") {
      const count = Math.min(size, raw.length - at - 8) >> 1;
      const samples = Float32Array.from({ length: count }, (_, i) => view.getInt16(at + 8 + 2 * i, true) / 32768);
      return { samples, rate };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error("no sound in the answer");
}

/** Seconds on the clock of what is heard. */
export const now = () => context?.currentTime ?? 0;

/** Plays {samples, rate} after `delay` seconds, or `at` a moment of `now()`. */
export async function play({ samples, rate }, { delay = 0, at = 0, ended = () => {} } = {}) {
  const here = await wake();
  const buffer = here.createBuffer(1, samples.length, rate);
  buffer.copyToChannel(samples, 0);
  const source = here.createBufferSource();
  source.buffer = buffer;
  source.connect(here.destination);
  source.start(at || here.currentTime + delay);
  running.add(source);
  source.addEventListener("ended", () => {
    running.delete(source);
    ended();
  });
  return source;
}

/** Silence at once. */
export function hush() {
  for (const source of [...running]) source.stop();
}

/** Seconds until the last sample that can be heard. */
export function heard({ samples, rate }) {
  let last = samples.length - 1;
  while (last > 0 && Math.abs(samples[last]) < 0.004) last--;
  return (last + 1) / rate;
}
