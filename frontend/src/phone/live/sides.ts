// On which of two sides the body is now, by yaw against course; and which side is forward, by the steps of the plan.

import type { Direction } from "../link";
import { wrapped } from "./attitude";
import { LIVE } from "./constants";

/** Follows the doubled angle between yaw and course; one of its two halves is called the first side. */
export class TwoSides {
  coherence = 0;
  private offset: number | null = null;
  private drift = 0;
  private atS = 0;
  private fixes = 0;

  take(atS: number, gap: number): void {
    this.fixes += 1;
    if (this.offset === null) {
      this.offset = gap;
      this.atS = atS;
      return;
    }
    const passedS = atS - this.atS;
    this.atS = atS;
    const expected = this.offset + this.drift * passedS;
    const error = wrapped(2 * (gap - expected)) / 2;
    this.offset = expected + Math.max(LIVE.offset_gain, 1 / this.fixes) * error;
    const drift = this.drift + LIVE.drift_gain_per_s * error;
    this.drift = Math.max(-LIVE.most_drift_radps, Math.min(LIVE.most_drift_radps, drift));
    const share = Math.max(1 / LIVE.coherence_fixes, 1 / this.fixes);
    this.coherence += share * (Math.cos(2 * error) - this.coherence);
  }

  /** 1 on the first side, −1 on the other. */
  firstSide(atS: number, gap: number): number {
    return this.offset === null ? 0 : Math.cos(gap - this.offset - this.drift * (atS - this.atS));
  }
}

const FORWARD_NAT = Math.log(LIVE.named_share / (1 - LIVE.named_share));
const BACKWARD_NAT = Math.log(LIVE.turned_share / (1 - LIVE.turned_share));

/** Counts on which side each planned step was gone: each is a word, none is the truth. */
export class StatedSides {
  direction: "forward" | "backward" | null = null;
  begunS = 0;
  private saidNat = 0;
  private firstS = 0;
  private secondS = 0;

  begin(atS: number, direction: Direction): void {
    this.saidNat = this.firstIsForwardNat();
    this.firstS = 0;
    this.secondS = 0;
    this.begunS = atS;
    this.direction = direction === "forward" || direction === "backward" ? direction : null;
  }

  forget(): void {
    this.saidNat = 0;
    this.firstS = 0;
    this.secondS = 0;
  }

  count(atS: number, passedS: number, first: boolean): void {
    if (this.direction === null || atS < this.begunS + LIVE.settled_s) return;
    if (first) this.firstS += passedS;
    else this.secondS += passedS;
  }

  firstIsForwardNat(): number {
    const counted = this.firstS + this.secondS;
    let said = this.saidNat;
    if (this.direction !== null && counted > 0) {
      const lead = ((this.firstS - this.secondS) / counted) * Math.min(1, counted / LIVE.step_full_after_s);
      said += lead * (this.direction === "forward" ? FORWARD_NAT : -BACKWARD_NAT);
    }
    return Math.max(-LIVE.most_stated_nat, Math.min(LIVE.most_stated_nat, said));
  }
}
