// Building elements: h("button.primary", {onclick}, "Text") is one element with its children.

const SVG = "http://www.w3.org/2000/svg";

/** One element. `what` is "tag.class.class"; keys of `facts` starting with "on" are listeners. */
export function h(what, facts = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

const PATHS = {
  previous: "M14.5 5.5 8 12l6.5 6.5",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  play: "M8 5.2v13.6L19 12z",
  mic: "M12 4a2.8 2.8 0 0 1 2.8 2.8v4.4a2.8 2.8 0 0 1-5.6 0V6.8A2.8 2.8 0 0 1 12 4M6.5 11a5.5 5.5 0 0 0 11 0M12 16.5V20",
  lock: "M7 11h10a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-10a1.5 1.5 0 0 1-1.5-1.5v-5a1.5 1.5 0 0 1 1.5-1.5zM8.5 11V8.2a3.5 3.5 0 0 1 7 0V11",
  dice: "M7.5 4.5h9a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3h-9a3 3 0 0 1-3-3v-9a3 3 0 0 1 3-3zM8.8 8.8h.01M15.2 8.8h.01M12 12h.01M8.8 15.2h.01M15.2 15.2h.01",
  download: "M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M5 19.5h14",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 1 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 1 0 11 18.7l1-1",
  reset: "M5 5v5h5M5.6 10A7.2 7.2 0 1 1 5 14.5",
  light: "M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6M12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3M5.6 18.4l1.3-1.3M17.1 6.9l1.3-1.3",
  dark: "M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z",
  file: "M7 3.5h6.5L18 8v12.5H7zM13.5 3.5V8H18",
  undo: "M9 5 4.5 9.5 9 14M5 9.5h8.5a5.5 5.5 0 0 1 0 11H9",
  redo: "M15 5l4.5 4.5L15 14M19 9.5h-8.5a5.5 5.5 0 0 0 0 11H15",
  star: "M12 4l2.5 5.2 5.6.8-4 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4-4 5.6-.8z",
  beside: "M4.5 5.5h6.5v13H4.5zM13 5.5h6.5v13H13z",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  send: "M4.5 12h14m-5.5-6 6 6-6 6",
  swap: "M7 5 3.5 8.5 7 12M4 8.5h12.5M17 12l3.5 3.5L17 19M20 15.5H7.5",
  camera: "M4 8h4l1.5-2.5h5L16 8h4v11H4zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4",
  film: "M4.5 5.5h15v13h-15zM8.5 5.5v13M15.5 5.5v13M4.5 12h4M15.5 12h4",
  box: "M4.5 8h15v11h-15zM3.5 4.5h17V8h-17zM10 12h4",
  check: "M5 12.5 10 17.5 19.5 7",
  keys: "M5 7h14a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 19 17H5a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 5 7zM7 10.2h.01M10.3 10.2h.01M13.7 10.2h.01M17 10.2h.01M8.5 13.8h7",
};

/** A line drawing of 24 units; hidden from screen readers, since its button has a name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Calls `act` once, `wait` milliseconds after the last of many calls. */
export function settled(wait, act) {
  let timer = 0;
  return (...words) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...words), wait);
  };
}

/** What the page remembers in this browser; a browser that refuses only forgets. */
export const memory = {
  get(key) {
    try {
      return localStorage.getItem(`studio.${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`studio.${key}`, value);
    } catch {
      // private windows refuse: the choice then holds for this page only
    }
  },
};

/** Hands bytes to the person as a file. `data` is base64. */
export function save(name, mime, data) {
  const url = URL.createObjectURL(new Blob([bytes(data)], { type: mime }));
  const anchor = h("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 30000);
}

/** base64 -> Uint8Array */
export function bytes(data) {
  return Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
}
