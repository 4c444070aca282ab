// Many sounds as one zip file; a slow one is followed until it is ready.

import { h, icon, save } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";

/** A button that takes `requests()` home as WAVs; `tell(words, bad)` says how it went. */
export function zipButton({ server, client }, words, name, requests, tell) {
  const button = h("button", { type: "button", data: { do: name } }, icon("download"), words);
  button.addEventListener("click", async () => {
    const wanted = requests();
    if (!wanted.length) return;
    button.disabled = true;
    let answer = await call(server.bundle, { requests: wanted, form: "wav", client });
    while (answer.job) answer = await call(server.follow_job, { job: answer.job, client });
    button.disabled = false;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    save(answer.name, answer.mime, answer.data);
    tell(t("saved", { name: answer.name }));
  });
  return button;
}
