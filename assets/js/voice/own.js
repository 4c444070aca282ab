// A person's own sounds: dropped, chosen or recorded. A model that takes them starts from there;
// with two of them the morph leads from one to the other.

import { h, icon } from "../dom.js";
import { dropFile, dropZone } from "../dropzone.js";
import { LOST } from "../server.js";
import { say, t } from "../words.js";

const LARGEST = 20 * 2 ** 20; // bytes (studio/server.py)
const ENDINGS = ".wav,.flac,.ogg,.opus,.mp3,.aiff,.aif";
const SECONDS = 2; // of a recording: networks hear the first one

const taken = (model) => (model.takes || []).filter((t) => t.kind === "sound");

/** `world.own` outlives a change of language: {name of the input: file as a request names it}. */
export function ownSounds(world, signal) {
  const { asked, server, client } = world;
  world.own ||= {};
  const body = h("div.owns");
  const note = h("p.note", { role: "status" });
  const tell = (words, bad) => {
    note.textContent = words;
    note.classList.toggle("bad", Boolean(bad));
  };
  const take = async (name, file) => {
    if (file.size > LARGEST) return tell(t("own_sound_large", { name: file.name }), true);
    tell(t("own_sound_reading"));
    const answer = await dropFile(server, client, file);
    if (signal.aborted) return;
    if (answer === LOST) return tell(t("state_lost"), true);
    if (answer.error) return tell(say(answer.error), true);
    world.own[name] = answer.file;
    tell("");
    asked.give({ ...asked.inputs, [name]: answer.file });
  };
  const leave = (name) => {
    const { [name]: _, ...rest } = asked.inputs;
    delete world.own[name];
    tell("");
    asked.give(rest);
  };
  const draw = () => {
    const wanted = taken(asked.model);
    element.hidden = !wanted.length;
    body.replaceChildren(...wanted.map((declared) => place(declared)));
  };
  const place = (declared) => {
    const { name } = declared;
    const given = asked.inputs[name];
    const title = h("h3", {}, say(declared.label));
    if (given) {
      const what = given.model ? t("own_sound_made") : given.name;
      const button = h(
        "button",
        { type: "button", data: { do: `leave-${name}` }, onclick: () => leave(name) },
        icon("close"),
        t("own_sound_leave"),
      );
      return h("div.own", {}, title, h("div.row.wraps", {}, h("span.given", {}, what), button));
    }
    const zone = dropZone(
      { id: `own-${name}`, accept: ENDINGS, lines: [t("own_sound_drop"), t("own_sound_kinds")], take: ([file]) => take(name, file) },
      signal,
    );
    return h("div.own", {}, title, zone, recordButton((file) => take(name, file), tell), h("p.help", {}, say(declared.help)));
  };
  const element = h(
    "section.own-sounds",
    { data: { part: "own-sounds" }, "aria-label": t("own_sound") },
    h("h2", {}, t("own_sound")),
    h("p.help.law", {}, t("own_sound_law")),
    body,
    note,
  );
  asked.on((what) => ["model", "inputs", "all"].includes(what) && draw(), signal);
  draw();
  return element;
}

/** Records SECONDS from the microphone as a WAV; it is asked for only when this is pressed. */
function recordButton(take, tell) {
  const button = h(
    "button",
    { type: "button", data: { do: "record" } },
    icon("mic"),
    t("own_sound_record", { n: SECONDS }),
  );
  button.addEventListener("click", async () => {
    if (!navigator.mediaDevices) return tell(t("own_sound_no_microphone"), true);
    let stream;
    try {
      const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
    } catch {
      return tell(t("own_sound_refused"), true);
    }
    button.disabled = true;
    tell(t("own_sound_recording"));
    const recorder = new MediaRecorder(stream);
    const parts = [];
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", async () => {
      for (const track of stream.getTracks()) track.stop();
      button.disabled = false;
      const context = new OfflineAudioContext(1, 1, 48000);
      const buffer = await context.decodeAudioData(await new Blob(parts).arrayBuffer());
      take(new File([wav(buffer.getChannelData(0), 48000)], "recording.wav", { type: "audio/wav" }));
    });
    recorder.start();
    setTimeout(() => recorder.stop(), SECONDS * 1000);
  });
  return button;
}

/** Samples -> a WAV of 16 bits. */
function wav(samples, rate) {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const word = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, 36 + 2 * samples.length, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((s, i) => view.setInt16(44 + 2 * i, Math.max(-1, Math.min(1, s)) * 32767, true));
  return view.buffer;
}
