// A grip at an edge of the selected stretch: 44 px for fingers, a slider for the keyboard. It lies outside the stretch,
// so that short stretches stay free to touch.

import type { Edge } from "./bouts";
import { make } from "./elements";
import { clock, spokenTime } from "./format";
import type { Labeller } from "./labeller";
import type { RunState } from "./state";
import { xOf } from "./window";

const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

export class Handle {
  readonly element: HTMLElement;
  readonly #edge: Edge;
  readonly #state: RunState;
  readonly #labeller: Labeller;
  #drag: { readonly from_s: number; readonly offset_s: number; to_s: number } | null = null;

  constructor(edge: Edge, state: RunState, labeller: Labeller, timeAt: (clientX: number) => number) {
    this.#edge = edge;
    this.#state = state;
    this.#labeller = labeller;
    this.element = make("div", {
      class: `run-handle run-handle-${edge}`,
      role: "slider",
      tabindex: "0",
      "aria-label": edge === "start" ? "Where the stretch starts" : "Where the stretch ends",
      "aria-valuemin": "0",
      "aria-valuemax": String(Math.round(state.facts.duration_s)),
    });
    this.#listen(timeAt);
  }

  get #at_s(): number | null {
    const stretch = this.#state.selection;
    if (stretch === null) return null;
    return this.#edge === "start" ? stretch.start_s : stretch.end_s;
  }

  place(width: number): void {
    const at_s = this.#at_s;
    const x = at_s === null ? -1 : xOf(this.#state.view, at_s, width);
    this.element.hidden = at_s === null || x < -1 || x > width + 1;
    if (at_s === null || this.element.hidden) return;
    this.element.style.transform = `translateX(${x.toFixed(1)}px)`;
    this.element.setAttribute("aria-valuenow", String(Math.round(at_s)));
    this.element.setAttribute("aria-valuetext", spokenTime(at_s));
    this.element.title = clock(at_s);
  }

  cancelDrag(): boolean {
    const drag = this.#drag;
    if (drag === null) return false;
    this.#drag = null;
    this.#labeller.previewEdge(this.#edge, drag.from_s, drag.from_s);
    this.#state.setPreview(null);
    return true;
  }

  #listen(timeAt: (clientX: number) => number): void {
    this.element.addEventListener("pointerdown", (event) => {
      const at_s = this.#at_s;
      if (event.button !== 0 || at_s === null) return;
      this.#labeller.settle();
      this.element.setPointerCapture(event.pointerId);
      this.#drag = { from_s: at_s, offset_s: at_s - timeAt(event.clientX), to_s: at_s };
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.#drag === null) return;
      const to_s = Math.round(timeAt(event.clientX) + this.#drag.offset_s);
      this.#drag.to_s = this.#labeller.previewEdge(this.#edge, this.#drag.from_s, to_s);
    });
    this.element.addEventListener("pointerup", () => {
      const drag = this.#drag;
      this.#drag = null;
      if (drag !== null) this.#labeller.commitEdge(drag.from_s, drag.to_s);
    });
    this.element.addEventListener("pointercancel", () => this.cancelDrag());
    this.element.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.#labeller.nudgeEdge(this.#edge, event.shiftKey ? step * 10 : step);
    });
  }
}
