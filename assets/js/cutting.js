// A part of the picture becomes the picture: dragged out with mouse or finger, or its middle by
// keyboard. It is cut in the page, so that a large file need not be sent again.

import { h } from "./dom.js";
import { t } from "./words.js";

const LEAST = 8; // pixels of a side

/** {button, layer}: the layer lies over the comparison; `take(files)` gets the part as a file. */
export function cutting(world, signal) {
  const frame = h("span.cut-frame");
  const layer = h("div.cut", { hidden: true }, frame);
  const button = h(
    "button",
    { type: "button", "aria-pressed": "false", title: t("up_cut_help"), data: { do: "cut" } },
    t("up_cut"),
  );
  const open = (on) => {
    layer.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    draw(frame, null);
  };
  const done = async (box) => {
    open(false);
    const file = await part(world.picture, box);
    if (file && !signal.aborted) world.take([file]);
  };
  button.addEventListener("click", () => open(layer.hidden));
  button.addEventListener("keydown", (event) => {
    if (layer.hidden || event.key !== "Enter") return;
    event.preventDefault();
    done({ left: 0.25, top: 0.25, right: 0.75, bottom: 0.75 });
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && open(false), { signal });

  let from = null;
  const box = (event) => {
    const to = place(layer, event);
    const [left, right] = [from.x, to.x].sort((a, b) => a - b);
    const [top, bottom] = [from.y, to.y].sort((a, b) => a - b);
    return { left, top, right, bottom };
  };
  layer.addEventListener("pointerdown", (event) => {
    layer.setPointerCapture(event.pointerId);
    from = place(layer, event);
  });
  layer.addEventListener("pointermove", (event) => from && draw(frame, box(event)));
  layer.addEventListener("pointerup", (event) => {
    if (from) done(box(event));
    from = null;
  });
  layer.addEventListener("pointercancel", () => open(false));
  return { button, layer };
}

/** Where the pointer is, in shares of the picture. */
function place(layer, { clientX, clientY }) {
  const { left, top, width, height } = layer.getBoundingClientRect();
  const share = (value) => Math.min(1, Math.max(0, value));
  return { x: share((clientX - left) / width), y: share((clientY - top) / height) };
}

function draw(frame, box) {
  frame.hidden = !box;
  if (!box) return;
  const { left, top, right, bottom } = box;
  frame.style.inset = [top, 1 - right, 1 - bottom, left].map((s) => `${100 * s}%`).join(" ");
}

/** The part as a PNG file, or nothing where it is too small to be meant. */
async function part({ url, name, natural }, { left, top, right, bottom }) {
  const [x, y] = [Math.round(left * natural.width), Math.round(top * natural.height)];
  const width = Math.round(right * natural.width) - x;
  const height = Math.round(bottom * natural.height) - y;
  if (Math.min(width, height) < Math.min(LEAST, natural.width, natural.height)) return null;
  const image = h("img", { src: url });
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(image, -x, -y);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const stem = name.replace(/\.[^.]*$/, "");
  return new File([blob], `${stem}_${t("up_part")}.png`, { type: "image/png" });
}
