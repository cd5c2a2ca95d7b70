// The keys of the page: f b u label, s says sideways, [ ] move a border, arrows go to the next bout, z takes back, Esc
// clears, 0 shows the whole run. They never take a key from a field, a map or a browser shortcut, and they can be
// switched off.

import type { Direction } from "./bouts";
import { make } from "./elements";
import type { Labeller } from "./labeller";
import type { RunState } from "./state";
import { wholeView } from "./window";

const REMEMBERED = "backward.keys";
const LABELS: Readonly<Record<string, Direction>> = { f: "forward", b: "backward", u: "unknown", s: "sideways" };
const TYPING =
  "input, textarea, select, [contenteditable], [role=textbox], [role=combobox], dialog[open], [popover]:popover-open";
const OWN_ARROWS = "[data-run-map], [role=slider], [role=tablist], [role=menu], summary, audio, video";

export interface KeyTargets {
  readonly state: RunState;
  readonly labeller: Labeller;
  readonly cancelDrag: () => boolean;
}

/** The switch: single-letter keys must be possible to turn off. */
export function keySwitch(): HTMLButtonElement {
  const button = make("button", { type: "button", class: "run-button run-keys" }, "Keys");
  button.title = "Single-letter keys on or off";
  const show = () => button.setAttribute("aria-pressed", String(keysOn()));
  button.addEventListener("click", () => {
    localStorage.setItem(REMEMBERED, keysOn() ? "off" : "on");
    show();
  });
  show();
  return button;
}

function keysOn(): boolean {
  return localStorage.getItem(REMEMBERED) !== "off";
}

export function listenToKeys(targets: KeyTargets): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (at.closest(TYPING) !== null) return;
    if (handled(event, at, targets)) event.preventDefault();
  });
}

function handled(event: KeyboardEvent, at: Element, { state, labeller, cancelDrag }: KeyTargets): boolean {
  if (event.key === "Escape") return letGo(state, labeller, cancelDrag);
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") return arrow(event, at, state, labeller);
  if (!keysOn()) return false;
  const direction = LABELS[event.key.toLowerCase()];
  if (direction !== undefined) labeller.label(direction);
  else if (event.code === "BracketLeft" || event.key === "[" || event.key === "{")
    labeller.nudge(event.shiftKey ? -10 : -1);
  else if (event.code === "BracketRight" || event.key === "]" || event.key === "}")
    labeller.nudge(event.shiftKey ? 10 : 1);
  else if (event.key.toLowerCase() === "z") labeller.undo();
  else if (event.key === "0" && at.closest("[data-run-map]") === null) state.setView(wholeView(state.facts.duration_s));
  else return false;
  return true;
}

function letGo(state: RunState, labeller: Labeller, cancelDrag: () => boolean): boolean {
  if (cancelDrag()) return true;
  if (state.selection === null && state.cursor_s === null) return false;
  labeller.clear();
  state.clearPin();
  return true;
}

/** Arrows go through the bouts from the ribbon, from a row, or anywhere once something is selected. */
function arrow(event: KeyboardEvent, at: Element, state: RunState, labeller: Labeller): boolean {
  if (at.closest(OWN_ARROWS) !== null || event.shiftKey) return false;
  if (state.selection === null && at.closest("[data-ribbon], [data-start]") === null) return false;
  labeller.step(event.key === "ArrowLeft" ? -1 : 1);
  return true;
}
