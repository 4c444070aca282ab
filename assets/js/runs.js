// Long work: begin, follow with progress, stop. The server ends what nobody follows.

import { call, LOST } from "./server.js";
import { t } from "./words.js";

/** News of a run in words: how many wait before it, or how far it is and how long it will take. */
export function told({ fraction, seconds_left: left, ahead }) {
  if (ahead) return t("run_ahead", { n: ahead });
  const percent = Math.round(100 * fraction);
  if (left === null || left === undefined) return t("run_percent", { percent });
  return t("run_left", { percent, seconds: Math.max(1, Math.round(left)) });
}

/**
 * Runs a request to its end. `progress({fraction, seconds_left, ahead, preview})` is called with
 * every piece of news; an aborted `signal` stops the run and what it reached comes back. Answers
 * the result as `live` does, `{error}`, or LOST.
 */
export async function run(server, client, request, progress, signal) {
  const begun = await call(server.begin, { request, client });
  if (begun === LOST || begun.error) return begun;
  const halt = () => call(server.stop, { run: begun.run, client });
  signal?.addEventListener("abort", halt, { once: true });
  if (signal?.aborted) halt();
  try {
    for (let seen = 0; ; ) {
      const news = await call(server.follow, { run: begun.run, client, seen });
      if (news === LOST || news.error) return news;
      if (news.result) return news.result;
      if (news.seen > seen) progress(news);
      seen = news.seen;
    }
  } finally {
    signal?.removeEventListener("abort", halt);
  }
}

/**
 * Follows work that is no single request (a zip file, a film) from its first `answer` to its end;
 * an aborted `signal` stops it. Answers what it made, `{stopped}`, `{error}`, or LOST.
 */
export async function finished({ server, client }, answer, progress, signal) {
  const { job } = answer;
  const halt = () => call(server.stop_job, { job, client });
  if (job) signal?.addEventListener("abort", halt, { once: true });
  if (job && signal?.aborted) halt();
  while (answer.job) {
    progress?.(answer);
    answer = await call(server.follow_job, { job, client });
  }
  signal?.removeEventListener("abort", halt);
  return answer;
}
