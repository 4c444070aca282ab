// What a person takes home: MIDI, WAV, OGG, a zip of stems, and the link.

import { h, icon, save } from "../dom.js";
import { call, LOST } from "../server.js";
import { say, t } from "../words.js";

const FORMS = ["mid", "wav", "ogg", "zip"];

export function takeaway({ asked, server, client, shown }, tell) {
  const buttons = FORMS.map((form, i) => {
    const button = h(
      i ? "button" : "button.primary",
      { type: "button", data: i ? { form } : { do: "download", form } },
      i ? null : icon("download"),
      t(`form_${form}`),
    );
    button.addEventListener("click", async () => {
      button.disabled = true;
      const answer = await call(server.download, { request: asked.request, form, client });
      button.disabled = false;
      if (answer === LOST) return tell(t("state_lost"), true);
      if (answer.error) return tell(say(answer.error), true);
      save(answer.name, answer.mime, answer.data);
      tell(t("saved", { name: answer.name }));
    });
    return button;
  });
  const link = h("button", { type: "button", data: { do: "link" } }, icon("link"), t("copy_link"));
  link.addEventListener("click", async () => {
    if (shown.link) history.replaceState(null, "", `#r=${shown.link}`);
    // Plain HTTP on a local network has no clipboard: the address itself holds the link.
    try {
      await navigator.clipboard.writeText(location.href);
      tell(t("music_link_copied"));
    } catch {
      tell(t("link_in_address"));
    }
  });
  return h("div.row.actions", {}, ...buttons, link);
}
