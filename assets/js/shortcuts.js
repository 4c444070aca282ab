// Keys for what the open tab offers: a key presses the button that bears its `data-do`, so that a
// tab has shortcuts without knowing of them. `?` shows the sheet of those that work just now.

import { h, icon, memory } from "./dom.js";
import { FRAME } from "./router.js";
import { onLanguage, t } from "./words.js";

// `data-do` of the button by key; the order is that of the sheet.
const KEYS = {
  " ": "play",
  r: "random",
  n: "next",
  p: "previous",
  0: "reset",
  u: "undo",
  y: "redo",
  d: "download",
  l: "link",
  s: "samples",
  a: "again",
  t: "theme",
  g: "language",
};
const SHOWN = { " ": "␣" };
// Where a letter is typed, or where space and digits have a meaning of their own.
const CLICKED = ["range", "radio", "checkbox", "file"].map((kind) => `[type=${kind}]`);
const TYPING = `input:not(${CLICKED}), textarea, select, [contenteditable], dialog`;
const PRESSED = "button, a, summary, [role=application], [role=slider], audio, video";

const on = () => memory.get("keys") !== "off";
const tabs = () => [...document.querySelectorAll(`${FRAME} [role=tab]`)];
const target = (name) =>
  [...document.querySelectorAll(`#head [data-do=${name}], .tabitem [data-do=${name}]`)].find((e) =>
    e.checkVisibility(),
  );

export function listen() {
  addEventListener("keydown", (event) => {
    const { key, target: at } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (at.closest?.(TYPING) || (key === " " && at.closest?.(PRESSED))) return;
    if (key === "?") sheet();
    else if (!on()) return;
    else if (key in KEYS && target(KEYS[key])) target(KEYS[key]).click();
    else if (/^[1-9]$/.test(key) && tabs()[key - 1]) tabs()[key - 1].click();
    else return;
    event.preventDefault();
  });
}

export function keysButton() {
  return h(
    "button.square.quiet",
    { type: "button", "aria-label": t("keys_open"), data: { do: "keys" }, onclick: sheet },
    icon("keys"),
  );
}

/** Opens the sheet; Escape closes it, as every dialogue. */
export function sheet() {
  if (document.querySelector("dialog.sheet")) return;
  const dialog = h("dialog.studio.sheet", { "aria-labelledby": "sheet-title" });
  const gone = new AbortController();
  const fill = () => dialog.replaceChildren(...content(dialog));
  dialog.addEventListener("close", () => {
    gone.abort();
    dialog.remove();
  });
  onLanguage(fill, gone.signal);
  fill();
  document.body.append(dialog);
  dialog.showModal();
}

function content(dialog) {
  const box = h("input", { type: "checkbox", role: "switch", id: "keys-on", checked: on() });
  box.addEventListener("change", () => memory.set("keys", box.checked ? "on" : "off"));
  return [
    h(
      "div.row.head",
      {},
      h("h2", { id: "sheet-title" }, t("keys_title")),
      h(
        "button.quiet.square",
        { type: "button", "aria-label": t("close"), onclick: () => dialog.close() },
        icon("close"),
      ),
    ),
    h(
      "div.control.switch",
      {},
      h("label", { for: "keys-on" }, t("keys_on")),
      box,
      h("p.help", {}, t("keys_help")),
    ),
    h(
      "dl.keys",
      {},
      ...tabs().flatMap((tab, i) => line(i + 1, t("keys_tab", { name: tab.textContent.trim() }))),
      ...Object.entries(KEYS)
        .filter(([, name]) => target(name))
        .flatMap(([key, name]) => line(SHOWN[key] || key, t(`keys_${name}`))),
      ...line("?", t("keys_sheet")),
    ),
  ];
}

const line = (key, words) => [
  h("dt", {}, h("kbd", { translate: "no" }, String(key))),
  h("dd", {}, words),
];
