// Below the result: its file in a form of choice, and its link.

import { h, icon, save } from "./dom.js";
import { write } from "./router.js";
import { sendMenu } from "./send.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

export const FORMS = { png: "PNG", jpeg: "JPEG", webp: "WebP" };
const ENDINGS = { jpeg: "jpg" };

/** name_model_x4.png: what it was, what made it larger, how many times. */
export function nameOf(picture, result, model, form) {
  const stem = picture.name.replace(/\.[^.]*$/, "") || "picture";
  const times = Math.round((100 * result.width) / picture.natural.width) / 100;
  const short = model.id.split("/").pop().split("-")[0];
  return `${stem}_${short}_x${times}.${ENDINGS[form] || form}`;
}

/** The request's file: {name, mime, data}, {error} or LOST. Without a quality of its own it has the
 * very bytes that Lab, API and command line give. */
export function fileOf({ server, client, form, quality }, request) {
  return call(server.download, { request, form, client, quality: quality || null });
}

export function takeHome(world, signal) {
  const { work, asked } = world;
  const form = h(
    "select",
    { "aria-label": t("up_form"), data: { control: "form" } },
    ...Object.entries(FORMS).map(([value, words]) => h("option", { value }, words)),
  );
  form.value = world.form;
  const quality = h("input", {
    type: "number",
    min: 1,
    max: 100,
    value: world.quality || "",
    placeholder: t("up_auto"),
    "aria-label": t("up_quality"),
    title: t("up_quality"),
    data: { control: "quality" },
  });
  const fit = () => (quality.hidden = form.value === "png");
  form.addEventListener("change", () => {
    world.form = form.value;
    world.keep();
    fit();
  });
  quality.addEventListener("change", () => {
    const wanted = Math.round(Number(quality.value));
    world.quality = wanted ? Math.min(100, Math.max(1, wanted)) : 0;
    quality.value = world.quality || "";
    world.keep();
  });
  fit();
  const button = h(
    "button.primary",
    { type: "button", data: { do: "download" } },
    icon("download"),
    t("up_download"),
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    work.tell(t("up_saving"));
    const { request } = work.result;
    const answer = await fileOf(world, request);
    button.disabled = false;
    if (answer === LOST) return work.tell(t("state_lost"), true);
    if (answer.error) return work.tell(say(answer.error), true);
    const name = nameOf(world.picture, work.result, asked.model, world.form);
    save(name, answer.mime, answer.data);
    work.tell(t("saved", { name }));
  });
  const link = h("button", { type: "button", data: { do: "link" } }, icon("link"), t("copy_link"));
  link.addEventListener("click", async () => {
    write("upscale", work.result.link);
    try {
      await navigator.clipboard.writeText(location.href);
      work.tell(t("link_copied"));
    } catch {
      work.tell(t("link_in_address"));
    }
  });
  // A person's own file goes along: each tab asks for it by a name of its own.
  const letter = () =>
    work.result && {
      request: work.result.request,
      picture: work.result.picture,
      title: asked.model.title,
      files: world.picture.file ? [world.picture.file] : [],
    };
  const send = sendMenu(world.sends, letter);
  const element = h("div.row.actions", {}, h("span.joined", {}, button, form, quality), link, send);
  work.parts.home = () => (element.hidden = !work.result);
  return element;
}
