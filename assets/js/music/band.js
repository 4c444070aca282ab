// The instruments: one sound file each, fetched once, decoded before anybody presses play.

import { bytes } from "../dom.js";
import { call, LOST } from "../server.js";

const FORM = new Audio().canPlayType('audio/ogg; codecs="vorbis"') ? "ogg" : "wav";
const NEARLY = 0.004; // seconds: a coder's first samples fade in

export class Band {
  #server;
  #kits = new Map(); // "73" or "drums" -> promise of {buffer, spots}

  constructor(server) {
    this.#server = server;
  }

  static nameOf(track) {
    return track.drums ? "drums" : String(track.program);
  }

  /** The kit of a track; a failed one is fetched again at the next try. */
  kit(track) {
    const name = Band.nameOf(track);
    if (!this.#kits.has(name)) {
      const kit = this.#fetch(track.drums ? "drums" : track.program);
      kit.catch(() => this.#kits.delete(name));
      this.#kits.set(name, kit);
    }
    return this.#kits.get(name);
  }

  /** All kits that these notes need; rejects where one cannot be had. */
  ready(notes) {
    return Promise.all(notes.tracks.map((track) => this.kit(track)));
  }

  async #fetch(program) {
    const answer = await call(this.#server.sampler, { program, form: FORM });
    if (answer === LOST || answer.error) throw new Error("no instrument");
    // An offline context decodes without a tap; browsers want one only before sound.
    const decoder = new OfflineAudioContext(1, 1, 44100);
    const buffer = await decoder.decodeAudioData(bytes(answer.data).buffer);
    return { buffer, spots: answer.spots };
  }
}

/** The sample nearest to a pitch, and how fast it must run. */
export function spotOf(kit, pitch, drums) {
  let best = kit.spots[0];
  for (const spot of kit.spots)
    if (Math.abs(spot[0] - pitch) < Math.abs(best[0] - pitch)) best = spot;
  const rate = drums ? 1 : 2 ** ((pitch - best[0]) / 12);
  return { at: best[1] + NEARLY, length: best[2] - 2 * NEARLY, rate };
}
