// Fetch the series of a run and lay them out for fast reading.

import type { Bout } from "./bouts";
import type { Track } from "./route";
import { gapOf, type Series, toArray } from "./series";

interface ChartData {
  readonly time_s: number[];
  readonly columns: Record<string, (number | null)[]>;
  readonly track: Track;
  readonly bouts: Bout[];
}

export interface RunData {
  readonly series: Series;
  readonly track: Track;
  readonly bouts: readonly Bout[];
}

export async function fetchRun(url: string): Promise<RunData> {
  // No header of our own: then the browser hands over what the page asked for in its head, while scripts were still
  // coming.
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`The charts of this run did not come (${reply.status}).`);
  return layOut((await reply.json()) as ChartData);
}

export function layOut(data: ChartData): RunData {
  const time_s = Float64Array.from(data.time_s);
  const columns = new Map(Object.entries(data.columns).map(([name, values]) => [name, toArray(values)]));
  const duration_s = Math.max(time_s[time_s.length - 1] ?? 0, data.bouts[data.bouts.length - 1]?.end_s ?? 0);
  return { series: { time_s, columns, gap_s: gapOf(time_s), duration_s }, track: data.track, bouts: data.bouts };
}
