// What the map looks like: paper, and lines that say the direction by colour and by form.

import type { LayerSpecification, StyleSpecification, VectorSourceSpecification } from "maplibre-gl";
import type { Palette } from "./palette";
import { collection } from "./route";

export const SOURCES = {
  ground: "ground",
  rest: "rest",
  route: "route",
  dots: "dots",
  chevrons: "chevrons",
  marks: "marks",
  cursor: "cursor",
} as const;

const CHEVRON = "chevron";

/** Where the tiles of the ground are; from a prepared region on this machine. */
export interface Ground {
  readonly tiles: string;
  readonly bounds: [number, number, number, number];
  readonly first_zoom: number;
  readonly last_zoom: number;
  readonly credit: string;
}

export function mapStyle(colours: Palette, ground: Ground | null): StyleSpecification {
  const empty = () => ({
    type: "geojson" as const,
    data: collection([]) as GeoJSON.FeatureCollection,
    tolerance: 0.1,
    maxzoom: 20,
  });
  return {
    version: 8,
    sources: {
      ...(ground === null ? {} : { ground: tiled(ground) }),
      rest: empty(),
      route: empty(),
      dots: empty(),
      chevrons: empty(),
      marks: empty(),
      cursor: empty(),
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": colours.land } },
      ...(ground === null ? [] : groundLayers(colours)),
      line("rest", "rest", null, { "line-color": colours.unknown, "line-width": 2, "line-opacity": 0.45 }),
      line("marks", "marks", null, { "line-color": colours.ink, "line-width": 15 }),
      line("casing", "marks", null, { "line-color": colours.card, "line-width": 12 }),
      line("other", "route", ["sideways", "turning"], { "line-color": colours.unknown, "line-width": 3 }),
      line("unknown", "route", ["unknown"], {
        "line-color": colours.unknown,
        "line-width": 5,
        "line-dasharray": [0.01, 1.8],
      }),
      line("forward", "route", ["forward"], { "line-color": colours.forward, "line-width": 5 }, false),
      line("backward", "route", ["backward"], { "line-color": colours.backward, "line-width": 10 }, false),
      line("forward-said", "route", ["forward"], dashed(colours.forward, 5), true),
      line("backward-said", "route", ["backward"], dashed(colours.backward, 10), true),
      chevrons(),
      ...(ground === null ? [] : [names(colours, "Point"), names(colours, "LineString")]),
      dot("still", "dots", {
        "circle-radius": 3.2,
        "circle-color": colours.unknown,
        "circle-stroke-width": 1.5,
        "circle-stroke-color": colours.land,
      }),
      dot("cursor", "cursor", {
        "circle-radius": 6,
        "circle-color": colours.card,
        "circle-stroke-width": 3,
        "circle-stroke-color": colours.ink,
      }),
    ],
  };
}

type Paint = Record<string, unknown>;

function tiled(ground: Ground): VectorSourceSpecification {
  return {
    type: "vector",
    // Not through URL: the braces are the map's own.
    tiles: [location.origin + ground.tiles],
    bounds: ground.bounds,
    minzoom: ground.first_zoom,
    maxzoom: ground.last_zoom,
  };
}

/** The ground from the lowest layer to the highest: quiet, so that the run alone speaks. */
function groundLayers(colours: Palette): LayerSpecification[] {
  return [
    field("park", colours.park),
    field("grass", colours.grass),
    field("wood", colours.wood),
    field("pitch", colours.grass),
    field("street", colours.street),
    field("water", colours.water),
    way("stream", { "line-color": colours.water, "line-width": 2 }),
    field("building", colours.building),
    way("rail", { "line-color": colours.edge, "line-width": 0.8 }),
    way("service", { "line-color": colours.street, "line-width": wider(2) }),
    way("street", { "line-color": colours.street, "line-width": wider(4) }),
    way("road", { "line-color": colours.street, "line-width": wider(6) }),
    way("path", { "line-color": colours.edge, "line-width": 1, "line-dasharray": [3, 2] }),
    way("steps", { "line-color": colours.edge, "line-width": 3, "line-dasharray": [0.5, 0.5] }),
    way("track", { "line-color": colours.edge, "line-width": 1.5 }),
    way("barrier", { "line-color": colours.edge, "line-width": 0.8, "line-dasharray": [1, 2] }),
  ];
}

