// Looking for the spot of a model without an encoder that comes nearest to a picture: a run with
// previews; stopped, it keeps the best spot so far.

import { call, LOST } from "./server.js";

/**
 * Looks for `file` ({name, size, sha256}, dropped before) in the present model. Every piece of news
 * goes to `progress` and its preview to the stage; at the end the request takes the spot. Answers
 * the last news, {error}, or null where the server is away.
 */
export async function search(world, file, signal, progress) {
  const { asked, server, client } = world;
  const request = asked.request;
  const begun = await call(server.seek, { request, file, client });
  if (begun === LOST) return null;
  if (begun.error) return begun;
  const halt = () => call(server.stop, { run: begun.run, client });
  signal.addEventListener("abort", halt, { once: true });
  if (signal.aborted) halt();
  for (let seen = 0; ; ) {
    const news = await call(server.sought, { run: begun.run, client, seen });
    if (news === LOST) return null;
    if (news.error) return news;
    if (news.picture) world.preview(news.picture);
    if (news.controls && asked.model.id === request.model) {
      asked.put(news.controls);
      return news;
    }
    if (news.done) return news;
    progress(news);
    seen = news.seen;
  }
}
