// What can be taken home of many pictures: a zip file with a manifest, or a walk as a film.

import { h, icon, save } from "./dom.js";
import { finished, told } from "./runs.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const SECONDS = [2, 4, 8, 16];
const KEYS = 16; // results that a walk may lead through (studio/parts/film.py)

/** All of `requests()` in one file; `tell(words, bad)` says how it went. */
export function zipButton(world, requests, tell) {
  const button = h("button", { type: "button", data: { do: "zip" } }, icon("box"), t("zip"));
  button.addEventListener("click", () =>
    button.onclick || take(button, tell, world, (client) =>
      call(world.server.bundle, { requests: requests().slice(0, 64), form: "png", client }),
    ),
  );
  return button;
}

/** The walk through `keys()` as a moving picture; nothing where the tab makes none. */
export function filmRow(world, keys, tell) {
  const { server, films = [] } = world;
  if (!server.film || !films.length) return [];
  const choice = (name, options, value) => {
    const made = h(
      "select",
      { id: `film-${name}`, "aria-label": t(`film_${name}`), data: { film: name } },
      ...options.map(([v, words]) => h("option", { value: v }, words)),
    );
    made.value = value;
    return made;
  };
  const form = choice("form", films.map((f) => [f, f === "webp" ? "WebP" : f.toUpperCase()]), films[0]);
  const seconds = choice("seconds", SECONDS.map((n) => [n, t("seconds", { n })]), 4);
  const back = choice("back", [["yes", t("film_there_and_back")], ["no", t("film_one_way")]], "yes");
  const button = h("button", { type: "button", data: { do: "film" } }, icon("film"), t("film"));
  button.addEventListener("click", () =>
    button.onclick || take(button, tell, world, (client) =>
      call(server.film, {
        keys: through(keys()),
        seconds: Number(seconds.value),
        form: form.value,
        back: back.value === "yes",
        scale: 4,
        client,
      }),
    ),
  );
  return [button, form, seconds, back];
}

/** At most KEYS of them, evenly. */
function through(list) {
  if (list.length <= KEYS) return list;
  return Array.from({ length: KEYS }, (_, i) =>
    list[Math.round((i * (list.length - 1)) / (KEYS - 1))],
  );
}

/**
 * Makes a file with `ask(client)` and hands it over. A slow one is followed: the button then stops
 * it, and `tell(words, bad)` says how far it is or how many wait before it.
 */
export async function take(button, tell, world, ask) {
  const label = button.lastChild;
  const words = label.textContent;
  const stop = new AbortController();
  button.disabled = true;
  tell(t("making"));
  const progress = (news) => {
    button.disabled = false;
    button.onclick = () => stop.abort();
    label.textContent = t("stop");
    tell(`${t("making")} ${told(news)}`);
  };
  const answer = await finished(world, await ask(world.client), progress, stop.signal);
  button.disabled = false;
  button.onclick = null;
  label.textContent = words;
  if (answer.stopped) return tell("");
  if (answer === LOST || answer.error)
    return tell(answer === LOST ? t("state_lost") : say(answer.error), true);
  save(answer.name, answer.mime, answer.data);
  const terms = world.asked?.model.terms;
  const asks = terms ? ` ${t("terms")} ${say(terms)}` : "";
  tell(t("saved_plain", { name: answer.name }) + asks);
}
