// The page of one run: charts and painting at once, the map when the rest is ready.

import { csrfToken } from "./page/csrf";
import { type Say, tell } from "./page/tell";
import { Charts } from "./run/charts";
import { fetchRun, type RunData } from "./run/data";
import { make } from "./run/elements";
import { unitsOf } from "./run/format";
import { linkForms } from "./run/forms";
import { keySwitch, listenToKeys } from "./run/keys";
import { Labeller } from "./run/labeller";
import { lapSteps, readLaps } from "./run/lap_steps";
import { numberTable } from "./run/number_table";
import { Painter } from "./run/painter";
import { watchPalette } from "./run/palette";
import { Ribbon } from "./run/ribbon";
import { RunState } from "./run/state";
import { linkTables } from "./run/tables";
import { Toolbar } from "./run/toolbar";

const root = document.querySelector<HTMLElement>("[data-run]");
if (root !== null) void start(root);

async function start(root: HTMLElement): Promise<void> {
  const say = voices(root);
  let data: RunData;
  try {
    data = await fetchRun(attribute(root, "dataUrl"));
  } catch (problem) {
    // What the server drew stays in place, and is shown after all; the charts are an addition.
    root.dataset.drawn = "yes";
    say.aloud(problem instanceof Error ? problem.message : "The charts of this run did not come.");
    return;
  }
  if (data.bouts.length === 0) {
    root.dataset.drawn = "yes";
    return;
  }
  const units = unitsOf(root.dataset.units);
  const state = new RunState(
    { series: data.series, track: data.track, units, duration_s: data.series.duration_s },
    data.bouts,
  );
  const labeller = assemble(root, state, say);
  afterPaint(() => {
    performance.mark("backward:interactive");
    document.documentElement.dataset.interactive = "yes";
    whenIdle(() => void bringMap(root, state, labeller));
  });
}

function assemble(root: HTMLElement, state: RunState, say: { quiet: Say; aloud: Say }): Labeller {
  const painter = new Painter(state, {
    root,
    paintUrl: attribute(root, "paintUrl"),
    undoUrl: attribute(root, "undoUrl"),
    csrf: root.dataset.csrf ?? csrfToken(),
    quiet: say.quiet,
    aloud: say.aloud,
  });
  const labeller = new Labeller(state, painter, say.quiet, say.aloud);
  const ribbon = new Ribbon(state, labeller);
  const charts = new Charts(state, say.quiet);
  const toolbar = new Toolbar(state, labeller, keySwitch());
  const ribbonRow = make(
    "div",
    { class: "run-row run-ribbon-row" },
    make("div", { class: "run-label" }, make("b", {}, "Direction")),
    ribbon.element,
  );
  const onFoot = root.dataset.notOnFoot === undefined; // a ride has charts and a map, and nothing to label
  place(root, [...(onFoot ? [ribbonRow, toolbar.element] : []), charts.element, numberTable(state)]);
  fitTo(ribbon, charts);
  const steps = lapSteps(state, readLaps(root.dataset.laps), say.quiet);
  if (steps !== null) root.querySelector("[data-run-map]")?.append(steps);
  linkTables(root, state, labeller);
  linkQuestions(root, ribbon, labeller);
  linkForms(root, state, painter);
  if (onFoot) listenToKeys({ state, labeller, cancelDrag: () => ribbon.cancelDrag() || charts.cancelDrag() });
  watchPalette(() => state.lookChanged());
  return labeller;
}

/** Put the charts where the server drew its own; the table it wrote gives way to one that knows paint and zoom. */
function place(root: HTMLElement, parts: readonly HTMLElement[]): void {
  const room = root.querySelector<HTMLElement>("[data-run-charts]");
  if (room === null) return;
  room.classList.add("run-charts");
  room.replaceChildren(...parts);
  for (const drawn of root.querySelectorAll(".charts > .rib, .charts > .asTable")) drawn.remove();
}

function fitTo(ribbon: Ribbon, charts: Charts): void {
  const fit = () => {
    const width = ribbon.element.clientWidth;
    const left = ribbon.element.getBoundingClientRect().left - charts.element.getBoundingClientRect().left;
    ribbon.resize(width);
    charts.resize(width, left);
  };
  new ResizeObserver(fit).observe(ribbon.element);
  fit();
}

/** "Say which way you ran" in the ledger selects the longest stretch it asks about. */
function linkQuestions(root: HTMLElement, ribbon: Ribbon, labeller: Labeller): void {
  root.addEventListener("click", (event) => {
    const asked = event.target instanceof Element ? event.target.closest('[data-ledger] a[href="#label"]') : null;
    if (asked === null || !labeller.selectLongest("unknown")) return;
    event.preventDefault();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    ribbon.element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    ribbon.element.focus({ preventScroll: true });
  });
}

async function bringMap(root: HTMLElement, state: RunState, labeller: Labeller): Promise<void> {
  const room = root.querySelector<HTMLElement>("[data-run-map]");
  if (room === null || state.facts.track.length === 0) return;
  const { showMap } = await import("./run/map");
  const shown = await showMap(room, state, labeller);
  if (shown) performance.mark("backward:map");
  document.documentElement.dataset.map = shown ? "yes" : "drawing";
}

/**
 * Two voices: `quiet` for what sighted readers see anyway (selection, values under the cursor), `aloud` for what
 * everybody must notice. The same words twice are said twice.
 */
function voices(root: HTMLElement): { quiet: Say; aloud: Say } {
  const region =
    root.querySelector<HTMLElement>("[data-live]") ??
    make("div", { class: "run-live", role: "status", "aria-live": "polite" });
  if (!region.isConnected) root.append(region);
  const quiet: Say = (words) => {
    region.textContent = "";
    requestAnimationFrame(() => (region.textContent = words));
  };
  return { quiet, aloud: tell };
}

function attribute(root: HTMLElement, name: string): string {
  const value = root.dataset[name];
  if (value === undefined)
    throw new Error(`The page of a run states data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}.`);
  return value;
}

function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act, 0));
}

function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 400 });
  else setTimeout(act, 50);
}
