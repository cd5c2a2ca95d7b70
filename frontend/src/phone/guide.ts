// Where a session stands: which step, how long it goes on, which cue is due. Pure: clocks are handed in.

import type { Step } from "./link";

/** What the guide says happened. Times are seconds since the session began. */
export type Happening =
  | { readonly kind: "step"; readonly atS: number; readonly index: number }
  | { readonly kind: "pause" | "resume"; readonly atS: number; readonly why: PauseReason }
  | { readonly kind: "count"; readonly atS: number; readonly left: number; readonly turns: boolean }
  | { readonly kind: "look"; readonly atS: number; readonly side: "left" | "right" }
  | { readonly kind: "stop"; readonly atS: number; readonly why: "finished" | "stopped" };

export type PauseReason = "asked" | "slept" | "spotter";

export interface Standing {
  readonly index: number;
  readonly inStepS: number;
  /** Seconds left of the step; null where it ends by a tap. */
  readonly leftS: number | null;
  readonly paused: PauseReason | null;
  readonly ended: boolean;
}

/** The seconds that are counted down before a step ends. */
export const COUNT_S = 5;
/** A look over a shoulder every 5 to 8 steps, at the 1.5 to 2 steps a second of walking and jogging backward. */
export const LOOK_EVERY_S = 4;
/** So long without a tick the phone was asleep: nobody was guided, so nothing was done by plan. */
export const ASLEEP_S = 5;

export class Guide {
  private readonly begunMs: number;
  private lastMs: number;
  private inStepMs = 0;
  private index = 0;
  private paused: PauseReason | null = null;
  private ended = false;
  private counted = COUNT_S + 1;
  private looked = 0;

  constructor(
    private readonly steps: readonly Step[],
    nowMs: number,
  ) {
    this.begunMs = nowMs;
    this.lastMs = nowMs;
  }

  get step(): Step {
    return this.steps[this.index] as Step;
  }

  get next(): Step | null {
    return this.steps[this.index + 1] ?? null;
  }

  standing(): Standing {
    const { durationS } = this.step;
    const leftS = durationS === null ? null : Math.max(0, 1000 * durationS - this.inStepMs) / 1000;
    return { index: this.index, inStepS: this.inStepMs / 1000, leftS, paused: this.paused, ended: this.ended };
  }

  /** The first step begins. */
  begin(): Happening[] {
    return [{ kind: "step", atS: 0, index: 0 }];
  }

  /** Let time pass. A phone that slept guided nobody: the session waits where it was. */
  tick(nowMs: number): Happening[] {
    const passedMs = Math.max(0, nowMs - this.lastMs);
    const beforeMs = this.lastMs;
    this.lastMs = Math.max(this.lastMs, nowMs);
    if (this.ended || this.paused) return [];
    if (passedMs > 1000 * ASLEEP_S) {
      this.paused = "slept";
      return [{ kind: "pause", atS: this.sinceBegin(beforeMs), why: "slept" }];
    }
    this.inStepMs += passedMs;
    const found: Happening[] = [];
    while (!this.ended && this.step.durationS !== null && this.inStepMs >= 1000 * this.step.durationS) {
      const overMs = this.inStepMs - 1000 * this.step.durationS;
      found.push(...this.goOn(this.sinceBegin(nowMs - overMs), overMs));
    }
    if (!this.ended) found.push(...this.due(this.sinceBegin(nowMs)));
    return found;
  }

  pause(nowMs: number, why: PauseReason = "asked"): Happening[] {
    const found = this.tick(nowMs);
    if (this.ended || this.paused) return found;
    this.paused = why;
    return [...found, { kind: "pause", atS: this.sinceBegin(nowMs), why }];
  }

  resume(nowMs: number): Happening[] {
    this.lastMs = Math.max(this.lastMs, nowMs);
    if (this.ended || !this.paused) return [];
    const why = this.paused;
    this.paused = null;
    return [{ kind: "resume", atS: this.sinceBegin(nowMs), why }];
  }

  /** The next step, now: a distance that is done, or a step that is left out. */
  skip(nowMs: number): Happening[] {
    const found = [...this.tick(nowMs), ...this.resume(nowMs)];
    return this.ended ? found : [...found, ...this.goOn(this.sinceBegin(nowMs), 0)];
  }

  /** The same step from its beginning. */
  repeat(nowMs: number): Happening[] {
    const found = [...this.tick(nowMs), ...this.resume(nowMs)];
    if (this.ended) return found;
    this.enter(this.index, 0);
    return [...found, { kind: "step", atS: this.sinceBegin(nowMs), index: this.index }];
  }

  stop(nowMs: number): Happening[] {
    const found = this.paused ? [] : this.tick(nowMs);
    if (this.ended) return found;
    this.ended = true;
    return [...found, { kind: "stop", atS: this.sinceBegin(nowMs), why: "stopped" }];
  }

  private sinceBegin(nowMs: number): number {
    return Math.max(0, (nowMs - this.begunMs) / 1000);
  }

  private goOn(atS: number, overMs: number): Happening[] {
    if (!this.next) {
      this.ended = true;
      return [{ kind: "stop", atS, why: "finished" }];
    }
    this.enter(this.index + 1, overMs);
    return [{ kind: "step", atS, index: this.index }];
  }

  private enter(index: number, inStepMs: number): void {
    this.index = index;
    this.inStepMs = inStepMs;
    this.counted = COUNT_S + 1;
    this.looked = 0;
  }

  /** The countdown before a step ends, and the looks over a shoulder; each once, and none twice at the same time. */
  private due(atS: number): Happening[] {
    const { durationS, direction, looksRound } = this.step;
    const leftMs = durationS === null ? null : 1000 * durationS - this.inStepMs;
    if (leftMs !== null && leftMs <= 1000 * COUNT_S) {
      const left = Math.ceil(leftMs / 1000);
      if (left >= this.counted || left < 1) return [];
      this.counted = left;
      return [{ kind: "count", atS, left, turns: this.next !== null && this.next.direction !== direction }];
    }
    const looks = Math.floor(this.inStepMs / (1000 * LOOK_EVERY_S));
    if (!looksRound || direction !== "backward" || looks <= this.looked) return [];
    this.looked = looks;
    return [{ kind: "look", atS, side: looks % 2 ? "left" : "right" }];
  }
}
