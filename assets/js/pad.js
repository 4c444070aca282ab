// The pad: a plane of seeds. Each dot is a seed of its own, every spot between them a mixture.
// Mouse, touch and arrow keys; the view follows the puck when it nears an edge.

import { snap } from "./asked.js";
import { h } from "./dom.js";
import { follow, help, helpOf } from "./follow.js";
import { say, t } from "./words.js";

const ACROSS = 5; // units in view: 60 pixels from seed to seed, so that a finger can walk slowly
const EDGE = 0.1; // the outer tenth of the pad moves the view
const GLIDE = 2.2; // units a second that the view moves at the very edge

export function pad(declared, asked, signal) {
  const { name, low, high, step } = declared;
  const puck = h("span.puck", { "aria-hidden": "true" });
  const home = h("span.home", { "aria-hidden": "true" });
  const field = h(
    "div.field",
    {
      id: asked.id(name),
      role: "application",
      "aria-roledescription": t("pad_role"),
      "aria-label": say(declared.label),
      "aria-describedby": `${helpOf(declared, asked)} ${asked.id(`keys-${name}`)}`,
      tabindex: "0",
      data: { control: name },
    },
    home,
    puck,
  );
  const spot = h("output.address", { for: asked.id(name) });
  let view = [0, 0]; // what is in the middle of the pad
  let size = { width: 300, height: 300 };
  let pointer = null;
  let gliding = 0;

  const unit = () => size.width / ACROSS;
  const clamp = (value) => Math.min(high, Math.max(low, value));
  const place = () => asked.controls[name];
  const move = ([x, y]) => asked.set(name, [snap(declared, x), snap(declared, y)]);

  const draw = () => {
    const [x, y] = place();
    const [u, v] = view;
    const left = size.width / 2;
    const top = size.height / 2;
    field.style.setProperty("--unit", `${unit()}px`);
    field.style.setProperty("--left", `${left - u * unit()}px`);
    field.style.setProperty("--top", `${top - v * unit()}px`);
    puck.style.translate = `${left + (x - u) * unit()}px ${top + (y - v) * unit()}px`;
    home.style.translate = `${left - u * unit()}px ${top - v * unit()}px`;
    const words = `${x.toFixed(2)}, ${y.toFixed(2)}`;
    if (spot.value !== words) spot.value = words;
  };

  /** Brings the puck back into view: after arrow keys, reset or a link. */
  const keep = () => {
    const halves = [(ACROSS / 2) * 0.8, (size.height / unit() / 2) * 0.8];
    view = place().map((at, i) => {
      const [half, middle] = [halves[i], view[i]];
      return at < middle - half ? at + half : at > middle + half ? at - half : middle;
    });
    if (place().every((at) => at === 0)) view = [0, 0];
  };

  const under = () => [
    clamp(view[0] + (pointer.x - size.width / 2) / unit()),
    clamp(view[1] + (pointer.y - size.height / 2) / unit()),
  ];

  // How hard the pointer pushes against an edge, -1..1.
  const push = (at, length) => {
    const margin = length * EDGE;
    if (at < margin) return -Math.min(1, (margin - at) / margin);
    if (at > length - margin) return Math.min(1, (at - length + margin) / margin);
    return 0;
  };

  const glide = (before) => (now) => {
    if (!pointer) return (gliding = 0);
    const seconds = Math.min(0.05, (now - before) / 1000);
    const [across, down] = [push(pointer.x, size.width), push(pointer.y, size.height)];
    if (!across && !down) return (gliding = 0);
    view = [
      clamp(view[0] + across * GLIDE * seconds),
      clamp(view[1] + down * GLIDE * seconds),
    ];
    move(under());
    draw();
    gliding = requestAnimationFrame(glide(now));
  };

  const drag = (event) => {
    const box = field.getBoundingClientRect();
    pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
    move(under());
    if (!gliding) gliding = requestAnimationFrame(glide(performance.now()));
  };
  const stop = () => {
    pointer = null;
    field.classList.remove("held");
  };
  field.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    field.setPointerCapture(event.pointerId);
    field.classList.add("held");
    drag(event);
  });
  field.addEventListener("pointermove", (event) => pointer && drag(event));
  field.addEventListener("pointerup", stop);
  field.addEventListener("pointercancel", stop);

  const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Home") move([0, 0]);
    else if (event.key in KEYS) {
      const reach = event.shiftKey ? 1 : Math.max(step, 0.1);
      const [x, y] = KEYS[event.key];
      move([clamp(place()[0] + x * reach), clamp(place()[1] + y * reach)]);
    } else return;
    event.preventDefault();
    keep();
    draw();
  });

  const watcher = new ResizeObserver(([{ contentRect }]) => {
    size = { width: contentRect.width || 300, height: contentRect.height || 300 };
    keep();
    draw();
  });
  watcher.observe(field);
  signal.addEventListener("abort", () => watcher.disconnect());
  follow(declared, asked, signal, () => {
    if (!pointer) keep();
    draw();
  });
  const title = h("div.row", {}, h("span.label", {}, say(declared.label)), spot);
  const keys = h("span.unseen", { id: asked.id(`keys-${name}`) }, t("pad_keys"));
  return h("div.control.pad", {}, title, field, keys, help(declared, asked));
}
