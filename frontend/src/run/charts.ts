// All charts of a run with one cursor and one window: drag to zoom, pinch, wheel with a modifier, arrows, 0 for the
// whole.

import { Chart } from "./chart";
import { make } from "./elements";
import { clock, MEASURES, nameOf } from "./format";
import type { RunState } from "./state";
import { TimeAxis } from "./time_axis";
import { isWhole, panBy, timeOf, wholeView, zoomAround } from "./window";

const DRAG_STARTS_PX = 5;

export class Charts {
  readonly element: HTMLElement;
  readonly #state: RunState;
  readonly #charts: readonly Chart[];
  readonly #axis: TimeAxis;
  readonly #box = make("i", { class: "run-zoom", hidden: "" });
  readonly #say: (words: string) => void;
  readonly #fingers = new Map<number, number>();
  #width = 0;
  #left = 0;
  #pressed: { readonly x: number; readonly pointer: number; zooming: boolean } | null = null;
  #sayTimer = 0;

  constructor(state: RunState, say: (words: string) => void) {
    this.#state = state;
    this.#say = say;
    this.#charts = MEASURES.filter((measure) => hasValues(state, measure.column)).map(
      (measure) => new Chart(measure, state),
    );
    this.#axis = new TimeAxis(state);
    this.element = make(
      "div",
      {
        class: "run-plots",
        tabindex: "0",
        role: "group",
        "aria-label": "Charts over time. Arrow keys move the cursor, plus and minus zoom, 0 shows the whole run.",
      },
      ...this.#charts.map((chart) => chart.row),
      this.#axis.row,
      this.#box,
    );
    this.#listen();
    state.onFrame(["view"], () => this.#all((chart) => chart.refresh()));
    state.onFrame(["bouts", "selection", "highlight", "look"], () => this.#all((chart) => chart.redraw()));
    state.onFrame(["cursor", "view", "selection"], () => this.#all(followCursor));
  }

  /** `width` of the plots, and where they begin within the element. */
  resize(width: number, left: number): void {
    this.#width = width;
    this.#left = left;
    this.#all((chart) => {
      chart.resize(width);
      followCursor(chart);
    });
    this.#axis.resize(width);
  }

  cancelDrag(): boolean {
    const was = this.#pressed !== null;
    this.#pressed = null;
    this.#box.hidden = true;
    return was;
  }

