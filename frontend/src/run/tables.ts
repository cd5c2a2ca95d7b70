// The tables of bouts and laps take part: point at a row and it shows on ribbon, charts and map; click or Enter selects
// it.

import { boutIndexAt, contains, type Stretch, sameStretch } from "./bouts";
import type { Labeller } from "./labeller";
import type { RunState } from "./state";

const ROWS = "[data-bouts] [data-start], [data-laps] [data-start]";

export function linkTables(root: HTMLElement, state: RunState, labeller: Labeller): void {
  const prepare = () => {
    for (const row of root.querySelectorAll<HTMLElement>(ROWS)) if (row.querySelector("a") === null) row.tabIndex = 0;
    for (const table of root.querySelectorAll<HTMLElement>("[data-bouts], [data-laps]")) leaveOneStop(table);
    mark(root, state);
  };
  root.addEventListener("pointerover", (event) => state.setHighlight(stretchAt(event.target)));
  root.addEventListener("focusin", (event) => {
    const stretch = stretchAt(event.target);
    state.setHighlight(stretch);
    if (stretch !== null) state.setCursor(stretch.start_s);
  });
  root.addEventListener("focusout", () => state.setHighlight(null));
  root.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || isElsewhere(event.target)) return;
    choose(event);
  });
  root.addEventListener("keydown", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.matches(ROWS) && (event.key === "Enter" || event.key === " ")) choose(event);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") goToRow(event, event.target.closest(ROWS));
  });
  root.addEventListener("backward:swapped", prepare);
  state.onFrame(["bouts", "selection", "cursor"], () => mark(root, state));
  prepare();

  function choose(event: Event): void {
    const stretch = stretchAt(event.target);
    if (stretch === null) return;
    event.preventDefault();
    state.setCursor((stretch.start_s + stretch.end_s) / 2, true);
    labeller.select(stretch);
  }
}

/**
 * A link of a row leads to the form for those without script; here it selects. Other controls keep their own meaning.
 */
function isElsewhere(target: EventTarget | null): boolean {
  const control = target instanceof Element ? target.closest("a, button, summary, input") : null;
  return control !== null && !(control.closest(ROWS) !== null && control.getAttribute("href")?.endsWith("#label"));
}

/** A table is one stop of the tab key; arrows go from row to row. */
function leaveOneStop(table: HTMLElement, wanted?: HTMLElement): void {
  const stops = [...table.querySelectorAll<HTMLElement>("[data-start]")].map(
    (row) => row.querySelector<HTMLElement>("a") ?? row,
  );
  const only = wanted ?? stops.find((stop) => stop.closest("[aria-current]") !== null) ?? stops[0];
  for (const stop of stops) stop.tabIndex = stop === only ? 0 : -1;
}

function goToRow(event: KeyboardEvent, row: Element | null): void {
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  if (!(next instanceof HTMLElement) || next.dataset.start === undefined) return;
  event.preventDefault();
  const stop = next.querySelector<HTMLElement>("a") ?? next;
  const table = next.closest<HTMLElement>("[data-bouts], [data-laps]");
  if (table !== null) leaveOneStop(table, stop);
  stop.focus();
}

function stretchAt(target: EventTarget | null): Stretch | null {
  if (!(target instanceof Element)) return null;
  const row = target.closest<HTMLElement>(ROWS);
  return row === null ? null : stretchOf(row);
}

function stretchOf(row: HTMLElement): Stretch | null {
  const start_s = Number(row.dataset.start);
  const end_s = Number(row.dataset.end);
  return Number.isFinite(start_s) && end_s > start_s ? { start_s, end_s } : null;
}

/** Mark the selected row, and lightly the bout under the cursor. */
function mark(root: HTMLElement, state: RunState): void {
  const under = state.cursor_s === null ? undefined : state.bouts[boutIndexAt(state.bouts, state.cursor_s)];
  for (const row of root.querySelectorAll<HTMLElement>(ROWS)) {
    const stretch = stretchOf(row);
    const selected = stretch !== null && state.selection !== null && isPart(row, stretch, state.selection);
    const here =
      stretch !== null && under !== undefined && row.closest("[data-bouts]") !== null && sameStretch(stretch, under);
    if (row.classList.contains("hot") !== selected) {
      row.classList.toggle("hot", selected);
      if (selected) {
        row.setAttribute("aria-current", "true");
        bringIntoBox(row);
      } else row.removeAttribute("aria-current");
    }
    row.classList.toggle("under-cursor", here);
  }
}

/** A bout is marked with the stretch it is part of, a lap only when it is meant itself. */
function isPart(row: HTMLElement, stretch: Stretch, selection: Stretch): boolean {
  return row.closest("[data-bouts]") !== null ? contains(selection, stretch) : sameStretch(stretch, selection);
}

/** Scroll the table, not the page. */
function bringIntoBox(row: HTMLElement): void {
  const box = row.closest<HTMLElement>(".scroll");
  if (box === null) return;
  const inside = box.getBoundingClientRect();
  const { top, bottom, height } = row.getBoundingClientRect();
  // The head of the table may stick to the top: leave a row of room.
  if (top < inside.top + height) box.scrollTop -= inside.top + height - top;
  else if (bottom > inside.bottom) box.scrollTop += bottom - inside.bottom;
}
