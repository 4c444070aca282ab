// Calls to the server. Gradio's client hides every failure as `undefined`, so that a call needs
// a timeout of its own and a second look at who failed: the line, the login or the request.

export const LOST = Symbol("the server cannot be reached");
const PATIENCE = 1500; // milliseconds before asking whether the server is there at all
const SIGN_OF_LIFE = 4000; // milliseconds; a server that imports torch on one core is slow, not gone

const at = (path) => new URL(path, document.baseURI);

/** Whether the server answers its health door. */
export async function alive() {
  try {
    return (await fetch(at("healthz"), { signal: AbortSignal.timeout(SIGN_OF_LIFE) })).ok;
  } catch {
    return false;
  }
}

async function allowed() {
  try {
    return (await fetch(at("gradio_api/login_check"))).status !== 401;
  } catch {
    return true;
  }
}

const wait = (time) => new Promise((done) => setTimeout(() => done(wait), time));

/**
 * Calls one server function. Answers its data, `{error}` in both languages, or LOST.
 * `slow` is called when it takes longer than usual though the server is there.
 */
export async function call(fn, data, slow = () => {}) {
  for (let tries = 0; tries < 2; tries++) {
    const answer = await patient(fn(data), slow);
    if (answer === LOST || (answer !== undefined && answer !== null)) return answer;
    if (!(await alive())) return LOST;
    // It answers now: the call may have met a restart, so it is made once more.
  }
  return refused();
}

async function patient(promise, slow) {
  const answer = promise.catch(() => undefined);
  for (;;) {
    const first = await Promise.race([answer, wait(PATIENCE)]);
    if (first !== wait) return first;
    if (!(await alive())) return LOST;
    slow();
  }
}

async function refused() {
  if (await allowed()) {
    return {
      error: {
        en: "The studio could not read this request; reload the page and try again.",
        zh: "工作室无法读取该请求;请刷新页面后重试。",
      },
    };
  }
  return {
    error: {
      en: "You are no longer logged in; reload the page to log in again.",
      zh: "登录已失效;请刷新页面重新登录。",
    },
  };
}

/** A name for this tab, so that the server keeps only the newest value of each. */
export function clientName() {
  const numbers = crypto.getRandomValues(new Uint8Array(12));
  return [...numbers].map((n) => n.toString(16).padStart(2, "0")).join("");
}
