// The laptop that serves this app: paired by a code, then sessions from it and recordings to it. Nobody else is asked.

/** What stands before the code in the address. */
export const CODE = "#p=";
/** What is sent at once: half a second on a slow network, and no more is sent twice when the link breaks. */
export const PIECE_BYTES = 256 * 1024;

export interface Paired {
  readonly secret: string;
  /** As this phone is called on the laptop. */
  readonly name: string;
}

export interface Fetched {
  /** The sessions as a link holds them; null where there are none to be had. */
  readonly link: string | null;
  readonly why: string;
  readonly nowMs: number;
}

export interface Delivery {
  readonly done: boolean;
  readonly message: string;
}

/** The laptop answered, and would not: a sentence for the runner. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

type Ask = (path: string, init: RequestInit) => Promise<Response>;
const overTheNetwork: Ask = (path, init) => fetch(path, { cache: "no-store", ...init });

/** Pair with a code. Throws Refusal; where the laptop is not in reach, what the network throws. */
export async function pair(code: string, name: string, ask: Ask = overTheNetwork): Promise<Paired> {
  const told = await answer(ask, "api/pair", { method: "POST", body: JSON.stringify({ code, name }) });
  return { secret: text(told.secret), name: text(told.name) };
}

export class Laptop {
  constructor(
    private readonly secret: string,
    private readonly ask: Ask = overTheNetwork,
  ) {}

  async sessions(): Promise<Fetched> {
    const told = await this.answer("api/sessions", {});
    const link = typeof told.link === "string" ? told.link : null;
    return { link, why: text(told.why), nowMs: whole(told.now_ms) };
  }

  /** Bring a recording home, on from where it stopped the last time. */
  async deliver(file: Blob, name: string): Promise<Delivery & { key: string }> {
    const key = await hashOf(file);
    const path = `api/recordings/${key}`;
    let state = await this.answer(path, {});
    // Where a piece was damaged on the way, all of it is sent once more.
    for (let restarts = 0; state.done !== true && !state.message; ) {
      const at = whole(state.have);
      const query = new URLSearchParams({ at: `${at}`, size: `${file.size}`, name });
      state = await this.answer(`${path}?${query}`, { method: "POST", body: file.slice(at, at + PIECE_BYTES) });
      if (state.done !== true && !state.message && whole(state.have) <= at) restarts += 1;
      if (restarts > 2) throw new Refusal("The recording does not arrive whole; hand it over as a file.", 0);
    }
    return { key, done: state.done === true, message: text(state.message) };
  }

  /** Say how it was, of a recording that came in before. */
  async say(key: string, lines: readonly string[]): Promise<string> {
    const body = `${lines.join("\n")}\n`;
    return text((await this.answer(`api/said?recording=${key}`, { method: "POST", body })).message);
  }

  private answer(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    return answer(this.ask, path, { ...init, headers: { Authorization: `Bearer ${this.secret}` } });
  }
}

async function answer(ask: Ask, path: string, init: RequestInit): Promise<Record<string, unknown>> {
  const reply = await ask(path, init);
  const told = (await reply.json().catch(() => null)) as Record<string, unknown> | null;
  if (!reply.ok) throw new Refusal(text(told?.message) || "The laptop did not answer as it should.", reply.status);
  return told ?? {};
}

export async function hashOf(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a phone is called until its owner says otherwise. */
export function ownName(agent: string): string {
  return /iPhone|iPad/.exec(agent)?.[0] ?? (agent.includes("Android") ? "Android phone" : "A phone");
}

function text(told: unknown): string {
  return typeof told === "string" ? told : "";
}

function whole(told: unknown): number {
  return typeof told === "number" && Number.isFinite(told) ? told : 0;
}
