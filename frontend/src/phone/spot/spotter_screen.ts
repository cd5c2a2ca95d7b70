// What the spotter sees: which way the runner goes, how long, what comes next; and a STOP that sounds there.

import { make } from "../../run/elements";
import { clock } from "../../run/format";
import { button } from "../run_screen";
import { Voice } from "../voice";
import { Alarm } from "./alarm";
import type { Event, Said, Shows } from "./beat";
import type { Link } from "./peer";

const CONFIRMED: Readonly<Record<Said, string>> = {
  stop: "You said STOP",
  behind: "You said: someone behind you",
  clear: "You said: clear",
};

export class SpotterScreen {
  readonly root: HTMLElement;
  private readonly word = make("p", { class: "word" }, "…");
  private readonly time = make("p", { class: "time" });
  private readonly seen = make("p", { class: "seen" });
  private readonly next = make("p", { class: "next" });
  private readonly said = make("p", { class: "look", role: "status", hidden: "" });
  private isOver = false;
  private readonly voice = new Voice({ sound: true, words: true, shake: true });
  private readonly alarm = new Alarm(this.voice, "Understood");

  constructor(
    private readonly link: Link,
    left: () => void,
  ) {
    const row = make(
      "div",
      { class: "row2" },
      button("Someone behind you", () => this.say("behind")),
      button("Clear", () => this.say("clear")),
    );
    const leave = button("Leave", () => {
      if (!confirm("Leave? The runner’s phone says that its spotter is lost.")) return;
      link.leave();
      left();
    });
    this.root = make(
      "main",
      { class: "go spotter" },
      make("h1", { class: "meta" }, "You see for them"),
      ...[this.word, this.time, this.seen, this.next, this.said],
      make("div", { class: "fill" }),
      button("STOP", () => this.say("stop"), "stop"),
      row,
      make(
        "div",
        { class: "row2" },
        leave,
        button("Sound on", () => void this.voice.wake()),
      ),
      this.alarm.root,
    );
    link.hears = (event) => this.hear(event);
    this.stayAwake();
    document.addEventListener("visibilitychange", () => this.stayAwake());
  }

  private stayAwake(): void {
    const isSeen = this.root.isConnected || document.visibilityState === "visible";
    if (isSeen) void navigator.wakeLock?.request("screen").catch(() => this.tell("Keep this screen on by hand."));
  }

  private say(said: Said): void {
    // A tap is also what lets this phone make sounds.
    void this.voice.wake();
    this.link.say(said);
    this.tell(CONFIRMED[said]);
  }

  private tell(words: string): void {
    this.said.textContent = words;
    this.said.hidden = !words;
  }

  private hear(event: Event): void {
    if (event.kind === "shows") this.draw(event.shows);
    else if (event.kind === "lost" && !this.isOver) this.alarm.lost("Shout it: the runner may not hear their phone.");
    else if (event.kind === "found") {
      this.alarm.end();
      this.tell("The phones have found each other again");
    }
  }

  private draw(shows: Shows): void {
    this.isOver = shows.ended;
    this.root.dataset.direction = shows.paused || shows.ended ? "paused" : shows.direction;
    this.word.textContent = shows.ended ? "OVER" : shows.paused ? "PAUSED" : shows.word;
    this.time.textContent = shows.ended ? "" : shows.leftS === null ? `${shows.distanceM} m` : clock(shows.leftS);
    this.seen.textContent = shows.ended ? "" : shows.way;
    this.next.textContent = shows.ended ? "The session is over." : shows.next;
  }
}
