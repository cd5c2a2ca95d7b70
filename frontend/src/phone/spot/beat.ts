// One end of the link between runner and spotter: heartbeats, what is said, and when the other end is lost. Pure:
// clocks are handed in and packets handed out, so that ten thousand losses can be tried without a network.

export type Said = "stop" | "behind" | "clear";

export interface Packet {
  /** Counts up with every packet. */
  readonly n: number;
  /** The highest of the other's packets that came in. */
  readonly heard: number;
  /** The highest word of the other that came in. */
  readonly done: number;
  /** Words the other has not confirmed yet, oldest first. */
  readonly words: readonly { readonly id: number; readonly said: Said }[];
  /** What the runner's session shows; the spotter sends none. */
  readonly shows?: Shows;
}

/** What the spotter sees of the session. */
export interface Shows {
  readonly direction: string;
  readonly word: string;
  readonly leftS: number | null;
  readonly distanceM: number | null;
  readonly next: string;
  readonly way: string;
  readonly paused: boolean;
  readonly ended: boolean;
}

export type Event =
  | { readonly kind: "said"; readonly said: Said }
  | { readonly kind: "shows"; readonly shows: Shows }
  | { readonly kind: "lost" | "found" };

export const BEAT_MS = 500;
/** So long without a proof that the other was alive, and both say so. */
export const SILENT_MS = 2000;
/** A word that is not confirmed is said again. */
const AGAIN_MS = 200;
/** "Someone behind you" and "clear" are of now: later they would be wrong. A stop never is. */
const STALE_MS = 2000;
/** Proofs of packets older than this are of no use to anybody. */
const REMEMBERED_MS = 10_000;

/**
 * That the other is alive is proved by what it has heard: a packet that confirms my packet 7 was sent after 7 was. So
 * packets that were held up prove nothing new, and who is not heard any more learns it as soon as who hears nothing.
 */
export class End {
  private n = 0;
  private heard = 0;
  private done = 0;
  private sent: { readonly n: number; readonly atMs: number }[] = [];
  private words: { readonly id: number; readonly said: Said; readonly atMs: number }[] = [];
  private ids = 0;
  private newest = 0;
  private sentMs = Number.NEGATIVE_INFINITY;
  private lost = false;

  /** @param provedMs when the other was last known to be alive: when the channel opened. */
  constructor(private provedMs: number) {}

  get isLost(): boolean {
    return this.lost;
  }

  /** Say something; it is said again until the other confirms it. */
  say(said: Said, nowMs: number): void {
    // One word about the way behind is enough, and a stop outlives both.
    if (said !== "stop") this.words = this.words.filter((word) => word.said === "stop");
    this.ids += 1;
    this.words.push({ id: this.ids, said, atMs: nowMs });
    this.sentMs = Number.NEGATIVE_INFINITY;
  }

  /** What has to be sent now; null where nothing has. */
  due(nowMs: number, shows?: Shows): Packet | null {
    this.words = this.words.filter((word) => word.said === "stop" || nowMs - word.atMs <= STALE_MS);
    const every = this.words.length ? AGAIN_MS : BEAT_MS;
    if (nowMs - this.sentMs < every) return null;
    this.n += 1;
    this.sentMs = nowMs;
    this.sent.push({ n: this.n, atMs: nowMs });
    this.sent = this.sent.filter((packet) => nowMs - packet.atMs <= REMEMBERED_MS);
    const words = this.words.map(({ id, said }) => ({ id, said }));
    return { n: this.n, heard: this.heard, done: this.done, words, ...(shows ? { shows } : {}) };
  }

  /** Take what came in: doubled, late or out of order, it does no harm. */
  take(packet: Packet, nowMs: number): Event[] {
    const found: Event[] = [];
    const proof = this.sent.find((mine) => mine.n === packet.heard);
    if (proof) this.provedMs = Math.max(this.provedMs, proof.atMs);
    this.words = this.words.filter((word) => word.id > packet.done);
    this.heard = Math.max(this.heard, packet.n);
    for (const word of packet.words) {
      if (word.id <= this.done) continue;
      this.done = word.id;
      found.push({ kind: "said", said: word.said });
      this.sentMs = Number.NEGATIVE_INFINITY;
    }
    if (packet.shows && packet.n > this.newest) {
      this.newest = packet.n;
      found.push({ kind: "shows", shows: packet.shows });
    }
    return [...found, ...this.tick(nowMs)];
  }

  /** Let time pass. */
  tick(nowMs: number): Event[] {
    const silent = nowMs - this.provedMs > SILENT_MS;
    if (silent === this.lost) return [];
    this.lost = silent;
    return [{ kind: silent ? "lost" : "found" }];
  }

  /** The channel is closed: nothing will come any more. */
  close(): Event[] {
    this.provedMs = Number.NEGATIVE_INFINITY;
    if (this.lost) return [];
    this.lost = true;
    return [{ kind: "lost" }];
  }
}

/** Read a packet; null where it is none of ours. */
export function packetOf(text: unknown): Packet | null {
  if (typeof text !== "string") return null;
  try {
    const told = JSON.parse(text) as Partial<Packet> | null;
    const whole = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value >= 0;
    if (!told || !whole(told.n) || !whole(told.heard) || !whole(told.done) || !Array.isArray(told.words)) return null;
    const known = (word: { id: unknown; said: unknown }) => whole(word.id) && SAID.has(String(word.said));
    return { ...(told as Packet), words: told.words.filter(known) };
  } catch {
    return null;
  }
}

const SAID = new Set(["stop", "behind", "clear"]);
