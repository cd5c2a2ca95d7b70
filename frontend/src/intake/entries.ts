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

  /** "12 of 40 files, 3.1 files a second, about 9 s left"; the time is that in which files were sent. */
  progress(elapsed_s: number): string {
    const known = elapsed_s > 0.5 && this.sent > 1;
    const rate = known ? `, ${rateOf(this.sent / elapsed_s)}` : "";
    const left_s = known ? ((this.files - this.sent) * elapsed_s) / this.sent : 0;
    const left = left_s >= 5 ? `, about ${spanOf(left_s)} left` : "";
    return `${this.sent} of ${this.files} ${this.files === 1 ? "file" : "files"}${rate}${left}`;
  }

  /** One calm sentence at the end. */
  summary(stopped: boolean): string {
    const parts = [
      said(this.count("new"), "new", "new"),
      said(this.count("partly"), "partly read", "partly read"),
      said(this.count("joined"), "joined with the same run", "joined with the same run"),
      said(this.count("same"), "already here", "already here"),
      said(this.count("waiting"), "waits for you to name its columns", "wait for you to name their columns"),
      said(this.count("failed"), "could not be read", "could not be read"),
      said(this.count("listed"), "list of names read", "lists of names read"),
      said(this.count("left_out"), "left out", "left out"),
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

function spanOf(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds / 5) * 5} s` : `${Math.round(seconds / 60)} min`;
}

/** A list of what lies beside it goes last: by then the runs that it names are here. */
export function listsLast<F extends { readonly name: string }>(files: readonly F[]): F[] {
  const isList = (file: F) => /\.(csv|json)$/i.test(file.name);
  return [...files.filter((file) => !isList(file)), ...files.filter(isList)];
}

/** Whether a file is of the kind that holds many. */
export function isArchive(name: string): boolean {
  return /\.(zip|xml)$/i.test(name);
}

/** Hidden files of systems are no recordings and not worth a line in the log. */
export function isNoise(path: string): boolean {
  const parts = path.split("/");
  const name = parts[parts.length - 1] ?? "";
  return name.startsWith(".") || parts.includes("__MACOSX") || /^(thumbs\.db|desktop\.ini)$/i.test(name);
}
