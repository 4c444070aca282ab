// Lab -> Info: drop a file that the studio made; see how, and make it again, byte for byte.

import { bytes, h, icon, save } from "./dom.js";
import { dropFile, dropZone } from "./dropzone.js";
import { go } from "./router.js";
import { run, told } from "./runs.js";
import { call, LOST } from "./server.js";
import { kindOf, show } from "./shown.js";
import { say, t } from "./words.js";

const LARGEST = 20 * 2 ** 20; // bytes; what we make is far smaller

/** `world.file` outlives a change of language: {name, blob, own, answer, here, result}. */
export function info(world, signal) {
  const { server, client, kinds, example } = world;
  const result = h("div.result", { data: { part: "info" } });
  const names = [...new Set(kinds)].map((kind) => kind.toUpperCase()).join(" · ");
  const accept = [...kinds, "jpg"].map((kind) => `.${kind}`).join(",");
  const lines = [t("info_drop"), t("info_all_kinds", { kinds: names })];
  const zone = dropZone({ id: "info-file", accept, lines, take: ([file]) => read(file) }, signal);
  let drawn = new AbortController();
  signal.addEventListener("abort", () => drawn.abort());

  const read = async (file) => {
    if (file.size > LARGEST) return fail(t("info_large", { name: file.name }));
    const own = new Uint8Array(await file.arrayBuffer());
    // A form, since files in JSON would grow by a third.
    const answer = await call(server.info, { binary: true, data: { file, client } });
    if (signal.aborted) return;
    if (answer === LOST) return fail(t("state_lost"));
    if (answer.error) return fail(say(answer.error));
    const blob = new Blob([own], { type: answer.mime });
    world.file = { name: file.name, blob, own, answer, here: new Set(), result: null };
    draw();
  };
  const trial = h("button", { type: "button", data: { do: "example" } }, t("info_example"));
  trial.addEventListener("click", async () => {
    trial.disabled = true;
    const made = await call(server.download, { request: example, form: "png", client });
    trial.disabled = false;
    if (made === LOST || made.error) fail(made === LOST ? t("state_lost") : say(made.error));
    else read(new File([bytes(made.data)], made.name, { type: made.mime }));
  });
  const fail = (words) => {
    drawn.abort();
    world.file = null;
    result.replaceChildren(h("p.note.bad", { role: "alert" }, words));
  };

  /** A person's own file that the request names: held by the server for this tab. */
  const supply = async (wanted, file, note) => {
    const answer = await dropFile(server, client, file);
    if (signal.aborted) return;
    if (answer === LOST || answer.error)
      note.textContent = answer === LOST ? t("state_lost") : say(answer.error);
    else if (answer.file.sha256 !== wanted.sha256)
      note.textContent = t("info_wanted_other", { name: wanted.name });
    else {
      world.file.here.add(wanted.sha256);
      draw();
    }
  };

  const again = async (button, note) => {
    button.disabled = true;
    const { file } = world;
    const { request, form, quality } = file.answer;
    // Followed first, so that long work tells how far it is; the file is then only written.
    const followed = await run(server, client, request, (news) => (note.textContent = told(news)));
    const stuck = followed === LOST || followed.error;
    const made = stuck ? followed : await call(server.download, { request, form, quality, client });
    if (signal.aborted || world.file !== file) return;
    if (made === LOST || made.error) {
      file.result = { bad: made === LOST ? "state_lost" : null, words: made.error };
    } else {
      const data = bytes(made.data);
      const same = data.length === file.own.length && data.every((b, i) => b === file.own[i]);
      file.result = { made, same: form === "json" ? null : same };
    }
    draw();
  };

  const draw = () => {
    drawn.abort();
    drawn = new AbortController();
    const { name, blob, answer, here, result: made } = world.file;
    const note = h("p.help", { role: "status" });
    const button = h("button.primary", { type: "button", data: { do: "again" } }, t("info_again"));
    button.addEventListener("click", () => again(button, note));
    const missing = answer.wants.filter((file) => !here.has(file.sha256));
    result.replaceChildren(
      h(
        "div.recipe",
        {},
        h(
          "div.pair",
          {},
          show(blob, t(`info_dropped${suffix(blob.type)}`, { name }), drawn.signal) ||
            h("p.help.unseen-kind", {}, t("info_notes")),
          made?.made ? after(made.made, drawn.signal) : null,
        ),
        h(
          "div",
          {},
          ...recipe(name, answer),
          ...answer.wants.map((file, i) =>
            missing.includes(file)
              ? wanted(file, i, supply, drawn.signal)
              : h("p.verdict", {}, icon("check"), t("info_wanted_here", { name: file.name })),
          ),
          h("div.row.actions", {}, button, open(answer)),
          note,
          h("div", { role: "status" }, made ? verdict(made) : null),
        ),
      ),
    );
  };
  if (world.file) draw();
  const title = h("h2", {}, t("lab_info"));
  const offered = example ? h("div.row", {}, trial) : null;
  return h("section.info", {}, title, h("p.help", {}, t("info_help")), zone, offered, result);
}

const suffix = (mime) => ({ sound: "_sound", text: "_text" })[kindOf(mime)] || "";

function after({ mime, data, name }, signal) {
  const shown = show(new Blob([bytes(data)], { type: mime }), t(`info_new${suffix(mime)}`), signal);
  shown?.classList.add("after");
  const home = h("button", { type: "button" }, icon("download"), t("info_save"));
  home.addEventListener("click", () => save(name, mime, data));
  return h("div.made", {}, shown, home);
}

function wanted(file, i, supply, signal) {
  const note = h("p.note.bad", { role: "alert" });
  const lines = [t("info_wanted", { name: file.name })];
  const take = ([given]) => supply(file, given, note);
  return h("div", {}, dropZone({ id: `info-wanted-${i}`, lines, take }, signal), note);
}

function open(answer) {
  const tab = t(`domain_${answer.request.model.split("/")[0]}`);
  const button = h("button", { type: "button", data: { do: "open" } }, t("info_open_in", { tab }));
  button.addEventListener("click", () => go(answer.link));
  return button;
}

function recipe(name, { request, rows, title, note, quality }) {
  const moved = rows.filter((row) => row.changed);
  const still = rows.filter((row) => !row.changed && row.value !== "");
  const first = [
    { label: t("model"), value: title },
    { label: t("seed"), value: String(request.seed) },
    ...(quality ? [{ label: t("info_quality"), value: String(quality) }] : []),
  ];
  return [
    h("h3", { translate: "no" }, name),
    note ? h("p.note", {}, say(note)) : null,
    facts([...first, ...moved]),
    still.length
      ? h("details", {}, h("summary", {}, t("info_still", { n: still.length })), facts(still))
      : null,
  ].filter(Boolean);
}

function facts(rows) {
  const words = (value) => (typeof value === "boolean" ? t(value ? "yes" : "no") : say(value));
  return h(
    "dl.facts",
    {},
    ...rows.flatMap(({ label, value, changed }) => [
      h("dt", {}, say(label)),
      h(changed ? "dd.changed" : "dd", {}, words(value)),
    ]),
  );
}

function verdict({ same, made, bad, words }) {
  if (!made) return h("p.note.bad", {}, bad ? t(bad) : say(words));
  const said = same === null ? "info_made" : same ? "info_same" : "info_other";
  return h("p.verdict", { data: { same: String(same) } }, same ? icon("check") : null, t(said));
}
