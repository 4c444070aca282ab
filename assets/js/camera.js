// A picture from the camera. Browsers lend it only to pages behind HTTPS and to this very machine.

import { h, icon } from "./dom.js";
import { t } from "./words.js";

/** A button that opens the camera; `take(file)` gets one PNG, `tell(words, bad)` what went wrong. */
export function cameraButton(take, tell, signal) {
  const able = Boolean(navigator.mediaDevices?.getUserMedia);
  const button = h(
    "button",
    { type: "button", disabled: !able, title: able ? "" : t("camera_https"), data: { do: "camera" } },
    icon("camera"),
    t("camera"),
  );
  button.addEventListener("click", () => open(take, tell, signal));
  return button;
}

async function open(take, tell, signal) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
  } catch {
    return tell(t("camera_refused"), true);
  }
  const video = h("video", { playsInline: true, muted: true, autoplay: true });
  video.srcObject = stream;
  const dialog = h("dialog.studio.camera", { "aria-label": t("camera") });
  const end = () => {
    for (const track of stream.getTracks()) track.stop();
    dialog.remove();
  };
  const shoot = () => {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    canvas.toBlob((blob) => blob && take(new File([blob], "camera.png", { type: "image/png" })));
    dialog.close();
  };
  dialog.append(
    video,
    h(
      "div.row",
      {},
      h("button.primary", { type: "button", data: { do: "shoot" }, onclick: shoot }, t("camera_take")),
      h("button", { type: "button", onclick: () => dialog.close() }, t("cancel")),
    ),
  );
  dialog.addEventListener("close", end);
  signal.addEventListener("abort", () => dialog.open && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
