// Lab -> Info: drop a file that the studio made; see how, and make it again, byte for byte.

import { bytes, h, icon } from "./dom.js";
import { go } from "./router.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const LARGEST = 20 * 2 ** 20; // bytes; what we make is far smaller

/** `world.file` outlives a change of language: {name, own, url, answer, result}. */
export function info(world, signal) {
  const { server } = world;
  const result = h("div.result", { data: { part: "info" } });
  const picker = h("input.unseen", {
    type: "file",
    id: "info-file",
    accept: ".png,.webp,.jpg,.jpeg,.json",
    onchange: () => picker.files[0] && read(picker.files[0]),
  });
  const zone = h(
    "label.drop",
    { for: "info-file" },
    icon("file"),
    h("span", {}, h("strong", {}, t("info_drop")), h("br"), t("info_kinds")),
    picker,
  );
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files[0]) read(event.dataTransfer.files[0]);
  });

  const read = async (file) => {
    picker.value = ""; // the same file may be dropped again
    if (file.size > LARGEST) return fail(t("info_large", { name: file.name }));
    const own = new Uint8Array(await file.arrayBuffer());
    // A form, since files in JSON would grow by a third.
    const answer = await call(server.info, { binary: true, data: { file } });
    if (signal.aborted) return;
    if (answer === LOST) return fail(t("state_lost"));
    if (answer.error) return fail(say(answer.error));
    world.file = { name: file.name, own, answer, result: null, url: preview(file) };
    draw();
  };
  const preview = (file) => {
    if (world.file?.url) URL.revokeObjectURL(world.file.url);
    return file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
  };
  const fail = (words) => {
    world.file = null;
    result.replaceChildren(h("p.note.bad", { role: "alert" }, words));
  };
  const again = async (button) => {
    button.disabled = true;
    const { answer, own } = world.file;
    const made = await call(server.download, { request: answer.request, form: answer.form });
    button.disabled = false;
    if (signal.aborted) return;
    if (made === LOST || made.error) {
      world.file.result = { bad: made === LOST ? "state_lost" : null, words: made.error };
    } else {
      const data = bytes(made.data);
      const same = data.length === own.length && data.every((byte, i) => byte === own[i]);
      const picture = `data:${made.mime};base64,${made.data}`;
      world.file.result = { same: answer.form === "json" ? null : same, picture };
    }
    draw();
  };

  const draw = () => {
    const { name, url, answer, result: made } = world.file;
    result.replaceChildren(
      h(
        "div.recipe",
        {},
        h(
          "div.pair",
          {},
          url ? h("img", { src: url, alt: t("info_dropped", { name }) }) : null,
          made?.picture ? h("img.after", { src: made.picture, alt: t("info_new") }) : null,
        ),
        h(
          "div",
          {},
          ...recipe(name, answer, again),
          h("div", { role: "status" }, made ? verdict(made) : null),
        ),
      ),
    );
  };
  if (world.file) draw();
  const title = h("h2", {}, t("lab_info"));
  return h("section.info", {}, title, h("p.help", {}, t("info_help")), zone, result);
}

function recipe(name, answer, again) {
  const { request, rows, title, note } = answer;
  const button = h("button.primary", { type: "button", data: { do: "again" } }, t("info_again"));
  button.addEventListener("click", () => again(button));
  const open = h("button", { type: "button", data: { do: "open" } }, t("info_open"));
  open.addEventListener("click", () => go(answer.link));
  const moved = rows.filter((row) => row.changed);
  const still = rows.filter((row) => !row.changed);
  const first = [
    { label: t("model"), value: title },
    { label: t("seed"), value: String(request.seed) },
  ];
  return [
    h("h3", { translate: "no" }, name),
    note ? h("p.note", {}, say(note)) : null,
    facts([...first, ...moved]),
    still.length
      ? h("details", {}, h("summary", {}, t("info_still", { n: still.length })), facts(still))
      : null,
    h("div.row.actions", {}, button, open),
  ].filter(Boolean);
}

function facts(rows) {
  const told = (value) => (typeof value === "boolean" ? t(value ? "yes" : "no") : say(value));
  return h(
    "dl.facts",
    {},
    ...rows.flatMap(({ label, value, changed }) => [
      h("dt", {}, say(label)),
      h(changed ? "dd.changed" : "dd", {}, told(value)),
    ]),
  );
}

function verdict({ same, picture, bad, words }) {
  if (!picture) return h("p.note.bad", {}, bad ? t(bad) : say(words));
  const said = same === null ? "info_made" : same ? "info_same" : "info_other";
  return h("p.verdict", { data: { same: String(same) } }, same ? icon("check") : null, t(said));
}
