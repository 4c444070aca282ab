// One sentence above everything: what a person should know and no part of the page can say.

import { h, icon } from "./dom.js";
import { onLanguage, say, t } from "./words.js";

let box = null;
let told = null; // {words, action}

/** Shows `words` ({en, zh}) until it is put away; `action` is {words, act} of one button. */
export function notice(words, action = null) {
  told = { words, action };
  if (!box) {
    box = h("div.studio.notice", { role: "alert", data: { part: "notice" } });
    document.body.append(box);
    onLanguage(draw);
  }
  draw();
}

/** Puts away what was said. */
export function quiet() {
  told = null;
  draw();
}

function draw() {
  if (!box) return;
  box.hidden = !told;
  if (!told) return box.replaceChildren();
  const { words, action } = told;
  box.replaceChildren(
    h("p", {}, say(words)),
    action ? h("button.primary", { type: "button", onclick: action.act }, say(action.words)) : "",
    h(
      "button.quiet.square",
      { type: "button", "aria-label": t("close"), data: { do: "close" }, onclick: quiet },
      icon("close"),
    ),
  );
}
