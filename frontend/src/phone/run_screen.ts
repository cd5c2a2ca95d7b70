// The one screen while a session goes on: a word, a number, what comes next, and a large STOP.

import { make } from "../run/elements";
import { clock, paceOf } from "../run/format";
import type { Guide } from "./guide";
import type { Direction, Session, Step } from "./link";
import type { Seen } from "./live/along";
import type { Sensors } from "./record";
import { bigWord, turns } from "./voice";

export interface Hands {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly skip: () => void;
  readonly repeat: () => void;
  readonly stop: () => void;
}

/** So long a finger has to stay to unlock: longer than a pocket presses. */
const HOLD_MS = 1200;

export class RunScreen {
  readonly root: HTMLElement;
  private readonly bar = make("div", { class: "bar", "aria-hidden": "true" });
  private readonly meta = make("div", { class: "meta" });
  private readonly word = make("p", { class: "word" });
  private readonly time = make("p", { class: "time" });
  private readonly sub = make("p", { class: "sub" });
  private readonly seen = make("p", { class: "seen" });
  private readonly hint = make("p", { class: "look", hidden: "" });
  private readonly next = make("p", { class: "next" });
  private readonly trouble = make("p", { class: "trouble", role: "status" });
  private readonly said = make("p", { class: "unseen", role: "status", "aria-live": "assertive" });
  private readonly pause: HTMLButtonElement;
  private readonly skip: HTMLButtonElement;
  private readonly cover: HTMLElement;
  private readonly pieces: HTMLElement[];

  constructor(
    private readonly session: Session,
    private readonly unit: "km" | "mi",
    hands: Hands,
    over: readonly HTMLElement[] = [],
  ) {
    this.pieces = session.steps.map((step) => piece(step));
    this.bar.append(...this.pieces);
    const stop = button("STOP", hands.stop, "stop");
    this.pause = button("Pause", () => (this.pause.textContent === "Pause" ? hands.pause() : hands.resume()));
    this.skip = button("Skip", hands.skip);
    this.cover = this.lockCover();
    const row = make("div", { class: "row4" }, this.pause, this.skip, button("Again", hands.repeat), this.lockButton());
    this.root = make(
      "main",
      { class: "go" },
      ...[
        this.bar,
        this.meta,
        this.word,
        this.time,
        this.sub,
        this.seen,
        this.hint,
        this.next,
        this.trouble,
        this.said,
      ],
      make("div", { class: "fill" }),
      stop,
      row,
      ...over,
      this.cover,
    );
  }

  /** A cue for a moment: what the screen says besides step and time. */
  tell(words: string): void {
    this.hint.textContent = words;
    this.hint.hidden = !words;
    this.said.textContent = words;
  }

  draw(guide: Guide, sensors: Sensors, screenStays: boolean, seen: Seen): void {
    const standing = guide.standing();
    const step = guide.step;
    this.root.dataset.direction = standing.paused ? "paused" : step.direction;
    this.pieces.forEach((mark, at) => {
      mark.dataset.state = at < standing.index ? "done" : at === standing.index ? "now" : "coming";
    });
    this.meta.replaceChildren(span(`${standing.index + 1} of ${this.session.steps.length}`), span(step.name));
    this.word.textContent = standing.paused ? "PAUSED" : bigWord(step);
    const metres = `${step.distanceM} m`;
    this.time.textContent = standing.leftS === null ? metres : clock(Math.ceil(standing.leftS));
    this.sub.textContent = standing.paused === "slept" ? SLEPT : this.limit(step, sensors.speedMps);
    this.seen.textContent = seenWords(seen, step, standing.paused !== null);
    this.seen.dataset.agrees = String(!seen.disagrees);
    this.next.textContent = nextWords(guide.next, step.direction);
    this.pause.textContent = standing.paused ? "Go on" : "Pause";
    this.skip.textContent = step.durationS === null ? "Done" : "Skip";
    const troubles = screenStays ? sensors.troubles : [DARK, ...sensors.troubles];
    this.trouble.textContent = troubles.join(" ");
  }

  private limit(step: Step, speedMps: number | null): string {
    const units = this.unit === "mi" ? "imperial" : "metric";
    const cap =
      step.fastestMps === null ? "" : `not faster than ${clock(paceOf(step.fastestMps, units))} /${this.unit}`;
    const now = speedMps === null ? "" : `now ${clock(paceOf(speedMps, units))} /${this.unit}`;
    return [cap, now].filter(Boolean).join(" · ");
  }

  private lockButton(): HTMLButtonElement {
    return button("Lock", () => {
      this.cover.hidden = false;
      this.cover.querySelector("button")?.focus();
    });
  }

  /** Over everything: touches in a pocket reach nothing, and only a finger that stays opens it again. */
  private lockCover(): HTMLElement {
    const open = make("button", { type: "button", class: "unlock" }, "Hold to unlock");
    const cover = make("div", { class: "cover", hidden: "" }, open);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        cover.hidden = true;
      }, HOLD_MS);
    };
    const end = () => clearTimeout(timer);
    open.addEventListener("pointerdown", begin);
    for (const kind of ["pointerup", "pointercancel", "pointerleave", "keyup", "blur"])
      open.addEventListener(kind, end);
    open.addEventListener("keydown", (event) => {
      if (!event.repeat) begin();
    });
    return cover;
  }
}

const SLEPT = "The phone slept, so the session waited here. Go on when you stand ready.";
const DARK = "This phone will not keep its screen on: set it to stay on, or the session waits each time it sleeps.";

/** Which way it goes, as it is seen, and how far backward; the plan alone is no sight. */
export function seenWords(seen: Seen, step: Step, isPaused: boolean): string {
  if (isPaused || (step.direction === "unknown" && seen.way === "unknown")) return "";
  const metres = `${Math.round(seen.backwardM)} m backward`;
  if (seen.way === "unknown") return `which way: cannot tell · ${metres}`;
  return seen.disagrees ? `going ${seen.way}; this was to be ${step.direction}` : `going ${seen.way} · ${metres}`;
}

export function nextWords(next: Step | null, before: Direction): string {
  if (!next) return "then you are done";
  const long = next.durationS === null ? `${next.distanceM} m` : clock(next.durationS);
  return `then ${turns(next.direction, before) ? "turn: " : ""}${bigWord(next)} ${long}`;
}

function piece(step: Step): HTMLElement {
  const mark = make("i", { class: step.direction });
  mark.style.flexGrow = String(Math.max(5, step.durationS ?? 20));
  return mark;
}

function span(words: string): HTMLElement {
  return make("span", {}, words);
}

export function button(words: string, act: () => void, kind = ""): HTMLButtonElement {
  const made = make("button", { type: "button", class: kind }, words);
  made.addEventListener("click", act);
  return made;
}
