// What a runner can do with a stretch: name it, move its borders, go to the next, take back. Mouse, touch, keys and
// buttons all end here.

import type { Say } from "../page/tell";
import {
  applyStroke,
  type Direction,
  type Edge,
  edgeNear,
  isBorder,
  labelOf,
  moveBorder,
  neighbourOf,
  SAME_S,
  type Stretch,
} from "./bouts";
import { clock, nameOf } from "./format";
import type { Painter } from "./painter";
import type { RunState } from "./state";

/** A border moved by keys is kept after this much quiet, so that ten taps are one stroke and one undo. */
const QUIET_MS = 450;
const SHORTEST_S = 1;

interface Nudge {
  readonly edge: Edge;
  readonly from_s: number;
  to_s: number;
  timer: number;
}

export class Labeller {
  readonly #state: RunState;
  readonly #painter: Painter;
  readonly #say: Say;
  readonly #tell: Say;
  #nudge: Nudge | null = null;
  /** What was selected before each stroke, so that taking it back also brings that back. */
  readonly #before: (Stretch | null)[] = [];

  /** `say` to screen readers only, `tell` to everybody. */
  constructor(state: RunState, painter: Painter, say: Say, tell: Say) {
    this.#state = state;
    this.#painter = painter;
    this.#say = say;
    this.#tell = tell;
  }

  select(stretch: Stretch | null): void {
    this.settle();
    this.#state.select(stretch);
    if (stretch === null) return;
    this.#state.reveal(stretch.start_s);
    const label = labelOf(this.#state.bouts, stretch);
    const name = label === null ? "several directions" : nameOf(label.direction, label.gait);
    this.#say(`Selected ${clock(stretch.start_s)} to ${clock(stretch.end_s)}, ${name}.`);
  }

  clear(): void {
    this.settle();
    this.#state.select(null);
    this.#state.setHighlight(null);
  }

  label(direction: Direction): void {
    this.settle();
    const stretch = this.#state.selection;
    if (stretch === null) {
      this.#tell("Select a stretch first: click a bout, or drag along the direction ribbon.");
      return;
    }
    const words = `${clock(stretch.start_s)} to ${clock(stretch.end_s)} is now ${direction}.`;
    this.#before.push(stretch);
    this.#painter.paint({ ...stretch, direction, gait: null }, words);
  }

  undo(): void {
    this.settle();
    const before = this.#before.pop();
    if (before !== undefined) this.#state.select(before);
    this.#painter.undo();
  }

  step(by: -1 | 1): void {
    this.settle();
    const next = neighbourOf(this.#state.stretches, this.#state.selection, by, this.#state.cursor_s);
    if (next === null) return;
    this.select({ start_s: next.start_s, end_s: next.end_s });
    this.#state.setCursor((next.start_s + next.end_s) / 2, true);
  }

  /** Move the border next to the cursor by some seconds; kept once the keys rest. */
  nudge(by_s: number): void {
    const stretch = this.#state.selection;
    if (stretch === null) {
      this.#tell("Select a stretch first, then move its border.");
      return;
    }
    const edge = this.#nudge?.edge ?? edgeNear(stretch, this.#state.cursor_s, this.#state.facts.duration_s);
    this.nudgeEdge(edge, by_s);
  }

  nudgeEdge(edge: Edge, by_s: number): void {
    const stretch = this.#state.selection;
    if (stretch === null) return;
    if (this.#nudge !== null && this.#nudge.edge !== edge) this.settle();
    const at_s = edge === "start" ? stretch.start_s : stretch.end_s;
    const from_s = this.#nudge?.from_s ?? at_s;
    const to_s = this.previewEdge(edge, from_s, at_s + by_s);
    if (to_s === from_s && at_s === from_s)
      this.#tell("This border stays: standing and turning are seen by the device, not painted.");
    clearTimeout(this.#nudge?.timer);
    this.#nudge = { edge, from_s, to_s, timer: window.setTimeout(() => this.settle(), QUIET_MS) };
  }

  /** Show an edge of the selection at another time without keeping it; returns where it can lie. */
  previewEdge(edge: Edge, from_s: number, to_s: number): number {
    const stretch = this.#state.selection;
    if (stretch === null) return from_s;
    const other_s = edge === "start" ? stretch.end_s : stretch.start_s;
    const limited_s =
      edge === "start"
        ? Math.min(Math.max(to_s, 0), other_s - SHORTEST_S)
        : Math.max(Math.min(to_s, this.#state.facts.duration_s), other_s + SHORTEST_S);
    const reached_s = this.#previewBorder(from_s, limited_s);
    this.#state.select(
      edge === "start" ? { start_s: reached_s, end_s: other_s } : { start_s: other_s, end_s: reached_s },
    );
    this.#state.setCursor(reached_s, true);
    return reached_s;
  }

  /** Keep an edge where it was let go: a border becomes a stroke, a mere edge of the selection moves only itself. */
  commitEdge(from_s: number, to_s: number): void {
    const stroke = moveBorder(this.#state.stretches, from_s, to_s);
    this.#state.setPreview(null);
    if (stroke === null) return;
    this.#before.push(this.#withEdgeAt(from_s, to_s));
    this.#painter.paint(stroke, `Border moved from ${clock(from_s)} to ${clock(to_s)}.`);
  }

  /** Move a border that is no edge of the selection (a drag in the ribbon). */
  previewBorder(from_s: number, to_s: number): number {
    const reached_s = this.#previewBorder(from_s, Math.min(Math.max(to_s, 0), this.#state.facts.duration_s));
    this.#state.setCursor(reached_s, true);
    return reached_s;
  }

  /** Keep what the keys moved so far. */
  settle(): void {
    const nudge = this.#nudge;
    if (nudge === null) return;
    clearTimeout(nudge.timer);
    this.#nudge = null;
    this.commitEdge(nudge.from_s, nudge.to_s);
  }

  /** Select the longest stretch of one direction and bring it on screen. */
  selectLongest(direction: Direction): boolean {
    const found = this.#state.stretches
      .filter((bout) => bout.direction === direction)
      .sort((one, other) => other.end_s - other.start_s - (one.end_s - one.start_s))[0];
    if (found === undefined) return false;
    this.select({ start_s: found.start_s, end_s: found.end_s });
    return true;
  }

  /** The selection as it was while its edge lay at `from_s`. */
  #withEdgeAt(from_s: number, to_s: number): Stretch | null {
    const stretch = this.#state.selection;
    if (stretch === null) return null;
    if (Math.abs(stretch.start_s - to_s) <= SAME_S) return { ...stretch, start_s: from_s };
    return Math.abs(stretch.end_s - to_s) <= SAME_S ? { ...stretch, end_s: from_s } : stretch;
  }

  #previewBorder(from_s: number, to_s: number): number {
    if (!isBorder(this.#state.stretches, from_s)) return to_s;
    const stroke = moveBorder(this.#state.stretches, from_s, to_s);
    this.#state.setPreview(stroke === null ? null : applyStroke(this.#state.bouts, stroke));
    return stroke === null ? from_s : to_s;
  }
}
