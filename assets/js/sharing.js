// Lab -> Sharing: addresses with a QR code, what is kept where, and the limits for each visitor.

import { h, icon } from "./dom.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const KEPT = ["browser", "address", "memory", "disk", "files", "relay"];

export function sharing(world, signal) {
  const body = h("div", { data: { part: "sharing" } }, h("p.help", {}, t("reading")));
  const read = async () => {
    const at = new URL(".", location.href.split("#")[0]).href;
    const answer = await call(world.server.sharing, { at });
    if (signal.aborted) return;
    if (answer === LOST || answer.error) {
      const words = answer === LOST ? t("state_lost") : say(answer.error);
      body.replaceChildren(h("p.note.bad", {}, words));
    } else body.replaceChildren(...content(answer));
  };
  read();
  return h(
    "section",
    {},
    h("h2", {}, t("lab_sharing")),
    h("p.help", {}, t("sharing_help")),
    body,
  );
}

function content({ local, address, kind, qr, locked, limits }) {
  return [
    h(
      "dl.facts",
      {},
      h("dt", {}, t("sharing_local")),
      h("dd", { translate: "no" }, local),
      ...(address ? [h("dt", {}, t(`sharing_${kind}`)), h("dd", {}, code(address, qr))] : []),
    ),
    address ? null : how(),
    h("p", {}, t(locked ? "sharing_locked" : "sharing_unlocked")),
    h("h3", {}, t("privacy_title")),
    h("ul", {}, ...KEPT.map((place) => h("li", {}, t(`privacy_${place}`)))),
    h("h3", {}, t("limits_title")),
    h("ul", {}, ...Object.entries(limits).map(([key, n]) => h("li", {}, t(`limits_${key}`, { n })))),
  ].filter(Boolean);
}

function how() {
  const command = (words) => h("pre", { tabindex: "0", translate: "no" }, h("code", {}, words));
  return h(
    "div.how",
    {},
    h("p", {}, t("sharing_none")),
    command("python app.py --share"),
    h("p", {}, t("sharing_network")),
    command("python app.py --host 0.0.0.0"),
  );
}

function code(address, qr) {
  const note = h("span.help", { role: "status" }, t("sharing_point"));
  const copy = h(
    "button",
    {
      type: "button",
      data: { do: "copy" },
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(address);
          note.textContent = t("sharing_copied");
        } catch {
          note.textContent = t("sharing_select"); // plain HTTP has no clipboard
        }
      },
    },
    icon("link"),
    t("sharing_copy"),
  );
  return h(
    "div.code",
    {},
    h("a", { href: address, translate: "no" }, address),
    h("img.qr", { src: qr, alt: t("sharing_qr", { address }) }),
    h("div.row", {}, copy, note),
  );
}
