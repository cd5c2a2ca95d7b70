// A walking trouser pocket, while it happens: the odd marks of the last seconds, whichever way the phone sits in it.

import type { Axes } from "./attitude";
import { POCKET } from "./constants";
import { CELLS_PER_S, type Measured, measured, nearness, strangeness, WINDOW_CELLS } from "./windows";

interface Cell {
  readonly number: number;
  readonly force: Axes;
  readonly rate: Axes;
}

export class Pocket {
  /** Log-odds of forward over backward; 0 where it says nothing. */
  forwardNat = 0;
  private cell: number | null = null;
  private sums = [0, 0, 0, 0, 0, 0];
  private count = 0;
  private rows: Cell[] = [];
  private windows: Measured[] = [];

  take(atS: number, force: Axes, rate: Axes): void {
    const cell = Math.floor(atS * CELLS_PER_S);
    if (this.cell !== null && cell !== this.cell) {
      const [a, b, c, d, e, f] = this.sums.map((value) => value / this.count) as Six;
      this.close({ number: this.cell, force: [a, b, c], rate: [d, e, f] });
      this.sums = [0, 0, 0, 0, 0, 0];
      this.count = 0;
    }
    this.cell = cell;
    [...force, ...rate].forEach((value, at) => {
      this.sums[at] = (this.sums[at] as number) + value;
    });
    this.count += 1;
  }

  private close(now: Cell): void {
    const last = this.rows.at(-1);
    if (last && (now.number <= last.number || now.number - last.number > POCKET.bridged_cells)) {
      this.rows = [];
      this.windows = [];
      this.forwardNat = 0;
    }
    const from = this.rows.at(-1) ?? { ...now, number: now.number - 1 };
    for (let number = from.number + 1; number <= now.number; number += 1) {
      const share = (number - from.number) / (now.number - from.number);
      this.rows.push({
        number,
        force: between(from.force, now.force, share),
        rate: between(from.rate, now.rate, share),
      });
      if (number % CELLS_PER_S === 0 && this.rows.length >= WINDOW_CELLS) this.look();
    }
    this.rows = this.rows.slice(-WINDOW_CELLS - POCKET.bridged_cells);
  }

  private look(): void {
    const rows = this.rows.slice(-WINDOW_CELLS);
    const force = rows.map((row) => row.force);
    const rate = rows.map((row) => row.rate);
    this.windows = [...this.windows, measured(force, rate)].slice(-POCKET.pooled_windows);
    this.forwardNat = this.pooledNat();
  }

  private pooledNat(): number {
    const going = this.windows.filter((window) => window.goes);
    const newest = this.windows.at(-1);
    if (!newest?.goes || going.length < POCKET.least_heard * POCKET.pooled_windows) return 0;
    if (this.isUnlikeAnybody()) return 0;
    const mark = (which: 0 | 1) => going.reduce((sum, window) => sum + window.marks[which], 0) / going.length;
    const { along, squared } = nearness([mark(0), mark(1)]);
    if (squared > POCKET.farthest_squared || Math.abs(along) < POCKET.least_along) return 0;
    // About a change the newest window says the contrary of what is pooled: then nobody knows.
    if (nearness([newest.marks[0], newest.marks[1]]).along * along <= 0) return 0;
    return POCKET.strongest_nat * Math.max(-1, Math.min(1, along / POCKET.full_along));
  }

  private isUnlikeAnybody(): boolean {
    const lately = this.windows.slice(-POCKET.manner_pooled).filter((window) => window.goes);
    const first = lately[0];
    if (!first || lately.length < POCKET.manner_least) return false;
    const pooled = first.manner.map(
      (_, at) => lately.reduce((sum, window) => sum + (window.manner[at] as number), 0) / lately.length,
    );
    return strangeness(pooled) > POCKET.manner_farthest_squared;
  }
}

type Six = [number, number, number, number, number, number];

function between(from: Axes, to: Axes, share: number): Axes {
  return [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ];
}
