// The map of a run, loaded after everything else: the runner's own lines on paper, and below them the ground where a
// map of there is prepared on this machine. No request leaves it.

import {
  type GeoJSONSource,
  type MapMouseEvent,
  Map as MapView,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import { type Bout, boutIndexAt, within } from "./bouts";
import { make } from "./elements";
import type { Labeller } from "./labeller";
import { type Ground, mapImages, mapStyle, SOURCES } from "./map_style";
import { palette } from "./palette";
import {
  boundsOf,
  chevronsAlong,
  collection,
  linesIn,
  NearestSample,
  type Position,
  positionAt,
  routeLines,
  stillDots,
} from "./route";
import { indexAt } from "./series";
import type { RunState } from "./state";
import { isWhole } from "./window";

declare const MAP_WORKER: string;

const NEAR_LINE_PX = 14;
const CHEVRONS_APART_PX = 12;
const METRES_PER_PIXEL_AT_ZOOM_0 = 78_271.517;
const STATIC = new URL(/* the folder above chunks/ */ "..", import.meta.url);

/**
 * Draw the map into its place; resolves false where this browser cannot, and leaves the drawing of the server alone.
 */
export async function showMap(place: HTMLElement, state: RunState, labeller: Labeller): Promise<boolean> {
  const bounds = boundsOf(state.facts.track);
  if (bounds === null || !hasWebGl()) return false;
  const [ground] = await Promise.all([groundBelow(), loadStyles()]);
  setWorkerUrl(new URL(MAP_WORKER, STATIC).href);
  const container = make("div", { class: "run-map" });
  place.append(container);
  try {
    const map = open(container, bounds, state, ground);
    await new Promise<void>((done, failed) => {
      map.once("idle", () => done());
      map.once("webglcontextlost", () => failed(new Error("the graphics context was lost")));
    });
    new RunMap(map, place, state, labeller, ground);
    for (const child of [...place.children])
      if (child !== container && !child.matches("figcaption, .lap-steps")) child.remove();
    // The map itself is one stop: plus and minus zoom it.
    for (const button of container.querySelectorAll<HTMLButtonElement>(".maplibregl-ctrl button")) button.tabIndex = -1;
    container.classList.add("is-ready");
    if (ground !== null) container.append(make("p", { class: "map-credit" }, ground.credit));
    return true;
  } catch {
    // A browser without usable graphics: what the server drew stays, and that is a whole map too.
    container.remove();
    return false;
  }
}

/** Ask where the ground is, and whose data it is; null without a prepared map of there. */
async function groundBelow(): Promise<Ground | null> {
  const answer = await fetch(`${location.pathname}/ground.json`);
  if (!answer.ok) return null;
  const ground = (await answer.json()) as Ground | { tiles: null };
  return ground.tiles === null ? null : (ground as Ground);
}

function hasWebGl(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** MapLibre's own sheet comes with the map, not with every page. */
function loadStyles(): Promise<void> {
  return new Promise((done, failed) => {
    const link = make("link", { rel: "stylesheet", href: new URL("map.css", STATIC).href });
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => failed(new Error("map.css did not load")));
    document.head.prepend(link);
  });
}

function open(container: HTMLElement, bounds: [Position, Position], state: RunState, ground: Ground | null): MapView {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new MapView({
    container,
    style: mapStyle(palette(), ground),
    bounds,
    fitBoundsOptions: { padding: 36, maxZoom: 18 },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 21,
    renderWorldCopies: false,
    fadeDuration: calm ? 0 : 120,
    canvasContextAttributes: { antialias: true },
    locale: { "Map.Title": "Map of the run. Arrow keys move it, plus and minus zoom." },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  const unit = state.facts.units === "metric" ? "metric" : "imperial";
  map.addControl(new ScaleControl({ unit, maxWidth: 110 }), "bottom-left");
  map.on("load", () => {
    for (const [id, image] of Object.entries(mapImages(palette()))) map.addImage(id, image, { pixelRatio: 2 });
    fill(map, state);
  });
  return map;
}

function fill(map: MapView, state: RunState): void {
  const { track, series } = state.facts;
  const bouts = inWindow(state);
  const rest =
    bouts === state.shownStretches ? [] : routeLines(track, series.time_s, state.shownStretches, series.gap_s);
  setData(map, SOURCES.rest, collection(rest));
  setData(map, SOURCES.route, collection(routeLines(track, series.time_s, bouts, series.gap_s)));
  fillChevrons(map, state);
  setData(map, SOURCES.dots, collection(stillDots(track, series.time_s, bouts)));
}

/** What the charts show is drawn in full: laps that lie on each other come apart one at a time. */
function inWindow(state: RunState): readonly Bout[] {
  const whole = isWhole(state.view, state.facts.duration_s);
  return whole ? state.shownStretches : within(state.shownStretches, state.view);
}

/** Chevrons keep their distance on the screen, so they are laid out anew for each view. */
function fillChevrons(map: MapView, state: RunState): void {
  const { track, series } = state.facts;
  const spacing_m =
    CHEVRONS_APART_PX *
    METRES_PER_PIXEL_AT_ZOOM_0 *
    Math.cos((map.getCenter().lat * Math.PI) / 180) *
    2 ** -map.getZoom();
  const view = map.getBounds();
  const bounds: [Position, Position] = [view.getSouthWest().toArray(), view.getNorthEast().toArray()];
  const backward = inWindow(state).filter((bout) => bout.direction === "backward");
  const lines = backward.flatMap((bout) => linesIn(track, series.time_s, bout.start_s, bout.end_s, series.gap_s));
  setData(map, SOURCES.chevrons, collection(lines.flatMap((line) => chevronsAlong(line, spacing_m, bounds))));
}

function setData(map: MapView, source: string, data: unknown): void {
  map.getSource<GeoJSONSource>(source)?.setData(data as GeoJSON.FeatureCollection);
}

/** Ties a drawn map to the state: cursor, selection, paint, light and dark. */
class RunMap {
  readonly #map: MapView;
  readonly #state: RunState;
  readonly #labeller: Labeller;
  readonly #nearest: NearestSample;
  readonly #ground: Ground | null;
  #byMouse = false;

  constructor(map: MapView, place: HTMLElement, state: RunState, labeller: Labeller, ground: Ground | null) {
    this.#map = map;
    this.#state = state;
    this.#labeller = labeller;
    this.#ground = ground;
    this.#nearest = new NearestSample(state.facts.track);
    state.onFrame(["bouts", "view"], () => fill(map, state));
    state.onFrame(["cursor"], () => this.#drawCursor());
    state.onFrame(["selection", "highlight"], () => this.#drawMarks());
    state.onFrame(["look"], () => this.#restyle());
    map.on("moveend", () => fillChevrons(map, state));
    map.on("mousemove", (event) => this.#hover(event));
    map.on("mouseout", () => this.#leave());
    map.on("click", (event) => this.#click(event));
    map.on("dblclick", () => this.#leave());
    new ResizeObserver(() => map.resize()).observe(place);
    this.#drawCursor();
    this.#drawMarks();
  }

  #sampleUnder(event: MapMouseEvent): number {
    const { lng, lat } = event.lngLat;
    const beside = this.#map.unproject([event.point.x, event.point.y + NEAR_LINE_PX]);
    const preferred =
      this.#state.cursor_s === null ? 0 : indexAt(this.#state.facts.series.time_s, this.#state.cursor_s);
    return this.#nearest.find(lng, lat, Math.abs(lat - beside.lat), preferred);
  }

  #hover(event: MapMouseEvent): void {
    const at = this.#sampleUnder(event);
    this.#map.getCanvas().style.cursor = at < 0 ? "" : "pointer";
    if (at < 0) this.#leave();
    else {
      this.#byMouse = true;
      this.#state.setCursor(this.#state.facts.series.time_s[at]!);
    }
  }

  #leave(): void {
    if (this.#byMouse) this.#state.setCursor(null);
    this.#byMouse = false;
  }

  #click(event: MapMouseEvent): void {
    const at = this.#sampleUnder(event);
    if (at < 0) return;
    const time_s = this.#state.facts.series.time_s[at]!;
    const bout = this.#state.stretches[boutIndexAt(this.#state.stretches, time_s)];
    if (bout === undefined) return;
    this.#state.setCursor(time_s, true);
    this.#labeller.select({ start_s: bout.start_s, end_s: bout.end_s });
  }

  #drawCursor(): void {
    const { track, series } = this.#state.facts;
    const cursor_s = this.#state.cursor_s;
    const at = cursor_s === null ? null : positionAt(track, series.time_s, cursor_s, series.gap_s);
    const features =
      at === null ? [] : [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }];
    setData(this.#map, SOURCES.cursor, collection(features));
  }

  #drawMarks(): void {
    const { track, series } = this.#state.facts;
    const stretches = [this.#state.highlight, this.#state.selection].filter((stretch) => stretch !== null);
    const features = stretches.flatMap(({ start_s, end_s }) =>
      linesIn(track, series.time_s, start_s, end_s, series.gap_s).map((coordinates) => ({
        type: "Feature",
        properties: {},
        geometry: { type: "LineString", coordinates },
      })),
    );
    setData(this.#map, SOURCES.marks, collection(features));
  }

  /** Light or dark: the same lines in other colours, the view stays. */
  #restyle(): void {
    const images = mapImages(palette());
    for (const [id, image] of Object.entries(images)) if (this.#map.hasImage(id)) this.#map.updateImage(id, image);
    for (const layer of mapStyle(palette(), this.#ground).layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.#map.setPaintProperty(layer.id, name as never, value as never);
      }
    }
  }
}
