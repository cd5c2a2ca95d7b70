// The strip of times under the charts.

import { freshCanvas, make } from "./elements";
import { clock } from "./format";
import { palette } from "./palette";
import type { RunState } from "./state";
import { isWhole, timeTicks, wholeView, xOf } from "./window";

const HEIGHT = 22;

export class TimeAxis {
  readonly row: HTMLElement;
  readonly #canvas = make("canvas", { "aria-hidden": "true", class: "run-axis" });
  readonly #whole = make("button", { type: "button", class: "run-whole", hidden: "" }, "Whole run");
  readonly #state: RunState;
  #width = 0;

  constructor(state: RunState) {
    this.#state = state;
    this.row = make(
      "div",
      { class: "run-row run-axis-row" },
      make("div", { class: "run-label" }, this.#whole),
      this.#canvas,
    );
    this.#whole.addEventListener("click", () => state.setView(wholeView(state.facts.duration_s)));
    state.onFrame(["view", "look"], () => this.draw());
  }

  resize(width: number): void {
    this.#width = width;
    this.draw();
  }

  draw(): void {
    this.#whole.hidden = isWhole(this.#state.view, this.#state.facts.duration_s);
    const context = freshCanvas(this.#canvas, this.#width, HEIGHT);
    if (context === null || this.#width === 0) return;
    const colours = palette();
    context.font = `450 11px ${colours.font}`;
    context.textBaseline = "middle";
    for (const tick of timeTicks(this.#state.view, this.#width, 76)) {
      const x = xOf(this.#state.view, tick, this.#width);
      context.fillStyle = colours.line;
      context.fillRect(Math.min(Math.round(x), this.#width - 1), 0, 1, 5);
      context.fillStyle = colours.soft;
      context.textAlign = x < 16 ? "left" : x > this.#width - 18 ? "right" : "center";
      context.fillText(clock(tick), Math.min(Math.max(x, 0), this.#width), 14);
    }
  }
}
