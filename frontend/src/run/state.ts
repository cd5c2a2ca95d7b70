// What the views of one run share: bouts, cursor, selection, window. Views listen; nobody else holds a copy.

import { type Bout, boutIndexAt, joinAlike, type Stretch, sameStretch } from "./bouts";
import type { Units } from "./format";
import type { Track } from "./route";
import type { Series } from "./series";
import { orderedStretch, showing, type View, wholeView } from "./window";

export type Change = "bouts" | "cursor" | "selection" | "highlight" | "view" | "look";

export interface RunFacts {
  readonly series: Series;
  readonly track: Track;
  readonly units: Units;
  readonly duration_s: number;
}

export class RunState {
  readonly facts: RunFacts;
  #bouts: readonly Bout[];
  #preview: readonly Bout[] | null = null;
  #stretches: readonly Bout[];
  #shownStretches: readonly Bout[];
  #cursor_s: number | null = null;
  #pinned_s: number | null = null;
  #selection: Stretch | null = null;
  #highlight: Stretch | null = null;
  #view: View;
  readonly #listeners = new Map<Change, Set<() => void>>();

  constructor(facts: RunFacts, bouts: readonly Bout[]) {
    this.facts = facts;
    this.#bouts = bouts;
    this.#stretches = this.#shownStretches = joinAlike(bouts);
    this.#view = wholeView(facts.duration_s);
  }

  /** The bouts as they are kept. */
  get bouts(): readonly Bout[] {
    return this.#bouts;
  }
  /** The bouts as they are shown: with a border where a finger holds it. */
  get shownBouts(): readonly Bout[] {
    return this.#preview ?? this.#bouts;
  }
  /** What is kept, as stretches of one direction and gait. */
  get stretches(): readonly Bout[] {
    return this.#stretches;
  }
  /** What is shown, as stretches of one direction and gait. */
  get shownStretches(): readonly Bout[] {
    return this.#shownStretches;
  }
  get cursor_s(): number | null {
    return this.#cursor_s;
  }
  get selection(): Stretch | null {
    return this.#selection;
  }
  get highlight(): Stretch | null {
    return this.#highlight;
  }
  get view(): View {
    return this.#view;
  }

  boutAt(time_s: number): Bout | null {
    return this.shownBouts[boutIndexAt(this.shownBouts, time_s)] ?? null;
  }

  setBouts(bouts: readonly Bout[]): void {
    this.#bouts = bouts;
    this.#stretches = this.#shownStretches = joinAlike(bouts);
    this.#preview = null;
    this.#tell("bouts");
  }

  setPreview(bouts: readonly Bout[] | null): void {
    if (bouts === this.#preview) return;
    this.#preview = bouts;
    this.#shownStretches = bouts === null ? this.#stretches : joinAlike(bouts);
    this.#tell("bouts");
  }

  /** Move the cursor; `pin` keeps it there when the pointer leaves. */
  setCursor(time_s: number | null, pin = false): void {
    const next = time_s === null ? this.#pinned_s : Math.min(Math.max(time_s, 0), this.facts.duration_s);
    if (pin) this.#pinned_s = next;
    if (next === this.#cursor_s) return;
    this.#cursor_s = next;
    this.#tell("cursor");
  }

  clearPin(): void {
    this.#pinned_s = null;
    this.setCursor(null);
  }

  select(stretch: Stretch | null): void {
    this.#selection = stretch === null ? null : orderedStretch(stretch.start_s, stretch.end_s);
    this.#tell("selection");
  }

  setHighlight(stretch: Stretch | null): void {
    const before = this.#highlight;
    if (stretch === before || (stretch !== null && before !== null && sameStretch(stretch, before))) return;
    this.#highlight = stretch;
    this.#tell("highlight");
  }

  setView(view: View): void {
    if (view.from_s === this.#view.from_s && view.to_s === this.#view.to_s) return;
    this.#view = view;
    this.#tell("view");
  }

  /** Make sure a moment is on screen. */
  reveal(time_s: number): void {
    this.setView(showing(this.#view, time_s, this.facts.duration_s));
  }

  lookChanged(): void {
    this.#tell("look");
  }

  /** Call back on the next frame after any of these changes, once however many there were. */
  onFrame(changes: readonly Change[], draw: () => void): void {
    let waiting = false;
    const ask = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        draw();
      });
    };
    for (const change of changes) this.on(change, ask);
  }

  on(change: Change, listener: () => void): void {
    const listeners = this.#listeners.get(change) ?? new Set();
    this.#listeners.set(change, listeners.add(listener));
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners.get(change) ?? []) listener();
  }
}
