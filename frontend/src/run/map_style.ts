// What the map looks like: paper, and lines that say the direction by colour and by form.

import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Palette } from "./palette";
import { collection } from "./route";

export const SOURCES = { route: "route", dots: "dots", marks: "marks", cursor: "cursor" } as const;

const CHEVRON = "chevron";

export function mapStyle(colours: Palette): StyleSpecification {
  const empty = () => ({ type: "geojson" as const, data: collection([]) as GeoJSON.FeatureCollection, tolerance: 0.25, maxzoom: 20 });
  return {
    version: 8,
    sources: { route: empty(), dots: empty(), marks: empty(), cursor: empty() },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": colours.land } },
      line("marks", "marks", null, { "line-color": colours.ink, "line-width": 15 }),
      line("casing", "marks", null, { "line-color": colours.card, "line-width": 12 }),
      line("other", "route", ["sideways", "turning"], { "line-color": colours.unknown, "line-width": 3 }),
      line("unknown", "route", ["unknown"], { "line-color": colours.unknown, "line-width": 5, "line-dasharray": [0.01, 1.8] }),
      line("forward", "route", ["forward"], { "line-color": colours.forward, "line-width": 5 }),
      line("backward", "route", ["backward"], { "line-color": colours.backward, "line-width": 10 }),
      chevrons(),
      dot("still", "dots", { "circle-radius": 3.2, "circle-color": colours.unknown, "circle-stroke-width": 1.5, "circle-stroke-color": colours.land }),
      dot("cursor", "cursor", { "circle-radius": 6, "circle-color": colours.card, "circle-stroke-width": 3, "circle-stroke-color": colours.ink }),
    ],
  };
}

type Paint = Record<string, unknown>;

function line(id: string, source: string, directions: string[] | null, paint: Paint): LayerSpecification {
  const filter = directions === null ? {} : { filter: ["in", ["get", "direction"], ["literal", directions]] };
  return { id, type: "line", source, layout: { "line-cap": "round", "line-join": "round" }, paint, ...filter } as LayerSpecification;
}

function dot(id: string, source: string, paint: Paint): LayerSpecification {
  return { id, type: "circle", source, paint } as LayerSpecification;
}

/** The chevron is drawn pointing against the line, and the line runs with time: so it points where the chest faces. */
function chevrons(): LayerSpecification {
  return {
    id: "chevrons",
    type: "symbol",
    source: SOURCES.route,
    filter: ["==", ["get", "direction"], "backward"],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 9,
      "icon-image": CHEVRON,
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "icon-rotation-alignment": "map",
      "icon-keep-upright": false,
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
  // Narrow: a line symbol may not stand closer to the next than its own width.
  const [width, height] = [12, 20];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d")!;
  context.strokeStyle = colour;
  context.lineWidth = 3.2;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(8.6, 4.6);
  context.lineTo(3.6, 10);
  context.lineTo(8.6, 15.4);
  context.stroke();
  return context.getImageData(0, 0, width, height);
}
