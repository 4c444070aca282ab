// A list of listeners: on(listener, signal) and tell().

export function signals() {
  const listeners = new Set();
  return {
    on(listener, signal) {
      listeners.add(listener);
      signal?.addEventListener("abort", () => listeners.delete(listener));
    },
    tell() {
      for (const listener of [...listeners]) listener();
    },
  };
}
