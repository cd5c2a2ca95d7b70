// What came of each file, counted and put into sentences. Pure.

export interface Entry {
  readonly file_name: string;
  readonly status: string;
  /** The status in words. */
  readonly words: string;
  readonly message: string;
  readonly activity_ids: readonly string[];
  /** Where the runner says what the columns of a table are; null where nothing is asked. */
  readonly ask_url?: string | null;
}

export class Tally {
  files = 0;
  sent = 0;
  bytes = 0;
  readonly #counts = new Map<string, number>();

  constructor(files: number) {
    this.files = files;
  }

  add(bytes: number, entries: readonly Entry[]): void {
    this.sent += 1;
    this.bytes += bytes;
    for (const { status } of entries) this.#counts.set(status, this.count(status) + 1);
  }

  count(status: string): number {
    return this.#counts.get(status) ?? 0;
  }

  /** "12 of 40 files, 3.1 files a second" */
  progress(elapsed_s: number): string {
    const rate = elapsed_s > 0.5 && this.sent > 1 ? `, ${rateOf(this.sent / elapsed_s)}` : "";
    return `${this.sent} of ${this.files} ${this.files === 1 ? "file" : "files"}${rate}`;
  }

  /** One calm sentence at the end. */
  summary(stopped: boolean): string {
    const parts = [
      said(this.count("new"), "new", "new"),
      said(this.count("partly"), "partly read", "partly read"),
      said(this.count("same"), "already here", "already here"),
      said(this.count("waiting"), "waits for you to name its columns", "wait for you to name their columns"),
      said(this.count("failed"), "could not be read", "could not be read"),
    ].filter((part) => part !== "");
    const left = this.files - this.sent;
    const rest = stopped && left > 0 ? ` Stopped; ${left} ${left === 1 ? "file was" : "files were"} not sent.` : "";
    if (parts.length === 0)
      return stopped ? `Stopped before anything came in.${rest.replace(" Stopped;", "")}` : "Nothing came in.";
    return `${capital(parts.join(", "))}.${rest}`;
  }
}

function said(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function rateOf(perSecond: number): string {
  if (perSecond >= 1) return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} files a second`;
  return `one file every ${(1 / perSecond).toFixed(0)} s`;
}

/** Hidden files of systems are no recordings and not worth a line in the log. */
export function isNoise(path: string): boolean {
  const parts = path.split("/");
  const name = parts[parts.length - 1] ?? "";
  return name.startsWith(".") || parts.includes("__MACOSX") || /^(thumbs\.db|desktop\.ini)$/i.test(name);
}
