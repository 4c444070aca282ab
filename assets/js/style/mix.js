// The arithmetic of a finished painting, the same as in models/style/painting.py: strength, colours
// and mask cost no call, so that they follow the finger.

/** Controls that only mix picture and painting, with the values that leave the painting as it is. */
export const MIXED = { strength: 1, colours: false };

/** A request's controls with the painting in full. */
export function inFull(controls) {
  const known = Object.entries(MIXED).filter(([name]) => name in controls);
  return { ...controls, ...Object.fromEntries(known) };
}

/** Whether the controls leave the painting as it is. */
export const isFull = (controls) =>
  Object.entries(MIXED).every(([name, value]) => !(name in controls) || controls[name] === value);

/**
 * `before` and `painted` are ImageData of one size, `mask` one whose red says where, or null.
 * Writes into `out`, ImageData of the same size.
 */
export function mix(before, painted, mask, { strength = 1, colours = false }, out) {
  const [a, b, to] = [before.data, painted.data, out.data];
  const where = mask?.data;
  for (let i = 0; i < a.length; i += 4) {
    const share = where ? (strength * where[i]) / 255 : strength;
    let [red, green, blue] = [b[i], b[i + 1], b[i + 2]];
    if (colours) {
      const lighter =
        0.299 * (red - a[i]) + 0.587 * (green - a[i + 1]) + 0.114 * (blue - a[i + 2]);
      red = clamp(a[i] + lighter);
      green = clamp(a[i + 1] + lighter);
      blue = clamp(a[i + 2] + lighter);
    }
    to[i] = a[i] + share * (red - a[i]);
    to[i + 1] = a[i + 1] + share * (green - a[i + 1]);
    to[i + 2] = a[i + 2] + share * (blue - a[i + 2]);
    to[i + 3] = a[i + 3];
  }
  return out;
}

const clamp = (value) => Math.min(255, Math.max(0, value));

/** Mean absolute difference of two ImageData of one size, in grey levels of 255. */
export function difference(a, b) {
  let total = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    for (let c = 0; c < 3; c++) total += Math.abs(a.data[i + c] - b.data[i + c]);
  }
  return total / (a.data.length * 0.75);
}
