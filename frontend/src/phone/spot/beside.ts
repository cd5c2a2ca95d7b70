// The spotter beside a session that goes on, on the runner's phone.

import type { Guide } from "../guide";
import { bigWord, Voice } from "../voice";
import { Alarm } from "./alarm";
import type { Event } from "./beat";
import type { Link } from "./peer";

export interface Reacts {
  /** Everything waits: nobody sees for the runner, or they said stop. */
  readonly halt: () => void;
  readonly tell: (words: string) => void;
  readonly note: (what: string) => void;
}

export class Beside {
  readonly alarm: Alarm;
  /** What the spotter says is heard whatever was switched off. */
  private readonly voice = new Voice({ sound: true, words: true, shake: true });

  constructor(
    private readonly link: Link,
    private readonly reacts: Reacts,
  ) {
    this.alarm = new Alarm(this.voice, "I have stopped");
  }

  /** Make the sounds; has to be called from a tap. */
  wake(): Promise<void> {
    return this.voice.wake();
  }

  /** The session begins: a spotter who was lost while the phone was put away is lost, and a stop that came is one. */
  begin(): void {
    this.link.hears = (event) => this.hear(event);
    if (!this.link.isOpen) this.hear({ kind: "lost" });
  }

  /** What the spotter sees from now on. */
  show(guide: Guide, next: string, way: string): void {
    const standing = guide.standing();
    this.link.shows = {
      direction: guide.step.direction,
      word: bigWord(guide.step),
      leftS: standing.leftS === null ? null : Math.ceil(standing.leftS),
      distanceM: guide.step.distanceM,
      next,
      way,
      paused: standing.paused !== null,
      ended: standing.ended,
    };
  }

  /** The session is over: the spotter sees it, and is then let go. */
  end(): void {
    this.alarm.end();
    this.link.hears = () => undefined;
    setTimeout(() => this.link.leave(), LAST_WORDS_MS);
  }

  private hear(event: Event): void {
    if (event.kind === "lost") this.halt("lost", "Your spotter was lost");
    else if (event.kind === "found") {
      this.reacts.note("found");
      this.alarm.end();
      this.reacts.tell("Your spotter is there again. Go on when you stand ready.");
    } else if (event.kind === "said" && event.said === "stop") this.halt("stop", "Your spotter said stop");
    else if (event.kind === "said") {
      const words = event.said === "behind" ? "Someone behind you" : "Clear";
      this.reacts.note(event.said);
      this.reacts.tell(words);
      this.voice.say(event.said === "behind" ? "wait" : "look", words);
    }
  }

  private halt(what: "lost" | "stop", words: string): void {
    this.reacts.note(what);
    this.reacts.halt();
    this.reacts.tell(words);
    this.alarm[what]();
  }
}

/** Some beats, so that the spotter sees how it ended. */
const LAST_WORDS_MS = 1500;
