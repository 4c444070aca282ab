// The stage of a text: its words, which of them are new, how likely each was, and what to take
// home. A word is pressed for what else the model thought of.

import { h, icon, memory, save } from "./dom.js";
import { call, LOST } from "./server.js";
import { changed, wordsOf } from "./textdiff.js";
import { say, t } from "./words.js";

const LONGEST = 400; // words up to which texts are compared

/**
 * `world` is {asked, server, shown, client, stream}: `shown` outlives a change of language. The
 * element carries data-asked, data-shown (sequence numbers), data-request-id and data-request.
 */
export function textStage(world, signal) {
  const { asked, shown } = world;
  const page = h("p.written", { tabindex: "0", translate: "no", data: { part: "text" }, "aria-label": t("text") });
  const time = h("span.time");
  const note = h("p.note", { role: "status" });
  const status = h("span.status", { role: "status" });
  const others = h("div.others", { data: { part: "others" } });
  const heat = h("input", { type: "checkbox", role: "switch", id: "words-heat", data: { do: "heat" } });
  heat.checked = memory.get("heat") === "yes";
  const terms = h("p.terms");
  const element = h(
    "section.stage",
    { "aria-label": t("text"), data: { part: "stage" } },
    h("div.paper", {}, page, status),
    others,
    h("div.row.facts", {}, note, time),
    h(
      "div.row.actions",
      {},
      ...actions(world, note),
      h("label.inline", { for: "words-heat" }, heat, h("span", {}, t("heat"))),
    ),
    terms,
  );

  heat.addEventListener("change", () => {
    memory.set("heat", heat.checked ? "yes" : "no");
    draw();
  });
  element.wait = (sequence) => (element.dataset.asked = sequence);
  element.show = (sequence, answer) => {
    if (answer.error) return tell(answer.error, true);
    const before = shown.text;
    Object.assign(shown, answer, { sequence, note: answer.note || shown.said, said: null });
    if (before && before.text !== shown.text.text) shown.before = before;
    draw();
  };
  element.waits = (words) => (status.textContent = words);
  element.partly = (text) => {
    element.waits("");
    shown.text = text;
    shown.before = null;
    draw();
  };
  element.state = (state) => {
    element.dataset.state = state;
    status.textContent = state === "ready" ? "" : t(`state_${state}`);
  };
  const tell = (words, bad) => {
    shown.note = words;
    note.textContent = say(words);
    note.classList.toggle("bad", Boolean(bad));
  };

  const draw = () => {
    const { sequence, request, id, ms, all, text } = shown;
    element.dataset.shown = sequence;
    if (id) element.dataset.requestId = id;
    if (request) element.dataset.request = JSON.stringify(request);
    time.textContent = ms === undefined ? "" : t("time", { ms: ms.toFixed(1), all: all.toFixed(0) });
    tell(shown.note);
    page.classList.toggle("heated", heat.checked);
    if (!text) return page.replaceChildren();
    page.lang = /[\u4e00-\u9fff]/.test(text.text) ? "zh-CN" : "en";
    page.replaceChildren(...spans(text, shown.before));
    if (heat.checked && text.tokens.length)
      note.textContent = t("perplexity", { n: perplexity(text.tokens).toFixed(1) });
    others.replaceChildren();
  };

  page.addEventListener("click", (event) => {
    const token = event.target.closest("[data-token]");
    if (token) open(Number(token.dataset.token));
  });
  page.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !shown.text?.tokens.length) return;
    event.preventDefault();
    const last = shown.text.tokens.length - 1;
    open(Math.min(last, Math.max(0, (shown.open ?? (step > 0 ? -1 : last + 1)) + step)));
  });

  /** What else could stand in the place of one token; pressing it goes on from there. */
  const open = (index) => {
    const token = shown.text?.tokens[index];
    if (!token) return;
    shown.open = index;
    for (const span of page.querySelectorAll("[data-token]"))
      span.classList.toggle("open", Number(span.dataset.token) === index);
    const [piece, chance, alternatives] = token;
    others.replaceChildren(
      h("p.help", {}, t("instead", { piece: piece.trim() || "␣", chance: percent(chance) })),
      h(
        "div.row.choices",
        {},
        ...alternatives.map(([other, share]) =>
          h(
            "button",
            { type: "button", data: { do: "instead" }, onclick: () => branch(index, other) },
            h("span", {}, other.trim() || (/\n/.test(other) ? "¶" : "␣")),
            h("span.unit", {}, percent(share)),
          ),
        ),
      ),
    );
  };
  const branch = (index, other) => {
    const before = shown.text.tokens.slice(0, index).map(([piece]) => piece);
    asked.set("opening", opening(before.join("") + other));
  };

  const describe = () => {
    const { model } = asked;
    terms.textContent = model.terms ? `${t("terms")} ${say(model.terms)}` : "";
    terms.hidden = !model.terms;
  };
  asked.on((what) => what === "model" && describe(), signal);
  element.dataset.asked = shown.sequence;
  describe();
  draw();
  return element;
}

/** A text as the line that an opening is; what is longer loses its beginning. */
export function opening(text, longest = 2000) {
  const chinese = /[\u4e00-\u9fff]/.test(text);
  return text.replace(/\s*\n+\s*/g, chinese ? "" : " ").slice(-longest);
}

function spans(text, before) {
  const words = wordsOf(text.tokens);
  const old = before ? wordsOf(before.tokens) : null;
  const compare = old && words.length < LONGEST && old.length < LONGEST;
  const fresh = compare
    ? changed(old.map((w) => w.text), words.map((w) => w.text)) // prettier-ignore
    : new Set();
  return words.flatMap((word, i) => {
    const inside = word.tokens.map((k) => {
      const [piece, chance, , given] = text.tokens[k];
      const span = h(given ? "span.given" : "span", { data: { token: k } }, piece);
      span.style.setProperty("--chance", heatOf(chance));
      return span;
    });
    return fresh.has(i) ? [h("mark", {}, ...inside)] : inside;
  });
}

// 0 for a word that was sure, 1 for one chance in a thousand.
const heatOf = (chance) => Math.min(1, -Math.log10(Math.max(chance, 1e-6)) / 3).toFixed(2);

const percent = (chance) => (chance < 0.001 ? "<0.1 %" : `${(100 * chance).toFixed(1)} %`);

/** e to the mean surprise of a piece. */
function perplexity(tokens) {
  const sum = tokens.reduce((total, [, chance]) => total - Math.log(Math.max(chance, 1e-6)), 0);
  return Math.exp(sum / tokens.length);
}

function actions({ asked, server, shown, client }, note) {
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const button = (name, picture, act, kind = "") =>
    h(`button${kind}`, { type: "button", data: { do: name }, onclick: act }, icon(picture), t(name));
  const put = async (words, done, otherwise) => {
    // Plain HTTP on a local network has no clipboard.
    try {
      await navigator.clipboard.writeText(words);
      tell(done);
    } catch {
      tell(otherwise);
    }
  };
  const take = async (event) => {
    const pressed = event.currentTarget;
    pressed.disabled = true;
    const answer = await call(server.download, { request: asked.request, form: "txt", client });
    pressed.disabled = false;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    save(answer.name, answer.mime, answer.data);
    tell(t("saved", { name: answer.name }));
  };
  return [
    button("copy_text", "file", () => put(shown.text?.text || "", t("copied"), t("no_clipboard")), ".primary"),
    button("download_text", "download", take),
    button("copy_link", "link", () => {
      if (shown.link) history.replaceState(null, "", `#r=${shown.link}`);
      put(location.href, t("link_copied"), t("link_in_address"));
    }),
  ];
}
