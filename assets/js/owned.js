// Names of elements must be one's own: several tabs have a control called `place` in one page.

const POINTERS = ["for", "aria-describedby", "aria-labelledby", "aria-controls"];

/** Puts `prefix` before every id below `root`, and before what points at one of them. */
export function owned(prefix, root) {
  const names = new Map();
  for (const element of root.querySelectorAll("[id]")) {
    if (element.id.startsWith(`${prefix}-`)) continue;
    names.set(element.id, `${prefix}-${element.id}`);
    element.id = names.get(element.id);
  }
  for (const attribute of POINTERS)
    for (const element of root.querySelectorAll(`[${attribute}]`)) {
      const pointed = element.getAttribute(attribute).split(" ");
      element.setAttribute(attribute, pointed.map((name) => names.get(name) || name).join(" "));
    }
  return root;
}
