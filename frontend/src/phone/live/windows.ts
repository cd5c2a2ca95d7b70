// Two seconds of a phone in a pocket: its odd marks and how it moves, as gait/steps has them, in plain numbers.

import { type Axes, product, type Quaternion, rotated, toUp, turnedBy } from "./attitude";
import { POCKET } from "./constants";

type Row = number[];

export interface Measured {
  /** Whether somebody goes on foot there, in the gait that is known. */
  readonly goes: boolean;
  /** A and C. */
  readonly marks: readonly [number, number];
  /** How it moves, whichever way time runs. */
  readonly manner: readonly number[];
}

const LITTLE = 1e-9;

const sum = (row: Row) => row.reduce((total, value) => total + value, 0);
const mean = (row: Row) => sum(row) / row.length;
const centred = (row: Row) => {
  const middle = mean(row);
  return row.map((value) => value - middle);
};
const times = (left: Row, right: Row) => left.map((value, at) => value * (right[at] as number));
const power = (...rows: Row[]) => rows.reduce((total, row) => total + mean(times(row, row)), 0);
const size = (...rows: Row[]) => Math.sqrt(power(...rows)) + LITTLE;

/** Measure a window: force in m/s² and rate in rad/s, sample by sample. */
export function measured(force: readonly Axes[], rate: readonly Axes[]): Measured {
  const stepS = POCKET.step_s;
  const [f, raw] = levelled(force, rate, stepS);
  const r = raw.map(centred) as [Row, Row, Row];
  const tilt = [detrended(r[0], stepS), detrended(r[1], stepS)] as const;
  const pull = f[0].map((x, at) => Math.sqrt(x * x + (f[1][at] as number) ** 2 + (f[2][at] as number) ** 2));
  const swings = size(r[0], r[1]);
  const unrest = size(pull.map((value) => value - POCKET.gravity_mps2));
  const swingHz = swings / (2 * Math.PI * size(...tilt));
  const isLimb = slowShare(r) >= POCKET.slow_share;
  const goes =
    isLimb && unrest >= POCKET.calm_mps2 && swings >= POCKET.still_radps && unrest * swingHz <= POCKET.hurried_mps3;
  return { goes, marks: marksOf(f, r, stepS), manner: manner(f, r, tilt, pull, stepS) };
}

/** In a frame that does not turn and whose third axis is up. */
function levelled(force: readonly Axes[], rate: readonly Axes[], stepS: number): [[Row, Row, Row], [Row, Row, Row]] {
  let inside: Quaternion = [1, 0, 0, 0];
  const turnedForce: Axes[] = [];
  const turnedRate: Axes[] = [];
  rate.forEach((now, at) => {
    turnedForce.push(rotated(inside, force[at] as Axes));
    turnedRate.push(rotated(inside, now));
    const next = rate[at + 1];
    if (next) inside = product(inside, turnedBy([now[0] + next[0], now[1] + next[1], now[2] + next[2]], stepS / 2));
  });
  const upright = toUp(
    ([0, 1, 2] as const).map((axis) => mean(turnedForce.map((row) => row[axis]))) as unknown as Axes,
  );
  const columns = (rows: readonly Axes[]) => {
    const turned = rows.map((row) => rotated(upright, row));
    return ([0, 1, 2] as const).map((axis) => turned.map((row) => row[axis])) as [Row, Row, Row];
  };
  return [columns(turnedForce), columns(turnedRate)];
}

/** Summed up to the middle of each sample, without mean and trend. */
function detrended(row: Row, stepS: number): Row {
  let so = 0;
  const total = centred(
    row.map((value) => {
      so += value;
      return so - 0.5 * value;
    }),
  );
  const at = row.map((_, number) => number - 0.5 * (row.length - 1));
  const slope = sum(times(at, total)) / sum(times(at, at));
  return total.map((value, number) => (value - slope * (at[number] as number)) * stepS);
}

function slowShare(rate: readonly [Row, Row, Row]): number {
  const slow = (row: Row) =>
    row.slice(2).map((value, at) => ((row[at] as number) + (row[at + 1] as number) + value) / 3);
  return power(slow(rate[0]), slow(rate[1])) / Math.max(power(rate[0], rate[1]), LITTLE);
}

function marksOf(force: readonly [Row, Row, Row], rate: readonly [Row, Row, Row], stepS: number): [number, number] {
  const [ahead, aside, up] = force.map(centred) as [Row, Row, Row];
  const lever = mean(times(rate[0], aside).map((value, at) => value - (rate[1][at] as number) * (ahead[at] as number)));
  const swing = rate[0].map((value, at) => value * value + (rate[1][at] as number) ** 2);
  const [left, right] = [centred(swing), centred(detrended(up, stepS))];
  return [lever / (size(rate[0], rate[1]) * size(ahead, aside)), mean(times(left, right)) / (size(left) * size(right))];
}

