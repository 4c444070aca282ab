// Around the tabs: the name, the switches for language and light, and the footer's privacy note.

import * as phrases from "../i18n/shell.js";
import { h, icon, memory } from "./dom.js";
import { keepPage } from "./dropzone.js";
import { notice } from "./notice.js";
import { FRAME, start } from "./router.js";
import { call, LOST } from "./server.js";
import { keysButton, listen } from "./shortcuts.js";
import { addPhrases, current, onLanguage, say, speak, t } from "./words.js";

addPhrases(phrases);
const system = matchMedia("(prefers-color-scheme: dark)");

const AHEAD = 1500; // milliseconds: what the open tab needs goes first

/** Gradio translates the open tab alone; the same words are put into the others. */
function nameTabs(names) {
  for (const tab of document.querySelectorAll(`${FRAME} [data-tab-id]`)) {
    const words = names[tab.dataset.tabId];
    const text = [...tab.childNodes].find((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (words && text && text.data.trim() !== say(words)) text.data = say(words);
  }
}

/** Scripts of the other tabs, while nobody waits for them. */
function fetchAhead(addresses) {
  const links = addresses.map((href) => h("link", { rel: "modulepreload", href }));
  document.head.append(...links);
}

function dark() {
  const kept = memory.get("light");
  return kept ? kept === "dark" : system.matches;
}

/** Our own sheet reads data-theme, Gradio's reads the class of the body. */
export function paint() {
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  document.body.classList.toggle("dark", dark());
}

/**
 * `models`: ids of all that is published; `later`: addresses of the scripts of other tabs;
 * `names`: those of tabs in both languages; `server.restore` says what is wrong with a link.
 */
export function openHead(element, { server, models, later, names }) {
  const draw = () => {
    const theme = h(
      "button.square.quiet",
      {
        type: "button",
        "aria-label": t(dark() ? "to_light" : "to_dark"),
        data: { do: "theme" },
        onclick: () => {
          memory.set("light", dark() ? "light" : "dark");
          paint();
          draw();
          element.querySelector("[data-do=theme]").focus();
        },
      },
      icon(dark() ? "light" : "dark"),
    );
    const other = current() === "zh" ? "en" : "zh";
    const language = h(
      "button.quiet",
      {
        type: "button",
        lang: other === "zh" ? "zh-CN" : "en",
        data: { do: "language" },
        onclick: async () => {
          await speak(other);
          nameTabs(names);
          element.querySelector("[data-do=language]").focus();
        },
      },
      other === "zh" ? "中文" : "English",
    );
    element.replaceChildren(
      h("h1", {}, h("span.mark", { "aria-hidden": "true" }), t("name")),
      h("div.row", {}, language, keysButton(), theme),
    );
  };
  system.addEventListener("change", () => {
    paint();
    draw();
  });
  onLanguage(draw);
  onLanguage(() => nameTabs(names));
  paint();
  draw();
  speak(current()).then(() => nameTabs(names));
  listen();
  keepPage();
  setTimeout(fetchAhead, AHEAD, later);
  start(models, async (link) => {
    const answer = await call(server.restore, { link });
    if (answer !== LOST && answer.error) notice(answer.error);
  });
}

/** What a tab is for, in one sentence above it. */
export function openLead(element, { tab }) {
  onLanguage(() => element.replaceChildren(h("p", {}, t(`lead_${tab}`))));
  element.replaceChildren(h("p", {}, t(`lead_${tab}`)));
}

export function openFoot(element, { version, shared }) {
  const draw = () =>
    element.replaceChildren(
      h("p", {}, t("privacy"), shared ? ` ${t("relay")}` : null),
      h("p", {}, t("generated"), " ", h("span.version", {}, version)),
    );
  onLanguage(draw);
  draw();
}
