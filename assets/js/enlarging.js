// The work of the Upscale tab: from settings to requests, the plan before a run, and the run.

import { h, settled } from "./dom.js";
import { run, told } from "./runs.js";
import { call, LOST } from "./server.js";
import { say, t } from "./words.js";

const QUICK = 4; // seconds: what takes less starts by itself
const PLAIN = "upscale/bicubic";

export class Enlarging {
  #world;
  #stop = null; // of the run in progress
  #number = 0; // of the newest wish: answers to older ones are dropped
  #speed = new Map(); // model -> how much longer than planned it took in this page
  result = null; // {request, picture, width, height, note}
  other = null; // the same of the model that stands against it
  plan = null;

  constructor(world, settle) {
    this.#world = world;
    this.settle = settle;
    this.soon = settled(150, () => this.#wish());
  }

  /** The request for a model with the present size, by default of the present picture. */
  request(model, controls, picture = this.#world.picture) {
    const { size, longest, asked } = this.#world;
    const own = {
      version: 1,
      model: model.id,
      seed: 1,
      controls: { ...(controls || asked.controls) },
      inputs: { picture: picture.given },
    };
    const most = Math.max(picture.natural.width, picture.natural.height);
    const wanted = { own: asked.model.scale * most, px: longest }[size] || Number(size) * most;
    if (model.any) {
      own.controls.longest = wanted;
      return own;
    }
    if (wanted === model.scale * most) return own;
    const plain = this.#world.models.find((m) => m.id.startsWith(PLAIN));
    if (!plain) return own;
    return {
      version: 1,
      model: plain.id,
      seed: 1,
      controls: { way: "lanczos", longest: wanted },
      inputs: { picture: own },
    };
  }

  /** Looks ahead; what is quick begins at once. */
  async #wish() {
    const { picture, server, client, asked } = this.#world;
    if (!picture) return;
    const mine = ++this.#number;
    this.#stop?.abort();
    picture.natural ||= await this.#naturally();
    if (mine !== this.#number || !picture.natural) return;
    const plan = await call(server.plan, { request: this.request(asked.model), client });
    if (mine !== this.#number) return;
    if (plan === LOST) return this.tell(t("state_lost"), true);
    this.plan = plan.error ? null : plan;
    if (plan.error) {
      this.tell(say(plan.error), true);
      return this.show();
    }
    this.#hush();
    plan.seconds *= this.#speed.get(asked.model.id) || 1;
    this.show();
    if (plan.seconds < QUICK) this.start();
  }

  /** Whatever was told is over, except about a file just refused: that is not this work's to say. */
  #hush() {
    if (!this.#world.refused) this.tell("");
  }

  /** The picture's own size; a made picture is asked for once. */
  async #naturally() {
    const { picture, server, client } = this.#world;
    if (!picture.url) {
      const made = await call(server.live, { request: picture.given, client });
      if (made === LOST || made.error)
        return this.tell(made === LOST ? t("state_lost") : say(made.error), true);
      picture.url = made.picture;
    }
    const image = h("img", { src: picture.url });
    try {
      await image.decode();
    } catch {
      return this.tell(t("up_unreadable", { name: picture.name }), true);
    }
    return { width: image.naturalWidth, height: image.naturalHeight };
  }

  /** The whole work: first the model that stands against it, then the one that is asked for. */
  async start() {
    const { asked, models, against } = this.#world;
    if (!this.#world.picture?.natural) return;
    const mine = ++this.#number;
    this.#stop?.abort();
    const stop = (this.#stop = new AbortController());
    const rival = models.find((m) => m.id === against && m !== asked.model);
    const wanted = rival && this.request(rival, defaultsOf(rival));
    if (!wanted) this.other = null;
    else if (JSON.stringify(wanted) !== this.other?.wanted) {
      const made = await this.#run(wanted, stop.signal, mine);
      if (!made) return;
      this.other = { ...made, wanted: JSON.stringify(wanted), title: rival.title };
    }
    const begun = performance.now();
    const made = await this.#run(this.request(asked.model), stop.signal, mine);
    if (!made) return;
    const factor = (performance.now() - begun) / 1000 / Math.max(this.plan?.seconds || 0, 0.05);
    const known = this.#speed.get(asked.model.id) || 1;
    this.#speed.set(asked.model.id, Math.min(10, Math.max(0.05, known * factor)));
    this.result = { ...made, title: asked.model.title, times: asked.model.scale };
    if (made.note) this.tell(say(made.note));
    else this.#hush();
    if (made.link) this.settle(made.link);
    this.show();
  }

  stop() {
    this.#stop?.abort();
  }

  /** Results of the picture before: beside another one they would be a lie. */
  forget() {
    this.#stop?.abort();
    this.#number++;
    this.result = this.other = this.plan = null;
  }

  async #run(request, signal, mine) {
    const { parts } = this;
    parts.working.hidden = false;
    parts.go.hidden = true;
    parts.progress.removeAttribute("value");
    parts.told.textContent = "";
    const answer = await run(
      this.#world.server,
      this.#world.client,
      request,
      (news) => this.#progress(news),
      signal,
    );
    if (mine !== this.#number) return null;
    this.parts.working.hidden = true;
    if (answer === LOST) this.tell(t("state_lost"), true);
    else if (answer.error) this.tell(say(answer.error), true);
    else if (!answer.picture) this.tell(say(answer.note) || t("up_stopped"));
    else return answer;
    this.show();
    return null;
  }

  #progress(news) {
    if (news.fraction) this.parts.progress.value = news.fraction;
    this.parts.told.textContent = told(news);
  }

  /** Puts what is known into the page. */
  show() {
    const { plan, parts } = this;
    const { picture, asked } = this.#world;
    const made = this.result?.request?.model;
    const fresh = picture && plan && !this.#same();
    parts.go.hidden = !fresh || !parts.working.hidden;
    parts.plan.textContent = plan && picture
      ? t("up_plan", {
          from: `${plan.width} × ${plan.height}`,
          into: `${plan.into[0]} × ${plan.into[1]}`,
          time: plan.seconds < 1 ? t("up_moment") : t("up_seconds", { n: Math.ceil(plan.seconds) }),
          memory: plan.megabytes,
        })
      : "";
    parts.element.dataset.state = this.#same() ? "settled" : "open";
    if (made) parts.element.dataset.request = JSON.stringify(this.result.request);
    parts.element.dataset.model = asked.model.id;
    parts.element.dataset.name = picture?.name || "";
    parts.beside?.();
    parts.home?.();
  }

  /** Whether the result shown is of the present settings. */
  #same() {
    if (!this.result || !this.#world.picture?.natural) return false;
    const wanted = this.request(this.#world.asked.model);
    const shown = this.result.request;
    return (
      wanted.model === shown.model &&
      deep(wanted.inputs) === deep(shown.inputs) &&
      Object.entries(wanted.controls).every(([k, v]) => deep(shown.controls[k]) === deep(v))
    );
  }
}

const defaultsOf = (model) =>
  Object.fromEntries(model.controls.map((c) => [c.name, c.default]));

// Keys in one order, without what the server adds (revisions, defaults of inner requests).
function deep(value) {
  if (value?.model)
    return deep([value.model, value.controls?.longest ?? 0, deep(value.inputs || {})]);
  if (value?.sha256) return value.sha256;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return JSON.stringify(Object.keys(value).sort().map((k) => [k, deep(value[k])]));
}
