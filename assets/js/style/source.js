// The picture to paint: a person's file, one of ours, or a result of another tab. What is painted
// live is a copy small enough for a slow line; what is taken home is made from the file itself.

import { cameraButton } from "../camera.js";
import { h } from "../dom.js";
import { dropFile, dropZone } from "../dropzone.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";

const LIVE = 768; // longer side in pixels of the copy that is painted live
const SMALL = 192; // of the one for the contact sheet
export const ENDINGS = ".png,.jpg,.jpeg,.webp";

/** ImageData of `image` (anything drawable), its longer side at most `most` pixels. */
export function pixels(image, most = Infinity) {
  const [w, h] = [image.naturalWidth || image.width, image.naturalHeight || image.height];
  const scale = Math.min(1, most / Math.max(w, h));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(w * scale)),
    Math.max(1, Math.round(h * scale)),
  );
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  brush.imageSmoothingQuality = "high";
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  return brush.getImageData(0, 0, canvas.width, canvas.height);
}

/** A decoded image from an address. */
export async function decoded(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

/** ImageData as a PNG file. */
export async function asFile(data, name) {
  const canvas = new OffscreenCanvas(data.width, data.height);
  canvas.getContext("2d").putImageData(data, 0, 0);
  return new File([await canvas.convertToBlob({ type: "image/png" })], name, { type: "image/png" });
}

/**
 * A source: {given, live, before, width, height, name}. `given` is what requests of the whole
 * picture name, `live` what live ones do; `before` is ImageData of the latter.
 */
export async function sourceOf({ server, client }, given, image, name) {
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  const before = pixels(image, LIVE);
  let live = given;
  if (Math.max(width, height) > LIVE) {
    const answer = await dropFile(server, client, await asFile(before, "live.png"));
    if (answer === LOST || answer.error) return answer;
    live = answer.file;
  }
  return { given, live, before, width, height, name };
}

/** The same picture once more, small, for many answers at once: {file} as requests name it. */
export async function smallOf({ server, client }, source) {
  const canvas = new OffscreenCanvas(source.before.width, source.before.height);
  canvas.getContext("2d").putImageData(source.before, 0, 0);
  return dropFile(server, client, await asFile(pixels(canvas, SMALL), "small.png"));
}

/** A person's file as a source, `{error}` or LOST; `known` is what it is already held as. */
export async function fromFile(world, file) {
  const answer = await dropFile(world.server, world.client, file);
  if (answer === LOST || answer.error) return answer;
  const address = URL.createObjectURL(file);
  try {
    return await sourceOf(world, answer.file, await decoded(address), file.name);
  } catch {
    const en = `${file.name} is no picture that this browser can read.`;
    return { error: { en, zh: `浏览器无法读取图片 ${file.name}。` } };
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** One of the studio's free photographs. */
export async function fromExample(world, name) {
  const answer = await call(world.server.example, { name, client: world.client });
  if (answer === LOST || answer.error) return answer;
  return sourceOf(world, answer.file, await decoded(answer.picture), name);
}

/** A result of another tab, given as its request. */
export async function fromRequest(world, request) {
  const answer = await call(world.server.live, { request, client: world.client });
  if (answer === LOST || answer.error) return answer;
  return sourceOf(world, request, await decoded(answer.picture), request.model);
}

/** Where pictures come in: a zone to drop on, and the examples. `take(source promise)`. */
export function sourceZone(world, take, signal) {
  const zone = dropZone(
    {
      id: "style-picture",
      accept: ENDINGS,
      lines: [t("style_drop"), t("style_kinds")],
      take: ([file]) => take(fromFile(world, file)),
    },
    signal,
  );
  const examples = world.examples.map(({ name }) =>
    h(
      "button.quiet",
      {
        type: "button",
        data: { example: name },
        onclick: () => take(fromExample(world, name)),
      },
      t(`style_example_${name.split(".")[0]}`),
    ),
  );
  return h(
    "div.source",
    {},
    zone,
    h(
      "div.row",
      {},
      cameraButton((file) => take(fromFile(world, file)), world.stage.tell, signal),
      ...examples,
    ),
    h("p.help", { translate: "no" }, world.examples.map(({ credit }) => credit).join(" · ")),
  );
}

/** Tells a failed source; true where it failed. */
export function failed(source, tell) {
  if (source !== LOST && !source.error) return false;
  tell(source === LOST ? t("state_lost") : say(source.error), true);
  return true;
}
