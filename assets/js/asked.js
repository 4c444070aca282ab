// What the person asks for: model, seed and controls. The one state of a tab.

export const MOST = 2 ** 31 - 1; // the largest seed (requests.md)

/** The default value of every control of a model. */
export function defaults(model) {
  return Object.fromEntries(model.controls.map((c) => [c.name, c.default]));
}

/** A number on the grid of a slider or pad, without floating-point dust. */
export function snap(control, value) {
  const { low, high, step } = control;
  const places = Math.max(decimals(step), decimals(low));
  const steps = Math.round((Math.min(high, Math.max(low, value)) - low) / step);
  return Number(Math.min(high, low + steps * step).toFixed(places));
}

export function decimals(number) {
  const text = String(number);
  return text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

let states = 0; // several tabs have a control of one name in one page

export class Asked {
  #listeners = new Set();
  #number = ++states;

  constructor(model, seed) {
    this.model = model;
    this.seed = seed;
    this.controls = defaults(model);
    this.inputs = {};
  }

  /** The id of an element that belongs to this state: no other tab has the same. */
  id(what) {
    return `s${this.#number}-${what}`;
  }

  /** The request as plain data: what goes to the server, into links and files. */
  get request() {
    const { model, seed, controls, inputs } = this;
    return { version: 1, model: model.id, seed, controls: { ...controls }, inputs };
  }

  /** Whether any control differs from its default; the seed is a choice, not a change. */
  get changed() {
    return !same(this.controls, defaults(this.model));
  }

  control(name) {
    return this.model.controls.find((c) => c.name === name);
  }

  /** Several controls at once, as one change. */
  put(values) {
    const controls = { ...this.controls, ...values };
    if (same(this.controls, controls)) return;
    this.controls = controls;
    this.#tell("all");
  }

  set(name, value) {
    if (same(this.controls[name], value)) return;
    this.controls = { ...this.controls, [name]: value };
    this.#tell("control", name);
  }

  take(seed) {
    const whole = Math.min(MOST, Math.max(0, Math.round(Number(seed) || 0)));
    if (whole === this.seed) return;
    this.seed = whole;
    this.#tell("seed");
  }

  reset() {
    this.controls = defaults(this.model);
    this.#tell("all");
  }

  /** A seed that a person chose stays; otherwise the model shows the one that was chosen for it. */
  choose(model) {
    if (model === this.model) return;
    const { takes = [] } = model;
    if (this.seed === this.model.seed && model.seed !== undefined) this.seed = model.seed;
    // What was given stays where the other model takes it too.
    const kept = Object.entries(this.inputs).filter(([name]) => takes.some((t) => t.name === name));
    this.model = model;
    this.controls = defaults(model);
    this.inputs = Object.fromEntries(kept);
    this.#tell("model");
  }

  /** Takes a whole request of the server (canonical, so complete). */
  restore(model, request) {
    const other = model !== this.model;
    this.model = model;
    this.seed = request.seed;
    this.controls = { ...defaults(model), ...request.controls };
    this.inputs = request.inputs || {};
    this.#tell(other ? "model" : "all");
  }

  /** A person's own file, or a request whose result is used, by the input's name. */
  give(inputs) {
    if (same(this.inputs, inputs)) return;
    this.inputs = inputs;
    this.#tell("inputs");
  }

  /** `listener(what, name)`: what is "control", "seed", "inputs", "all" or "model". */
  on(listener, signal) {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  #tell(what, name) {
    for (const listener of [...this.#listeners]) listener(what, name);
  }
}
