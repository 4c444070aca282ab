// The stage: before and after over each other with a divider, what can be taken home, progress.

import { h, icon, memory, save } from "../dom.js";
import { run, told } from "../runs.js";
import { sendMenu } from "../send.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { maskLayer } from "./mask.js";

const LARGE = 1_000_000; // pixels from which taking home is a run with progress
const FORMS = { png: "PNG", webp: "WebP", jpeg: "JPEG" };

/**
 * `world` holds source, result, facts. The element carries data-asked and data-shown (sequence
 * numbers), data-state, data-request-id, data-request and data-link (of the whole picture), for tests; `show(answer)` and `state(word)` are called.
 */
export function stage(world, signal) {
  const before = h("canvas.before", { role: "img", "aria-label": t("style_before") });
  const after = h("canvas.after", { role: "img", "aria-label": t("style_after") });
  const divider = h("input.divider", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: "0",
    "aria-label": t("style_divider"),
    data: { control: "divider" },
  });
  const mask = maskLayer(world, signal);
  const status = h("span.status", { role: "status" });
  const frame = h("div.frame", {}, after, before, h("span.line"), mask.layer, status);
  const note = h("p.note", { role: "status" });
  const time = h("span.time");
  const bar = h("progress", { max: 1, hidden: true, "aria-label": t("style_progress") });
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const element = h(
    "section.stage",
    { "aria-label": t("stage"), data: { part: "style-stage" } },
    frame,
    h("label.dividing", {}, h("span", {}, t("style_compare")), divider),
    h("div.row.facts", {}, note, time),
    bar,
    h("div.row.actions", {}, ...actions(world, tell, bar, signal), mask.button),
    mask.tools,
  );
  const split = () => frame.style.setProperty("--at", `${divider.value}%`);
  divider.addEventListener("input", split);
  split();

  element.tell = tell;
  element.state = (state) => {
    element.dataset.state = state;
    status.textContent = state === "ready" ? "" : t(`state_${state}`);
  };
  element.fresh = () => {
    const { source } = world;
    put(before, source.before);
    put(after, source.before);
    frame.style.setProperty("--ratio", `${source.before.width} / ${source.before.height}`);
    frame.classList.toggle("tall", source.before.height > source.before.width);
    mask.fresh();
    tell(t("style_size", { name: source.name, width: source.width, height: source.height }));
  };
  element.show = (answer) => {
    if (answer.error) return tell(say(answer.error), true);
    put(after, world.result);
    const { ms, all, id, note: told } = world.facts;
    element.dataset.shown = answer.sequence;
    if (id) element.dataset.requestId = id;
    time.textContent = ms ? t("time", { ms: ms.toFixed(0), all: (all ?? ms).toFixed(0) }) : "";
    if (told) tell(say(told));
  };
  if (world.source) {
    element.fresh();
    if (world.result) put(after, world.result);
  }
  world.stage = element;
  return element;
}

function put(canvas, data) {
  canvas.width = data.width;
  canvas.height = data.height;
  canvas.getContext("2d").putImageData(data, 0, 0);
}

function actions(world, tell, bar, signal) {
  const { server, client } = world;
  const kept = memory.get("form");
  const form = h(
    "select",
    { "aria-label": t("style_form"), data: { control: "form" } },
    ...Object.entries(FORMS).map(([value, words]) => h("option", { value }, words)),
  );
  form.value = kept in FORMS ? kept : "png";
  form.addEventListener("change", () => memory.set("form", form.value));
  const stop = h("button", { type: "button", hidden: true, data: { do: "stop" } }, t("stop"));
  const download = h(
    "button.primary",
    { type: "button", data: { do: "download" } },
    icon("download"),
    t("style_download"),
  );
  const busy = (on) => {
    download.disabled = on;
    stop.hidden = !on;
    bar.hidden = !on;
    if (on) bar.removeAttribute("value");
  };
  download.addEventListener("click", async () => {
    if (!world.source) return;
    const request = world.painter.whole;
    const { width, height } = world.source;
    busy(true);
    let answer = null;
    if (width * height > LARGE) {
      const ended = new AbortController();
      stop.onclick = () => ended.abort();
      signal.addEventListener("abort", () => ended.abort());
      const begun = performance.now();
      answer = await run(server, client, request, (news) => {
        bar.value = news.fraction;
        tell(told(news));
      }, ended.signal);
      if (answer !== LOST && answer.note) answer = { error: answer.note }; // stopped on the way
      world.spent = performance.now() - begun;
    }
    if (!answer || (answer !== LOST && !answer.error)) {
      answer = await call(server.download, { request, form: form.value, client });
    }
    busy(false);
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    save(answer.name, answer.mime, answer.data);
    tell(t("saved", { name: answer.name }));
  });
  const link = h("button", { type: "button", data: { do: "link" } }, icon("link"), t("copy_link"));
  link.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      tell(t("style_link_copied"));
    } catch {
      tell(t("link_in_address"));
    }
  });
  const letter = () =>
    world.source && { request: world.painter.whole, title: world.asked.model.title };
  const send = sendMenu(world.sends, letter);
  return [h("span.joined", {}, download, form), stop, link, sweep(world), send].filter(Boolean);
}

/** Strength from nothing to all and back, once; the arithmetic runs in the page. */
function sweep(world) {
  const button = h("button", { type: "button", data: { do: "play" } }, t("style_sweep"));
  button.addEventListener("click", () => {
    const { asked } = world;
    if (!world.painted || !asked.control("strength")) return;
    const kept = asked.controls.strength;
    const begun = performance.now();
    const step = (now) => {
      const part = (now - begun) / 3000;
      if (part >= 1) return asked.set("strength", kept);
      asked.set("strength", Math.round(100 * (0.5 - 0.5 * Math.cos(2 * Math.PI * part))) / 100);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  return button;
}
