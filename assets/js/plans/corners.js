// Four corners: a square of the pad, from this spot to three neighbours.

import { snap } from "../asked.js";
import { moved, pads, segments, spread } from "./common.js";

const SIDE = 5;

export default {
  name: "corners",
  first: () => ({ reach: 1 }),
  fits: (model) => pads(model).length > 0,
  settings: ({ reach }, change) => [
    segments("reach", [1, 2, 4].map((n) => [n, String(n)]), reach, (n) => change({ reach: n })),
  ],
  of: (request, { reach }) => [request, reach],
  make: (request, { reach }, model) => {
    const [pad] = pads(model);
    const [x, y] = request.controls[pad.name].map((at) => Math.min(at, pad.high - reach));
    const spots = spread(0, reach, SIDE).flatMap((down) =>
      spread(0, reach, SIDE).map((across) => [snap(pad, x + across), snap(pad, y + down)]),
    );
    return {
      requests: spots.map((spot) => moved(request, { [pad.name]: spot })),
      columns: SIDE,
      square: true,
      captions: (made, i) =>
        [0, SIDE - 1, SIDE * (SIDE - 1), SIDE * SIDE - 1].includes(i)
          ? made.controls[pad.name].join(", ")
          : "",
    };
  },
};
