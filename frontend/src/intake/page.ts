// The import page: drop files or a folder anywhere on it, see each come in, stop at will.

import { csrfToken } from "../page/csrf";
import { make } from "../run/elements";
import { type Entry, isArchive, isNoise, listsLast, Tally } from "./entries";
import { filesOf } from "./files";
import { Gate, sendAll } from "./queue";

const ROWS_SHOWN = 400;
/** Groups of the log, the most urgent first; the last of them stay folded. */
const ORDER = ["failed", "waiting", "partly", "new", "joined", "same", "listed", "left_out"];
const FIRST_FOLDED = 3;
const OPEN_UP_TO = 8;
/** How often it is asked how far an archive is, until the program has begun with it: sending it may take long. */
const ASK_EVERY_MS = 2000;

export function linkImport(form: HTMLFormElement): void {
  const page = new ImportPage(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    page.take(page.picked());
  });
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    input.addEventListener("change", () => page.take(page.picked()));
  }
  linkDrop(form, page);
}

/** The whole page is the target: nobody should have to aim. */
function linkDrop(form: HTMLFormElement, page: ImportPage): void {
  const zone = form.querySelector<HTMLElement>("[data-drop]") ?? form;
  let inside = 0;
  const over = (on: boolean) => zone.classList.toggle("is-over", on);
  document.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    inside += 1;
    over(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!carriesFiles(event)) return;
    inside = Math.max(0, inside - 1);
    over(inside > 0);
  });
  document.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    inside = 0;
    over(false);
    void filesOf(event.dataTransfer).then((files) => page.take(files));
  });
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** Have the page ask how far the import is; from the first answer on it goes on asking by itself. */
function askHowFar(): void {
  if (document.querySelector("#under-way[hx-trigger]") !== null) return;
  document.body.dispatchEvent(new CustomEvent("backward:importing"));
}

function asked(entry: Entry): (string | Node)[] {
  return entry.ask_url ? [" ", make("a", { href: entry.ask_url }, "Say which is which")] : [];
}

