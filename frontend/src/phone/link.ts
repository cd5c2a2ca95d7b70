// The sessions of a link: what stands behind the # of the address, unpacked and checked. It never reaches a server.

export type Direction = "forward" | "backward" | "sideways" | "still" | "unknown";
export type Gait = "walk" | "run" | "unknown";
export type Part = "warm-up" | "work" | "recovery" | "cool-down";

export interface Step {
  readonly name: string;
  readonly part: Part;
  readonly direction: Direction;
  readonly gait: Gait;
  readonly durationS: number | null;
  readonly distanceM: number | null;
  readonly fastestMps: number | null;
  readonly heartRateHighBpm: number | null;
  readonly cue: string | null;
  readonly looksRound: boolean;
}

export interface Session {
  readonly id: string;
  readonly on: string;
  readonly title: string;
  readonly where: string;
  /** The place that its runner ticked for it, and how it is used; null where there is none. */
  readonly lane: string | null;
  readonly withWhom: string;
  readonly indoor: boolean;
  readonly steps: readonly Step[];
}

export interface Sessions {
  readonly made: string;
  readonly until: string;
  readonly unit: "km" | "mi";
  readonly sessions: readonly Session[];
  /** When they came to this phone; not there in what an older app kept. */
  readonly arrivedMs?: number;
}

export const VERSION = 1;
const MARK = "#s=";
const PARTS: Readonly<Record<string, Part>> = { u: "warm-up", w: "work", r: "recovery", d: "cool-down" };
const DIRECTIONS: Readonly<Record<string, Direction>> = { f: "forward", b: "backward", s: "sideways", n: "still" };
const GAITS: Readonly<Record<string, Gait>> = { w: "walk", r: "run" };
/** More than a day of steps is no session. */
const MOST_STEPS = 500;

/** What is wrong with a link, in a sentence for the runner. */
export class BadLink extends Error {}

/** Return the sessions of an address's fragment, or null where it holds none. Throws BadLink. */
export async function sessionsOf(fragment: string): Promise<Sessions | null> {
  if (!fragment.startsWith(MARK)) return null;
  let told: unknown;
  try {
    told = JSON.parse(await inflate(bytesOf(fragment.slice(MARK.length))));
  } catch {
    throw new BadLink("This link is cut off or changed. Scan the code on your laptop again.");
  }
  return checked(told);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

function checked(told: unknown): Sessions {
  const link = record(told);
  if (link.v !== VERSION) {
    throw new BadLink("This link is of another version than this app. Build the app anew, or make the link anew.");
  }
  const words = list(link.words).map(text);
  return {
    made: text(link.made),
    until: text(link.until),
    unit: link.unit === "mi" ? "mi" : "km",
    sessions: list(link.sessions).map((told) => session(record(told), words)),
  };
}

function session(told: Record<string, unknown>, words: readonly string[]): Session {
  const steps = list(told.pieces).flatMap((piece) => unrolled(list(piece), words));
  if (!steps.length || steps.length > MOST_STEPS) {
    throw new BadLink("A session of this link has no steps. Make the link anew.");
  }
  return {
    id: text(told.id),
    on: text(told.on),
    title: text(told.title),
    where: text(told.where),
    lane: typeof told.lane === "string" && told.lane ? told.lane : null,
    withWhom: text(told.with),
    indoor: told.indoor === true,
    steps,
  };
}

/** A piece is one step, or [times, steps]; what is repeated carries its number in the name. */
function unrolled(piece: readonly unknown[], words: readonly string[]): Step[] {
  const [times, inner] = piece;
  if (typeof times !== "number") return [step(piece, words)];
  if (times > MOST_STEPS) throw new BadLink("A session of this link never ends. Make the link anew.");
  const found: Step[] = [];
  for (let nth = 1; nth <= times; nth += 1) {
    for (const told of list(inner)) {
      const made = step(list(told), words);
      found.push(made.part === "work" ? { ...made, name: `${made.name} ${nth}/${times}` } : made);
    }
  }
  return found;
}

function step(told: readonly unknown[], words: readonly string[]): Step {
  const [name, part, direction, gait, durationS, distanceM, fastestMps, heart, cue, looks] = told;
  const made: Step = {
    name: text(name),
    part: PARTS[text(part)] ?? "work",
    direction: DIRECTIONS[text(direction)] ?? "unknown",
    gait: GAITS[text(gait)] ?? "unknown",
    durationS: positive(durationS),
    distanceM: positive(distanceM),
    fastestMps: positive(fastestMps),
    heartRateHighBpm: positive(heart),
    cue: typeof cue === "number" ? (words[cue] ?? null) : null,
    looksRound: looks === 1,
  };
  if (made.durationS === null && made.distanceM === null) {
    throw new BadLink("A step of this link has neither a time nor a distance. Make the link anew.");
  }
  return made;
}

function record(told: unknown): Record<string, unknown> {
  if (typeof told === "object" && told !== null && !Array.isArray(told)) return told as Record<string, unknown>;
  throw new BadLink("This link holds no sessions. Scan the code on your laptop again.");
}

function list(told: unknown): readonly unknown[] {
  return Array.isArray(told) ? told : [];
}

function text(told: unknown): string {
  return typeof told === "string" ? told : "";
}

function positive(told: unknown): number | null {
  return typeof told === "number" && Number.isFinite(told) && told > 0 ? told : null;
}
