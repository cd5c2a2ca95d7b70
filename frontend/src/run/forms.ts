// The plain form "say which way you ran" works without script; with it, it follows the selection and paints without a
// reload.

import type { Direction, Gait } from "./bouts";
import { clock } from "./format";
import type { Painter } from "./painter";
import type { RunState } from "./state";

export function linkForms(root: HTMLElement, state: RunState, painter: Painter): void {
  const paint = root.querySelector<HTMLFormElement>('form[action$="/paint"]');
  const undo = root.querySelector<HTMLFormElement>('form[action$="/undo"]');
  paint?.addEventListener("submit", (event) => {
    const stroke = strokeOf(paint, state.facts.duration_s);
    if (stroke === null) return;
    event.preventDefault();
    painter.paint(stroke, `${clock(stroke.start_s)} to ${clock(stroke.end_s)} is now ${stroke.direction}.`);
    undo?.querySelector("button")?.removeAttribute("disabled");
  });
  undo?.addEventListener("submit", (event) => {
    event.preventDefault();
    painter.undo();
  });
  state.on("bouts", () => {
    if (state.bouts.some((bout) => bout.found_by === "paint"))
      undo?.querySelector("button")?.removeAttribute("disabled");
  });
  state.on("selection", () => {
    if (paint === null || state.selection === null) return;
    field(paint, "start_s").value = clock(state.selection.start_s);
    field(paint, "end_s").value = clock(state.selection.end_s);
  });
}

/** What the form says; null where the server should say what is wrong with it. */
function strokeOf(form: HTMLFormElement, duration_s: number) {
  const values = new FormData(form);
  const start_s = readClock(String(values.get("start_s") ?? ""), 0);
  const end_s = Math.min(readClock(String(values.get("end_s") ?? ""), duration_s), duration_s);
  const direction = values.get("direction") as Direction | null;
  if (!(start_s >= 0 && end_s > start_s) || direction === null) return null;
  return { start_s, end_s, direction, gait: ((values.get("gait") as string) || null) as Gait | null };
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

/** "6:30", "1:02:03" or "90" to seconds; NaN where it is none of these. */
export function readClock(typed: string, otherwise: number): number {
  const text = typed.trim();
  if (text === "") return otherwise;
  if (!/^\d+(:\d{1,2}){0,2}(\.\d+)?$/.test(text)) return NaN;
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}