function manner(
  force: readonly [Row, Row, Row],
  rate: readonly [Row, Row, Row],
  tilt: readonly [Row, Row],
  pull: Row,
  stepS: number,
): number[] {
  const level = times(rate[0], rate[0]).map((value, at) => value + (rate[1][at] as number) ** 2);
  const whole = level.map((value, at) => value + (rate[2][at] as number) ** 2);
  const leans = times(tilt[0], tilt[0]).map((value, at) => value + (tilt[1][at] as number) ** 2);
  const swings = Math.sqrt(mean(level)) + LITTLE;
  const spread = centred(pull);
  const square = times(spread, spread);
  const wide = Math.sqrt(mean(square)) + LITTLE;
  const [ahead, aside, up] = force.map(centred) as [Row, Row, Row];
  const strays = pull.map((value) => value - POCKET.gravity_mps2);
  return [
    Math.log(swings / (2 * Math.PI * (Math.sqrt(mean(leans)) + LITTLE))),
    Math.log(Math.sqrt(power(strays)) + POCKET.least_shaking_mps2),
    Math.log(swings + POCKET.least_swinging_radps),
    Math.log(power(whole) / (mean(whole) ** 2 + LITTLE) + LITTLE),
    Math.log(power(square) / wide ** 4 + LITTLE),
    Math.log(size(gradient(pull, stepS)) / wide),
    Math.log(size(gradient(rate[0], stepS), gradient(rate[1], stepS)) / swings),
    mean(times(square, spread)) / wide ** 3,
    Math.log(size(ahead, aside) / size(up)),
    alike(level, spread),
    alike(leans, up),
    alike(leans, level),
    Math.log(rest(whole.map(Math.sqrt)) / (Math.sqrt(mean(whole)) + LITTLE) + POCKET.least_share),
    Math.log(size(rate[2]) / swings + POCKET.least_swinging_radps),
    Math.log(Math.max(outOfPlane(rate), POCKET.least_out_of_plane)),
  ];
}

function gradient(row: Row, stepS: number): Row {
  const last = row.length - 1;
  return row.map((_, at) => {
    const [from, to] = [Math.max(at - 1, 0), Math.min(at + 1, last)];
    return ((row[to] as number) - (row[from] as number)) / ((to - from) * stepS);
  });
}

function alike(left: Row, right: Row): number {
  const [here, there] = [centred(left), centred(right)];
  return mean(times(here, there)) / Math.max(Math.sqrt(power(here) * power(there)), LITTLE);
}

/** How fast it turns where it turns least, over three samples. */
function rest(turning: Row): number {
  const three = turning
    .slice(2)
    .map((value, at) => ((turning[at] as number) + (turning[at + 1] as number) + value) / 3)
    .sort((left, right) => left - right);
  const place = (POCKET.rest_percentile / 100) * (three.length - 1);
  const below = Math.floor(place);
  const low = three[below] as number;
  return low + (place - below) * ((three[below + 1] ?? low) - low);
}

/** The share of the level swing across the axis that it swings about most. */
function outOfPlane(rate: readonly [Row, Row, Row]): number {
  const [along, across, both] = [power(rate[0]), power(rate[1]), mean(times(rate[0], rate[1]))];
  const most = 0.5 * (along + across + Math.sqrt((along - across) ** 2 + 4 * both ** 2));
  return 1 - most / Math.max(along + across, LITTLE);
}

/** How far from typical people, and how far towards those who go forward; by what is known of a walking pocket. */
export function nearness(marks: readonly [number, number]): { readonly along: number; readonly squared: number } {
  const [a, c] = POCKET.typical;
  const [aa, ac, cc] = POCKET.spread;
  const whole = aa * cc - ac * ac;
  const weigh = (x: number, y: number) => [(cc * x - ac * y) / whole, (aa * y - ac * x) / whole] as const;
  const [wa, wc] = weigh(a, c);
  const along = (wa * marks[0] + wc * marks[1]) / (wa * a + wc * c);
  const [x, y] = [marks[0] - Math.sign(along) * a, marks[1] - Math.sign(along) * c];
  const [wx, wy] = weigh(x, y);
  return { along, squared: x * wx + y * wy };
}

export function strangeness(manner: readonly number[]): number {
  return manner.reduce((total, value, at) => {
    const off = value - (POCKET.manner_typical[at] as number);
    return total + off ** 2 / (POCKET.manner_variance[at] as number);
  }, 0);
}

export const CELLS_PER_S = Math.round(1 / POCKET.step_s);
export const WINDOW_CELLS = Math.round(POCKET.window_s / POCKET.step_s);
