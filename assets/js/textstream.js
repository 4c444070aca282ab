// Writing that can be watched: pieces appear as they are chosen, a stop keeps what is there, and a
// slider that moves meanwhile holds from the next piece on.

import { h } from "./dom.js";
import { run, told } from "./runs.js";
import { LOST } from "./server.js";
import { opening } from "./textstage.js";
import { t } from "./words.js";

/**
 * `stage` shows what comes. The button goes on from the text that is there; `world.writing` is the
 * running stream {halt, changed} or null.
 */
export function writeOn(world, stage, signal) {
  const { asked, server, client, shown } = world;
  const button = h("button", { type: "button", data: { do: "play" } });
  const mark = () => {
    button.textContent = t(world.writing ? "stop" : "write_on");
    button.classList.toggle("primary", Boolean(world.writing));
  };

  const write = async () => {
    const stop = new AbortController();
    world.writing = { halt: () => stop.abort() };
    mark();
    let request = { ...asked.request, controls: { ...asked.request.controls } };
    request.controls.opening = opening(shown.text?.text || request.controls.opening);
    for (;;) {
      const turn = new AbortController();
      world.writing.changed = () => turn.abort();
      stop.signal.addEventListener("abort", () => turn.abort());
      const show = (news) =>
        news.preview?.text ? stage().partly(news.preview.text) : stage().waits(told(news));
      const result = await run(server, `${client}-write`, request, show, turn.signal);
      if (result === LOST) stage().state("lost");
      else stage().show(shown.sequence, { all: result.ms || 0, ...result });
      const more = turn.signal.aborted && !stop.signal.aborted && !signal.aborted;
      if (!more || result === LOST || result.error) break;
      request = { ...asked.request, controls: { ...asked.request.controls } };
      request.controls.opening = opening(result.text?.text || "");
    }
    world.writing = null;
    mark();
    world.wasShown();
  };
  button.addEventListener("click", () => (world.writing ? world.writing.halt() : write()));
  signal.addEventListener("abort", () => world.writing?.halt());
  mark();
  return button;
}
