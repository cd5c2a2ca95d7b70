// The same deeds as buttons, for fingers and for those who do not know the keys yet.

import { withOneStop } from "../page/one_stop";
import { type Direction, labelOf } from "./bouts";
import { make } from "./elements";
import { clock, nameOf } from "./format";
import type { Labeller } from "./labeller";
import type { RunState } from "./state";

const LABELS: readonly (readonly [Direction, string, string])[] = [
  ["forward", "Forward", "f"],
  ["backward", "Backward", "b"],
  ["unknown", "Unknown", "u"],
];

export class Toolbar {
  readonly element: HTMLElement;
  readonly #state: RunState;
  readonly #what = make("p", { class: "run-what" });
  readonly #buttons = new Map<Direction, HTMLButtonElement>();
  readonly #clear: HTMLButtonElement;

  constructor(state: RunState, labeller: Labeller, keys: HTMLElement) {
    this.#state = state;
    const labels = LABELS.map(([direction, words, key]) => {
      const button = action(words, key, () => labeller.label(direction));
      button.prepend(make("i", { class: `run-swatch run-swatch-${direction}`, "aria-hidden": "true" }));
      this.#buttons.set(direction, button);
      return button;
    });
    this.#clear = action("Clear", "Esc", () => labeller.clear());
    this.element = make(
      "div",
      { class: "run-tools", role: "toolbar", "aria-label": "Say which way you ran" },
      this.#what,
      make("div", { class: "run-actions" }, ...labels),
      make(
        "div",
        { class: "run-actions" },
        action("\u2039", "\u2190", () => labeller.step(-1), "Previous bout"),
        action("\u203a", "\u2192", () => labeller.step(1), "Next bout"),
        action("Undo", "z", () => labeller.undo(), "Undo your last stroke"),
        this.#clear,
        keys,
      ),
    );
    state.onFrame(["selection", "bouts"], () => this.draw());
    this.draw();
    withOneStop(this.element);
  }

  draw(): void {
    const stretch = this.#state.selection;
    const label = stretch === null ? null : labelOf(this.#state.shownBouts, stretch);
    for (const [direction, button] of this.#buttons) {
      button.disabled = stretch === null;
      button.setAttribute("aria-pressed", String(label?.direction === direction));
    }
    this.#clear.disabled = stretch === null;
    this.#what.replaceChildren(...this.#words());
  }

  #words(): (Node | string)[] {
    const stretch = this.#state.selection;
    if (stretch === null) return ["Which way did you run? Select a stretch, or drag along the ribbon."];
    const label = labelOf(this.#state.shownBouts, stretch);
    const name = label === null ? "several directions" : nameOf(label.direction, label.gait);
    const span = `${clock(stretch.start_s)}\u2009\u2013\u2009${clock(stretch.end_s)}`;
    return [make("b", {}, span), ` ${name}, ${clock(stretch.end_s - stretch.start_s)} long`];
  }
}

function action(words: string, key: string, act: () => void, name?: string): HTMLButtonElement {
  const button = make("button", { type: "button", class: "run-button" }, words);
  button.title = `${name ?? words} (${key})`;
  if (name !== undefined) button.setAttribute("aria-label", name);
  button.setAttribute("aria-keyshortcuts", SHORTCUTS[key] ?? key);
  button.addEventListener("click", act);
  return button;
}

const SHORTCUTS: Readonly<Record<string, string>> = { Esc: "Escape", "\u2190": "ArrowLeft", "\u2192": "ArrowRight" };
