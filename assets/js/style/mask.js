// A painted mask: where the finger goes, the painting shows; elsewhere the picture stays.

import { h } from "../dom.js";
import { dropFile } from "../dropzone.js";
import { LOST } from "../server.js";
import { say, t } from "../words.js";
import { asFile } from "./source.js";

/** {layer, button, tools, fresh}: `fresh()` is called with a new source. */
export function maskLayer(world, signal) {
  const { asked } = world;
  const layer = h("canvas.mask", { hidden: true, "aria-label": t("style_mask_layer") });
  const pen = layer.getContext("2d", { willReadFrequently: true });
  const width = h("input", {
    type: "range",
    id: "style-pen",
    min: 2,
    max: 30,
    step: 1,
    value: "10",
    data: { control: "pen" },
  });
  const button = h(
    "button",
    { type: "button", "aria-expanded": "false", data: { do: "mask" } },
    t("style_mask"),
  );
  const act = (name, how) =>
    h("button.quiet", { type: "button", data: { do: `mask-${name}` }, onclick: how }, t(`style_mask_${name}`));

  const fill = (red) => {
    pen.fillStyle = `rgb(${red} ${red} ${red})`;
    pen.fillRect(0, 0, layer.width, layer.height);
  };
  const keep = async () => {
    world.mask = pen.getImageData(0, 0, layer.width, layer.height);
    asked.set("strength", asked.controls.strength);
    const answer = await dropFile(world.server, world.client, await asFile(world.mask, "mask.png"));
    if (signal.aborted) return;
    if (answer === LOST || answer.error) {
      return world.stage.tell(answer === LOST ? t("state_lost") : say(answer.error), true);
    }
    give(answer.file);
  };
  const give = (file) => {
    const { mask: _, ...rest } = asked.inputs;
    asked.inputs = file ? { ...rest, mask: file } : rest;
    world.painter.ask();
  };
  const clear = () => {
    world.mask = null;
    fill(0);
    give(null);
  };
  const invert = () => {
    pen.globalCompositeOperation = "difference";
    fill(255);
    pen.globalCompositeOperation = "source-over";
    keep();
  };
  const tools = h(
    "div.row.masking",
    { hidden: true },
    h("label", { for: "style-pen" }, t("style_pen")),
    width,
    act("invert", invert),
    act("clear", clear),
    h("p.help", {}, t("style_mask_help")),
  );
  button.addEventListener("click", () => {
    const on = layer.hidden;
    layer.hidden = tools.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  });

  let last = null;
  const stroke = (event) => {
    const box = layer.getBoundingClientRect();
    const at = [
      ((event.clientX - box.left) * layer.width) / box.width,
      ((event.clientY - box.top) * layer.height) / box.height,
    ];
    pen.strokeStyle = event.altKey ? "#000" : "#fff";
    pen.lineWidth = (Number(width.value) / 100) * Math.max(layer.width, layer.height);
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...(last || at));
    pen.lineTo(...at);
    pen.stroke();
    last = at;
    world.mask = pen.getImageData(0, 0, layer.width, layer.height);
    world.painter.ask();
  };
  layer.addEventListener("pointerdown", (event) => {
    layer.setPointerCapture(event.pointerId);
    last = null;
    stroke(event);
  });
  layer.addEventListener("pointermove", (event) => last && stroke(event));
  layer.addEventListener("pointerup", () => {
    last = null;
    keep();
  });

  const fresh = () => {
    const { before } = world.source;
    layer.width = before.width;
    layer.height = before.height;
    const kept = world.mask;
    if (kept && kept.width === layer.width && kept.height === layer.height) {
      return pen.putImageData(kept, 0, 0);
    }
    world.mask = null;
    fill(0);
  };
  return { layer, button, tools, fresh };
}
