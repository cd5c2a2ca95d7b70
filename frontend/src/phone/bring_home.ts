// What a paired phone does whenever it sees its laptop: fetch the sessions, bring home what was recorded and said.

import { fileOf } from "./home";
import type { Keep, Run } from "./keep";
import { Laptop, Refusal } from "./laptop";
import { lastSaidMs } from "./later";
import { sessionsOf } from "./link";

/** How long is waited before it is looked for again while the first screen is open. */
export const AGAIN_MS = 30_000;
/** A clock that differs by more puts a recording beside the hour at which it was. */
const CLOCKS_DIFFER_MS = 120_000;

export interface Seen {
  /** Whether the laptop answered. */
  readonly isHere: boolean;
  /** What its runner should know: one sentence each. */
  readonly words: readonly string[];
}

export class BringHome {
  constructor(
    private readonly keep: Keep,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** Do all that waits. What cannot be done now is tried the next time; nothing is lost. */
  async meet(): Promise<Seen | null> {
    const paired = await this.keep.laptop();
    if (!paired) return null;
    const whole = () => this.meetAs(new Laptop(paired.secret));
    // Two tabs of one phone: one of them does it.
    return navigator.locks ? navigator.locks.request("meet the laptop", whole) : whole();
  }

  private async meetAs(laptop: Laptop): Promise<Seen> {
    try {
      // What was said goes first: the sessions that come back are those of a plan that has heard it.
      const words: string[] = [];
      for (const run of await this.keep.runs()) words.push(...(await this.tryToBring(laptop, run)));
      return { isHere: true, words: [...(await this.fetchSessions(laptop)), ...words] };
    } catch (problem) {
      if (!(problem instanceof Refusal)) return { isHere: false, words: [] };
      if (problem.status === 401) await this.keep.putLaptop(null);
      return { isHere: true, words: [problem.message] };
    }
  }

  private async fetchSessions(laptop: Laptop): Promise<string[]> {
    const told = await laptop.sessions();
    const sessions = told.link === null ? null : await sessionsOf(told.link);
    await this.keep.putSessions(sessions);
    const words = told.why ? [told.why] : [];
    const apartMs = Math.abs(this.now() - told.nowMs);
    if (told.nowMs && apartMs > CLOCKS_DIFFER_MS) {
      words.push(`This phone’s clock and your laptop’s are ${apartWords(apartMs)} apart: set the one that is wrong.`);
    }
    return words;
  }

  /** One recording that the laptop will not have keeps no other from coming in. */
  private async tryToBring(laptop: Laptop, run: Run): Promise<string[]> {
    try {
      return await this.bring(laptop, run);
    } catch (problem) {
      if (!(problem instanceof Refusal) || problem.status === 401) throw problem;
      await this.keep.putRun({ ...run, trouble: problem.message });
      return [problem.message];
    }
  }

  private async bring(laptop: Laptop, run: Run): Promise<string[]> {
    if (await isGoing(run)) return [];
    if (run.deliveredAs) return this.say(laptop, run, run.deliveredAs);
    const saidMs = lastSaidMs(run);
    const file = await fileOf(this.keep, run);
    const came = await laptop.deliver(file, file.name);
    const told = came.done ? { deliveredAs: came.key, sentMs: this.now(), broughtMs: saidMs, trouble: "" } : {};
    await this.keep.putRun({ ...run, trouble: came.message, ...told });
    return [came.message];
  }

  /** What was said after the recording had come in follows it. */
  private async say(laptop: Laptop, run: Run, key: string): Promise<string[]> {
    const saidMs = lastSaidMs(run);
    if (saidMs === null || saidMs === (run.broughtMs ?? null)) return [];
    const said = (await this.keep.lines(run.id)).filter((line) => line.startsWith('{"kind":"answers"'));
    const message = await laptop.say(key, [JSON.stringify(run.head), ...said]);
    await this.keep.putRun({ ...run, broughtMs: saidMs, sentMs: this.now() });
    return [message];
  }
}

function apartWords(apartMs: number): string {
  const minutes = Math.round(apartMs / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

/** The sessions that go on in this tab: where a phone knows no locks, no other tab can be asked. */
const here = new Set<string>();

/** Whether a session goes on in some tab of this phone. */
export async function isGoing(run: Run): Promise<boolean> {
  if (here.has(run.id)) return true;
  const held = (await navigator.locks?.query())?.held ?? [];
  return held.some((lock) => lock.name === lockOf(run.id));
}

export function lockOf(run: string): string {
  return `session ${run}`;
}

/** Say that a session goes on, until what is returned is called. */
export function holding(run: string): () => void {
  let letGo = () => {};
  const over = new Promise<void>((fine) => {
    letGo = fine;
  });
  here.add(run);
  void navigator.locks?.request(lockOf(run), () => over);
  return () => {
    here.delete(run);
    letGo();
  };
}
