// Many pictures one after another, with the present model and size, into one zip file.

import { dropFile } from "./dropzone.js";
import { bytes, h, save } from "./dom.js";
import { run } from "./runs.js";
import { call, LOST } from "./server.js";
import { fileOf, nameOf } from "./takehome.js";
import { say, t } from "./words.js";
import { zip } from "./zip.js";

export class Batch {
  #world;
  #files = [];
  #running = null;

  constructor(world) {
    this.#world = world;
  }

  add(files) {
    this.#files.push(...files.map((file) => ({ file, state: "waits" })));
    this.#draw();
  }

  /** The list and its buttons; hidden while it is empty. */
  element(signal) {
    const list = h("ul.files");
    const go = h("button.primary", { type: "button", data: { do: "batch" } });
    go.addEventListener("click", () => (this.#running ? this.#running.abort() : this.#work()));
    const clear = h("button.quiet", { type: "button", data: { do: "clear" } }, t("up_clear"));
    clear.addEventListener("click", () => {
      this.#files = [];
      this.#draw();
    });
    const element = h(
      "section.batch",
      { data: { part: "batch" } },
      h("h2", {}, t("up_batch")),
      h("p.help", {}, t("up_batch_help")),
      list,
      h("div.row.actions", {}, go, clear),
    );
    this.#draw = () => {
      element.hidden = !this.#files.length;
      go.textContent = t(this.#running ? "stop" : "up_batch_go");
      clear.disabled = Boolean(this.#running);
      list.replaceChildren(
        ...this.#files.map(({ file, state, words }) =>
          h(
            "li",
            { data: { state } },
            h("span", { translate: "no" }, file.name),
            h(state === "bad" ? "span.bad" : "span.state", {}, words ? say(words) : t(`up_file_${state}`)),
          ),
        ),
      );
    };
    this.#draw();
    return element;
  }

  #draw = () => {};

  async #work() {
    const stop = (this.#running = new AbortController());
    const made = [];
    for (const one of this.#files) {
      if (stop.signal.aborted) break;
      one.state = "works";
      this.#draw();
      try {
        made.push(await this.#one(one.file, stop.signal));
        one.state = "done";
      } catch (error) {
        one.state = stop.signal.aborted ? "waits" : "bad";
        one.words = stop.signal.aborted ? null : error.words;
      }
      this.#draw();
    }
    this.#running = null;
    this.#draw();
    if (!made.length) return;
    const data = zip(apart(made));
    let text = "";
    for (let i = 0; i < data.length; i += 32768)
      text += String.fromCharCode(...data.subarray(i, i + 32768));
    save("upscaled.zip", "application/zip", btoa(text));
  }

  async #one(file, signal) {
    const world = { ...this.#world };
    const given = good(await dropFile(world.server, world.client, file));
    // What this browser cannot read goes on as well: the server says what is wrong with it.
    const bitmap = await createImageBitmap(file).catch(() => null);
    const natural = { width: bitmap?.width || 1, height: bitmap?.height || 1 };
    bitmap?.close();
    world.picture = { name: file.name, given: given.file, natural };
    const request = this.#world.work.request(world.asked.model, null, world.picture);
    good(await call(world.server.plan, { request, client: world.client }));
    const result = good(await run(world.server, world.client, request, () => {}, signal));
    if (!result.picture) fail({ words: result.note });
    const answer = good(await fileOf(world, result.request));
    return {
      name: nameOf(world.picture, result, world.asked.model, world.form),
      data: bytes(answer.data),
    };
  }
}

function good(answer) {
  if (answer === LOST) fail({ words: { en: t("state_lost"), zh: t("state_lost") } });
  if (answer.error) fail({ words: answer.error });
  return answer;
}

function fail({ words }) {
  throw Object.assign(new Error("one file of many"), { words: words || null });
}

/** Two files of one name become name and name-2. */
function apart(files) {
  const seen = new Map();
  return files.map(({ name, data }) => {
    const count = (seen.get(name) || 0) + 1;
    seen.set(name, count);
    return { name: count === 1 ? name : name.replace(/(\.[^.]*)$/, `-${count}$1`), data };
  });
}
