// The judge that runs along: forward, backward or unknown for every second, from what has arrived until then. The same
// numbers as gait/live/judge.py, where it is described.

import type { Direction } from "../link";
import type { Axes } from "./attitude";
import { LIVE, POCKET } from "./constants";
import { Pocket } from "./pocket";
import { StatedSides, TwoSides } from "./sides";
import { type MeanYaw, Turning } from "./turning";

export type Way = "forward" | "backward" | "unknown";

export interface Told {
  readonly second: number;
  readonly direction: Way;
  readonly forwardShare: number;
  readonly backwardM: number;
  readonly disagrees: boolean;
}

interface Course {
  readonly atS: number;
  readonly speed: number;
  readonly course: number;
  readonly yaw: number;
}

const RADIAN = Math.PI / 180;
const SURE_NAT = Math.log(LIVE.sure_share / (1 - LIVE.sure_share));

export function toldBy(forwardShare: number): Way {
  if (forwardShare >= LIVE.sure_share) return "forward";
  return forwardShare <= 1 - LIVE.sure_share ? "backward" : "unknown";
}

export class LiveJudge {
  backwardM = 0;
  private readonly turning = new Turning();
  private readonly stated = new StatedSides();
  private sides = new TwoSides();
  private piece = 0;
  private cells = 0;
  private firstNat = 0;
  private yaws: MeanYaw[] = [];
  private course: Course | null = null;
  private speed: { readonly atS: number; readonly mps: number } | null = null;
  private otherWayS = 0;
  private shares = 0;
  private shared = 0;
  private share = 0.5;
  private paused = false;
  private readonly pocket: Pocket | null;
  private sameSideS = 0;
  private pocketNat = 0;
  private pocketS = 0;

  constructor(inAPocket = false) {
    this.pocket = inAPocket ? new Pocket() : null;
  }

  /** What the last quarter of a second says. */
  get now(): Way {
    return toldBy(this.share);
  }

  beginStep(atS: number, direction: Direction): Told[] {
    const told = this.advance(atS);
    this.stated.begin(atS, direction);
    this.otherWayS = 0;
    return told;
  }

  pause(atS: number, begins: boolean): Told[] {
    const told = this.advance(atS);
    this.paused = begins;
    return told;
  }

  takeMotion(atS: number, force: Axes, rate: Axes): Told[] {
    const told = this.advance(atS);
    this.turning.take(atS, force, rate);
    this.pocket?.take(atS, force, rate);
    return told;
  }

  takeFix(nowS: number, atS: number, speedMps: number | null, courseDeg: number | null): Told[] {
    const told = this.advance(nowS);
    if (speedMps === null) return told;
    this.speed = { atS, mps: speedMps };
    const turned = this.yawAt(atS - LIVE.course_lag_s);
    if (courseDeg === null || speedMps < LIVE.slowest_mps || turned === null) return told;
    if (this.course !== null && atS <= this.course.atS) return told;
    // Yaw counts anticlockwise, a course clockwise.
    const course = -courseDeg * RADIAN;
    this.course = { atS, speed: speedMps, course, yaw: turned.yaw };
    if (turned.rate < LIVE.turning_rate_degps * RADIAN) this.sides.take(atS, turned.yaw - course);
    return told;
  }

  advance(nowS: number): Told[] {
    const told: Told[] = [];
    while ((this.cells + 1) * LIVE.cell_s <= nowS) {
      this.cells += 1;
      this.shares += this.cell(this.cells * LIVE.cell_s);
      this.shared += 1;
      if (this.shared * LIVE.cell_s >= 1) {
        told.push(this.second(this.shares / this.shared));
        this.shares = 0;
        this.shared = 0;
      }
    }
    return told;
  }

  private cell(nowS: number): number {
    if (this.turning.piece !== this.piece) {
      this.lose();
      this.piece = this.turning.piece;
    }
    const mean = this.turning.meanYaw();
    const isFresh = this.turning.lastS !== null && nowS - this.turning.lastS <= LIVE.cell_s * 2;
    if (mean === null || !isFresh) {
      this.share = 0.5;
      return this.share;
    }
    const newest = this.yaws.at(-1);
    if (!newest || mean.atS > newest.atS) this.yaws.push(mean);
    while ((this.yaws[0] as MeanYaw).atS < nowS - LIVE.course_holds_s - 2) this.yaws.shift();
    this.follow(nowS, mean.yaw);
    this.share = this.forwardShare(nowS);
    return this.share;
  }

  private follow(nowS: number, yaw: number): void {
    const seen = this.seenNat(nowS, yaw);
    const changes = seen === null ? LIVE.changes_unseen_share : LIVE.changes_share;
    const before = 1 / (1 + Math.exp(-this.firstNat));
    const share = before * (1 - changes) + (1 - before) * changes;
    this.firstNat = Math.log(share / (1 - share)) + (seen ?? 0);
    if (this.sides.coherence < LIVE.least_coherence) this.firstNat = 0;
    else if (Math.abs(this.firstNat) >= SURE_NAT && seen !== null && !this.paused)
      this.stated.count(nowS, LIVE.cell_s, this.firstNat > 0);
    this.followPocket();
  }

