// What no watch records: motion and positions while the session goes on, as lines of the file, kept every few seconds.

import { type Motion, packMotion } from "./pack";

/** What is not kept yet is lost with a crash: less than this. */
export const KEEP_EVERY_MS = 3000;
/** A hole in the motion that begins a new line: less than what two bytes of ticks hold. */
const HOLE_S = 5;
const DEGREE = Math.PI / 180;

export type Axes = readonly [number | null, number | null, number | null];

/** Return force in m/s², up at rest, and rate in rad/s about x, y and z of the screen. */
export function motionOf(event: DeviceMotionEvent, atS: number, flipped: boolean): Motion {
  const force = event.accelerationIncludingGravity;
  const rate = event.rotationRate;
  const sign = flipped ? -1 : 1;
  const times = (value: number | null | undefined, factor: number) => (value == null ? null : value * factor);
  return {
    atS,
    acc: [times(force?.x, sign), times(force?.y, sign), times(force?.z, sign)],
    // Every browser gives the rates about x, y and z under these names, in degrees.
    gyr: [times(rate?.alpha, DEGREE), times(rate?.beta, DEGREE), times(rate?.gamma, DEGREE)],
  };
}

/** Whether this phone gives forces with the sign turned: at rest, its z reads below zero with the screen up. */
export function isFlipped(agent: string, touches: number): boolean {
  return /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touches > 1);
}

/** A position as the receiver gave it, by the clock of the session. */
export type Fix = Pick<GeolocationPosition, "coords" | "timestamp">;

export interface Sensors {
  /** The last speed the receiver gave, and when. */
  readonly speedMps: number | null;
  readonly motionSamples: number;
  readonly positions: number;
  /** Why there is no motion or no position, in a sentence. */
  readonly troubles: readonly string[];
}

/** Who hears what the sensors say as it comes. */
export interface Hears {
  motion(sample: Motion): void;
  fix(nowS: number, atS: number, coords: GeolocationCoordinates): void;
}

/** Listens to the phone's sensors and hands out lines. */
export class Recorder {
  private motion: Motion[] = [];
  private fixes: Fix[] = [];
  private told: string[] = [];
  private watching: number | null = null;
  private speedMps: number | null = null;
  private motionSamples = 0;
  private positions = 0;
  private readonly troubles = new Map<string, string>();
  private readonly flipped = isFlipped(navigator.userAgent, navigator.maxTouchPoints);
  private readonly listener = (event: Event) => this.take(event as DeviceMotionEvent);

  constructor(
    private readonly startedMs: number,
    private readonly now: () => number,
    private readonly hears: Hears,
    /** What a stamp of the phone’s clock is on that of the session. */
    private readonly steady: (wallMs: number) => number = (wallMs) => wallMs,
  ) {}

  /** Begin. Has to be called from a tap: some phones ask for leave then. */
  async start(): Promise<void> {
    await this.startMotion();
    this.startPositions();
  }

  stop(): void {
    window.removeEventListener("devicemotion", this.listener);
    if (this.watching !== null) navigator.geolocation.clearWatch(this.watching);
    this.watching = null;
  }

  /** Note something that happened. */
  note(what: Record<string, unknown>): void {
    this.told.push(JSON.stringify(what));
  }

  sensors(): Sensors {
    const { speedMps, motionSamples, positions } = this;
    return { speedMps, motionSamples, positions, troubles: [...this.troubles.values()] };
  }

  /** Return the lines since the last time. */
  lines(): string[] {
    const lines = this.told;
    this.told = [];
    const packed = packMotion(this.motion);
    if (packed) lines.push(JSON.stringify(packed));
    this.motion = [];
    if (this.fixes.length) lines.push(JSON.stringify(positionsOf(this.fixes, this.startedMs)));
    this.fixes = [];
    return lines;
  }

  private async startMotion(): Promise<void> {
    if (typeof DeviceMotionEvent === "undefined") {
      this.troubles.set(
        "motion",
        "This phone gives no motion to a page: which way you ran will be told by the plan alone.",
      );
      return;
    }
    const asks = DeviceMotionEvent as unknown as { requestPermission?: () => Promise<string> };
    const answer = await (asks.requestPermission?.() ?? Promise.resolve("granted")).catch(() => "denied");
    if (answer !== "granted") {
      this.troubles.set("motion", "You did not allow motion: which way you ran will be told by the plan alone.");
      return;
    }
    window.addEventListener("devicemotion", this.listener);
  }

  private startPositions(): void {
    if (!("geolocation" in navigator)) {
      this.troubles.set("position", "This phone gives no position to a page: distance will not be known.");
      return;
    }
    this.watching = navigator.geolocation.watchPosition(
      (fix) => {
        const timestamp = this.steady(fix.timestamp);
        this.fixes.push({ coords: fix.coords, timestamp });
        this.positions += 1;
        this.speedMps = fix.coords.speed;
        this.hears.fix(this.nowS(), (timestamp - this.startedMs) / 1000, fix.coords);
        this.troubles.delete("position");
      },
      (problem) => {
        const refused = problem.code === problem.PERMISSION_DENIED;
        const why = refused ? "You did not allow the position" : "There is no position yet";
        this.troubles.set("position", `${why}: the session goes on without distance.`);
      },
      { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 },
    );
  }

  private nowS(): number {
    return (this.now() - this.startedMs) / 1000;
  }

  private take(event: DeviceMotionEvent): void {
    const atS = this.nowS();
    const last = this.motion.at(-1);
    if (last && atS - last.atS > HOLE_S) {
      const packed = packMotion(this.motion);
      if (packed) this.told.push(JSON.stringify(packed));
      this.motion = [];
    }
    if (last && atS <= last.atS) return;
    const sample = motionOf(event, atS, this.flipped);
    if (sample.acc.every((value) => value === null) && sample.gyr.every((value) => value === null)) return;
    this.motion.push(sample);
    this.motionSamples += 1;
    this.hears.motion(sample);
  }
}

/** Return positions as columns; what the receiver did not say is null. */
export function positionsOf(fixes: readonly Fix[], startedMs: number): Record<string, unknown> {
  const column = (pick: (coords: GeolocationCoordinates) => number | null) =>
    fixes.map((fix) => {
      const value = pick(fix.coords);
      return value !== null && Number.isFinite(value) ? value : null;
    });
  return {
    kind: "positions",
    at_s: fixes.map((fix) => (fix.timestamp - startedMs) / 1000),
    latitude_deg: column((at) => at.latitude),
    longitude_deg: column((at) => at.longitude),
    altitude_m: column((at) => at.altitude),
    accuracy_m: column((at) => at.accuracy),
    speed_mps: column((at) => at.speed),
    // A phone that does not move has no course; some write 0 instead of nothing.
    course_deg: column((at) => (at.speed ? at.heading : null)),
  };
}
