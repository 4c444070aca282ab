// Which tab is open, and which one a link belongs to: the tab that bears the name of the domain of
// the link's model. A link is `#r=...` in the page's address; it is never sent to a server, so it
// stays between the people who share it.

import { memory } from "./dom.js";

const KEY = "#r=";
const LONGEST = 160_000; // characters of a request, unfolded; a long chain has 3,000
const last = new Map(); // tab -> the link of what it shows now

export const FRAME = "#studio-tabs";
const button = (name) =>
  document.querySelector(`${FRAME} [role=tab][data-tab-id="${CSS.escape(name)}"]`);

/** The name of the open tab. */
export const opened = () =>
  document.querySelector(`${FRAME} [role=tab][aria-selected=true]`)?.dataset.tabId;

/** Whether this page has a tab of that name. */
export const hasTab = (name) => Boolean(button(name));

/** Opens a tab; false where this page has none of that name. */
export function openTab(name) {
  const found = button(name);
  if (found && opened() !== name) found.click();
  return Boolean(found);
}

/** The link in the page's address, "" where there is none. */
export const here = () => (location.hash.startsWith(KEY) ? location.hash.slice(KEY.length) : "");

/** The model that a link names; null where the link cannot be read. */
export async function modelOf(link) {
  try {
    const base64 = link.replaceAll("-", "+").replaceAll("_", "/");
    const packed = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const unfolded = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await bounded(unfolded)).model;
  } catch {
    return null;
  }
}

// A few bytes may unfold to gigabytes.
async function bounded(stream) {
  const words = new TextDecoder();
  let text = "";
  for (const reader = stream.getReader(); text.length < LONGEST; ) {
    const { done, value } = await reader.read();
    if (done) return text + words.decode();
    text += words.decode(value, { stream: true });
  }
  throw new Error("too long");
}

const domain = (model) => String(model).split("/")[0];

/** Follows a link as if it had been pasted into the address. */
export function go(link) {
  if (here() === link) route();
  else location.hash = KEY + link;
}

/** The model that this browser used last in a tab, among those that are offered. */
export const keptModel = (tab, models) =>
  models.find((model) => model.id === memory.get(`model.${tab}`));

/** Notes what a tab shows; the address follows while that tab is the open one. */
export function write(tab, link) {
  last.set(tab, link);
  modelOf(link).then((model) => model && memory.set(`model.${tab}`, model));
  if (opened() === tab) history.replaceState(null, "", KEY + link);
}

// Opens the tab of the address's link. That tab restores it; a link for none of them is told.
async function route() {
  const link = here();
  const model = link && (await modelOf(link));
  if (link !== here()) return;
  if (link && !(known.includes(model) && openTab(domain(model)))) lost(link);
}

let known = [];
let lost = () => {};

/** Starts routing; `unknown(link)` is called with a link that none of `models` can answer. */
export async function start(models, unknown) {
  known = models;
  lost = unknown;
  const row = await appeared(`${FRAME} [role=tablist]`);
  const kept = memory.get("tab");
  if (here()) route();
  else if (kept) openTab(kept);
  addEventListener("hashchange", route);
  new MutationObserver(turned).observe(row, { subtree: true, attributeFilter: ["aria-selected"] });
}

// Gradio may still be putting the row of tabs into the page.
async function appeared(selector) {
  for (;;) {
    const found = document.querySelector(selector);
    if (found) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
}

// The address belongs to the open tab: a reload comes back to it and to what it shows.
async function turned() {
  const tab = opened();
  if (!tab) return;
  memory.set("tab", tab);
  button(tab).scrollIntoView({ block: "nearest", inline: "nearest" }); // the row may be wider
  const link = here();
  if (link && domain(await modelOf(link)) === tab) return;
  const own = last.has(tab) ? KEY + last.get(tab) : location.pathname + location.search;
  if (opened() === tab && here() === link) history.replaceState(null, "", own);
}
