// What the phone keeps: the sessions of the last link, and every run line by line, so that a closed tab, an empty
// battery or a crash lose no more than the last few seconds.

import type { Paired } from "./laptop";
import type { Later } from "./later";
import type { Sessions } from "./link";

const NAME = "backward";
const LINK = "link";
const RUNS = "runs";
const LINES = "lines";

export interface Run {
  readonly id: string;
  readonly title: string;
  readonly startedMs: number;
  /** The first line of its file. */
  readonly head: Record<string, unknown>;
  readonly endedMs: number | null;
  /** When its file was handed over. */
  readonly sentMs: number | null;
  /** When it was said how it felt; not there in runs of an older app. */
  readonly saidMs?: number | null;
  /** When something was last said of the days after it, and of which of them it was. */
  readonly laterMs?: number;
  readonly laterSaid?: readonly Later[];
  /** The hash under which the laptop has it; not there where it was never brought. */
  readonly deliveredAs?: string;
  /** Of which moment the answers are that the laptop has. */
  readonly broughtMs?: number | null;
  /** What was said of it that makes the plan wait. */
  readonly waits?: readonly string[];
  readonly waitsMs?: number;
  /** Why the laptop could not take it. */
  readonly trouble?: string;
}

interface Line {
  readonly run: string;
  readonly text: string;
}

export class Keep {
  private constructor(private readonly db: IDBDatabase) {}

  static async open(): Promise<Keep> {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(LINK);
      asked.result.createObjectStore(RUNS, { keyPath: "id" });
      asked.result.createObjectStore(LINES, { autoIncrement: true }).createIndex("run", "run");
    };
    return new Keep(await done(asked));
  }

  async sessions(): Promise<Sessions | null> {
    return ((await done(this.store(LINK, "readonly").get("sessions"))) as Sessions | undefined) ?? null;
  }

  async laptop(): Promise<Paired | null> {
    return ((await done(this.store(LINK, "readonly").get("laptop"))) as Paired | null | undefined) ?? null;
  }

  async putLaptop(laptop: Paired | null): Promise<void> {
    await done(this.store(LINK, "readwrite").put(laptop, "laptop"));
  }

  async putSessions(sessions: Sessions | null): Promise<void> {
    const arrived = sessions && { ...sessions, arrivedMs: Date.now() };
    await done(this.store(LINK, "readwrite").put(arrived, "sessions"));
  }

  async runs(): Promise<Run[]> {
    const found = (await done(this.store(RUNS, "readonly").getAll())) as Run[];
    return found.sort((a, b) => b.startedMs - a.startedMs);
  }

  async putRun(run: Run): Promise<void> {
    await done(this.store(RUNS, "readwrite").put(run));
  }

  /** Add lines to a run; they are on the disk when this returns. */
  async addLines(run: string, texts: readonly string[]): Promise<void> {
    if (!texts.length) return;
    const change = this.db.transaction(LINES, "readwrite", { durability: "strict" });
    for (const text of texts) change.objectStore(LINES).add({ run, text } satisfies Line);
    await new Promise<void>((fine, fail) => {
      change.oncomplete = () => fine();
      change.onabort = () => fail(change.error ?? new Error("The phone kept nothing."));
    });
  }

  async lines(run: string): Promise<string[]> {
    const found = (await done(this.store(LINES, "readonly").index("run").getAll(run))) as Line[];
    return found.map((line) => line.text);
  }

  async forget(run: string): Promise<void> {
    const change = this.db.transaction([RUNS, LINES], "readwrite");
    change.objectStore(RUNS).delete(run);
    const keys = await done(change.objectStore(LINES).index("run").getAllKeys(run));
    for (const key of keys) change.objectStore(LINES).delete(key);
    await new Promise<void>((fine, fail) => {
      change.oncomplete = () => fine();
      change.onabort = () => fail(change.error ?? new Error("Nothing was deleted."));
    });
  }

  private store(name: string, mode: IDBTransactionMode): IDBObjectStore {
    return this.db.transaction(name, mode).objectStore(name);
  }
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((fine, fail) => {
    asked.onsuccess = () => fine(asked.result);
    asked.onerror = () => fail(asked.error ?? new Error("The phone does not answer."));
  });
}
