// Before and after in one place: a line to drag (mouse, finger, arrow keys), a button that shows the
// original while it is held, and a lens that shows both sides in their own pixels.

import { cutting } from "./cutting.js";
import { h, memory } from "./dom.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const ZOOMS = [1, 2, 4];

/** The comparison of `world.work.result` with the original or the other model's result. */
export function beside(world, signal) {
  const before = h("img.before", { alt: "", draggable: "false" });
  const after = h("img.after", { alt: "", draggable: "false" });
  const line = h("span.line", { "aria-hidden": "true" });
  const names = [h("span.name.left"), h("span.name.right")];
  const split = h("input.split", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: 50,
    "aria-label": t("up_split"),
    data: { control: "split" },
  });
  const cut = cutting(world, signal);
  const both = h("div.both", {}, after, before, line, ...names, split, cut.layer);
  const place = (value) => both.style.setProperty("--split", `${value}%`);
  split.addEventListener("input", () => place(split.value));
  place(50);
  const hold = holdButton(() => place(100), () => place(split.value), signal);
  const lens = lensOf(world, both);
  const empty = h("p.empty", {}, t("up_empty"));
  const element = h(
    "div.beside",
    {},
    empty,
    both,
    h("div.row.tools", {}, hold, cut.button, ...lens.tools),
    lens.element,
  );
  world.work.parts.beside = () => {
    const { result, other } = world.work;
    const { picture } = world;
    const there = Boolean(picture?.url);
    empty.hidden = there;
    both.hidden = !there;
    element.querySelector(".tools").hidden = !there;
    for (const tool of [hold, ...lens.tools]) tool.hidden = !result;
    if (!there) return;
    after.src = result?.picture || picture.url;
    before.src = other?.picture || picture.url;
    const wide = result || picture.natural;
    if (wide) both.style.aspectRatio = `${wide.width} / ${wide.height}`;
    if (wide) both.style.setProperty("--wide", wide.width / wide.height);
    split.hidden = line.hidden = before.hidden = !result;
    names[0].textContent = result ? say(other?.title) || t("up_original") : "";
    names[1].textContent = result ? say(result.title) : "";
    before.alt = names[0].textContent;
    after.alt = names[1].textContent;
    lens.show();
  };
  return element;
}

/** Shows the original as long as it is pressed, by mouse, finger, space or enter. */
function holdButton(down, up, signal) {
  const button = h("button", { type: "button", data: { do: "hold" } }, t("up_hold"));
  const keys = (event) => event.key === " " || event.key === "Enter";
  button.addEventListener("pointerdown", down);
  button.addEventListener("keydown", (event) => keys(event) && down());
  button.addEventListener("keyup", (event) => keys(event) && up());
  button.addEventListener("blur", up);
  document.addEventListener("pointerup", up, { signal });
  document.addEventListener("pointercancel", up, { signal });
  return button;
}

/** Two small windows, the same place on both sides, `zoom` screen pixels for each of theirs. */
function lensOf(world, both) {
  const left = h("div.glass", { role: "img", "aria-label": t("up_lens_before") });
  const right = h("div.glass", { role: "img", "aria-label": t("up_lens_after") });
  const element = h("div.lens", { hidden: true, data: { part: "lens" } }, left, right);
  const spot = { x: 0.5, y: 0.5 };
  const on = h("input", { type: "checkbox", role: "switch", id: "up-lens", data: { do: "lens" } });
  on.checked = memory.get("lens") === "yes";
  const zoom = h(
    "select",
    { "aria-label": t("up_zoom"), data: { control: "zoom" } },
    ...ZOOMS.map((n) => h("option", { value: n }, `${n}:1`)),
  );
  let number = 0;
  const show = async () => {
    const { result, other } = world.work;
    element.hidden = !on.checked || !result;
    zoom.hidden = !on.checked || !result;
    if (element.hidden) return;
    const { width, height } = result;
    const pixels = Math.min(320, left.clientWidth || 260) / zoom.value;
    const corner = (place, whole) =>
      whole <= pixels
        ? (whole - pixels) / 2 // smaller than the glass: in its middle
        : Math.max(0, Math.min(whole - pixels, Math.round(place * whole - pixels / 2)));
    const at = { x: corner(spot.x, width), y: corner(spot.y, height) };
    draw(left, other?.picture || world.picture.url, at, width, height);
    const image = both.querySelector(".after");
    if (image.naturalWidth === width) return draw(right, result.picture, at, width, height);
    // Too large to be here in full: the server shows this place alone.
    const mine = ++number;
    const box = [at.x, at.y, Math.ceil(pixels), Math.ceil(pixels)].map(Math.round);
    const { server, client } = world;
    const part = await call(server.look, { request: result.request, client, box });
    if (mine !== number || part === LOST || part.error) return;
    draw(right, part.picture, { x: 0, y: 0 }, part.width, part.height);
  };
  const draw = (glass, url, at, width, height) => {
    const n = Number(zoom.value);
    Object.assign(glass.style, {
      backgroundImage: `url("${url}")`,
      backgroundSize: `${width * n}px ${height * n}px`,
      backgroundPosition: `${-at.x * n}px ${-at.y * n}px`,
    });
  };
  both.addEventListener("pointermove", (event) => {
    if (!on.checked) return;
    const { left: x, top: y, width, height } = both.getBoundingClientRect();
    spot.x = (event.clientX - x) / width;
    spot.y = (event.clientY - y) / height;
    show();
  });
  on.addEventListener("change", () => {
    memory.set("lens", on.checked ? "yes" : "no");
    show();
  });
  zoom.addEventListener("change", show);
  const tools = [h("label.row", { for: "up-lens" }, on, t("up_lens")), zoom];
  return { element, tools, show };
}
