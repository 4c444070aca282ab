// All sides of a figure at once, and the sprite sheet of them as a file.

import { h, icon, save } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";
import { moved } from "./common.js";

const axes = (model) => model.controls.filter((c) => c.kind === "choice" && c.sheet);

export default {
  name: "turns",
  first: () => ({ steps: false }),
  fits: (model) => axes(model).length > 0,
  live: true, // follows every change: the same hero from every side
  settings: ({ steps }, change, { asked, server, client, tell }) => {
    const walks = axes(asked.model).length > 1;
    return [walks ? withSteps(steps, change) : null, takeSheet({ asked, server, client, tell }, steps)];
  },
  of: (request, { steps }) => [request, steps],
  make: (request, { steps }, model) => {
    const [rows, columns] = axes(model);
    const across = steps && columns ? columns.options : [null];
    const cells = rows.options.flatMap(([side]) =>
      across.map((step) => ({ [rows.name]: side, ...(step && { [columns.name]: step[0] }) })),
    );
    const named = (made) => say(rows.options.find(([v]) => v === made.controls[rows.name])[1]);
    return {
      requests: cells.map((cell) => moved(request, cell)),
      columns: steps && columns ? across.length : rows.options.length,
      captions: (made, i) => (steps && i % across.length ? "" : named(made)),
    };
  },
};

function withSteps(steps, change) {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    id: "plan-steps",
    checked: steps,
    onchange: () => change({ steps: box.checked }),
  });
  return h("span.setting", {}, h("label", { for: "plan-steps" }, t("plan_walking")), box);
}

function takeSheet({ asked, server, client, tell }, steps) {
  const button = h(
    "button.primary",
    { type: "button", data: { do: "sheet" } },
    icon("download"),
    t("sheet_take"),
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await call(server.sheet, { request: asked.request, steps, client });
    button.disabled = false;
    if (answer === LOST || answer.error)
      return tell(answer === LOST ? t("state_lost") : say(answer.error), true);
    save(answer.name, answer.mime, answer.data);
    const { name, rows, columns } = answer;
    tell([t("sheet_taken", { name, rows, columns }), terms(asked.model)].filter(Boolean).join(" "));
  });
  return button;
}

const terms = (model) => (model.terms ? `${t("terms")} ${say(model.terms)}` : "");
