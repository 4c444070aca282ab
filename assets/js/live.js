// The live channel: the newest value only, one call in flight, late answers dropped. Where many
// people ask at once, every answer says how long to leave between two questions.

import { alive, call, LOST } from "./server.js";

const AGAIN = [400, 800, 1600, 3000]; // milliseconds between tries while the server is away

export class Live {
  #server;
  #client;
  #newest = null; // what was asked last and is not yet on its way
  #busy = false;
  #sequence = 0;
  #rest = 0; // milliseconds to leave between two questions
  #asked = -Infinity; // when the last one was sent

  /** `show(sequence, answer)` gets pictures and errors; `state("ready" | "wait" | "lost")`. */
  constructor(server, client, show, state) {
    this.#server = server;
    this.#client = client;
    this.show = show;
    this.state = state;
  }

  /** Asks for a picture; answers its number, the one that `show` will name. */
  ask(request) {
    this.#newest = { sequence: ++this.#sequence, request };
    if (!this.#busy) this.#work();
    return this.#sequence;
  }

  async #work() {
    this.#busy = true;
    while (this.#newest) {
      await this.#turn();
      const { sequence, request } = this.#newest;
      this.#newest = null;
      const answer = await this.#answer(sequence, request);
      // An answer that arrives while a newer value waits is still the picture of an older
      // value: it is shown, since a moving picture beats a frozen one, and then replaced.
      if (answer && !answer.superseded) this.show(sequence, answer);
    }
    this.#busy = false;
  }

  /** Waits until it is this page's turn; a newer value may take the place meanwhile. */
  async #turn() {
    const left = this.#asked + this.#rest - performance.now();
    if (left > 0) await new Promise((done) => setTimeout(done, left));
    this.#asked = performance.now();
  }

  async #answer(sequence, request) {
    for (let tries = 0; ; tries++) {
      const begun = performance.now();
      const answer = await call(this.#server.live, { request, client: this.#client }, () =>
        this.state("wait"),
      );
      if (answer !== LOST) {
        this.state("ready");
        this.#rest = answer.rest || 0;
        return { ...answer, all: performance.now() - begun };
      }
      this.state("lost");
      await recovered();
      if (this.#newest) return null; // the person went on: only the newest value matters
    }
  }
}

/** Resolves once the server answers again. */
async function recovered() {
  for (let i = 0; ; i++) {
    await new Promise((done) => setTimeout(done, AGAIN[Math.min(i, AGAIN.length - 1)]));
    if (await alive()) return;
  }
}
