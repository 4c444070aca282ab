// The request in the page's address: `#r=...` is never sent to a server, so a link stays between
// the people who share it.

import { settled } from "./dom.js";

const KEY = "#r=";

export class Links {
  #written = "";

  /** `restore(link)` is called with what an address holds, on opening and when it is changed. */
  constructor(restore) {
    this.restore = restore;
    addEventListener("hashchange", () => this.open());
    // Browsers refuse more than a hundred changes of the address in half a minute.
    this.settle = settled(350, (link) => this.write(link));
  }

  /** Restores the address's request; false where it holds none. */
  open() {
    if (!location.hash.startsWith(KEY)) return false;
    const link = location.hash.slice(KEY.length);
    if (link === this.#written) return true;
    this.#written = link;
    this.restore(link);
    return true;
  }

  write(link) {
    this.#written = link;
    history.replaceState(null, "", KEY + link);
  }
}
