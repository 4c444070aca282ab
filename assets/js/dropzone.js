// A place for a person's file: drop, choose, or paste. What happens with it is the caller's.

import { h, icon } from "./dom.js";
import { call } from "./server.js";

/**
 * `id` is the page-wide id of the input, `accept` its endings, `lines` the words inside,
 * `take(files)` gets the chosen ones. Paste is heard while the zone is visible, until `signal`,
 * unless another zone beside it hears it (`paste: false`).
 */
export function dropZone({ id, accept, lines, take, multiple = false, paste = true }, signal) {
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
  const pasted = (event) => zone.checkVisibility() && give(event.clipboardData?.files);
  if (paste) document.addEventListener("paste", pasted, { signal });
  return zone;
}

/** Hands a file to the server: {file, request}, {error} or LOST. A form: JSON would grow it. */
export function dropFile(server, client, file) {
  return call(server.drop, { binary: true, data: { file, client } });
}
