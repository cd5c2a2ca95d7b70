// Keep what the runner paints: show it at once, send it, take it back where it could not be kept. One request at a
// time.

import type { Say } from "../page/tell";
import { applyStroke, type Bout, type Stroke } from "./bouts";
import { type Fragments, swapFragments } from "./fragments";
import type { RunState } from "./state";

interface Answer extends Fragments {
  readonly bouts: Bout[];
}

export interface PainterPlaces {
  readonly root: HTMLElement;
  readonly paintUrl: string;
  readonly undoUrl: string;
  readonly csrf: string;
  readonly quiet: Say;
  readonly aloud: Say;
}

const LOST = "That could not be kept, so the run is as it was before.";

export class Painter {
  readonly #state: RunState;
  readonly #places: PainterPlaces;
  #kept: readonly Bout[];
  #waiting: (() => Promise<void>)[] = [];
  #busy = false;

  constructor(state: RunState, places: PainterPlaces) {
    this.#state = state;
    this.#places = places;
    this.#kept = state.bouts;
  }

  paint(stroke: Stroke, said: string): void {
    this.#state.setBouts(applyStroke(this.#state.bouts, stroke));
    this.#places.quiet(said);
    const form = new URLSearchParams({
      start_s: String(stroke.start_s),
      end_s: String(stroke.end_s),
      direction: stroke.direction,
      gait: stroke.gait ?? "",
    });
    this.#enqueue(() => this.#send(this.#places.paintUrl, form));
  }

  undo(): void {
    this.#enqueue(async () => {
      await this.#send(this.#places.undoUrl, new URLSearchParams());
      this.#places.quiet("Took back your last stroke.");
    });
  }

  #enqueue(job: () => Promise<void>): void {
    this.#waiting.push(job);
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#places.root.setAttribute("aria-busy", "true");
    try {
      for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) await job();
    } catch (problem) {
      this.#rollBack(problem);
    } finally {
      this.#busy = false;
      this.#places.root.removeAttribute("aria-busy");
    }
  }

  /** Strokes that waited behind a failed one were laid over it: they go too. */
  #rollBack(problem: unknown): void {
    this.#waiting = [];
    this.#state.setBouts(this.#kept);
    this.#places.aloud(problem instanceof Refusal ? `${problem.message} ${LOST}` : LOST);
  }

  async #send(url: string, form: URLSearchParams): Promise<void> {
    const reply = await fetch(url, {
      method: "POST",
      body: form,
      headers: { "X-CSRF-Token": this.#places.csrf, Accept: "application/json" },
      credentials: "same-origin",
    });
    if (!reply.ok) throw new Refusal(await reasonOf(reply));
    const answer = (await reply.json()) as Answer;
    this.#kept = answer.bouts;
    swapFragments(this.#places.root, answer);
    // With more strokes on their way the answer is older than what is shown.
    if (this.#waiting.length === 0) this.#state.setBouts(answer.bouts);
  }
}

class Refusal extends Error {}

async function reasonOf(reply: Response): Promise<string> {
  try {
    const said = (await reply.json()) as { message?: unknown; detail?: unknown };
    const reason = said.message ?? said.detail;
    return typeof reason === "string" ? reason : "";
  } catch {
    return "";
  }
}