  describe(time_s: number): string {
    const bout = this.#state.boutAt(time_s);
    const direction = bout === null ? "" : `, ${nameOf(bout.direction, bout.gait)}`;
    return [`${clock(time_s)}${direction}`, ...this.#charts.map((chart) => chart.spokenAt(time_s))].join("; ");
  }

  #all(act: (chart: Chart) => void): void {
    for (const chart of this.#charts) act(chart);
  }

  #xIn(clientX: number): number {
    return Math.min(Math.max(clientX - this.element.getBoundingClientRect().left - this.#left, 0), this.#width);
  }

  #timeAt(clientX: number): number {
    return timeOf(this.#state.view, this.#xIn(clientX), this.#width);
  }

  #listen(): void {
    const on = this.element;
    on.addEventListener("pointerdown", (event) => this.#down(event));
    on.addEventListener("pointermove", (event) => this.#move(event));
    on.addEventListener("pointerup", (event) => this.#up(event));
    on.addEventListener("pointercancel", (event) => {
      this.#fingers.delete(event.pointerId);
      this.cancelDrag();
    });
    on.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && this.#pressed === null) this.#state.setCursor(null);
    });
    on.addEventListener("dblclick", () => this.#state.setView(wholeView(this.#state.facts.duration_s)));
    on.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    on.addEventListener("keydown", (event) => this.#key(event));
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0 || (event.target as Element).closest("button") !== null) return;
    if (event.pointerType === "touch") {
      this.#fingers.set(event.pointerId, this.#xIn(event.clientX));
      this.#state.setCursor(this.#timeAt(event.clientX), true);
      return;
    }
    this.#pressed = { x: this.#xIn(event.clientX), pointer: event.pointerId, zooming: false };
  }

  #move(event: PointerEvent): void {
    if (this.#fingers.size === 2 && this.#fingers.has(event.pointerId)) this.#pinch(event);
    else this.#state.setCursor(this.#timeAt(event.clientX), event.pointerType === "touch");
    const pressed = this.#pressed;
    if (pressed === null) return;
    const x = this.#xIn(event.clientX);
    if (!pressed.zooming && Math.abs(x - pressed.x) >= DRAG_STARTS_PX) {
      pressed.zooming = true;
      this.element.setPointerCapture(pressed.pointer);
    }
    if (!pressed.zooming) return;
    this.#box.hidden = false;
    this.#box.style.left = `${this.#left + Math.min(x, pressed.x)}px`;
    this.#box.style.width = `${Math.abs(x - pressed.x)}px`;
  }

  #up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    const pressed = this.#pressed;
    this.cancelDrag();
    if (pressed === null) return;
    if (!pressed.zooming) {
      this.#state.setCursor(this.#timeAt(event.clientX), true);
      return;
    }
    const times = [timeOf(this.#state.view, pressed.x, this.#width), this.#timeAt(event.clientX)].sort((a, b) => a - b);
    const view = this.#state.view;
    const factor = (times[1]! - times[0]!) / (view.to_s - view.from_s);
    // Zooming around the moment that keeps both edges of the box where the window's edges will be.
    const middle = factor < 1 ? (times[0]! - factor * view.from_s) / (1 - factor) : times[0]!;
    this.#state.setView(zoomAround(view, middle, factor, this.#state.facts.duration_s));
    this.#say(
      `Showing ${clock(this.#state.view.from_s)} to ${clock(this.#state.view.to_s)}. Press 0 for the whole run.`,
    );
  }

  /** Two fingers: the times under them stay under them. */
  #pinch(event: PointerEvent): void {
    const [first, second] = [...this.#fingers.entries()];
    if (first === undefined || second === undefined) return;
    const still = first[0] === event.pointerId ? second : first;
    const moving = first[0] === event.pointerId ? first : second;
    const view = this.#state.view;
    const before = Math.abs(moving[1] - still[1]);
    const x = this.#xIn(event.clientX);
    const after = Math.abs(x - still[1]);
    this.#fingers.set(event.pointerId, x);
    if (before < 12 || after < 12) return;
    this.#state.setView(
      zoomAround(view, timeOf(view, still[1], this.#width), before / after, this.#state.facts.duration_s),
    );
  }

  #wheel(event: WheelEvent): void {
    const duration_s = this.#state.facts.duration_s;
    const view = this.#state.view;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      event.preventDefault();
      const turned = event.deltaY !== 0 ? event.deltaY : event.deltaX;
      const factor = Math.exp(Math.min(Math.max(turned, -120), 120) * (event.ctrlKey ? 0.006 : 0.003));
      this.#state.setView(zoomAround(view, this.#timeAt(event.clientX), factor, duration_s));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) && !isWhole(view, duration_s)) {
      event.preventDefault();
      this.#state.setView(panBy(view, (event.deltaX / this.#width) * (view.to_s - view.from_s), duration_s));
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.element) return;
    const { facts, view } = this.#state;
    const from_s = this.#state.cursor_s ?? view.from_s;
    const span = view.to_s - view.from_s;
    const step_s = Math.max(1, Math.round(span / 300)) * (event.shiftKey ? 10 : 1);
    if (event.key === "ArrowRight") this.#go(from_s + step_s);
    else if (event.key === "ArrowLeft") this.#go(from_s - step_s);
    else if (event.key === "Home") this.#go(0);
    else if (event.key === "End") this.#go(facts.duration_s);
    else if (event.key === "+" || event.key === "=")
      this.#state.setView(zoomAround(view, from_s, 0.6, facts.duration_s));
    else if (event.key === "-") this.#state.setView(zoomAround(view, from_s, 1 / 0.6, facts.duration_s));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #go(time_s: number): void {
    const at_s = Math.min(Math.max(time_s, 0), this.#state.facts.duration_s);
    this.#state.setCursor(at_s, true);
    this.#state.reveal(at_s);
    // Politely: only where the cursor comes to rest.
    clearTimeout(this.#sayTimer);
    this.#sayTimer = window.setTimeout(() => this.#say(this.describe(at_s)), 300);
  }
}

function followCursor(chart: Chart): void {
  chart.placeCursor();
  chart.readOut();
}

function hasValues(state: RunState, column: string): boolean {
  const values = state.facts.series.columns.get(column);
  return values?.some((value) => !Number.isNaN(value)) ?? false;
}
