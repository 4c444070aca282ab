// Many sounds as one zip file.

import { h, icon } from "../dom.js";
import { call } from "../server.js";
import { take } from "../takeaway.js";

/** A button that takes `requests()` home as WAVs; `tell(words, bad)` says how it goes. */
export function zipButton(world, words, name, requests, tell) {
  const button = h("button", { type: "button", data: { do: name } }, icon("download"), words);
  button.addEventListener("click", () => {
    const wanted = requests();
    if (button.onclick || !wanted.length) return;
    take(button, tell, world, (client) =>
      call(world.server.bundle, { requests: wanted, form: "wav", client }),
    );
  });
  return button;
}
