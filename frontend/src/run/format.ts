// SI to words and figures, at this door only.

import type { Direction, Gait } from "./bouts";

/** Mixed: miles and paces per mile, all else metric. */
export type Units = "metric" | "imperial" | "mixed";

/** The units that a page names; metric where it names none. */
export function unitsOf(named: string | undefined): Units {
  return named === "imperial" || named === "mixed" ? named : "metric";
}

const METRES_PER_MILE = 1609.344;
const FEET_PER_METRE = 1 / 0.3048;
/** Slower than this is standing or shuffling; a pace for it says nothing. */
export const NEAR_STILL_MPS = 0.4;

const GAP = "\u00a0";
export const DASH = "\u2013";

export function metresPerUnit(units: Units): number {
  return units === "metric" ? 1000 : METRES_PER_MILE;
}

/** Seconds per kilometre or mile; NaN for near-still and unknown speeds. */
export function paceOf(speed_mps: number, units: Units): number {
  return speed_mps >= NEAR_STILL_MPS ? metresPerUnit(units) / speed_mps : NaN;
}

/** 344 → "5:44"; 3700 → "1:01:40"; unknown → a dash. */
export function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return DASH;
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** A length of time in spoken words, for screen readers. */
export function spokenTime(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 3600), "hour"],
    [Math.floor((whole % 3600) / 60), "minute"],
    [whole % 60, "second"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}${count === 1 ? "" : "s"}`);
  return said.length > 0 ? said.join(" ") : "0 seconds";
}

export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return DASH;
  return value
    .toFixed(decimals)
    .replace(/^-(?=0(\.0*)?$)/, "")
    .replace("-", "\u2212");
}

/** What a bout is called: "backward, run", "unknown". */
export function nameOf(direction: Direction, gait: Gait | null): string {
  return gait === null || direction === "unknown" || direction === "still" ? direction : `${direction}, ${gait}`;
}

/** How one column is shown. */
export interface Measure {
  readonly column: string;
  readonly label: string;
  readonly unit: (units: Units) => string;
  readonly spokenUnit: (units: Units) => string;
  /** From SI to what the axis shows. */
  readonly shown: (value: number, units: Units) => number;
  readonly text: (shown: number) => string;
  /** Narrowest span of the axis, in what is shown. */
  readonly least: (units: Units) => number;
  /** Small is up: a faster pace stands higher. */
  readonly inverted?: boolean;
  readonly zeroLine?: boolean;
  readonly filled?: boolean;
}

const always = (text: string) => () => text;

export const MEASURES: readonly Measure[] = [
  {
    column: "speed_mps",
    label: "Pace",
    unit: (units) => (units === "metric" ? "/km" : "/mi"),
    spokenUnit: (units) => (units === "metric" ? "per kilometre" : "per mile"),
    shown: paceOf,
    text: clock,
    least: () => 60,
    inverted: true,
  },
  {
    column: "heart_rate_bpm",
    label: "Heart rate",
    unit: always("bpm"),
    spokenUnit: always("beats per minute"),
    shown: (value) => value,
    text: (shown) => fixed(shown, 0),
    least: () => 20,
  },
  {
    column: "cadence_spm",
    label: "Cadence",
    unit: always("steps/min"),
    spokenUnit: always("steps per minute"),
    shown: (value) => value,
    text: (shown) => fixed(shown, 0),
    least: () => 20,
  },
  {
    column: "power_w",
    label: "Power",
    unit: always("W"),
    spokenUnit: always("watts"),
    shown: (value) => value,
    text: (shown) => fixed(shown, 0),
    least: () => 40,
  },
  {
    column: "grade_ratio",
    label: "Grade",
    unit: always("%"),
    spokenUnit: always("per cent"),
    shown: (value) => value * 100,
    text: (shown) => fixed(shown, 1),
    least: () => 4,
    zeroLine: true,
  },
  {
    column: "altitude_m",
    label: "Altitude",
    unit: (units) => (units === "imperial" ? "ft" : "m"),
    spokenUnit: (units) => (units === "imperial" ? "feet" : "metres"),
    shown: (value, units) => (units === "imperial" ? value * FEET_PER_METRE : value),
    text: (shown) => fixed(shown, 0),
    least: (units) => (units === "imperial" ? 60 : 20),
    filled: true,
  },
];

/** "5:44 /km", with a space that does not break. */
export function withUnit(text: string, unit: string): string {
  return `${text}${GAP}${unit}`;
}
