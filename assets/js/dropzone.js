// A place for a person's file: drop, choose, or paste. What happens with it is the caller's. A file
// that is dropped beside it, on the picture say, is meant for it, too.

import { h, icon } from "./dom.js";
import { call } from "./server.js";

/**
 * `id` is the page-wide id of the input, `accept` its endings, `lines` the words inside,
 * `take(files)` gets the chosen ones. What is pasted, or dropped anywhere on the page, is heard while
 * `within` (the zone itself, unless given) is visible, until `signal`, unless another zone beside it
 * hears it (`paste: false`).
 */
export function dropZone({ id, accept, lines, take, multiple = false, paste = true, within }, signal) {
  const input = h("input.unseen", { type: "file", id, accept, multiple });
  const give = (list) => list?.length && take(multiple ? [...list] : [list[0]]);
  input.addEventListener("change", () => {
    give([...input.files]);
    input.value = ""; // the same file may be chosen again
  });
  const [first, ...rest] = lines;
  const text = h("span", {}, h("strong", {}, first), ...rest.flatMap((l) => [h("br"), l]));
  const zone = h("label.drop", { for: id, data: { drop: id } }, icon("file"), text, input);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    give(event.dataTransfer.files);
  });
  const visible = () => (within || zone).checkVisibility();
  if (!paste) return zone;
  const hear = (what, act) => document.addEventListener(what, act, { signal });
  hear("paste", (event) => visible() && give(event.clipboardData?.files));
  hear("dragover", (event) => {
    if (!event.defaultPrevented && bringsFiles(event) && visible()) zone.classList.add("over");
  });
  hear("dragleave", (event) => event.relatedTarget || zone.classList.remove("over"));
  hear("drop", (event) => {
    zone.classList.remove("over");
    if (event.defaultPrevented || !bringsFiles(event) || !visible()) return;
    event.preventDefault();
    give(event.dataTransfer.files);
  });
  return zone;
}

const bringsFiles = (event) => event.dataTransfer?.types.includes("Files");

/** A file that is dropped where none is taken would be opened in place of the studio. */
export function keepPage() {
  for (const what of ["dragover", "drop"])
    addEventListener(what, (event) => bringsFiles(event) && event.preventDefault());
}

/** Hands a file to the server: {file, request}, {error} or LOST. A form: JSON would grow it. */
export function dropFile(server, client, file) {
  return call(server.drop, { binary: true, data: { file, client } });
}
