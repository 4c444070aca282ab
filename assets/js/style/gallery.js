// A choice whose options have pictures: buttons with thumbnails in place of a list.

import { h } from "../dom.js";
import { dropFile, dropZone } from "../dropzone.js";
import { follow, help } from "../follow.js";
import { LOST } from "../server.js";
import { say, t } from "../words.js";
import { ENDINGS } from "./source.js";

/** Whether all options of a declared choice have a thumbnail. */
export const pictured = (declared, thumbs) =>
  declared.kind === "choice" && declared.options.every(([value]) => value in thumbs);

/** The gallery of one choice; `ends` are elements behind the last work. */
export function gallery(declared, world, signal, ...ends) {
  const { asked, thumbs } = world;
  const radios = declared.options.map(([value]) =>
    h("input", {
      type: "radio",
      name: `gallery-${declared.name}`,
      id: `gallery-${declared.name}-${value}`,
      value,
      data: { control: declared.name },
      onchange: () => {
        if (declared.name === "style") leaveOwn(world);
        asked.set(declared.name, value);
      },
    }),
  );
  follow(declared, asked, signal, (value) => {
    for (const radio of radios) radio.checked = radio.value === value && !ownOf(declared, asked);
  });
  return h(
    "fieldset.gallery",
    { data: { part: `gallery-${declared.name}` } },
    h("legend", {}, say(declared.label)),
    h(
      "div.works",
      {},
      ...declared.options.map(([value, words], i) =>
        h(
          "label.work",
          { for: radios[i].id, title: say(words) },
          radios[i],
          h("img", { src: thumbs[value], alt: say(words), loading: "lazy" }),
        ),
      ),
      ...ends,
    ),
    h("p.help", { role: "status", data: { chosen: declared.name } }, chosen(declared, asked)),
    help(declared, asked),
  );
}

const ownOf = (declared, asked) => declared.name === "style" && asked.inputs.own_style;

/** The name of the work that is chosen now. */
export function chosen(declared, asked) {
  if (ownOf(declared, asked)) return t("style_own_named", { name: asked.inputs.own_style.name });
  const found = declared.options.find(([value]) => value === asked.controls[declared.name]);
  return found ? say(found[1]) : "";
}

function leaveOwn(world) {
  const { own_style: _, ...rest } = world.asked.inputs;
  world.asked.inputs = rest;
}

/** A place for a style picture of one's own; nothing where the model takes none. */
export function ownStyle(world, signal) {
  const { asked, server, client } = world;
  if (!asked.model.takes.some((t) => t.name === "own_style")) return null;
  const image = h("img", { alt: "", hidden: !world.ownStyle });
  if (world.ownStyle) image.src = world.ownStyle;
  const zone = dropZone(
    {
      id: "style-own",
      accept: ENDINGS,
      lines: [t("style_own")],
      take: async ([file]) => {
        const answer = await dropFile(server, client, file);
        if (signal.aborted) return;
        if (answer === LOST || answer.error) {
          return world.stage.tell(answer === LOST ? t("state_lost") : say(answer.error), true);
        }
        if (world.ownStyle) URL.revokeObjectURL(world.ownStyle);
        world.ownStyle = image.src = URL.createObjectURL(file);
        image.hidden = false;
        asked.inputs = { ...asked.inputs, own_style: answer.file };
        world.redraw("all");
        world.painter.ask();
      },
    },
    // Paste belongs to the picture, not to the style.
    AbortSignal.abort(),
  );
  zone.classList.add("work");
  zone.prepend(image);
  return zone;
}
