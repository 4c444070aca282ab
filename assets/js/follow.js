// What every control has in common: it follows the state, and it explains itself.

import { h } from "./dom.js";
import { say } from "./words.js";

/** Runs `update` now and whenever this control may have changed. */
export function follow(declared, asked, signal, update) {
  const run = () => update(asked.controls[declared.name]);
  asked.on((what, name) => {
    if (what === "all" || name === declared.name) run();
  }, signal);
  run();
}

export const helpOf = (declared, asked) => asked.id(`help-${declared.name}`);

/** The one sentence that says what a control does. */
export function help(declared, asked) {
  return h("p.help", { id: helpOf(declared, asked) }, say(declared.help));
}
