// Colours as the style sheet states them now; canvases and the map cannot read CSS variables themselves.

import type { Direction } from "./bouts";

export interface Palette {
  readonly paper: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly land: string;
  readonly park: string;
  readonly grass: string;
  readonly wood: string;
  readonly water: string;
  readonly building: string;
  readonly street: string;
  readonly edge: string;
  readonly forward: string;
  readonly backward: string;
  readonly unknown: string;
  readonly backwardTint: string;
  /** Drawn on top of forward and backward. */
  readonly onColour: string;
  readonly font: string;
}

/** Each colour: the variable, and what stands in where the style sheet does not state it. */
const VARIABLES = {
  paper: ["--paper", "#FAF8F4"],
  card: ["--card", "#FFFFFF"],
  ink: ["--ink", "#1C2127"],
  soft: ["--soft", "#5B6470"],
  line: ["--line", "#E6E1D8"],
  land: ["--land", "#F1EEE6"],
  park: ["--ground-park", "#E7EADB"],
  grass: ["--ground-grass", "#D9E4C6"],
  wood: ["--ground-wood", "#CFDCBF"],
  water: ["--ground-water", "#CDDFE6"],
  building: ["--ground-building", "#E2DCD0"],
  street: ["--ground-street", "#FDFCF9"],
  edge: ["--ground-edge", "#A39B8A"],
  forward: ["--fwd", "#0F6CB0"],
  backward: ["--bwd", "#C8500A"],
  unknown: ["--unk", "#7B818A"],
  backwardTint: ["--bwdtint", "#FBEDE2"],
  onColour: ["--on-direction", "#FFFFFF"],
} as const;

let held: Palette | null = null;

export function palette(): Palette {
  held ??= read();
  return held;
}

function read(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, [variable, otherwise]]) => [
      name,
      style.getPropertyValue(variable).trim() || otherwise,
    ]),
  ) as Record<keyof typeof VARIABLES, string>;
  return { ...colours, font: getComputedStyle(document.body).fontFamily || "sans-serif" };
}

/** Tell when light turns dark or back, by the switch or by the system. */
export function watchPalette(changed: () => void): void {
  const again = () => {
    held = null;
    changed();
  };
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme", "class"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  matchMedia("(prefers-contrast: more)").addEventListener("change", again);
}

export function colourOf(direction: Direction, colours: Palette): string {
  if (direction === "forward") return colours.forward;
  if (direction === "backward") return colours.backward;
  return colours.unknown;
}
