// From what is asked to what is shown: the painting in full comes from the server, the mix with the
// picture is made here at once, and the server's own mix replaces it when the finger rests.

import { settled } from "../dom.js";
import { Live } from "../live.js";
import { call, LOST } from "../server.js";
import { inFull, isFull, mix } from "./mix.js";
import { decoded, pixels } from "./source.js";

const REST = 300; // milliseconds without a move before the server is asked for the very mix

export class Painter {
  #world;
  #live;
  #sequence = 0;
  #base = ""; // the request, as text, of the painting in full that is here
  #wanted = new Map(); // sequence -> the request's text

  /** `show(answer)` after anything new; `state` as Live's; `named(link, request)` when settled. */
  constructor(world, show, state, named) {
    this.#world = world;
    this.show = show;
    this.named = settled(350, () => this.#name(named));
    this.#live = new Live(world.server, world.client, (n, answer) => this.#take(n, answer), state);
    this.exact = settled(REST, () => this.#exact());
  }

  /** The request for the copy that is painted live. */
  request(controls) {
    return { ...this.with(this.#world.source.live), controls };
  }

  /** The request of the whole picture: for links, files and other tabs. */
  get whole() {
    return this.with(this.#world.source.given);
  }

  /** What is asked for, with a picture, and without what this model does not take in. */
  with(picture) {
    const { request, model } = this.#world.asked;
    const given = Object.entries(request.inputs).filter(([name]) => model.takes.some((t) => t.name === name));
    return { ...request, inputs: { ...Object.fromEntries(given), picture } };
  }

  /** Something changed: shows what can be shown at once, and asks for the rest. */
  ask() {
    const { asked, source } = this.#world;
    if (!source) return;
    const full = this.request(inFull(asked.controls));
    delete full.inputs.mask;
    const text = JSON.stringify(full);
    if (text === this.#base) this.#mix();
    else this.#send(full, text);
    if (text === this.#base && !this.#plain) this.exact();
    this.named();
  }

  get #plain() {
    const { asked } = this.#world;
    return isFull(asked.controls) && !asked.inputs.mask;
  }

  #send(request, text) {
    this.#sequence = this.#live.ask(request);
    this.#wanted.set(this.#sequence, text);
    this.#world.stage.dataset.asked = this.#sequence;
  }

  #exact() {
    const { asked, source } = this.#world;
    if (source && !this.#plain) {
      const request = this.request(asked.controls);
      this.#send(request, JSON.stringify(request));
    }
  }

  async #take(sequence, answer) {
    const text = this.#wanted.get(sequence);
    this.#wanted.delete(sequence);
    if (answer.error) return this.show(answer);
    const image = pixels(await decoded(answer.picture));
    const { asked, source } = this.#world;
    if (!source || image.width !== source.before.width || image.height !== source.before.height) return;
    const request = answer.request;
    const full = isFull(request.controls) && !request.inputs.mask;
    if (full) {
      this.#base = text;
      this.#world.painted = image;
      this.#world.facts = answer;
      this.#mix(sequence);
      if (!this.#plain) this.exact();
      return;
    }
    // The very mix: shown only while it is still what is asked for.
    if (text !== JSON.stringify(this.request(asked.controls))) return;
    this.#world.result = image;
    this.#world.facts = answer;
    this.show({ sequence });
  }

  #mix(sequence = this.#sequence) {
    const { asked, source, painted, mask } = this.#world;
    const out = new ImageData(source.before.width, source.before.height);
    this.#world.result = mix(source.before, painted, mask, asked.controls, out);
    this.show({ sequence });
  }

  async #name(named) {
    const request = this.whole;
    const answer = await call(this.#world.server.named, { request });
    if (answer !== LOST && !answer.error) named(answer);
  }
}
