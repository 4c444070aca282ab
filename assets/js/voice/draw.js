// A sound as a person sees it: the wave above, its spectrogram below, low tones at the bottom.

const WINDOW = 512;
const COLUMNS = 240;
const FLOOR = -72; // decibels below the loudest spot

/** Draws {samples, rate} over the whole of `canvas`, in the page's colours. */
export function draw(canvas, sound) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  const width = (canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio)));
  const height = (canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio)));
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(canvas);
  const top = Math.round(height * 0.36);
  wave(pen, sound.samples, width, top, style.getPropertyValue("--accent"));
  const colours = ["--sunk", "--accent", "--ink"].map((n) => numbers(style.getPropertyValue(n)));
  const picture = spectrum(sound.samples, colours);
  const small = new OffscreenCanvas(picture.width, picture.height);
  small.getContext("2d").putImageData(picture, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.drawImage(small, 0, top, width, height - top);
}

function wave(pen, samples, width, height, colour) {
  pen.fillStyle = colour;
  const step = samples.length / width;
  for (let x = 0; x < width; x++) {
    let [low, high] = [0, 0];
    for (let i = Math.floor(x * step); i < (x + 1) * step && i < samples.length; i++) {
      if (samples[i] < low) low = samples[i];
      if (samples[i] > high) high = samples[i];
    }
    const middle = height / 2;
    const up = high * middle * 0.94;
    pen.fillRect(x, middle - up, 1, Math.max(1, up - low * middle * 0.94));
  }
}

function spectrum(samples, [low, middle, high]) {
  const half = WINDOW / 2;
  const picture = new ImageData(COLUMNS, half);
  const levels = new Float32Array(COLUMNS * half);
  const [real, imaginary] = [new Float32Array(WINDOW), new Float32Array(WINDOW)];
  let loudest = -200;
  for (let column = 0; column < COLUMNS; column++) {
    const from = Math.round((column / COLUMNS) * samples.length - half);
    for (let i = 0; i < WINDOW; i++) {
      real[i] = (samples[from + i] || 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW));
      imaginary[i] = 0;
    }
    transform(real, imaginary);
    for (let k = 0; k < half; k++) {
      const level = 10 * Math.log10(real[k] ** 2 + imaginary[k] ** 2 + 1e-12);
      levels[column * half + k] = level;
      if (level > loudest) loudest = level;
    }
  }
  loudest = Math.max(loudest, -40); // silence stays dark
  for (let column = 0; column < COLUMNS; column++)
    for (let k = 0; k < half; k++) {
      const share = Math.max(0, 1 - (levels[column * half + k] - loudest) / FLOOR);
      const [a, b, part] = share < 0.6 ? [low, middle, share / 0.6] : [middle, high, (share - 0.6) / 0.4];
      const at = 4 * ((half - 1 - k) * COLUMNS + column);
      for (let c = 0; c < 3; c++) picture.data[at + c] = a[c] + (b[c] - a[c]) * part;
      picture.data[at + 3] = 255;
    }
  return picture;
}

/** Fast Fourier transform in place (Cooley and Tukey, 1965); the length is a power of two. */
function transform(real, imaginary) {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j], real[i]];
      [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
    }
  }
  for (let size = 2; size <= n; size *= 2)
    for (let k = 0; k < size / 2; k++) {
      const angle = (-2 * Math.PI * k) / size;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let i = k; i < n; i += size) {
        const j = i + size / 2;
        const a = real[j] * c - imaginary[j] * s;
        const b = real[j] * s + imaginary[j] * c;
        real[j] = real[i] - a;
        imaginary[j] = imaginary[i] - b;
        real[i] += a;
        imaginary[i] += b;
      }
    }
}

// "#0b6b5c" -> [11, 107, 92]
function numbers(colour) {
  const hex = colour.trim().slice(1);
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
