// Eight children: the present picture, each changed a little in another way.

import { snap } from "../asked.js";
import { moved, pads, range, sliders } from "./common.js";

const COUNT = 8;

export default {
  name: "children",
  first: () => ({ strength: 0.4 }),
  fits: (model) => pads(model).length + sliders(model).length > 0,
  settings: ({ strength }, change) => [
    range("strength", { low: 0.05, high: 1.5, step: 0.05 }, strength, (value) =>
      change({ strength: value }),
    ),
  ],
  of: (request, { strength }) => [request, strength],
  make: (request, { strength }, model) => ({
    requests: Array.from({ length: COUNT }, (_, i) => child(request, strength, model, i)),
    columns: 8,
    captions: () => "",
  }),
};

/**
 * On a pad the children stand in a ring around their parent, towards eight other seeds; along the
 * model's directions each goes its own way. A model with neither moves its sliders.
 */
function child(request, strength, model, i) {
  const changes = {};
  for (const pad of pads(model)) {
    const turn = (2 * Math.PI * i) / COUNT;
    const [x, y] = request.controls[pad.name];
    changes[pad.name] = [
      snap(pad, x + strength * Math.cos(turn)),
      snap(pad, y + strength * Math.sin(turn)),
    ];
  }
  const directions = sliders(model).filter((c) => c.group === "directions");
  const loose = directions.length || pads(model).length ? directions : sliders(model);
  for (const slider of loose) {
    const unit = slider.unit === "σ" ? 1 : (slider.high - slider.low) / 4;
    const value = request.controls[slider.name] + strength * unit * normal();
    changes[slider.name] = snap(slider, value);
  }
  return moved(request, changes);
}

/** A standard normal number (Box and Muller). */
function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
