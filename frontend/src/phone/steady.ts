// A clock that is set back while a session goes on must not stop it: seconds since the begin only rise.

/** A sensor's own stamps go back by less; a clock that was set goes back by more. */
export const SET_BACK_MS = 2000;

export class SteadyClock {
  private offsetMs = 0;
  private lastMs = Number.NEGATIVE_INFINITY;
  /** How often the phone's clock was set back. */
  jumps = 0;

  constructor(private readonly wall: () => number = () => Date.now()) {}

  now(): number {
    let at = this.wall() + this.offsetMs;
    if (at < this.lastMs - SET_BACK_MS) {
      this.offsetMs += this.lastMs - at;
      this.jumps += 1;
      at = this.lastMs;
    }
    this.lastMs = Math.max(this.lastMs, at);
    return at;
  }

  /** What a stamp of the phone's clock is on this one. */
  of(wallMs: number): number {
    return wallMs + this.offsetMs;
  }
}
