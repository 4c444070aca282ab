// What every tab remembers for a person: undo, history, favourites, presets. Called once, before the
// tab is built for the first time.

import { settled } from "./dom.js";
import { Past } from "./past.js";
import { entry, openShelves } from "./shelves.js";
import { signals } from "./signals.js";

const STAYED = 1500; // milliseconds after which a result was more than passed by: into the history

/**
 * Adds to `world` ({asked, shown, models, ...}) its `tab`, `find`, `past`, `shelves`, `restore`,
 * `onShown` and `wasShown`. The tab calls `world.wasShown()` with every result that it has drawn;
 * `world.sight()`, where a tab has one, answers the canvas that a small picture is taken from.
 */
export function keeping(world, tab) {
  const { asked, shown, models } = world;
  const find = (id) => models.find((m) => m.id === id);
  const seen = signals();
  let touched = false; // the first result is the studio's own, not yet the person's
  asked.on(() => (touched = true));
  const remember = settled(STAYED, async () => {
    if (touched && shown.id) world.shelves.history.add(await entry(world));
  });
  return Object.assign(world, {
    tab,
    find,
    past: new Past(asked, find),
    shelves: openShelves(tab),
    restore: (request) => find(request.model) && asked.restore(find(request.model), request),
    onShown: seen.on,
    wasShown() {
      seen.tell();
      remember();
    },
  });
}
