// The direction ribbon: who ran which way when, and the place to paint. Click selects a bout, a drag selects a stretch,
// a drag on a border or handle moves it.

import { borders, boutIndexAt, type Edge, nearestBorder, SAME_S } from "./bouts";
import { freshCanvas, make } from "./elements";
import { clock } from "./format";
import { Handle } from "./handle";
import type { Labeller } from "./labeller";
import { palette } from "./palette";
import { fillPiece } from "./patterns";
import type { RunState } from "./state";
import { orderedStretch, ribbonPieces, snap, timeOf, xOf } from "./window";

const NEAR_BORDER_PX = 7;
const SNAP_PX = 6;
const DRAG_STARTS_PX = 4;

type Drag =
  | { readonly kind: "pending"; readonly x: number; readonly at_s: number }
  | { readonly kind: "range"; readonly at_s: number }
  | { readonly kind: "border"; readonly from_s: number; to_s: number; readonly edge: Edge | null };

export class Ribbon {
  readonly element: HTMLElement;
  readonly #canvas = make("canvas", { "aria-hidden": "true" });
  readonly #bubble = make("output", { class: "run-bubble", hidden: "" });
  readonly #cursor = make("i", { class: "run-cursor", hidden: "" });
  readonly #handles: readonly Handle[];
  readonly #state: RunState;
  readonly #labeller: Labeller;
  #width = 0;
  #drag: Drag | null = null;

