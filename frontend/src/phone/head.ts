// The head of a session’s file: when, which session, its steps and the scales of the numbers.

import type { Session } from "./link";
import { SCALES } from "./pack";
import { FREE } from "./screens";

/** The first line of the file. */
export function headOf(session: Session, place: string, startedMs: number, version: string): Record<string, unknown> {
  const gaits = new Set(session.steps.map((step) => step.gait));
  return {
    format: "backward-running-session",
    version: 1,
    started_at_ms: startedMs,
    utc_offset_s: -60 * new Date(startedMs).getTimezoneOffset(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    workout_id: session.id || null,
    title: session.id ? session.title : null,
    sport: gaits.has("run") ? "running" : gaits.has("walk") ? "walking" : null,
    indoor: session.indoor,
    place,
    scales: SCALES,
    app: version,
    steps:
      session === FREE
        ? []
        : session.steps.map((step) => ({
            name: step.name,
            part: step.part,
            direction: step.direction,
            gait: step.gait,
            duration_s: step.durationS,
            distance_m: step.distanceM,
          })),
  };
}
