// Over everything: stop, now. It sounds until somebody says that they heard it.

import { make } from "../../run/elements";
import { button } from "../run_screen";
import type { Voice } from "../voice";

const AGAIN_MS = 2500;

export class Alarm {
  readonly root: HTMLElement;
  private readonly word = make("p", { class: "word" });
  private readonly sub = make("p", { class: "sub" });
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly voice: Voice,
    heard: string,
  ) {
    const stopped = button(heard, () => this.end());
    this.root = make("div", { class: "alarm", role: "alert", hidden: "" }, this.word, this.sub, stopped);
  }

  /** The spotter said stop. */
  stop(): void {
    this.sound("STOP", "Your spotter says stop. Stand, and turn round.", "Stop. Stop.");
  }

  /** The other phone is not heard any more: both phones say the same. */
  lost(more = ""): void {
    this.sound("SPOTTER LOST", `Stop and turn round. ${more}`.trim(), "Spotter lost: stop and turn round.");
  }

  end(): void {
    clearInterval(this.timer);
    this.root.hidden = true;
  }

  private sound(word: string, sub: string, spoken: string): void {
    clearInterval(this.timer);
    this.word.textContent = word;
    this.sub.textContent = sub;
    this.root.hidden = false;
    this.voice.say("stop", spoken);
    this.timer = setInterval(() => this.voice.say("stop", spoken), AGAIN_MS);
  }
}
