// Neighbouring seeds with the same controls.

import { MOST } from "../asked.js";
import { moved, segments } from "./common.js";

const COUNTS = [16, 64];

export default {
  name: "samples",
  first: () => ({ count: COUNTS[0] }),
  fits: () => true,
  settings: ({ count }, change) => [
    segments("count", COUNTS.map((n) => [n, String(n)]), count, (n) => change({ count: n })),
  ],
  // Another seed is no reason to call them stale: the tiles are seeds themselves.
  of: ({ seed, ...rest }, { count }) => [rest, count],
  make: (request, { count }) => ({
    requests: Array.from({ length: count }, (_, i) =>
      moved(request, {}, (request.seed + i) % (MOST + 1)),
    ),
    columns: 8,
    captions: (made) => String(made.seed),
  }),
};
