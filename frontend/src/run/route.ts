// The track as lines, one per bout, split where the track is missing. Pure; no map library here.

import { type Bout, type Direction, SAID } from "./bouts";
import { lowerBound } from "./series";

export type Position = [number, number];
export type Track = readonly (Position | null)[];

export interface RouteLine {
  readonly type: "Feature";
  readonly properties: { readonly direction: Direction; readonly bout: number; readonly said: boolean };
  readonly geometry: { readonly type: "LineString"; readonly coordinates: Position[] };
}

export interface RouteDot {
  readonly type: "Feature";
  readonly properties: { readonly direction: Direction; readonly bout: number };
  readonly geometry: { readonly type: "Point"; readonly coordinates: Position };
}

export interface Collection<Feature> {
  readonly type: "FeatureCollection";
  readonly features: Feature[];
}

export function collection<Feature>(features: Feature[]): Collection<Feature> {
  return { type: "FeatureCollection", features };
}

/** Lines of the samples in [start_s, end_s], one sample past the end so that neighbours touch; split at gaps. */
export function linesIn(
  track: Track,
  time_s: Float64Array,
  start_s: number,
  end_s: number,
  gap_s: number,
): Position[][] {
  const lines: Position[][] = [];
  let line: Position[] = [];
  let last_s = -Infinity;
  const first = lowerBound(time_s, start_s);
  const end = Math.min(lowerBound(time_s, end_s) + 1, track.length);
  for (let i = first; i < end; i++) {
    const position = track[i];
    if (position === null || position === undefined) continue;
    if (time_s[i]! - last_s > gap_s && line.length > 0) {
      if (line.length > 1) lines.push(line);
      line = [];
    }
    line.push(position);
    last_s = time_s[i]!;
  }
  if (line.length > 1) lines.push(line);
  return lines;
}

export function routeLines(track: Track, time_s: Float64Array, bouts: readonly Bout[], gap_s: number): RouteLine[] {
  return bouts.flatMap((bout, index) =>
    bout.direction === "still"
      ? []
      : linesIn(track, time_s, bout.start_s, bout.end_s, gap_s).map(
          (coordinates): RouteLine => ({
            type: "Feature",
            properties: { direction: bout.direction, bout: index, said: bout.found_by === SAID },
            geometry: { type: "LineString", coordinates },
          }),
        ),
  );
}

export interface Chevron {
  readonly type: "Feature";
  readonly properties: { readonly course_deg: number };
  readonly geometry: { readonly type: "Point"; readonly coordinates: Position };
}

const METRES_PER_DEG = 111_195;

/**
 * Places along a line at even spacing, each with the course of the travel there, for chevrons that point against it.
 * Only inside the bounds, so that a close look at a long run stays cheap.
 */
export function chevronsAlong(
  line: readonly Position[],
  spacing_m: number,
  bounds: readonly [Position, Position],
): Chevron[] {
  const made: Chevron[] = [];
  const stretch = Math.cos(((line[0]?.[1] ?? 0) * Math.PI) / 180);
  let missing_m = spacing_m / 2;
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1]!, line[i]!];
    const east_m = (to[0] - from[0]) * METRES_PER_DEG * stretch;
    const north_m = (to[1] - from[1]) * METRES_PER_DEG;
    const length_m = Math.hypot(east_m, north_m);
    for (; missing_m <= length_m && length_m > 0; missing_m += spacing_m) {
      const share = missing_m / length_m;
      const at: Position = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
      if (!inside(at, bounds)) continue;
      const course_deg = courseAround(line, i, spacing_m, stretch);
      made.push({ type: "Feature", properties: { course_deg }, geometry: { type: "Point", coordinates: at } });
    }
    missing_m -= length_m;
  }
  return made;
}

function inside([x, y]: Position, [[west, south], [east, north]]: readonly [Position, Position]): boolean {
  return x >= west && x <= east && y >= south && y <= north;
}

