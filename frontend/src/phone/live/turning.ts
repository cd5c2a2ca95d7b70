// How far the phone has turned about the plumb line until now, in any pocket.

import {
  type Axes,
  conjugate,
  dot,
  drawn,
  IDENTITY,
  meanOf,
  product,
  type Quaternion,
  rotated,
  toUp,
  turnedBy,
  wrapped,
} from "./attitude";
import { LIVE } from "./constants";

const NOTHING: Axes = [0, 0, 0];

export interface MeanYaw {
  readonly atS: number;
  readonly yaw: number;
}

/**
 * The attitude is integrated from the gyroscope and kept upright by the mean force. The yaw is the twist that is left
 * of it against the mean posture, so that a limb that swings to and fro returns to the same yaw. It drifts.
 */
export class Turning {
  /** Rises where the yaw was lost. */
  piece = 0;
  unrest = 0;
  lastS: number | null = null;
  private yaw = 0;
  private attitude: Quaternion = IDENTITY;
  private plumb: Axes = NOTHING;
  private posture: Axes = NOTHING;
  private rate: Axes = NOTHING;
  private size = 0;
  private variance = 0;
  private count = 0;
  private recent: MeanYaw[] = [];

  take(atS: number, force: Axes, rate: Axes): void {
    if (this.lastS !== null && atS <= this.lastS) return;
    let stepS = this.lastS === null ? 0 : atS - this.lastS;
    if (this.lastS === null || stepS > LIVE.hole_s) {
      this.begin();
      stepS = 0;
    }
    this.count += 1;
    const turn = turnedBy(meanOf(this.rate, rate), stepS);
    this.rate = rate;
    this.lastS = atS;
    this.plumb = drawn(rotated(conjugate(turn), this.plumb), force, this.share(stepS, LIVE.plumb_lag_s));
    this.posture = drawn(this.posture, force, this.share(stepS, LIVE.posture_lag_s));
    this.attitude = product(this.attitude, turn);
    this.attitude = product(toUp(rotated(this.attitude, this.plumb)), this.attitude);
    this.follow(atS);
    const size = Math.sqrt(dot(force, force));
    const share = this.share(stepS, LIVE.unrest_lag_s);
    this.size += share * (size - this.size);
    this.variance += share * ((size - this.size) ** 2 - this.variance);
    this.unrest = Math.sqrt(this.variance);
  }

  /** The yaw averaged over the last second, and the middle of it. */
  meanYaw(): MeanYaw | null {
    const count = this.recent.length;
    if (!count || dot(this.plumb, this.plumb) < LIVE.least_gravity_mps2 ** 2) return null;
    let [atS, yaw] = [0, 0];
    for (const moment of this.recent) {
      atS += moment.atS;
      yaw += moment.yaw;
    }
    return { atS: atS / count, yaw: yaw / count };
  }

  private share(stepS: number, lagS: number): number {
    return Math.max(1 / this.count, stepS / lagS);
  }

  private begin(): void {
    if (this.lastS !== null) this.piece += 1;
    this.attitude = IDENTITY;
    this.rate = NOTHING;
    this.plumb = NOTHING;
    this.posture = NOTHING;
    this.size = 0;
    this.variance = 0;
    this.count = 0;
    this.recent = [];
  }

  private follow(atS: number): void {
    const turned = product(this.attitude, conjugate(toUp(this.posture)));
    this.yaw += wrapped(2 * Math.atan2(turned[3], turned[0]) - this.yaw);
    this.recent.push({ atS, yaw: this.yaw });
    let old = 0;
    while ((this.recent[old] as MeanYaw).atS <= atS - LIVE.stride_s) old += 1;
    if (old) this.recent.splice(0, old);
  }
}
