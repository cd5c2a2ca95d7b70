// Bout algebra: pure functions over bouts that tile the recording. The server's `gait.apply_paint` has the last word;
// tests/vectors/paint.json holds the pairs that both must pass.

export type Direction = "forward" | "backward" | "sideways" | "turning" | "still" | "unknown";
export type Gait = "walk" | "run";

export interface Stretch {
  readonly start_s: number;
  readonly end_s: number;
}

export interface Bout extends Stretch {
  readonly direction: Direction;
  readonly gait: Gait | null;
  readonly probability_share: number | null;
  readonly found_by: string;
}

/** "From here to there I ran that way." `gait: null` keeps the gait that was found. */
export interface Stroke extends Stretch {
  readonly direction: Direction;
  readonly gait: Gait | null;
}

export type Edge = "start" | "end";

/** What a runner may say of a stretch. Stillness and turning are seen by the device, not told. */
const PAINTABLE: ReadonlySet<Direction> = new Set<Direction>(["forward", "backward", "sideways", "unknown"]);

const PAINT = "paint";

/** The runner's word on the whole recording: nothing recorded shows it. */
export const SAID = "said";

/** Two times closer than this are the same border. */
export const SAME_S = 0.05;

export function isPaintable(direction: Direction): boolean {
  return PAINTABLE.has(direction);
}

/** Index of the bout that holds a moment; the last one for the very end; -1 where there is none. */
export function boutIndexAt(bouts: readonly Bout[], time_s: number): number {
  const last = bouts[bouts.length - 1];
  if (last === undefined || time_s < bouts[0]!.start_s || time_s > last.end_s) return -1;
  let low = 0;
  let high = bouts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bouts[middle]!.start_s <= time_s) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Lay a stroke over the bouts: cut at its ends, relabel inside, join painted neighbours that say the same. A stroke
 * without a gait keeps what was found; standing takes the gait of the moving piece before it, else of the one after.
 */
export function applyStroke(bouts: readonly Bout[], stroke: Stroke): Bout[] {
  const under = bouts.filter((bout) => bout.end_s > stroke.start_s && bout.start_s < stroke.end_s);
  let gait = under.find((bout) => bout.direction !== "still")?.gait ?? null;
  const pieces: Bout[] = [];
  for (const bout of bouts) {
    const start_s = Math.max(bout.start_s, stroke.start_s);
    const end_s = Math.min(bout.end_s, stroke.end_s);
    if (end_s <= start_s) {
      pieces.push(bout);
      continue;
    }
    if (bout.direction !== "still") gait = bout.gait;
    if (bout.start_s < start_s) pieces.push({ ...bout, end_s: start_s });
    pieces.push(painted(stroke, stroke.gait ?? gait, start_s, end_s));
    if (end_s < bout.end_s) pieces.push({ ...bout, start_s: end_s });
  }
  return joinPainted(pieces);
}

function painted(stroke: Stroke, gait: Gait | null, start_s: number, end_s: number): Bout {
  const hasGait = stroke.direction === "forward" || stroke.direction === "backward" || stroke.direction === "unknown";
  return {
    start_s,
    end_s,
    direction: stroke.direction,
    gait: hasGait ? gait : null,
    probability_share: stroke.direction === "unknown" ? null : 1,
    found_by: PAINT,
  };
}

function joinPainted(pieces: readonly Bout[]): Bout[] {
  const joined: Bout[] = [];
  for (const piece of pieces) {
    const before = joined[joined.length - 1];
    if (before !== undefined && before.found_by === PAINT && sameKind(before, piece)) {
      joined[joined.length - 1] = { ...before, end_s: piece.end_s };
    } else joined.push(piece);
  }
  return joined;
}

function sameKind(one: Bout, other: Bout): boolean {
  return (
    one.direction === other.direction &&
    one.gait === other.gait &&
    one.found_by === other.found_by &&
    one.probability_share === other.probability_share
  );
}

/**
 * Neighbours of one direction and gait as one: what a runner sees and takes hold of. How each part was found stays a
 * matter of the bouts.
 */
export function joinAlike(bouts: readonly Bout[]): Bout[] {
  const joined: Bout[] = [];
  for (const bout of bouts) {
    const before = joined[joined.length - 1];
    const alike = before?.direction === bout.direction && before.gait === bout.gait;
    if (before !== undefined && alike && (before.found_by === SAID) === (bout.found_by === SAID)) {
      joined[joined.length - 1] = { ...before, end_s: bout.end_s };
    } else joined.push(bout);
  }
  return joined;
}

