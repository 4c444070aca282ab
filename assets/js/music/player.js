// Plays notes with Web Audio, bar by bar: what is asked for while it plays is heard from the next
// bar line on. Sound starts only after a tap, and never louder than a limiter lets it.

import { spotOf } from "./band.js";

const QUARTER = 480; // ticks
const AHEAD = 0.25; // seconds that notes are laid out in advance: a bar is due this long before it
const LOOK = 60; // milliseconds between two looks at the clock
const SOON = 0.06; // seconds from the tap to the first note
const FADE = 0.03;
const RELEASE = 0.09; // seconds that a note rings on

export class Player {
  #band;
  #context = null;
  #out = null;
  #tracks = new Map(); // track name -> gain
  #sounding = new Set();
  #bars = []; // laid out: {time, tick, tempo, notes, ticks}
  #timer = 0;
  #next = { time: 0, tick: 0 };

  /** `band` has the instruments; `told(what)` hears "play", "stop" and "bar". */
  constructor(band, told) {
    this.#band = band;
    this.told = told;
    this.notes = null;
    this.loop = true;
    this.volume = 0.8;
    this.silent = new Set(); // names of tracks that are muted here
  }

  get playing() {
    return this.#timer !== 0;
  }

  /** Notes from the next bar line on; shown at once. */
  set(notes) {
    this.notes = notes;
    this.#band.ready(notes).catch(() => {});
  }

  /** Must be called in answer to a tap. Resolves when the first note is laid out. */
  async play(tick = 0) {
    this.stop();
    this.#context ||= this.#open();
    const waking = this.#context.resume();
    await Promise.all([waking, this.#band.ready(this.notes)]);
    this.#bars = [];
    this.#next = { time: this.#context.currentTime + SOON, tick };
    this.#timer = setInterval(() => this.#lay(), LOOK);
    this.#lay();
    this.told("play");
  }

  stop() {
    if (!this.playing) return;
    clearInterval(this.#timer);
    this.#timer = 0;
    const now = this.#context.currentTime;
    for (const { source, gain } of this.#sounding) {
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(0, now, FADE / 3);
      source.stop(now + FADE);
    }
    this.#sounding.clear();
    this.told("stop");
  }

  /** Where it is now: {tick, notes} of what is heard, null while nothing sounds. */
  get place() {
    if (!this.playing) return null;
    const now = this.#context.currentTime - (this.#context.outputLatency || 0);
    const bar = this.#bars.findLast((b) => b.time <= now) || this.#bars[0];
    if (!bar) return null;
    const tick = bar.tick + Math.max(0, now - bar.time) * (bar.tempo / 60) * QUARTER;
    return { tick: Math.min(tick, bar.tick + bar.ticks), notes: bar.notes };
  }

  /** Mutes and unmutes at once. */
  hush(names) {
    this.silent = new Set(names);
    for (const [name, gain] of this.#tracks) this.#level(name, gain);
  }

  louder(volume) {
    this.volume = volume;
    this.#out?.gain.setTargetAtTime(volume, this.#context.currentTime, 0.02);
  }

  #open() {
    const context = new AudioContext({ latencyHint: "interactive" });
    const limiter = new DynamicsCompressorNode(context, {
      threshold: -12,
      ratio: 12,
      attack: 0.003,
      release: 0.2,
    });
    this.#out = new GainNode(context, { gain: this.volume });
    this.#out.connect(limiter).connect(context.destination);
    return context;
  }

  #level(name, gain) {
    const value = this.silent.has(name) ? 0 : 1;
    gain.gain.setTargetAtTime(value, this.#context.currentTime, 0.01);
  }

  #gain(name) {
    if (!this.#tracks.has(name)) {
      const gain = new GainNode(this.#context, { gain: this.silent.has(name) ? 0 : 1 });
      gain.connect(this.#out);
      this.#tracks.set(name, gain);
    }
    return this.#tracks.get(name);
  }

  /** Lays out every bar that begins within AHEAD seconds. */
  #lay() {
    while (this.playing && this.#next.time < this.#context.currentTime + AHEAD) {
      const { notes } = this;
      let { time, tick } = this.#next;
      if (tick >= notes.ticks) {
        if (!this.loop) {
          if (this.#context.currentTime > time + 0.5) this.stop();
          return;
        }
        tick = 0;
      }
      // A tab that was asleep comes back late: the bar begins now, not in the past.
      time = Math.max(time, this.#context.currentTime + 0.01);
      const ticks = Math.min(notes.bar, notes.ticks - tick);
      const seconds = (t) => (t / QUARTER) * (60 / notes.tempo);
      this.#bars.push({ time, tick, tempo: notes.tempo, notes, ticks });
      if (this.#bars.length > 8) this.#bars.shift();
      for (const track of notes.tracks) this.#track(track, tick, tick + ticks, time, seconds);
      this.#next = { time: time + seconds(ticks), tick: tick + ticks };
      this.told("bar");
    }
  }

  async #track(track, from, to, time, seconds) {
    const kit = await this.#band.kit(track).catch(() => null);
    if (!kit || !this.playing) return;
    const out = this.#gain(track.name);
    for (let i = 0; i < track.rows.length; i += 4) {
      const [start, pitch, length, velocity] = track.rows.slice(i, i + 4);
      if (start < from || start >= to) continue;
      this.#note(kit, track.drums, pitch, velocity, time + seconds(start - from), seconds(length), out);
    }
  }

  #note(kit, drums, pitch, velocity, at, seconds, out) {
    const { at: offset, length, rate } = spotOf(kit, pitch, drums);
    const source = new AudioBufferSourceNode(this.#context, {
      buffer: kit.buffer,
      playbackRate: rate,
    });
    const gain = new GainNode(this.#context, { gain: (velocity / 100) ** 1.6 });
    const begin = Math.max(at, this.#context.currentTime);
    const long = drums ? length : Math.min(seconds, length / rate - RELEASE);
    if (!drums) gain.gain.setTargetAtTime(0, begin + long, RELEASE / 3);
    source.connect(gain).connect(out);
    source.start(begin, offset, length);
    source.stop(begin + (drums ? length : long + RELEASE * 2));
    const voice = { source, gain };
    this.#sounding.add(voice);
    source.addEventListener("ended", () => this.#sounding.delete(voice));
  }
}