/** Streets grow with the zoom as they do on the ground. */
function wider(width: number): unknown {
  return ["interpolate", ["exponential", 1.6], ["zoom"], 12, width / 5, 16, width, 20, width * 5];
}

function field(layer: string, colour: string): LayerSpecification {
  return {
    id: `ground-${layer}-area`,
    type: "fill",
    source: SOURCES.ground,
    "source-layer": `${layer}_area`,
    paint: { "fill-color": colour },
  };
}

function way(layer: string, paint: Paint): LayerSpecification {
  return {
    id: `ground-${layer}`,
    type: "line",
    source: SOURCES.ground,
    "source-layer": layer,
    layout: { "line-cap": "butt", "line-join": "round" },
    paint,
  } as LayerSpecification;
}

/** What things are called. The browser draws the letters with a font of this machine. */
function names(colours: Palette, of: "Point" | "LineString"): LayerSpecification {
  const along = of === "LineString";
  return {
    id: along ? "ground-way-name" : "ground-name",
    type: "symbol",
    source: SOURCES.ground,
    "source-layer": "name",
    minzoom: along ? 15 : 14.5,
    filter: ["==", "$type", of],
    layout: {
      "text-field": ["get", "name"],
      "text-font": ["sans-serif"],
      "text-size": 11.5,
      "text-max-width": 8,
      "text-padding": 6,
      ...(along ? { "symbol-placement": "line", "symbol-spacing": 340, "text-max-angle": 30 } : {}),
    },
    paint: { "text-color": colours.soft, "text-halo-color": colours.land, "text-halo-width": 1.4 },
  };
}

/** What the runner says and nothing recorded shows: a line with gaps. */
function dashed(colour: string, width: number): Paint {
  return { "line-color": colour, "line-width": width, "line-dasharray": [1.6, 1.4] };
}

function line(
  id: string,
  source: string,
  directions: string[] | null,
  paint: Paint,
  said: boolean | null = null,
): LayerSpecification {
  const way = ["in", ["get", "direction"], ["literal", directions]];
  const wanted = said === null ? way : ["all", way, ["==", ["get", "said"], said]];
  const filter = directions === null ? {} : { filter: wanted };
  return {
    id,
    type: "line",
    source,
    layout: { "line-cap": "round", "line-join": "round" },
    paint,
    ...filter,
  } as LayerSpecification;
}

function dot(id: string, source: string, paint: Paint): LayerSpecification {
  return { id, type: "circle", source, paint } as LayerSpecification;
}

/** One chevron per place, turned with the travel; the image points against it: where the chest faces. */
function chevrons(): LayerSpecification {
  return {
    id: "chevrons",
    type: "symbol",
    source: SOURCES.chevrons,
    layout: {
      "icon-image": CHEVRON,
      "icon-rotate": ["get", "course_deg"],
      "icon-rotation-alignment": "map",
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "icon-padding": 0,
    },
    paint: {},
  };
}

/** The images of the style, drawn in the colours of now. */
export function mapImages(colours: Palette): Record<string, ImageData> {
  return { [CHEVRON]: chevron(colours.onColour) };
}

function chevron(colour: string): ImageData {
  const size = 20;
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const context = canvas.getContext("2d")!;
  context.strokeStyle = colour;
  context.lineWidth = 3.2;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  // Travel is up in this image, so the tip is down.
  context.moveTo(4.6, 7.4);
  context.lineTo(10, 12.4);
  context.lineTo(15.4, 7.4);
  context.stroke();
  return context.getImageData(0, 0, size, size);
}
