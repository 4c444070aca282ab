// A tab's own link in the page's address: taken when it names one of the tab's models, and kept up
// to date with what the tab shows.

import { settled } from "./dom.js";
import { here, modelOf, write } from "./router.js";

export class Links {
  #shown = ""; // the address follows a moment later
  #write;

  /** `restore(link)` is called with a link of this tab, on opening and when the address changes. */
  constructor(tab, models, restore) {
    this.restore = restore;
    this.ids = models.map((model) => model.id);
    addEventListener("hashchange", () => this.open());
    // Browsers refuse more than a hundred changes of the address in half a minute.
    this.#write = settled(350, (link) => write(tab, link));
  }

  /** Notes the link of what the tab shows now. */
  settle(link) {
    this.#shown = link;
    this.#write(link);
  }

  /** Restores the address's request; false where it holds none of this tab. */
  async open() {
    const link = here();
    if (!link || !this.ids.includes(await modelOf(link))) return false;
    if (link !== this.#shown) {
      this.#shown = link;
      this.restore(link);
    }
    return true;
  }
}
