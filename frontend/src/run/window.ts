// The window of time on screen, and where things lie in it. Pure.

import { type Bout, type Direction, SAID, type Stretch } from "./bouts";

export interface View {
  readonly from_s: number;
  readonly to_s: number;
}

/** Nobody needs to see less than this. */
export const NARROWEST_S = 10;

export function wholeView(duration_s: number): View {
  return { from_s: 0, to_s: Math.max(duration_s, 1) };
}

export function clampView(view: View, duration_s: number): View {
  const whole = Math.max(duration_s, 1);
  const span = Math.min(Math.max(view.to_s - view.from_s, Math.min(NARROWEST_S, whole)), whole);
  const from_s = Math.min(Math.max(view.from_s, 0), whole - span);
  return { from_s, to_s: from_s + span };
}

export function isWhole(view: View, duration_s: number): boolean {
  return view.from_s <= 0.01 && view.to_s >= Math.max(duration_s, 1) - 0.01;
}

/** Zoom so that the moment `at_s` stays where it is; factor < 1 shows less. */
export function zoomAround(view: View, at_s: number, factor: number, duration_s: number): View {
  const span = Math.min(Math.max((view.to_s - view.from_s) * factor, NARROWEST_S), Math.max(duration_s, 1));
  const share = (at_s - view.from_s) / (view.to_s - view.from_s);
  return clampView({ from_s: at_s - share * span, to_s: at_s + (1 - share) * span }, duration_s);
}

export function panBy(view: View, seconds: number, duration_s: number): View {
  return clampView({ from_s: view.from_s + seconds, to_s: view.to_s + seconds }, duration_s);
}

/** Move the window as little as needed so that a moment is inside. */
export function showing(view: View, time_s: number, duration_s: number): View {
  const margin = (view.to_s - view.from_s) * 0.05;
  if (time_s < view.from_s) return panBy(view, time_s - margin - view.from_s, duration_s);
  if (time_s > view.to_s) return panBy(view, time_s + margin - view.to_s, duration_s);
  return view;
}

export function xOf(view: View, time_s: number, width: number): number {
  return ((time_s - view.from_s) / (view.to_s - view.from_s)) * width;
}

export function timeOf(view: View, x: number, width: number): number {
  return view.from_s + (x / Math.max(width, 1)) * (view.to_s - view.from_s);
}

export interface Piece {
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly direction: Direction;
  /** On the runner's word alone. */
  readonly said: boolean;
}

/** The bouts in the window as pieces of the ribbon, cut at its edges. A bout is never thinner than a pixel. */
export function ribbonPieces(bouts: readonly Bout[], view: View, width: number): Piece[] {
  const pieces: Piece[] = [];
  bouts.forEach((bout, index) => {
    if (bout.end_s <= view.from_s || bout.start_s >= view.to_s) return;
    const x = Math.max(xOf(view, bout.start_s, width), 0);
    const end = Math.min(xOf(view, bout.end_s, width), width);
    pieces.push({ index, x, width: Math.max(end - x, 1), direction: bout.direction, said: bout.found_by === SAID });
  });
  return pieces;
}

/** Pull a time onto one of the given ones if it lies within `within_s`. */
export function snap(time_s: number, onto: readonly number[], within_s: number): number {
  let best = time_s;
  let distance = within_s;
  for (const mark_s of onto) {
    if (Math.abs(mark_s - time_s) <= distance) {
      best = mark_s;
      distance = Math.abs(mark_s - time_s);
    }
  }
  return best;
}

export function orderedStretch(a_s: number, b_s: number): Stretch {
  return { start_s: Math.min(a_s, b_s), end_s: Math.max(a_s, b_s) };
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];

/** Round times inside the window, at least `apart` pixels from one another. */
export function timeTicks(view: View, width: number, apart: number): number[] {
  const span = view.to_s - view.from_s;
  const step = STEPS_S.find((candidate) => (candidate / span) * width >= apart) ?? STEPS_S[STEPS_S.length - 1]!;
  const ticks: number[] = [];
  for (let tick = Math.ceil(view.from_s / step) * step; tick <= view.to_s + 1e-6; tick += step) ticks.push(tick);
  return ticks;
}

/** Two or three round values inside a range; `clocklike` prefers halves and quarters of minutes. */
export function valueTicks(low: number, high: number, clocklike: boolean): number[] {
  const span = high - low;
  if (!(span > 0)) return [];
  const steps = clocklike ? [5, 10, 15, 30, 60, 120, 300, 600, 1200] : roundSteps(span);
  const step = steps.find((candidate) => span / candidate <= 3.5) ?? steps[steps.length - 1]!;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick);
  return ticks;
}

function roundSteps(span: number): number[] {
  const base = 10 ** (Math.floor(Math.log10(span)) - 1);
  return [1, 2, 5, 10, 20, 50, 100].map((factor) => factor * base);
}
