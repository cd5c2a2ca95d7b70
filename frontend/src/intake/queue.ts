// Send files one by one, two at a time, so that a slow one does not hold up the rest and stopping is always possible.

import type { Entry } from "./entries";

export interface Sending {
  readonly url: string;
  readonly csrf: string;
  readonly signal: AbortSignal;
  /** What the runner said of the files: goes along with each. */
  readonly told: readonly (readonly [string, string])[];
  /** Waited for before each file: the runner may pause. */
  readonly gate: () => Promise<void>;
  readonly done: (file: File, entries: readonly Entry[]) => void;
}

const AT_ONCE = 2;

export async function sendAll(files: readonly File[], sending: Sending): Promise<void> {
  const waiting = files.values();
  const worker = async () => {
    for (const file of waiting) {
      await sending.gate();
      if (sending.signal.aborted) return;
      const entries = await sendOne(file, sending);
      if (entries === null) return;
      sending.done(file, entries);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What came of one file; null where the runner stopped. A failure is a line of the log, never the end of the rest. */
async function sendOne(file: File, { url, csrf, signal, told }: Sending): Promise<readonly Entry[] | null> {
  const form = new FormData();
  for (const [name, value] of told) form.append(name, value);
  form.append("files", file, file.name);
  try {
    const headers = { "X-CSRF-Token": csrf, Accept: "application/json" };
    const reply = await fetch(url, { method: "POST", body: form, headers, signal, credentials: "same-origin" });
    const said = (await reply.json()) as { entries?: Entry[]; message?: string; detail?: string };
    if (reply.ok && said.entries !== undefined) return said.entries;
    return [
      failed(
        file,
        said.message ?? (typeof said.detail === "string" ? said.detail : `The program answered ${reply.status}.`),
      ),
    ];
  } catch (problem) {
    if (signal.aborted) return null;
    const words =
      problem instanceof TypeError
        ? "It could not be sent. Is the program still running?"
        : "The program gave no readable answer.";
    return [failed(file, words)];
  }
}

function failed(file: File, message: string): Entry {
  return { file_name: file.name, status: "failed", words: "not read", message, activity_ids: [] };
}

/** Lets files through, or holds the next ones back; counts the seconds in which they went. */
export class Gate {
  #opened: (() => void) | null = null;
  #held: Promise<void> | null = null;
  #since: number;
  #went_ms = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  get isHeld(): boolean {
    return this.#held !== null;
  }

  get went_s(): number {
    return (this.#went_ms + (this.isHeld ? 0 : this.#now() - this.#since)) / 1000;
  }

  hold(): void {
    if (this.isHeld) return;
    this.#went_ms += this.#now() - this.#since;
    this.#held = new Promise((opened) => {
      this.#opened = opened;
    });
  }

  open(): void {
    if (!this.isHeld) return;
    this.#since = this.#now();
    this.#opened?.();
    this.#held = this.#opened = null;
  }

  async passed(): Promise<void> {
    while (this.#held !== null) await this.#held;
  }
}