  constructor(state: RunState, labeller: Labeller) {
    this.#state = state;
    this.#labeller = labeller;
    const place = (clientX: number) => this.#timeAt(clientX);
    this.#handles = [new Handle("start", state, labeller, place), new Handle("end", state, labeller, place)];
    this.element = make(
      "div",
      {
        class: "run-ribbon",
        tabindex: "0",
        role: "group",
        "data-ribbon": "",
        "aria-label":
          "Direction over time. Left and right arrow select the previous or next bout; f, b and u name it; " +
          "square brackets move its border; z takes back.",
      },
      this.#canvas,
      this.#cursor,
      ...this.#handles.map((handle) => handle.element),
      this.#bubble,
    );
    this.#listen();
    state.onFrame(["bouts", "selection", "highlight", "view", "look"], () => this.draw());
    state.onFrame(["cursor", "view"], () => this.#placeCursor());
  }

  resize(width: number): void {
    this.#width = width;
    this.draw();
    this.#placeCursor();
  }

  draw(): void {
    const height = this.#canvas.clientHeight || 22;
    const context = freshCanvas(this.#canvas, this.#width, height);
    if (context === null || this.#width === 0) return;
    const colours = palette();
    for (const piece of ribbonPieces(this.#state.shownStretches, this.#state.view, this.#width)) {
      fillPiece(context, piece.direction, { x: piece.x, y: 0, width: piece.width, height }, colours, piece.said);
      context.fillStyle = colours.card;
      if (piece.x > 0) context.fillRect(Math.round(piece.x) - 0.5, 0, 1, height);
    }
    this.#outline(context, height);
    for (const handle of this.#handles) handle.place(this.#width);
    this.element.classList.toggle("has-selection", this.#state.selection !== null);
  }

  #outline(context: CanvasRenderingContext2D, height: number): void {
    const colours = palette();
    const marks = [
      [this.#state.highlight, 1.5],
      [this.#state.selection, 3],
    ] as const;
    for (const [stretch, weight] of marks) {
      if (stretch === null) continue;
      const from = Math.max(xOf(this.#state.view, stretch.start_s, this.#width), 0);
      const to = Math.min(xOf(this.#state.view, stretch.end_s, this.#width), this.#width);
      if (to <= from) continue;
      context.lineWidth = weight;
      context.strokeStyle = colours.ink;
      context.strokeRect(from + weight / 2, weight / 2, Math.max(to - from - weight, 1), height - weight);
    }
  }

  #placeCursor(): void {
    const cursor_s = this.#state.cursor_s;
    const x = cursor_s === null ? -1 : xOf(this.#state.view, cursor_s, this.#width);
    this.#cursor.hidden = x < 0 || x > this.#width;
    this.#cursor.style.transform = `translateX(${x.toFixed(1)}px)`;
  }

  #timeAt(clientX: number): number {
    return timeOf(this.#state.view, clientX - this.#canvas.getBoundingClientRect().left, this.#width);
  }

  #seconds(pixels: number): number {
    return (pixels / Math.max(this.#width, 1)) * (this.#state.view.to_s - this.#state.view.from_s);
  }

  #borderUnder(event: PointerEvent): number | null {
    if (event.pointerType === "touch") return null;
    return nearestBorder(this.#state.stretches, this.#timeAt(event.clientX), this.#seconds(NEAR_BORDER_PX));
  }

  #listen(): void {
    this.#canvas.addEventListener("pointerdown", (event) => this.#down(event));
    this.#canvas.addEventListener("pointermove", (event) => this.#move(event));
    this.#canvas.addEventListener("pointerup", (event) => this.#up(event));
    this.#canvas.addEventListener("pointercancel", () => this.cancelDrag());
    this.#canvas.addEventListener("pointerleave", () => {
      if (this.#drag === null) this.#state.setCursor(null);
    });
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#labeller.settle();
    const at_s = this.#timeAt(event.clientX);
    const border_s = this.#borderUnder(event);
    this.#canvas.setPointerCapture(event.pointerId);
    this.#drag =
      border_s === null
        ? { kind: "pending", x: event.clientX, at_s }
        : { kind: "border", from_s: border_s, to_s: border_s, edge: this.#edgeAt(border_s) };
  }

  #edgeAt(border_s: number): Edge | null {
    const stretch = this.#state.selection;
    if (stretch === null) return null;
    if (Math.abs(stretch.start_s - border_s) <= SAME_S) return "start";
    return Math.abs(stretch.end_s - border_s) <= SAME_S ? "end" : null;
  }

  #move(event: PointerEvent): void {
    const at_s = this.#timeAt(event.clientX);
    const drag = this.#drag;
    if (drag === null) {
      this.#canvas.style.cursor = this.#borderUnder(event) === null ? "pointer" : "ew-resize";
      this.#state.setCursor(at_s);
      return;
    }
    if (drag.kind === "pending" && Math.abs(event.clientX - drag.x) >= DRAG_STARTS_PX) {
      this.#drag = { kind: "range", at_s: this.#snapped(drag.at_s) };
    } else if (drag.kind === "range") this.#range(drag.at_s, at_s, event.clientX);
    else if (drag.kind === "border") this.#moveBorder(drag, Math.round(at_s), event.clientX);
  }

  #range(from_s: number, to_s: number, clientX: number): void {
    const end_s = this.#snapped(Math.min(Math.max(to_s, 0), this.#state.facts.duration_s));
    if (Math.abs(end_s - from_s) < SAME_S) return;
    const stretch = orderedStretch(from_s, end_s);
    this.#state.select(stretch);
    this.#state.setCursor(end_s);
    this.#tellAt(clientX, `${clock(stretch.start_s)} to ${clock(stretch.end_s)}`);
  }

  #snapped(time_s: number): number {
    const stops = [0, ...borders(this.#state.stretches), this.#state.facts.duration_s];
    const snapped = snap(time_s, stops, this.#seconds(SNAP_PX));
    return snapped === time_s ? Math.round(time_s) : snapped;
  }

  #moveBorder(drag: Extract<Drag, { kind: "border" }>, to_s: number, clientX: number): void {
    drag.to_s =
      drag.edge === null
        ? this.#labeller.previewBorder(drag.from_s, to_s)
        : this.#labeller.previewEdge(drag.edge, drag.from_s, to_s);
    this.#tellAt(clientX, clock(drag.to_s));
  }

  #tellAt(clientX: number, words: string): void {
    const x = clientX - this.#canvas.getBoundingClientRect().left;
    this.#bubble.hidden = false;
    this.#bubble.textContent = words;
    const middle = Math.min(Math.max(x, 40), this.#width - 40);
    this.#bubble.style.transform = `translateX(${middle.toFixed(0)}px) translateX(-50%)`;
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    this.#drag = null;
    this.#bubble.hidden = true;
    if (drag === null) return;
    if (drag.kind === "border") this.#labeller.commitEdge(drag.from_s, drag.to_s);
    else if (drag.kind === "range") this.#labeller.select(this.#state.selection);
    else this.#click(event);
  }

  #click(event: PointerEvent): void {
    const at_s = this.#timeAt(event.clientX);
    const bout = this.#state.stretches[boutIndexAt(this.#state.stretches, at_s)];
    if (bout === undefined) return;
    this.#state.setCursor(at_s, true);
    this.#labeller.select({ start_s: bout.start_s, end_s: bout.end_s });
  }

  /** Let go without keeping. Returns whether something was held. */
  cancelDrag(): boolean {
    const drag = this.#drag;
    if (drag === null) return this.#handles.some((handle) => handle.cancelDrag());
    this.#drag = null;
    this.#bubble.hidden = true;
    this.#state.setPreview(null);
    if (drag.kind === "border" && drag.edge !== null) this.#labeller.previewEdge(drag.edge, drag.from_s, drag.from_s);
    if (drag.kind === "range") this.#state.select(null);
    return true;
  }
}
