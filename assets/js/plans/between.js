// A strip of pictures from the present one to another: one turns into the other.

import { MOST } from "../asked.js";
import { h, icon } from "../dom.js";
import { randomSeed } from "../seed.js";
import { call, LOST } from "../server.js";
import { t } from "../words.js";
import { moved, segments } from "./common.js";

const second = (model) => model.controls.find((c) => c.kind === "seed" && c.walked);

export default {
  name: "between",
  first: () => ({ end: randomSeed(), steps: 8 }),
  fits: (model) => Boolean(second(model)),
  settings: ({ end, steps }, change, { held }) => [
    endOf(end, change),
    held ? fromHeld(held, change) : null,
    segments("steps", [8, 16].map((n) => [n, String(n)]), steps, (n) => change({ steps: n })),
  ],
  of: (request, { end, steps }) => [request, end, steps],
  /** The server knows the way: it makes films of it too. */
  make: async (request, { end, steps }, model, { server }) => {
    const ends = bothEnds(request, end);
    const answer = await call(server.between, { ends, steps });
    if (answer === LOST || answer.error) return answer;
    const way = second(model).walked;
    return {
      requests: answer.requests,
      columns: 8,
      captions: (made, i) => (i === 0 || i === steps - 1 ? String(made.seed) : made.controls[way]),
      keys: ends,
    };
  },
};

const bothEnds = (request, end) => [
  request,
  typeof end === "number" ? moved(request, {}, end) : end,
];

function endOf(end, change) {
  const number = h("input.number", {
    type: "number",
    id: "plan-end",
    min: 0,
    max: MOST,
    step: 1,
    inputmode: "numeric",
    data: { plan: "end" },
    value: typeof end === "number" ? String(end) : String(end.seed),
  });
  number.addEventListener("change", () =>
    change({ end: Math.min(MOST, Math.max(0, Math.round(Number(number.value)) || 0)) }),
  );
  const dice = h(
    "button.square",
    {
      type: "button",
      "aria-label": t("plan_end_random"),
      onclick: () => change({ end: randomSeed() }),
    },
    icon("dice"),
  );
  return h("span.setting", {}, h("label", { for: "plan-end" }, t("plan_end")), number, dice);
}

const fromHeld = (held, change) =>
  h(
    "button",
    { type: "button", data: { plan: "held" }, onclick: () => change({ end: held.request }) },
    t("plan_end_held"),
  );
