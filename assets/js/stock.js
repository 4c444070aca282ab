// Lab -> Models: all published models; loaded ones with their memory, and the card of each.

import { h } from "./dom.js";
import { content as card } from "./picker.js";
import { go, openTab } from "./router.js";
import { call, LOST } from "./server.js";
import { current, say, t } from "./words.js";

const SHELF = "stock";

/** `world.stock` outlives a change of language: the list as the server told it. */
export function stock(world, signal) {
  const { server } = world;
  const note = h("p.note", { role: "status" });
  const body = h("div.stock", { data: { part: SHELF } }, h("p.help", {}, t("reading")));
  const tell = (words, bad = false) => {
    note.textContent = words;
    note.classList.toggle("bad", bad);
  };
  const change = async (fn, model, said) => {
    const answer = await call(fn, { model: model.id });
    if (signal.aborted) return;
    if (answer === LOST || answer.error)
      return tell(answer === LOST ? t("state_lost") : say(answer.error), true);
    Object.assign(model, answer);
    draw(model.id);
    tell(t(said, { model: say(model.title) }));
  };
  const opened = new Set();
  const draw = (changed = "") => {
    const models = world[SHELF];
    if (!models.length) return body.replaceChildren(h("p.empty", {}, t("stock_none")));
    const loaded = models.filter((m) => m.megabytes !== null);
    const megabytes = loaded.reduce((sum, m) => sum + m.megabytes, 0).toFixed(1);
    body.replaceChildren(
      h("p.help", {}, t("stock_count", { n: models.length, loaded: loaded.length, megabytes })),
      ...[...new Set(models.map((m) => m.domain))].map((domain) =>
        h(
          "div.domain",
          {},
          h("h3", {}, t(`domain_${domain}`)),
          ...models.filter((m) => m.domain === domain).map((m) => row(m, server, change, opened)),
        ),
      ),
    );
    body.querySelector(`[data-of="${CSS.escape(changed)}"]`)?.focus(); // the keyboard stays
  };
  const read = async () => {
    const answer = await call(server.shelf, {});
    if (signal.aborted) return;
    if (answer === LOST || answer.error) {
      const words = answer === LOST ? t("state_lost") : say(answer.error);
      return body.replaceChildren(h("p.note.bad", {}, words));
    }
    world[SHELF] = answer.models;
    draw();
  };
  if (world[SHELF]) draw();
  read();
  return h(
    "section.wide",
    {},
    h("h2", {}, t("lab_models")),
    h("p.help", {}, t("stock_help")),
    note,
    body,
  );
}

function row(model, server, change, opened) {
  const held = model.megabytes !== null;
  const name = say(model.title);
  const button = h(
    "button",
    {
      type: "button",
      "aria-label": `${t(held ? "stock_unload" : "stock_warm")}: ${name}`,
      data: { of: model.id, do: held ? "unload" : "warm" },
      onclick: () => {
        button.disabled = true;
        if (held) change(server.unload, model, "stock_unloaded");
        else change(server.warm, model, "stock_warmed");
      },
    },
    t(held ? "stock_unload" : "stock_warm"),
  );
  const open = h(
    "button.quiet",
    {
      type: "button",
      "aria-label": `${t("stock_open")}: ${name}`,
      onclick: () => (model.link ? go(model.link) : openTab(model.domain)),
    },
    t("stock_open"),
  );
  return h(
    "article.model",
    { data: { model: model.id, loaded: held } },
    model.thumb ? h("img", { src: model.thumb, alt: "" }) : h("span.blank"),
    h(
      "div.words",
      {},
      h("h4", {}, name, model.weak ? h("span.badge", {}, t("weak")) : null),
      h("p.help", {}, say(model.summary)),
      h("p.help.figures", {}, figures(model)),
    ),
    h("div.row", {}, button, open),
    details(model, opened),
  );
}

function figures({ card: { cost = {} }, megabytes, answers }) {
  const language = current() === "zh" ? "zh-CN" : "en";
  return [
    cost.parameters && `${t("card_size")}: ${cost.parameters.toLocaleString(language)}`,
    cost.milliseconds && t("milliseconds", { n: cost.milliseconds }),
    megabytes === null ? t("stock_away") : t("stock_held", { megabytes, answers }),
  ]
    .filter(Boolean)
    .join(" · ");
}

// The card is drawn when a person asks for it: fifty at once would be a long page for nothing.
function details(model, opened) {
  const body = h("div.card");
  const element = h("details", {}, h("summary", {}, t("stock_card")), body);
  const fill = () => {
    if (element.open && !body.childElementCount) body.replaceChildren(...card(model));
    if (element.open) opened.add(model.id);
    else opened.delete(model.id);
  };
  element.addEventListener("toggle", fill);
  element.open = opened.has(model.id);
  return element;
}
