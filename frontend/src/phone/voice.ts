// Cues for somebody who cannot look: a short sound that always works, words on top, a shake of the phone. Each can be
// switched off. Sounds differ by more than pitch: falling for backward, rising for forward, one beat a second to count.

import type { Direction, Step } from "./link";

export type Sound = "backward" | "forward" | "count" | "look" | "stop" | "done" | "wait";

export interface Switches {
  sound: boolean;
  words: boolean;
  shake: boolean;
}

/** Each sound as (Hz, seconds) one after the other; 0 Hz is silence. */
const SOUNDS: Readonly<Record<Sound, readonly (readonly [number, number])[]>> = {
  backward: [
    [880, 0.18],
    [0, 0.05],
    [587, 0.18],
    [0, 0.05],
    [392, 0.3],
  ],
  forward: [
    [392, 0.18],
    [0, 0.05],
    [587, 0.18],
    [0, 0.05],
    [880, 0.3],
  ],
  count: [[740, 0.09]],
  look: [
    [1175, 0.07],
    [0, 0.05],
    [1175, 0.07],
  ],
  stop: [
    [988, 0.25],
    [0, 0.08],
    [988, 0.25],
    [0, 0.08],
    [988, 0.5],
  ],
  done: [
    [523, 0.16],
    [659, 0.16],
    [784, 0.4],
  ],
  wait: [
    [392, 0.3],
    [0, 0.1],
    [392, 0.3],
  ],
};
const SHAKES: Readonly<Record<Sound, number | number[]>> = {
  backward: [300, 80, 300],
  forward: [500],
  count: 60,
  look: [60, 60, 60],
  stop: [400, 100, 400, 100, 400],
  done: [150, 80, 300],
  wait: [300, 150, 300],
};
const LOUDNESS = 0.5;
/** Sounds swell and fade in this time: a hard edge clicks. */
const EDGE_S = 0.008;

export class Voice {
  private context: AudioContext | null = null;
  private readonly clips = new Map<Sound, AudioBuffer>();

  constructor(readonly switches: Switches) {}

  /** Make the sounds. Has to be called from a tap: phones play nothing before one. */
  async wake(): Promise<void> {
    if (typeof AudioContext === "undefined") return;
    this.context ??= new AudioContext();
    if (this.context.state === "suspended") await this.context.resume().catch(() => undefined);
    for (const sound of Object.keys(SOUNDS) as Sound[]) {
      if (!this.clips.has(sound)) this.clips.set(sound, clip(this.context, sound));
    }
  }

  say(sound: Sound, words = ""): void {
    if (this.switches.sound) this.play(sound);
    if (this.switches.shake) navigator.vibrate?.(SHAKES[sound]);
    if (this.switches.words && words && "speechSynthesis" in window) {
      // What is being said is out of date when something new happens.
      speechSynthesis.cancel();
      const said = new SpeechSynthesisUtterance(words);
      said.lang = "en";
      speechSynthesis.speak(said);
    }
  }

  hush(): void {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    navigator.vibrate?.(0);
  }

  private play(sound: Sound): void {
    const buffer = this.clips.get(sound);
    if (!this.context || !buffer) return;
    if (this.context.state === "suspended") void this.context.resume();
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    source.start();
  }
}

function clip(context: AudioContext, sound: Sound): AudioBuffer {
  const rate = context.sampleRate;
  const parts = SOUNDS[sound].map(([hz, seconds]) => tone(hz, seconds, rate));
  const buffer = context.createBuffer(
    1,
    Math.max(
      1,
      parts.reduce((sum, part) => sum + part.length, 0),
    ),
    rate,
  );
  let at = 0;
  for (const part of parts) {
    buffer.copyToChannel(part, 0, at);
    at += part.length;
  }
  return buffer;
}

function tone(hz: number, seconds: number, rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(seconds * rate));
  for (let at = 0; at < samples.length; at += 1) {
    const edge = Math.min(1, at / rate / EDGE_S, (samples.length - at) / rate / EDGE_S);
    samples[at] = LOUDNESS * edge * Math.sin((2 * Math.PI * hz * at) / rate);
  }
  return samples;
}

/** The word that fills the screen. */
export function bigWord(step: Step): string {
  if (step.direction === "backward") return "BACK";
  if (step.direction === "sideways") return "SIDE";
  if (step.direction === "still") return "STAND";
  return step.gait === "run" ? "RUN" : "WALK";
}

/** How a step is said: what to do, for how long, and the cue of the plan. */
export function spoken(step: Step, before: Direction | null): string {
  const long = step.durationS === null ? `${step.distanceM} metres` : spokenTime(step.durationS);
  if (step.direction === "still") return `Stand, ${long}. ${step.cue ?? ""}`.trim();
  const how = step.gait === "run" ? "Run" : "Walk";
  const which = step.direction === "unknown" ? "" : ` ${step.direction}`;
  return `${turns(step.direction, before) ? "Turn. " : ""}${how}${which}, ${long}. ${step.cue ?? ""}`.trim();
}

/** What is said where it goes the other way than the step says. */
export function otherWay(step: Step): string {
  return `This was to be ${step.direction}.`;
}

/** Whether the body turns round between two steps: standing in between turns nobody. */
export function turns(direction: Direction, before: Direction | null): boolean {
  const known = (direction: Direction | null) => direction !== null && direction !== "unknown" && direction !== "still";
  return known(direction) && known(before) && direction !== before;
}

export function spokenTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - 60 * minutes);
  const words = [];
  if (minutes) words.push(minutes === 1 ? "1 minute" : `${minutes} minutes`);
  if (rest) words.push(rest === 1 ? "1 second" : `${rest} seconds`);
  return words.join(" ") || "0 seconds";
}
