// Long series on one time base: find, average, thin out. Pure and linear; missing samples are NaN.

export interface Series {
  readonly time_s: Float64Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Two known samples further apart than this are not joined by a line. */
  readonly gap_s: number;
  readonly duration_s: number;
}

/** Points to draw: x rises, null breaks the line. */
export interface Points {
  readonly x: number[];
  readonly y: (number | null)[];
}

const SHORTEST_GAP_S = 10;

export function toArray(values: readonly (number | null)[]): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i] ?? NaN;
  return out;
}

/** A gap is over ten seconds, or over three times the usual step where the recording is sparse. */
export function gapOf(time_s: Float64Array): number {
  if (time_s.length < 2) return SHORTEST_GAP_S;
  const steps = new Float64Array(Math.min(time_s.length - 1, 2000));
  const stride = (time_s.length - 1) / steps.length;
  for (let i = 0; i < steps.length; i++) {
    const at = Math.floor(i * stride);
    steps[i] = time_s[at + 1]! - time_s[at]!;
  }
  steps.sort();
  return Math.max(SHORTEST_GAP_S, 3 * steps[steps.length >> 1]!);
}

/** First index whose time is not before `t`. */
export function lowerBound(time_s: Float64Array, t: number): number {
  let low = 0;
  let high = time_s.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time_s[middle]! < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the sample nearest to a moment; -1 where there is none. */
export function indexAt(time_s: Float64Array, t: number): number {
  if (time_s.length === 0) return -1;
  const after = Math.min(lowerBound(time_s, t), time_s.length - 1);
  const before = Math.max(after - 1, 0);
  return t - time_s[before]! <= time_s[after]! - t ? before : after;
}

/** The known value nearest to a moment, NaN where the nearest known one is half a gap away or more. */
export function valueAt(series: Series, name: string, t: number): number {
  const values = series.columns.get(name);
  const at = indexAt(series.time_s, t);
  if (values === undefined || at < 0) return NaN;
  for (let step = 0; step < values.length; step++) {
    let near = false;
    for (const i of [at - step, at + step]) {
      if (i < 0 || i >= values.length || Math.abs(series.time_s[i]! - t) > series.gap_s / 2) continue;
      near = true;
      if (!Number.isNaN(values[i]!)) return values[i]!;
    }
    if (!near) return NaN;
  }
  return NaN;
}

/** Mean of the known samples in [from_s, to_s) outside of some spans, NaN where none is known. */
export function meanIn(
  series: Series,
  name: string,
  from_s: number,
  to_s: number,
  besides: readonly { readonly start_s: number; readonly end_s: number }[] = [],
): number {
  const values = series.columns.get(name);
  if (values === undefined) return NaN;
  let sum = 0;
  let count = 0;
  const end = lowerBound(series.time_s, to_s);
  for (let i = lowerBound(series.time_s, from_s); i < end; i++) {
    const value = values[i]!;
    const time_s = series.time_s[i]!;
    if (Number.isNaN(value) || besides.some((span) => span.start_s <= time_s && time_s < span.end_s)) continue;
    sum += value;
    count += 1;
  }
  return count > 0 ? sum / count : NaN;
}

/**
 * Points of one column in a window, at most about `most` of them: means of equal slices of time where there are more
 * samples, the samples themselves where there are fewer. One sample beyond each edge keeps the line running to the
 * edge.
 */
export function pointsIn(series: Series, name: string, from_s: number, to_s: number, most: number): Points {
  const values = series.columns.get(name);
  if (values === undefined) return { x: [], y: [] };
  const first = Math.max(lowerBound(series.time_s, from_s) - 1, 0);
  const end = Math.min(lowerBound(series.time_s, to_s) + 1, series.time_s.length);
  const slice_s = end - first > most ? (to_s - from_s) / most : 0;
  return thin(series.time_s, values, first, end, slice_s, Math.max(series.gap_s, 2 * slice_s));
}

function thin(
  time_s: Float64Array,
  values: Float64Array,
  first: number,
  end: number,
  slice_s: number,
  gap_s: number,
): Points {
  const x: number[] = [];
  const y: (number | null)[] = [];
  let last_s = -Infinity;
  let i = first;
  while (i < end) {
    // Slices lie on a fixed grid, so that a line does not tremble while it is moved.
    const slice_end_s = slice_s > 0 ? (Math.floor(time_s[i]! / slice_s) + 1) * slice_s : time_s[i]!;
    let sum_t = 0;
    let sum_v = 0;
    let count = 0;
    do {
      const value = values[i]!;
      if (!Number.isNaN(value)) {
        if (count === 0 && x.length > 0 && time_s[i]! - last_s > gap_s) {
          x.push((last_s + time_s[i]!) / 2);
          y.push(null);
        }
        last_s = time_s[i]!;
        sum_t += last_s;
        sum_v += value;
        count += 1;
      }
      i += 1;
    } while (i < end && time_s[i]! < slice_end_s && (count === 0 || time_s[i]! - last_s <= gap_s));
    if (count > 0) {
      x.push(sum_t / count);
      y.push(sum_v / count);
    }
  }
  return { x, y };
}

/**
 * Where an axis should run so that outliers do not flatten the rest: the middle 98 %, padded, never narrower than
 * `least`.
 */
export function rangeOf(values: readonly (number | null)[], least: number): [number, number] {
  const known = values
    .filter((value): value is number => value !== null && Number.isFinite(value))
    .sort((a, b) => a - b);
  if (known.length === 0) return [0, least];
  const low = known[Math.floor((known.length - 1) * 0.01)]!;
  const high = known[Math.ceil((known.length - 1) * 0.99)]!;
  const pad = Math.max((high - low) * 0.12, (least - (high - low)) / 2, 0);
  return [low - pad, high + pad];
}
