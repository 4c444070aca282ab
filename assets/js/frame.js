// Around the tabs: the name, the switches for language and light, and the footer's privacy note.

import { h, icon, memory } from "./dom.js";
import { current, onLanguage, speak, t } from "./words.js";

const system = matchMedia("(prefers-color-scheme: dark)");

function dark() {
  const kept = memory.get("light");
  return kept ? kept === "dark" : system.matches;
}

/** Our own sheet reads data-theme, Gradio's reads the class of the body. */
export function paint() {
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  document.body.classList.toggle("dark", dark());
}

export function openHead(element) {
  const draw = () => {
    const theme = h(
      "button.square",
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
          element.querySelector("[data-do=language]").focus();
        },
      },
      other === "zh" ? "中文" : "English",
    );
    element.replaceChildren(
      h("h1", {}, h("span.mark", { "aria-hidden": "true" }), t("name")),
      h("div.row", {}, language, theme),
    );
  };
  system.addEventListener("change", () => {
    paint();
    draw();
  });
  onLanguage(draw);
  paint();
  draw();
  speak(current());
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
