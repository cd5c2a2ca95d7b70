// The judge beside a session: fed with what the recorder hears, it keeps what was told and says when to speak up.

import type { Direction } from "../link";
import type { Motion } from "../pack";
import type { Axes } from "./attitude";
import { LiveJudge, type Told, type Way } from "./judge";

/** A receiver whose clock is farther off than that has another clock than the page. */
const OLDEST_FIX_S = 5;

export interface Seen {
  readonly way: Way;
  readonly backwardM: number;
  readonly disagrees: boolean;
}

export class Along {
  private readonly judge: LiveJudge;
  private told: Told[] = [];
  private disagrees = false;
  private spoken = false;

  /** @param place where the phone sits, as its runner said. */
  constructor(place: string) {
    this.judge = new LiveJudge(place.startsWith("thigh"));
  }

  begin(atS: number, direction: Direction): void {
    this.take(this.judge.beginStep(atS, direction));
    this.disagrees = false;
    this.spoken = false;
  }

  pause(atS: number, begins: boolean): void {
    this.take(this.judge.pause(atS, begins));
  }

  motion(sample: Motion): void {
    if (isWhole(sample.acc) && isWhole(sample.gyr))
      this.take(this.judge.takeMotion(sample.atS, sample.acc, sample.gyr));
  }

  fix(nowS: number, atS: number, coords: GeolocationCoordinates): void {
    const isOfNow = Math.abs(nowS - atS) <= OLDEST_FIX_S;
    this.take(this.judge.takeFix(nowS, isOfNow ? atS : nowS, finite(coords.speed), finite(coords.heading)));
  }

  advance(nowS: number): void {
    this.take(this.judge.advance(nowS));
  }

  seen(): Seen {
    return { way: this.judge.now, backwardM: this.judge.backwardM, disagrees: this.disagrees };
  }

  /** Whether it is time to say that it goes the other way: once for each step. */
  speaksUp(): boolean {
    if (!this.disagrees || this.spoken) return false;
    this.spoken = true;
    return true;
  }

  /** What was told since the last time, as a line of the file; null where nothing was. */
  line(): Record<string, unknown> | null {
    const told = this.told;
    const first = told[0];
    this.told = [];
    if (!first) return null;
    return {
      kind: "live",
      at_s: first.second,
      forward_share: told.map((of) => (of.direction === "unknown" ? 0.5 : Math.round(1000 * of.forwardShare) / 1000)),
    };
  }

  private take(told: readonly Told[]): void {
    this.told.push(...told);
    this.disagrees = told.at(-1)?.disagrees ?? this.disagrees;
  }
}

function isWhole(axes: readonly (number | null)[]): axes is Axes {
  return axes.every((value) => value !== null && Number.isFinite(value));
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