class ImportPage {
  readonly #form: HTMLFormElement;
  readonly #place: HTMLElement;
  readonly #bar = make("progress", { max: "1", value: "0", "aria-label": "Files sent" });
  readonly #words = make("p", { class: "import-words" });
  readonly #pause = make("button", { type: "button", class: "btn" }, "Pause");
  readonly #stop = make("button", { type: "button", class: "btn" }, "Stop");
  /** What could not be read or sent, to try again: a full disk may have room by then. */
  readonly #again = make("button", { type: "button", class: "btn" });
  /** Only the end is read aloud: every step would be noise. */
  readonly #spoken = make("p", { class: "run-live", role: "status" });
  readonly #log = make("div", { class: "entry-groups", "data-import-log": "" });
  readonly #groups = new Map<string, { list: HTMLElement; head: HTMLElement; count: number }>();
  #stopper = new AbortController();
  #gate = new Gate();
  #waiting: File[] = [];
  #failed: File[] = [];
  #told: readonly (readonly [string, string])[] = [];
  #busy = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#place = form.querySelector<HTMLElement>("[data-import-progress]") ?? form.appendChild(make("div"));
    // The words inside speak for themselves; a live region around the log would read every line aloud.
    this.#place.removeAttribute("role");
    this.#place.removeAttribute("aria-live");
    this.#place.after(this.#spoken);
    this.#pause.addEventListener("click", () => this.#holdOrGoOn());
    this.#stop.addEventListener("click", () => {
      this.#stopper.abort();
      this.#gate.open();
    });
    this.#again.addEventListener("click", () => this.take(this.#failed.splice(0)));
  }

  #holdOrGoOn(): void {
    if (this.#gate.isHeld) this.#gate.open();
    else this.#gate.hold();
    this.#pause.textContent = this.#gate.isHeld ? "Go on" : "Pause";
    this.#spoken.textContent = this.#gate.isHeld ? "Paused; what is here stays." : "It goes on.";
  }

  picked(): File[] {
    const inputs = [...this.#form.querySelectorAll<HTMLInputElement>("input[type=file]")];
    return inputs
      .flatMap((input) => [...(input.files ?? [])])
      .filter((file) => !isNoise(file.webkitRelativePath || file.name));
  }

  take(files: readonly File[]): void {
    if (files.length === 0) {
      this.#place.replaceChildren(this.#words);
      this.#words.textContent = "Nothing to send: choose recordings, or drop them on this page.";
      return;
    }
    this.#waiting.push(...files);
    this.#told = this.#said();
    for (const input of this.#form.querySelectorAll<HTMLInputElement>("input[type=file]")) input.value = "";
    if (!this.#busy) void this.#run();
  }

  /** What stands in the fields of the body sensor; empty ones say nothing. It stays for the next files. */
  #said(): readonly (readonly [string, string])[] {
    const fields = [
      ...this.#form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
        "[data-sensor-form] [name]",
      ),
    ];
    return fields.filter((field) => field.value.trim() !== "").map((field) => [field.name, field.value] as const);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    this.#stopper = new AbortController();
    this.#gate = new Gate();
    this.#failed = [];
    const line = make("div", { class: "import-line" }, this.#words, this.#pause, this.#stop);
    this.#place.replaceChildren(line, this.#bar, this.#log);
    this.#pause.textContent = "Pause";
    const unsent = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", unsent); // what was sent goes on without this page; what was not does not
    const tally = new Tally(0);
    const ids: string[] = [];
    let asking: ReturnType<typeof setInterval> | undefined;
    while (this.#waiting.length > 0 && !this.#stopper.signal.aborted) {
      const batch = listsLast(this.#waiting.splice(0));
      // An archive says nothing until all of it is in: the page asks how far it is.
      if (batch.some((file) => isArchive(file.name))) asking ??= setInterval(askHowFar, ASK_EVERY_MS);
      tally.files += batch.length;
      this.#show(tally);
      await sendAll(batch, {
        url: this.#form.dataset.fileUrl ?? "/import/file",
        csrf: this.#form.dataset.csrf ?? csrfToken(),
        signal: this.#stopper.signal,
        told: this.#told,
        gate: () => this.#gate.passed(),
        done: (file, entries) => {
          if (entries.some((entry) => entry.status === "failed")) this.#failed.push(file);
          tally.add(file.size, entries);
          ids.push(...entries.flatMap((entry) => (entry.status === "failed" ? [] : entry.activity_ids)));
          for (const entry of entries) this.#addRow(entry);
          this.#show(tally);
        },
      });
    }
    clearInterval(asking);
    tally.files += this.#waiting.splice(0).length;
    removeEventListener("beforeunload", unsent);
    this.#finish(tally, ids);
    this.#busy = false;
  }

  #show(tally: Tally): void {
    this.#bar.value = tally.files === 0 ? 0 : tally.sent / tally.files;
    this.#words.textContent = tally.progress(this.#gate.went_s);
  }

  #finish(tally: Tally, ids: readonly string[]): void {
    const summary = tally.summary(this.#stopper.signal.aborted);
    this.#words.textContent = summary;
    this.#bar.remove();
    const next =
      ids.length === 1
        ? make("a", { class: "btn main", href: `/runs/${encodeURIComponent(ids[0]!)}` }, "See the run")
        : ids.length > 1
          ? make("a", { class: "btn main", href: "/runs" }, "See your runs")
          : null;
    this.#stop.remove();
    this.#pause.remove();
    if (this.#failed.length > 0) {
      this.#again.textContent = `Try ${this.#failed.length === 1 ? "that file" : `those ${this.#failed.length}`} again`;
      this.#words.after(this.#again);
    }
    if (next !== null) this.#words.after(next);
    this.#spoken.textContent = summary;
    document.body.dispatchEvent(new CustomEvent("backward:imported")); // the page asks what all runs come to now
  }

  /** The newest line on top, as in the log; failures stay readable among hundreds. */
  #addRow(entry: Entry): void {
    const id = entry.activity_ids[0];
    const name =
      id === undefined ? entry.file_name : make("a", { href: `/runs/${encodeURIComponent(id)}` }, entry.file_name);
    const row = make(
      "li",
      { class: entry.status },
      make("span", { class: "st" }, entry.words),
      make("span", { class: "what" }, make("b", {}, name), make("span", {}, entry.message, ...asked(entry))),
    );
    const group = this.#groupOf(entry.status);
    group.count += 1;
    group.head.textContent = `${group.count} ${group.count === 1 ? "file" : "files"} ${entry.words}`;
    group.list.prepend(row);
    const quiet = ORDER.indexOf(entry.status) >= FIRST_FOLDED;
    if (quiet && group.count === OPEN_UP_TO + 1) group.list.parentElement?.removeAttribute("open");
    if (group.list.childElementCount > ROWS_SHOWN) group.list.lastElementChild?.remove();
  }

  /** What asks for something stands open and on top; what needs nothing is one line. */
  #groupOf(status: string): { list: HTMLElement; head: HTMLElement; count: number } {
    const known = this.#groups.get(status);
    if (known !== undefined) return known;
    const list = make("ul", { class: "entries" });
    const head = make("summary", {});
    const place = ORDER.indexOf(status);
    const box = make("details", { class: `entry-group ${status}`, "data-place": String(place) }, head, list);
    box.setAttribute("open", "");
    const later = [...this.#log.children].find((line) => Number((line as HTMLElement).dataset.place) > place);
    this.#log.insertBefore(box, later ?? null);
    const made = { list, head, count: 0 };
    this.#groups.set(status, made);
    return made;
  }
}
