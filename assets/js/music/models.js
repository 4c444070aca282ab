// Which model: one chip each, in the order of the list.

import { h } from "../dom.js";
import { say, t } from "../words.js";

export function models({ models, asked }, signal) {
  const radios = models.map((model) =>
    h("input", {
      type: "radio",
      name: "model",
      id: `m-${model.id}`,
      value: model.id,
      onchange: () => asked.choose(model),
    }),
  );
  const about = h("p.help");
  const show = () => {
    for (const radio of radios) radio.checked = radio.value === asked.model.id;
    about.textContent = say(asked.model.summary);
  };
  asked.on((what) => what === "model" && show(), signal);
  show();
  // A form of its own: the radios of other tabs have the same name.
  return h(
    "form",
    {},
    h(
      "fieldset.picker",
      { data: { part: "picker" } },
      h("legend.unseen", {}, t("model")),
      ...models.map((model, i) =>
        h("label.chip", { for: radios[i].id }, radios[i], h("span.name", {}, say(model.title))),
      ),
    ),
    about,
  );
}
