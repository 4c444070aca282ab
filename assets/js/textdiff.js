// Which words of a text are new, compared with the text before.

const CHINESE = /[\u4e00-\u9fff]/;

/** Tokens [text, ...] gathered into words: {text, tokens: [index]}; each Chinese letter is one. */
export function wordsOf(tokens) {
  const words = [];
  tokens.forEach(([text], i) => {
    const begins = !words.length || /^\s/.test(text) || CHINESE.test(text) || /^[^\w']/.test(text);
    if (begins) words.push({ text: "", tokens: [] });
    const word = words.at(-1);
    word.text += text;
    word.tokens.push(i);
  });
  return words;
}

/** The indices of those `after` that are not in the longest common row with `before`. */
export function changed(before, after) {
  const plain = (word) => word.trim().toLowerCase();
  const a = before.map(plain);
  const b = after.map(plain);
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i][j] =
        a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const fresh = new Set();
  for (let i = 0, j = 0; j < b.length; ) {
    if (i < a.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (i < a.length && best[i + 1][j] >= best[i][j + 1]) i++;
    else fresh.add(j++);
  }
  return fresh;
}
