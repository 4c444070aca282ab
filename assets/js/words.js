// The two languages of the page: our own table, phrases that models bring, and Gradio's own bits.

import en from "../i18n/en.js";
import zh from "../i18n/zh.js";
import * as parts from "../i18n/parts.js";
import { memory } from "./dom.js";

const TABLES = { en: { ...en, ...parts.en }, zh: { ...zh, ...parts.zh } };
const listeners = new Set();
let language = first();

function first() {
  const kept = memory.get("language");
  if (kept in TABLES) return kept;
  return (navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Phrases that a tab brings along, {en: {key: phrase}, zh: {...}}: called once, before it draws. */
export function addPhrases(tables) {
  for (const name of Object.keys(TABLES)) Object.assign(TABLES[name], tables[name]);
}

/** The phrase of a key, with {places} filled in. */
export function t(key, places = {}) {
  const phrase = TABLES[language][key];
  if (phrase === undefined) throw new Error(`no phrase for ${key} in ${language}`);
  return phrase.replace(/\{(\w+)\}/g, (_, name) => places[name]);
}

/** Whether there is a phrase for a key that a declaration made up. */
export const known = (key) => key in TABLES[language];

/** Words that a model or the server brings: {en, zh}, or a plain string for names. */
export function say(words) {
  if (words === null || words === undefined) return "";
  return typeof words === "string" ? words : words[language] || words.en;
}

export const current = () => language;

/** `listener` runs after each change of language, until `signal` says stop. */
export function onLanguage(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener("abort", () => listeners.delete(listener));
}

export function speak(chosen) {
  language = chosen;
  memory.set("language", chosen);
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  for (const listener of [...listeners]) listener();
  return speakGradio();
}

// Tab names are Gradio's. Its loaded core module has the one switch for them (studio/README.md).
async function speakGradio() {
  const core = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .find((name) => /\/assets\/core-[\w-]+\.js/.test(name));
  if (!core) return;
  const { changeLocale } = await import(core);
  changeLocale?.(language === "zh" ? "zh-CN" : "en");
}
