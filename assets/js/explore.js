// Many pictures around the present one: samples, sides, children, walks, corners and tables. Each is
// a plan (plans/*.js) that says which requests to make; here they are made, in small portions, so
// that stop is at once.

import { settled, h } from "./dom.js";
import { filmRow, zipButton } from "./takeaway.js";
import between from "./plans/between.js";
import children from "./plans/children.js";
import corners from "./plans/corners.js";
import samples from "./plans/samples.js";
import table from "./plans/table.js";
import turns from "./plans/turns.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const PLANS = [samples, turns, children, between, corners, table];
const PORTION = 4; // pictures a call: half a second even where one takes 100 ms

/** `world.explore` outlives a change of language: {mode, sets: {mode: {options, tiles, of, plan}}}. */
export function explore(world, signal) {
  const { asked, server, client } = world;
  const state = (world.explore ||= { mode: "samples", sets: {} });
  let run = 0; // the number of the running plan; 0 when none runs
  let runs = 0;
  let near = false;

  const fitting = () => PLANS.filter((plan) => plan.fits(asked.model));
  const plan = () => fitting().find((p) => p.name === state.mode) || fitting()[0];
  const set = () => {
    const { name, first } = plan();
    const kept = state.sets[name];
    if (kept && (kept.model === asked.model || name === "samples")) return kept;
    return (state.sets[name] = { model: asked.model, options: first(asked.model), tiles: [], of: "" });
  };

  const modes = h("div.segmented.modes", { role: "group", "aria-label": t("explore_modes") });
  const settings = h("div.row.settings");
  const tiles = h("div.tiles", { data: { part: "samples" } });
  const note = h("p.note", { role: "status" });
  const explained = h("p.help", { role: "status" });
  const takeaway = h("div.row.takeaway");
  const go = h("button", { type: "button", data: { do: "samples" } });
  go.addEventListener("click", () => (run ? stop() : fill()));

  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const change = (options) => {
    Object.assign(set().options, options);
    draw();
    if (near) fill();
  };
  const wanted = () => JSON.stringify(plan().of(asked.request, set().options));
  const stale = () => !run && set().of !== "" && set().of !== wanted();

  const mark = () => {
    const old = stale();
    explained.textContent = t(old ? "samples_stale" : `plan_${plan().name}_help`);
    go.classList.toggle("primary", old);
    go.textContent = run ? t("stop") : t("samples_again");
    for (const button of tiles.querySelectorAll("[data-seed]"))
      button.setAttribute("aria-pressed", String(Number(button.dataset.seed) === asked.seed));
    takeaway.hidden = Boolean(run) || !set().tiles.length;
  };

  const stop = () => {
    run = 0;
    for (const ghost of tiles.querySelectorAll(".ghost")) ghost.remove();
    mark();
  };

  /** Shows what there is: tiles, with empty places for those on their way. */
  const lay = () => {
    const { plan: made, tiles: done } = set();
    const count = made ? made.requests.length : 16;
    tiles.style.setProperty("--columns", made?.columns ?? 8);
    tiles.classList.toggle("clear", asked.model.clear);
    tiles.classList.toggle("square", Boolean(made?.square));
    tiles.classList.toggle("few", (made?.columns ?? 8) < 8 && !made?.square);
    const cells = Array.from({ length: count }, (_, i) => done[i] || h("span.tile.ghost"));
    tiles.replaceChildren(...(made?.heads ? headed(made.heads, cells) : cells));
  };

  const tile = (made, request, i) => {
    const caption = String(set().plan.captions(request, i) ?? "");
    const facts = plan().name === "samples" ? { seed: request.seed } : { tile: i };
    const name = plan().name === "samples" ? t("take_seed", { seed: request.seed }) : t("take_tile", { n: i + 1, caption });
    return h(
      "button.tile",
      { type: "button", "aria-label": name, data: facts, onclick: () => take(request) },
      h("img", { src: made.picture, alt: "" }),
      caption ? h("span.caption", { "aria-hidden": "true" }, caption) : null,
    );
  };
  const take = (request) => {
    if (plan().name === "samples") return asked.take(request.seed);
    asked.restore(asked.model, request);
  };

  const fill = async () => {
    const mine = (run = ++runs);
    const now = plan();
    const here = set();
    here.of = wanted();
    tell("");
    mark();
    const made = await now.make(asked.request, here.options, asked.model, world);
    if (run !== mine || signal.aborted) return;
    if (made === LOST || made.error) {
      tell(made === LOST ? t("state_lost") : say(made.error), true);
      here.plan = null;
      here.tiles = [];
      lay();
      return stop();
    }
    // What follows every change keeps the old tiles until the new ones are here.
    if (!now.live || here.plan?.requests.length !== made.requests.length) here.tiles = [];
    here.plan = made;
    lay();
    for (let from = 0; from < made.requests.length; from += PORTION) {
      const requests = made.requests.slice(from, from + PORTION);
      const answer = await call(server.several, { requests, client });
      if (run !== mine || signal.aborted) return;
      if (answer === LOST || answer.error) {
        tell(answer === LOST ? t("state_lost") : say(answer.error), true);
        return stop();
      }
      if (answer.superseded) return stop();
      answer.results.forEach((one, i) => (here.tiles[from + i] = tile(one, requests[i], from + i)));
      lay();
      mark();
    }
    stop();
  };
  const again = settled(150, () => near && !signal.aborted && fill());

  const draw = () => {
    const now = plan();
    modes.replaceChildren(
      ...fitting().map(({ name }) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(name === now.name),
            data: { mode: name },
            onclick: () => choose(name),
          },
          t(`plan_${name}`),
        ),
      ),
    );
    const parts = now.settings(set().options, change, { ...world, tell });
    settings.replaceChildren(...[...parts, go].filter(Boolean));
    takeaway.replaceChildren(
      zipButton(world, () => set().plan?.requests || [], tell),
      ...filmRow(world, () => set().plan?.keys || set().plan?.requests || [], tell),
    );
    lay();
    mark();
  };
  const choose = (name) => {
    if (run) stop();
    state.mode = name;
    draw();
    element.querySelector(`[data-mode=${name}]`)?.focus();
    if (!set().of || plan().live) fill();
  };

  const element = h(
    "section.samples",
    {},
    h("div.row.head", {}, h("h2", {}, t("around")), modes),
    settings,
    explained,
    tiles,
    note,
    takeaway,
  );
  draw();
  asked.on((what) => {
    if (what === "model") {
      if (run) stop();
      draw();
      if (near) fill();
    } else if (plan().live && near) again();
    else mark();
  }, signal);
  world.onHeld(draw, signal);

  // The first tiles are made when a person comes near them, not while the page opens.
  const watcher = new IntersectionObserver(
    (seen) => {
      if (!seen.some((s) => s.isIntersecting)) return;
      watcher.disconnect();
      near = true;
      if (!set().of) fill();
    },
    { rootMargin: "100px" },
  );
  watcher.observe(element);
  signal.addEventListener("abort", () => watcher.disconnect());
  return element;
}

/** Cells with a row of values above them and one value before each line. */
function headed({ across, down, axes }, cells) {
  const corner = h("span.axis.corner", {}, `${say(axes[1])} ↓ ${say(axes[0])} →`);
  const top = across.map((words) => h("span.axis", {}, words));
  const lines = down.flatMap((words, i) => [
    h("span.axis.line", {}, words),
    ...cells.slice(i * across.length, (i + 1) * across.length),
  ]);
  return [corner, ...top, ...lines];
}
