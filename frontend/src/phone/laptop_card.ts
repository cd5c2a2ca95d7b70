// The first screen's card about the laptop: pair it, or how it stands.

import { make } from "../run/elements";
import type { Seen } from "./bring_home";
import { ownName, type Paired } from "./laptop";
import { button } from "./run_screen";

export interface LaptopDoors {
  readonly pair: (code: string, name: string) => void;
  readonly unpair: () => void;
}

/** What stands between this phone and its laptop; null where the app lies elsewhere. */
export interface LaptopState {
  readonly paired: Paired | null;
  readonly seen: Seen | null;
}

export function laptopCard(state: LaptopState, doors: LaptopDoors): HTMLElement {
  return state.paired ? pairedCard(state.paired, state.seen, doors) : pairCard(doors);
}

function pairedCard(paired: Paired, seen: Seen | null, doors: LaptopDoors): HTMLElement {
  const stands =
    seen === null
      ? "Looking for it."
      : seen.isHere
        ? "It is here."
        : "It is not in reach: sessions can be run all the same, and what you record waits on this phone.";
  return make(
    "section",
    { class: "card", id: "laptop" },
    make("h2", {}, "Your laptop"),
    make("p", { role: "status" }, `${stands} This phone is called “${paired.name}” there.`),
    ...(seen?.words ?? []).filter((words) => words).map((words) => make("p", { class: "small" }, words)),
    button("Unpair", doors.unpair, "plain"),
  );
}

function pairCard(doors: LaptopDoors): HTMLElement {
  const code = make("input", { id: "code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "12" });
  const name = make("input", { id: "called", autocomplete: "off", maxlength: "40" });
  name.value = ownName(navigator.userAgent);
  return make(
    "section",
    { class: "card", id: "laptop" },
    make("h2", {}, "Pair with your laptop"),
    make("p", {}, "On the laptop: Today, “Run it with the phone”, “Pair a phone”. Type its eight digits here."),
    make("p", { class: "field" }, make("label", { for: "code" }, "Code"), code),
    make("p", { class: "field" }, make("label", { for: "called" }, "This phone is called"), name),
    button("Pair", () => doors.pair(code.value, name.value), "start"),
  );
}
