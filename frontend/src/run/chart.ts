// One chart of one measure against time, drawn by uPlot; tints behind backward, hatching behind unknown.

import uPlot from "uplot";
import { make } from "./elements";
import { DASH, type Measure } from "./format";
import { palette } from "./palette";
import { hatch } from "./patterns";
import { meanIn, pointsIn, rangeOf, valueAt } from "./series";
import type { RunState } from "./state";
import { ribbonPieces, valueTicks, xOf } from "./window";

const POINTS_PER_PIXEL = 0.75;

export class Chart {
  readonly row: HTMLElement;
  readonly measure: Measure;
  readonly #state: RunState;
  readonly #value = make("span");
  readonly #unit = make("i");
  readonly #kind = make("small");
  readonly #cursor = make("i", { class: "run-cursor", hidden: "" });
  readonly #dot = make("i", { class: "run-dot", hidden: "" });
  readonly #plot = make("div", { class: "run-plot" });
  #uplot: uPlot | null = null;
  #range: [number, number] = [0, 1];
  #width = 0;
  #height = 0;

  constructor(measure: Measure, state: RunState) {
    this.measure = measure;
    this.#state = state;
    const label = make(
      "div",
      { class: "run-label" },
      make("b", {}, measure.label, this.#kind),
      this.#value,
      this.#unit,
    );
    this.#plot.append(this.#cursor, this.#dot);
    this.row = make("div", { class: "run-row" }, label, this.#plot);
  }

  resize(width: number): void {
    const height = this.#plot.clientHeight;
    if (width <= 0 || height <= 0 || (width === this.#width && height === this.#height)) return;
    this.#width = width;
    this.#height = height;
    if (this.#uplot === null) this.#create();
    else this.#uplot.setSize({ width, height });
    this.refresh();
  }

  /** Take the points of the window anew and draw them. */
  refresh(): void {
    if (this.#uplot === null) return;
    const { from_s, to_s } = this.#state.view;
    const most = Math.max(Math.round(this.#width * POINTS_PER_PIXEL), 60);
    const { series, units } = this.#state.facts;
    const points = pointsIn(series, this.measure.column, from_s, to_s, most);
    const shown = points.y.map((value) => {
      const reading = value === null ? NaN : this.measure.shown(value, units);
      return Number.isFinite(reading) ? reading : null;
    });
    this.#range = rangeOf(shown, this.measure.least(units));
    const [min, max] = this.#range;
    const plot = this.#uplot;
    plot.batch(() => {
      plot.setData([points.x, shown] as uPlot.AlignedData, false);
      plot.setScale("x", { min: from_s, max: to_s });
      plot.setScale("y", { min, max });
    });
  }

  redraw(): void {
    this.#uplot?.redraw(false, false);
  }

  #create(): void {
    const { from_s, to_s } = this.#state.view;
    const options: uPlot.Options = {
      width: this.#width,
      height: this.#height,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: false, auto: false, min: from_s, max: to_s },
        y: { auto: false, min: 0, max: 1, dir: this.measure.inverted ? -1 : 1 },
      },
      series: [{}, this.#line()],
      hooks: { drawClear: [(plot) => this.#underlay(plot)], draw: [(plot) => this.#ticks(plot)] },
    };
    this.#uplot = new uPlot(options, [[], []], this.#plot);
  }

  #line(): uPlot.Series {
    return {
      stroke: () => palette().ink,
      width: 1.5,
      spanGaps: false,
      points: { show: false },
      ...(this.measure.filled
        ? { fill: () => `color-mix(in srgb, ${palette().soft} 14%, transparent)`, fillTo: () => this.#range[0] }
        : {}),
    };
  }

  /** Context in CSS pixels with the origin at the plot's corner. */
  #inCssPixels(plot: uPlot, draw: (context: CanvasRenderingContext2D) => void): void {
    const context = plot.ctx;
    context.save();
    context.setTransform(uPlot.pxRatio, 0, 0, uPlot.pxRatio, plot.bbox.left, plot.bbox.top);
    draw(context);
    context.restore();
  }

  #underlay(plot: uPlot): void {
    this.#inCssPixels(plot, (context) => {
      const colours = palette();
      const height = this.#height;
      for (const piece of ribbonPieces(this.#state.shownStretches, this.#state.view, this.#width)) {
        const box = { x: piece.x, y: 0, width: piece.width, height };
        if (piece.direction === "backward") {
          context.fillStyle = colours.backwardTint;
          context.fillRect(box.x, 0, box.width, height);
        } else if (piece.direction === "unknown") {
          context.save();
          context.beginPath();
          context.rect(box.x, 0, box.width, height);
          context.clip();
          hatch(context, box, colours.line, 9, 1.2);
          context.restore();
        }
      }
      this.#marked(context);
      this.#gridLines(context);
    });
  }

  /** Thin lines at the edges of what is selected or pointed at. */
  #marked(context: CanvasRenderingContext2D): void {
    const colours = palette();
    for (const stretch of [this.#state.highlight, this.#state.selection]) {
      if (stretch === null) continue;
      const from = xOf(this.#state.view, stretch.start_s, this.#width);
      const to = xOf(this.#state.view, stretch.end_s, this.#width);
      context.globalAlpha = 0.05;
      context.fillStyle = colours.ink;
      context.fillRect(from, 0, to - from, this.#height);
      context.globalAlpha = 0.45;
      context.fillRect(Math.round(from), 0, 1, this.#height);
      context.fillRect(Math.round(to) - 1, 0, 1, this.#height);
      context.globalAlpha = 1;
    }
  }

  #tickValues(): number[] {
    const [low, high] = this.#range;
    return valueTicks(low, high, this.measure.inverted === true);
  }

  #yOf(shown: number): number {
    const [low, high] = this.#range;
    const share = (shown - low) / (high - low);
    return (this.measure.inverted ? share : 1 - share) * this.#height;
  }

  #gridLines(context: CanvasRenderingContext2D): void {
    const colours = palette();
    for (const tick of this.#tickValues()) {
      const strong = this.measure.zeroLine === true && Math.abs(tick) < 1e-9;
      context.fillStyle = strong ? colours.unknown : colours.line;
      context.fillRect(0, Math.round(this.#yOf(tick)), this.#width, 1);
    }
  }

  #ticks(plot: uPlot): void {
    this.#inCssPixels(plot, (context) => {
      const colours = palette();
      context.font = `450 10.5px ${colours.font}`;
      context.textAlign = "right";
      context.textBaseline = "middle";
      context.lineWidth = 4;
      context.lineJoin = "round";
      context.strokeStyle = colours.card;
      context.fillStyle = colours.soft;
      for (const tick of this.#tickValues()) {
        const y = this.#yOf(tick);
        if (y < 8 || y > this.#height - 7) continue;
        const text = this.measure.text(tick);
        context.strokeText(text, this.#width - 3, y);
        context.fillText(text, this.#width - 3, y);
      }
    });
  }

  placeCursor(): void {
    const cursor_s = this.#state.cursor_s;
    const x = cursor_s === null ? -1 : xOf(this.#state.view, cursor_s, this.#width);
    const inside = x >= 0 && x <= this.#width;
    this.#cursor.hidden = !inside;
    const value = cursor_s === null ? NaN : this.#shownAt(cursor_s);
    const y = this.#yOf(value);
    this.#dot.hidden = !inside || !(y >= 0 && y <= this.#height);
    if (!inside) return;
    this.#cursor.style.transform = `translateX(${x.toFixed(1)}px)`;
    if (!this.#dot.hidden) this.#dot.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }

  #shownAt(time_s: number): number {
    return this.measure.shown(valueAt(this.#state.facts.series, this.measure.column, time_s), this.#state.facts.units);
  }

  /** The value at the cursor; without a cursor the mean of what is selected or on screen. */
  readOut(): void {
    const { units, series } = this.#state.facts;
    const cursor_s = this.#state.cursor_s;
    const stretch = this.#state.selection ?? { start_s: this.#state.view.from_s, end_s: this.#state.view.to_s };
    // Who stands has no pace: the mean is that of moving.
    const still =
      this.measure.column === "speed_mps" ? this.#state.bouts.filter((bout) => bout.direction === "still") : [];
    const shown =
      cursor_s === null
        ? this.measure.shown(meanIn(series, this.measure.column, stretch.start_s, stretch.end_s, still), units)
        : this.#shownAt(cursor_s);
    this.#value.textContent = Number.isFinite(shown) ? this.measure.text(shown) : DASH;
    this.#unit.textContent = this.measure.unit(units);
    this.#kind.textContent = cursor_s === null ? " mean" : "";
  }

  /** The value at a moment in words. */
  spokenAt(time_s: number): string {
    const shown = this.#shownAt(time_s);
    if (!Number.isFinite(shown)) return `${this.measure.label} not known`;
    return `${this.measure.label} ${this.measure.text(shown)} ${this.measure.spokenUnit(this.#state.facts.units)}`;
  }
}
