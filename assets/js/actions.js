// Below the picture: take it home, keep it, share it, hold it beside another, send it on.

import { h, icon, memory, save } from "./dom.js";
import { holdButton } from "./held.js";
import { sendMenu } from "./send.js";
import { write } from "./router.js";
import { call, LOST } from "./server.js";
import { loveButton } from "./shelves.js";
import { say, t } from "./words.js";

const FORMS = { png: "PNG", webp: "WebP", jpeg: "JPEG" };

/** The row of buttons; `tell(words, bad)` says how it went. */
export function actions(world, tell, signal) {
  const { asked, shown, sends = [] } = world;
  const letter = () =>
    shown.request && { request: shown.request, picture: shown.picture, title: asked.model.title };
  return [
    h("span.joined", {}, ...download(world, tell)),
    loveButton(world, signal),
    link(world, tell),
    holdButton(world, signal),
    sendMenu(sends, letter),
  ].filter(Boolean);
}

function download({ asked, server, client }, tell) {
  const kept = memory.get("form");
  const form = h(
    "select",
    { "aria-label": t("form"), data: { control: "form" } },
    ...Object.entries(FORMS).map(([value, words]) => h("option", { value }, words)),
  );
  form.value = kept in FORMS ? kept : "png";
  form.addEventListener("change", () => memory.set("form", form.value));
  const button = h(
    "button.primary",
    { type: "button", data: { do: "download" } },
    icon("download"),
    t("download"),
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await call(server.download, {
      request: asked.request,
      form: form.value,
      client,
    });
    button.disabled = false;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    save(answer.name, answer.mime, answer.data);
    const { terms } = asked.model;
    const asks = terms ? ` ${t("terms")} ${say(terms)}` : "";
    tell(t("saved", { name: answer.name }) + asks);
  });
  return [button, form];
}

function link({ tab, shown }, tell) {
  const button = h(
    "button",
    { type: "button", data: { do: "link" } },
    icon("link"),
    t("copy_link"),
  );
  button.addEventListener("click", async () => {
    if (shown.link) write(tab, shown.link);
    // Plain HTTP on a local network has no clipboard: the address itself holds the link.
    try {
      await navigator.clipboard.writeText(location.href);
      tell(t("link_copied"));
    } catch {
      tell(t("link_in_address"));
    }
  });
  return button;
}
