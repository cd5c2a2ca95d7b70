// Cues from the laptop's own speaker: a page that goes on by itself says what is new, with the sounds of the phone.

import { type Sound, Voice } from "../phone/voice";

/** What is to be heard, as a part of a page says it. */
export interface Cue {
  readonly key: string;
  readonly sound: string;
  readonly words: string;
  readonly count: number;
}

/** Say what of a cue is new after another: its sound and words, a second that is counted, or nothing. Pure. */
export function heard(before: Cue | null, now: Cue): { sound: string; words: string } | null {
  if (before !== null && before.key !== now.key && now.sound !== "") return { sound: now.sound, words: now.words };
  if (now.count > 0 && now.count !== before?.count) return { sound: "count", words: "" };
  return null;
}

export function linkCues(): void {
  const place = document.querySelector<HTMLElement>("[data-cues]");
  const button = place?.querySelector<HTMLButtonElement>("[data-cues-on]");
  if (!place || !button) return;
  const voice = new Voice({ sound: true, words: true, shake: false });
  let on = false;
  let last: Cue | null = null;

  const read = (): Cue | null => {
    const found = place.querySelector<HTMLElement>("[data-cue]");
    if (!found) return null;
    const { cue = "", sound = "", count = "0" } = found.dataset;
    return { key: cue, sound, words: found.textContent.trim(), count: Number(count) };
  };
  const follow = (): void => {
    const now = read();
    const said = now === null || !on ? null : heard(last, now);
    last = now;
    if (said !== null) voice.say(said.sound as Sound, said.words);
    place.dataset.heard = said === null ? (place.dataset.heard ?? "") : said.sound;
  };
  // A browser plays nothing before a tap.
  button.addEventListener("click", async () => {
    on = !on;
    button.setAttribute("aria-pressed", String(on));
    if (!on) {
      voice.hush();
      return;
    }
    await voice.wake();
    const now = read();
    if (now?.sound) voice.say(now.sound as Sound, now.words);
  });
  button.hidden = false;
  last = read();
  place.addEventListener("htmx:afterSwap", follow);
}
