// Undo and redo: what was asked before, in steps that a person would call one.

import { h, icon } from "./dom.js";
import { t } from "./words.js";

const ONE = 600; // milliseconds: moves of one control that follow closer are one step
const MOST = 100; // steps remembered

export class Past {
  #done = [];
  #undone = [];
  #now;
  #last = { what: "", name: "", at: 0 };
  #listeners = new Set();
  #own = false; // a change that this class itself makes

  /** `find(id)` answers the model of a request. */
  constructor(asked, find) {
    this.asked = asked;
    this.find = find;
    this.#now = asked.request;
    asked.on((what, name) => this.#own || this.#note(what, name));
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  undo() {
    this.#go(this.#done, this.#undone);
  }

  redo() {
    this.#go(this.#undone, this.#done);
  }

  on(listener, signal) {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  #note(what, name = "") {
    const at = performance.now();
    const { what: before, name: same, at: when } = this.#last;
    const goesOn = what === "control" && before === what && same === name && at - when < ONE;
    this.#last = { what, name, at };
    if (!goesOn) {
      this.#done.push(this.#now);
      if (this.#done.length > MOST) this.#done.shift();
      this.#undone = [];
    }
    this.#now = this.asked.request;
    this.#tell();
  }

  #go(from, to) {
    const request = from.pop();
    if (!request) return;
    to.push(this.#now);
    this.#now = request;
    this.#last = { what: "", name: "", at: 0 };
    this.#own = true;
    this.asked.restore(this.find(request.model), request);
    this.#own = false;
    this.#tell();
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The two buttons; `scope` is where Ctrl+Z and Ctrl+Shift+Z are heard while it is visible. */
export function pastButtons(past, scope, signal) {
  const button = (name, act) =>
    h(
      "button.quiet.square",
      { type: "button", "aria-label": t(name), title: t(name), data: { do: name }, onclick: act },
      icon(name),
    );
  const undo = button("undo", () => past.undo());
  const redo = button("redo", () => past.redo());
  const show = () => {
    undo.disabled = !past.canUndo;
    redo.disabled = !past.canRedo;
  };
  past.on(show, signal);
  show();
  const typed = (element) => element.matches?.("input[type=text], input[type=number], textarea");
  document.addEventListener(
    "keydown",
    (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key)) return;
      if (!scope.checkVisibility() || typed(event.target)) return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) past.redo();
      else past.undo();
    },
    { signal },
  );
  return [undo, redo];
}
