// The questions of the two days after a session: how sore the calves are, and what hurts. Asked once a day, when the
// app is opened, as the laptop asks them.

import type { Run } from "./keep";

export type Later = "day_1" | "day_2";

/** Before half a day nothing shows; as on the laptop. */
const SHOWS_AFTER_MS = 12 * 3_600_000;
const DAY_MS = 86_400_000;

/** Which question of a run is due, null where none is. Days are those of this phone. Pure. */
export function due(run: Run, nowMs: number): Later | null {
  if (!mayBeBackward(run) || nowMs - run.startedMs < SHOWS_AFTER_MS) return null;
  const days = Math.round((midnight(nowMs) - midnight(run.startedMs)) / DAY_MS);
  const moment = days === 1 ? "day_1" : days === 2 ? "day_2" : null;
  return moment === null || run.laterSaid?.includes(moment) ? null : moment;
}

/** When something was last said of a run; null where nothing was. */
export function lastSaidMs(run: Run): number | null {
  return Math.max(run.saidMs ?? 0, run.laterMs ?? 0) || null;
}

export function laterWords(moment: Later): string {
  return moment === "day_1" ? "A day after" : "Two days after";
}

/** A session all of whose steps go forward makes no calf sore backward; of any other nobody knows that. */
function mayBeBackward(run: Run): boolean {
  const steps = run.head.steps;
  if (!Array.isArray(steps)) return true;
  return !steps.length || steps.some((step: { direction?: unknown }) => step.direction !== "forward");
}

function midnight(ms: number): number {
  const day = new Date(ms);
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
}
