// A grid of samples with consecutive seeds, asked for in small portions so that stop is at once.

import { h } from "./dom.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const PORTION = 4; // pictures a call: half a second even where one takes 100 ms
const COUNTS = [16, 64];

/** `world.grid` outlives a change of language: {count, tiles, of}. */
export function samples(world, signal) {
  const { asked, server, client } = world;
  const grid = (world.grid ||= { count: COUNTS[0], tiles: [], of: "" });
  let run = 0; // the number of the running request for samples; 0 when none runs
  let runs = 0;

  const tiles = h("div.tiles", { data: { part: "samples" } });
  const note = h("p.note", { role: "status" });
  const explained = h("p.help", { role: "status" });
  const go = h("button", { type: "button", data: { do: "samples" } });
  go.addEventListener("click", () => (run ? stop() : fill()));
  const sizes = COUNTS.map((count) =>
    h("input", {
      type: "radio",
      name: "count",
      id: `count-${count}`,
      checked: count === grid.count,
      onchange: () => {
        grid.count = count;
        fill();
      },
    }),
  );

  const tile = ({ seed, picture }) =>
    h(
      "button.tile",
      {
        type: "button",
        "aria-label": t("take_seed", { seed }),
        data: { seed },
        onclick: () => asked.take(seed),
      },
      h("img", { src: picture, alt: t("sample_alt", { seed }) }),
      h("span.caption", { "aria-hidden": "true" }, String(seed)),
    );
  const ghosts = () =>
    Array.from({ length: grid.count - grid.tiles.length }, () => h("span.tile.ghost"));
  const mark = () => {
    const { seed, ...rest } = asked.request;
    const stale = !run && grid.of !== "" && grid.of !== JSON.stringify(rest);
    explained.textContent = t(stale ? "samples_stale" : "samples_help");
    go.classList.toggle("primary", stale);
    go.textContent = run ? t("stop") : t("samples_again");
    for (const button of tiles.querySelectorAll("[data-seed]"))
      button.setAttribute("aria-pressed", String(Number(button.dataset.seed) === asked.seed));
  };
  const stop = () => {
    run = 0;
    for (const ghost of tiles.querySelectorAll(".ghost")) ghost.remove();
    mark();
  };

  const fill = async () => {
    const mine = (run = ++runs);
    const { seed, ...rest } = asked.request;
    grid.of = JSON.stringify(rest);
    grid.tiles = [];
    tiles.replaceChildren(...ghosts());
    note.textContent = "";
    mark();
    while (grid.tiles.length < grid.count) {
      const from = seed + grid.tiles.length;
      const seeds = Array.from({ length: PORTION }, (_, i) => (from + i) % 2 ** 31);
      const answer = await call(server.samples, { request: { ...rest, seed }, seeds, client });
      if (run !== mine || signal.aborted) return;
      if (answer === LOST || answer.error) {
        note.textContent = answer === LOST ? t("state_lost") : say(answer.error);
        return stop();
      }
      for (const made of answer.samples) {
        tiles.children[grid.tiles.length].replaceWith(tile(made));
        grid.tiles.push(made);
      }
      mark();
    }
    stop();
  };

  const element = h(
    "section.samples",
    {},
    h(
      "div.row.head",
      {},
      h("h2", {}, t("samples")),
      h(
        "fieldset.segmented",
        {},
        h("legend.unseen", {}, t("samples_count")),
        ...COUNTS.map((count, i) =>
          h("label", { for: sizes[i].id }, sizes[i], h("span", {}, String(count))),
        ),
      ),
      go,
    ),
    explained,
    tiles,
    note,
  );
  tiles.append(...grid.tiles.map(tile), ...(grid.of ? [] : ghosts()));
  asked.on((what) => (what === "model" && grid.of ? fill() : mark()), signal);
  mark();
  if (!grid.of) {
    // The first grid is made when a person comes near it, not while the page opens.
    const near = new IntersectionObserver(
      (seen) => {
        if (!seen.some((s) => s.isIntersecting)) return;
        near.disconnect();
        if (!grid.of) fill();
      },
      { rootMargin: "100px" },
    );
    near.observe(element);
    signal.addEventListener("abort", () => near.disconnect());
  }
  return element;
}
