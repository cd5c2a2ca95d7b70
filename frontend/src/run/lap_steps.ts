// Laps of one oval lie on each other: one at a time, the window of the charts and the map steps from lap to lap.

import { withOneStop } from "../page/one_stop";
import type { Say } from "../page/tell";
import type { Stretch } from "./bouts";
import { make } from "./elements";
import { clock } from "./format";
import type { RunState } from "./state";
import { isWhole, wholeView } from "./window";

/** Read laps as the page states them: "0-92.5 92.5-180", in seconds. */
export function readLaps(stated: string | undefined): Stretch[] {
  return (stated ?? "")
    .split(" ")
    .map((span) => span.split("-").map(Number))
    .flatMap(([start_s, end_s]) => (start_s! < end_s! ? [{ start_s: start_s!, end_s: end_s! }] : []));
}

/** The lap that a window shows; -1 where it shows another stretch. */
export function lapShown(laps: readonly Stretch[], view: { from_s: number; to_s: number }): number {
  return laps.findIndex((lap) => Math.abs(lap.start_s - view.from_s) < 1 && Math.abs(lap.end_s - view.to_s) < 1);
}

/** Buttons below the map; null where a run has no two laps. */
export function lapSteps(state: RunState, laps: readonly Stretch[], say: Say): HTMLElement | null {
  if (laps.length < 2) return null;
  const words = make("span", { class: "lap-shown" });
  const step = (by: number) => {
    const at = lapShown(laps, state.view);
    const next = at < 0 ? (by > 0 ? 0 : laps.length - 1) : (at + by + laps.length) % laps.length;
    state.setView({ from_s: laps[next]!.start_s, to_s: laps[next]!.end_s });
    say(lapWords(laps, next));
  };
  const whole = button("Whole run", "Show the whole run", () => state.setView(wholeView(state.facts.duration_s)));
  const draw = () => {
    const at = lapShown(laps, state.view);
    words.textContent = at < 0 ? "One lap at a time" : lapWords(laps, at);
    whole.disabled = isWhole(state.view, state.facts.duration_s);
  };
  state.onFrame(["view"], draw);
  draw();
  return withOneStop(
    make(
      "div",
      { class: "lap-steps", role: "toolbar", "aria-label": "One lap at a time" },
      button("\u2039", "Previous lap", () => step(-1)),
      words,
      button("\u203a", "Next lap", () => step(1)),
      whole,
    ),
  );
}

function lapWords(laps: readonly Stretch[], at: number): string {
  const lap = laps[at]!;
  return `Lap ${at + 1} of ${laps.length}, ${clock(lap.end_s - lap.start_s)}`;
}

function button(words: string, name: string, act: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: "run-button", "aria-label": name }, words);
  made.addEventListener("click", act);
  return made;
}