/** Bouts as far as they lie in a window of time. */
export function within(bouts: readonly Bout[], view: { readonly from_s: number; readonly to_s: number }): Bout[] {
  return bouts
    .map((bout) => ({
      ...bout,
      start_s: Math.max(bout.start_s, view.from_s),
      end_s: Math.min(bout.end_s, view.to_s),
    }))
    .filter((bout) => bout.start_s < bout.end_s);
}

export function contains(outer: Stretch, inner: Stretch): boolean {
  return inner.start_s >= outer.start_s - SAME_S && inner.end_s <= outer.end_s + SAME_S;
}

/** Times at which two bouts meet; the ends of the recording are no borders. */
export function borders(bouts: readonly Bout[]): number[] {
  return bouts.slice(1).map((bout) => bout.start_s);
}

/** The border nearest to a moment, or null where there is none within `within_s`. */
export function nearestBorder(bouts: readonly Bout[], time_s: number, within_s = Infinity): number | null {
  let best: number | null = null;
  for (const border of borders(bouts)) {
    if (Math.abs(border - time_s) > within_s) continue;
    if (best === null || Math.abs(border - time_s) < Math.abs(best - time_s)) best = border;
  }
  return best;
}

/** Whether two bouts meet at this time. */
export function isBorder(bouts: readonly Bout[], time_s: number): boolean {
  const nearest = nearestBorder(bouts, time_s);
  return nearest !== null && Math.abs(nearest - time_s) <= SAME_S;
}

/**
 * The stroke that moves a border: the neighbour that grows wins the time in between. Null where nothing moves, or where
 * the winner is something a runner cannot say (still, turning).
 */
export function moveBorder(bouts: readonly Bout[], from_s: number, to_s: number): Stroke | null {
  const at = bouts.findIndex((bout) => Math.abs(bout.start_s - from_s) <= SAME_S);
  const left = bouts[at - 1];
  const right = bouts[at];
  if (at < 1 || left === undefined || right === undefined) return null;
  const border_s = right.start_s;
  const end_s = bouts[bouts.length - 1]!.end_s;
  const target_s = Math.min(Math.max(to_s, bouts[0]!.start_s), end_s);
  if (Math.abs(target_s - border_s) <= SAME_S) return null;
  const winner = target_s < border_s ? right : left;
  if (!isPaintable(winner.direction)) return null;
  return {
    start_s: Math.min(target_s, border_s),
    end_s: Math.max(target_s, border_s),
    direction: winner.direction,
    gait: winner.gait,
  };
}

/**
 * Which edge of a stretch a cursor stands next to; the start where there is no cursor. Ends of the recording do not
 * move.
 */
export function edgeNear(stretch: Stretch, cursor_s: number | null, duration_s: number): Edge {
  if (stretch.start_s <= SAME_S) return "end";
  if (stretch.end_s >= duration_s - SAME_S) return "start";
  if (cursor_s === null) return "start";
  return cursor_s - stretch.start_s <= stretch.end_s - cursor_s ? "start" : "end";
}

/**
 * The bout before or after a stretch (or before or after the cursor where nothing is selected); clamped to the ends.
 */
export function neighbourOf(
  bouts: readonly Bout[],
  stretch: Stretch | null,
  step: -1 | 1,
  cursor_s: number | null,
): Bout | null {
  if (bouts.length === 0) return null;
  if (stretch === null) return bouts[Math.max(0, cursor_s === null ? 0 : boutIndexAt(bouts, cursor_s))] ?? null;
  const at =
    step < 0
      ? boutIndexAt(bouts, stretch.start_s)
      : boutIndexAt(bouts, Math.max(stretch.start_s, stretch.end_s - SAME_S));
  const here = bouts[at];
  const inside =
    here !== undefined && !sameStretch(here, stretch) && step < 0 && here.start_s < stretch.start_s - SAME_S;
  const next = inside ? at : at + step;
  return bouts[Math.min(Math.max(next, 0), bouts.length - 1)] ?? null;
}

export function sameStretch(one: Stretch, other: Stretch): boolean {
  return Math.abs(one.start_s - other.start_s) <= SAME_S && Math.abs(one.end_s - other.end_s) <= SAME_S;
}

/** What a stretch holds: one label where it is all the same, null where it is mixed. */
export function labelOf(bouts: readonly Bout[], stretch: Stretch): { direction: Direction; gait: Gait | null } | null {
  const inside = bouts.filter((bout) => bout.end_s > stretch.start_s + SAME_S && bout.start_s < stretch.end_s - SAME_S);
  const first = inside[0];
  if (first === undefined || inside.some((bout) => bout.direction !== first.direction)) return null;
  return { direction: first.direction, gait: inside.every((bout) => bout.gait === first.gait) ? first.gait : null };
}