  /** A pocket says which side is forward, where one side lasted as long as what it pools: one witness, however long. */
  private followPocket(): void {
    const side = Math.abs(this.firstNat) < SURE_NAT ? 0 : Math.sign(this.firstNat);
    const goesOn = side !== 0 && side * this.sameSideS >= 0;
    this.sameSideS = (goesOn ? this.sameSideS : 0) + side * LIVE.cell_s;
    if (!this.pocket?.forwardNat || Math.abs(this.sameSideS) < POCKET.pooled_s) return;
    this.pocketS += LIVE.cell_s;
    this.pocketNat += (LIVE.cell_s / this.pocketS) * (side * this.pocket.forwardNat - this.pocketNat);
  }

  private seenNat(nowS: number, yaw: number): number | null {
    if (this.course === null) return null;
    const turned = Math.abs(yaw - this.course.yaw);
    if (turned > LIVE.most_turned_rad && !this.isAskedToTurn(nowS)) {
      this.firstNat = 0;
      return null;
    }
    if (nowS - this.course.atS > LIVE.course_holds_s && turned <= LIVE.most_turned_rad) return null;
    const spread = (LIVE.yaw_spread_deg * RADIAN) ** 2 + (LIVE.course_noise_mps / this.course.speed) ** 2;
    const nat = (2 / spread) * this.sides.firstSide(nowS, yaw - this.course.course);
    return Math.max(-LIVE.strongest_cell_nat, Math.min(LIVE.strongest_cell_nat, nat));
  }

  private isAskedToTurn(nowS: number): boolean {
    return !this.paused && this.stated.direction !== null && nowS - this.stated.begunS <= LIVE.stated_turn_s;
  }

  private forwardShare(nowS: number): number {
    const stands =
      this.speed !== null && nowS - this.speed.atS <= LIVE.course_holds_s && this.speed.mps < LIVE.slowest_mps;
    if (stands || this.turning.unrest < LIVE.unrest_mps2) return 0.5;
    const first = 1 / (1 + Math.exp(-this.firstNat));
    const forward = 1 / (1 + Math.exp(-this.stated.firstIsForwardNat() - this.pocketNat));
    const share = first * forward + (1 - first) * (1 - forward);
    if (!this.pocket?.forwardNat || toldBy(share) !== "unknown" || this.hasJustTurned()) return share;
    return 1 / (1 + Math.exp(-this.pocket.forwardNat));
  }

  /** What a pocket pools after a turn is half of before. */
  private hasJustTurned(): boolean {
    const [first, last] = [this.yaws[0], this.yaws.at(-1)];
    return !first || !last || Math.abs(last.yaw - first.yaw) > LIVE.most_turned_rad;
  }

  private second(share: number): Told {
    const second = Math.round(this.cells * LIVE.cell_s) - 1;
    const direction = this.paused ? "unknown" : toldBy(share);
    if (direction === "backward" && this.speed !== null && second + 1 - this.speed.atS <= LIVE.course_holds_s)
      this.backwardM += this.speed.mps;
    const wanted = this.stated.direction;
    const other = wanted !== null && direction !== "unknown" && direction !== wanted;
    this.otherWayS = other && second + 1 >= this.stated.begunS + LIVE.settled_s ? this.otherWayS + 1 : 0;
    const disagrees = this.otherWayS >= LIVE.disagrees_after_s;
    return { second, direction, forwardShare: share, backwardM: this.backwardM, disagrees };
  }

  private yawAt(atS: number): { readonly yaw: number; readonly rate: number } | null {
    if (this.yaws.length < 2) return null;
    let nearest = 0;
    this.yaws.forEach((mean, at) => {
      if (Math.abs(mean.atS - atS) < Math.abs((this.yaws[nearest] as MeanYaw).atS - atS)) nearest = at;
    });
    const found = this.yaws[nearest] as MeanYaw;
    if (Math.abs(found.atS - atS) > 1) return null;
    const left = this.yaws[Math.max(nearest - 1, 0)] as MeanYaw;
    const right = this.yaws[Math.min(nearest + 1, this.yaws.length - 1)] as MeanYaw;
    return { yaw: found.yaw, rate: Math.abs(right.yaw - left.yaw) / (right.atS - left.atS) };
  }

  private lose(): void {
    this.sides = new TwoSides();
    this.course = null;
    this.firstNat = 0;
    this.yaws = [];
    this.stated.forget();
    this.sameSideS = 0;
    this.pocketNat = 0;
    this.pocketS = 0;
  }
}
