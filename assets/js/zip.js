// A zip file of files that are packed already (pictures): stored, with UTF-8 names.

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let i = 0; i < 8; i++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function check(data) {
  let sum = 0xffffffff;
  for (const byte of data) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** files: [{name, data: Uint8Array}] -> Uint8Array */
export function zip(files) {
  const parts = [];
  const list = [];
  let at = 0;
  const add = (...pieces) => {
    for (const piece of pieces) {
      parts.push(piece);
      at += piece.length;
    }
  };
  for (const { name, data } of files) {
    const words = new TextEncoder().encode(name);
    // version 2.0, names in UTF-8, stored, 1 January 1980
    const facts = [20, 0x800, 0, 0, 0x21];
    const sizes = [check(data), data.length, data.length];
    const from = at;
    add(number([0x04034b50], 4), number(facts, 2), number(sizes, 4), number([words.length, 0], 2));
    add(words, data);
    list.push([
      number([0x02014b50], 4),
      number([20, ...facts], 2),
      number(sizes, 4),
      number([words.length, 0, 0, 0, 0], 2),
      number([0, from], 4),
      words,
    ]);
  }
  const start = at;
  for (const entry of list) add(...entry);
  const size = at - start;
  add(number([0x06054b50], 4), number([0, 0, list.length, list.length], 2));
  add(number([size, start], 4), number([0], 2));
  const whole = new Uint8Array(at);
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
}

function number(values, width) {
  const view = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, i) =>
    width === 4 ? view.setUint32(4 * i, value, true) : view.setUint16(2 * i, value, true),
  );
  return new Uint8Array(view.buffer);
}
