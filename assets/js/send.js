// From tab to tab: a result goes on as the input of another model, as a request inside a request.
// A tab that is not open yet finds its letter when it opens.

import { h } from "./dom.js";
import { hasTab, openTab } from "./router.js";
import { t } from "./words.js";

const letters = new Map(); // tab -> what waits for it
const readers = new Map(); // tab -> what reads it

/** A tab says that it takes results: `take({request, picture | ..., title})`. Called once. */
export function receive(tab, take) {
  readers.set(tab, take);
  const waiting = letters.get(tab);
  letters.delete(tab);
  if (waiting) take(waiting);
}

/** Sends a result to a tab and opens it. */
export function send(tab, letter) {
  if (readers.has(tab)) readers.get(tab)(letter);
  else letters.set(tab, letter);
  openTab(tab);
}

/**
 * A list of the tabs that take this kind of result (`tabs`: names), or nothing.
 * `letter()` answers what is sent, or null while there is nothing.
 */
export function sendMenu(tabs, letter) {
  const there = tabs.filter(hasTab);
  if (!there.length) return null;
  const menu = h(
    "select.button",
    { "aria-label": t("send"), data: { do: "send" } },
    h("option", { value: "" }, t("send")),
    ...there.map((tab) => h("option", { value: tab }, t(`tab_${tab}`))),
  );
  menu.addEventListener("change", () => {
    const [tab, sent] = [menu.value, letter()];
    menu.value = "";
    if (tab && sent) send(tab, sent);
  });
  return menu;
}