/** Course over about one spacing around a sample: single samples of GNSS tremble. */
function courseAround(line: readonly Position[], at: number, spacing_m: number, stretch: number): number {
  let first = at - 1;
  let last = at;
  for (;;) {
    const [a, b] = [line[first]!, line[last]!];
    const east_m = (b[0] - a[0]) * METRES_PER_DEG * stretch;
    const north_m = (b[1] - a[1]) * METRES_PER_DEG;
    const whole = first === 0 && last === line.length - 1;
    if (Math.hypot(east_m, north_m) >= spacing_m * 0.8 || whole || last - first > 60) {
      return (Math.atan2(east_m, north_m) * 180) / Math.PI;
    }
    first = Math.max(first - 1, 0);
    last = Math.min(last + 1, line.length - 1);
  }
}

/** One dot for each still bout, where it began. */
export function stillDots(track: Track, time_s: Float64Array, bouts: readonly Bout[]): RouteDot[] {
  return bouts.flatMap((bout, index): RouteDot[] => {
    if (bout.direction !== "still") return [];
    const coordinates = positionAt(track, time_s, bout.start_s, bout.end_s - bout.start_s);
    if (coordinates === null) return [];
    return [
      { type: "Feature", properties: { direction: "still", bout: index }, geometry: { type: "Point", coordinates } },
    ];
  });
}

/** Where the runner was, or null where no position is known within `within_s`. */
export function positionAt(track: Track, time_s: Float64Array, at_s: number, within_s: number): Position | null {
  const start = lowerBound(time_s, at_s);
  for (let step = 0; step < track.length; step++) {
    const after = start + step;
    const before = start - 1 - step;
    const afterNear = after < track.length && time_s[after]! - at_s <= within_s;
    const beforeNear = before >= 0 && at_s - time_s[before]! <= within_s;
    if (!afterNear && !beforeNear) return null;
    const late = afterNear ? track[after] : null;
    const early = beforeNear ? track[before] : null;
    if (early && late) return at_s - time_s[before]! < time_s[after]! - at_s ? early : late;
    if (early || late) return early ?? late ?? null;
  }
  return null;
}

export function boundsOf(track: Track): [Position, Position] | null {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const position of track) {
    if (position === null) continue;
    west = Math.min(west, position[0]);
    east = Math.max(east, position[0]);
    south = Math.min(south, position[1]);
    north = Math.max(north, position[1]);
  }
  return west <= east
    ? [
        [west, south],
        [east, north],
      ]
    : null;
}

/** The track flattened for fast nearest-sample searches (metres are not needed, only order). */
export class NearestSample {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #stretch: number;

  constructor(track: Track) {
    this.#x = new Float64Array(track.length).fill(NaN);
    this.#y = new Float64Array(track.length).fill(NaN);
    const bounds = boundsOf(track);
    this.#stretch = bounds === null ? 1 : Math.cos((((bounds[0][1] + bounds[1][1]) / 2) * Math.PI) / 180);
    track.forEach((position, i) => {
      if (position === null) return;
      this.#x[i] = position[0] * this.#stretch;
      this.#y[i] = position[1];
    });
  }

  /**
   * The sample nearest to a place, or -1 where none lies within `within_deg` of latitude. Where several passes share
   * the place (laps of a track), the one nearest in order to `preferred` wins.
   */
  find(longitude: number, latitude: number, within_deg: number, preferred: number): number {
    const x = longitude * this.#stretch;
    const limit = within_deg * within_deg;
    let nearest = Infinity;
    for (let i = 0; i < this.#x.length; i++) {
      const distance = (this.#x[i]! - x) ** 2 + (this.#y[i]! - latitude) ** 2;
      if (distance < nearest) nearest = distance;
    }
    if (!(nearest <= limit)) return -1;
    return this.#closestTo(x, latitude, Math.max(nearest * 2.25, limit * 0.04), preferred);
  }

  #closestTo(x: number, y: number, limit: number, preferred: number): number {
    let best = -1;
    let bestCost = Infinity;
    for (let i = 0; i < this.#x.length; i++) {
      const distance = (this.#x[i]! - x) ** 2 + (this.#y[i]! - y) ** 2;
      if (!(distance <= limit)) continue;
      const cost = Math.floor(Math.abs(i - preferred) / 30) + distance / limit;
      if (cost < bestCost) {
        bestCost = cost;
        best = i;
      }
    }
    return best;
  }
}
