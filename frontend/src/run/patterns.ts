// Never colour alone: chevrons against the travel for backward, hatching for unknown, gaps where only the runner's word
// stands behind a direction. Drawn for canvases.

import type { Direction } from "./bouts";
import { colourOf, type Palette } from "./palette";

/** Fill one piece of the ribbon with its colour and its pattern. */
export function fillPiece(
  context: CanvasRenderingContext2D,
  direction: Direction,
  box: { x: number; y: number; width: number; height: number },
  colours: Palette,
  said = false,
): void {
  const plain = direction === "forward" || direction === "backward";
  context.fillStyle = plain ? colourOf(direction, colours) : colours.land;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  if (direction === "backward") chevrons(context, box, colours.onColour);
  else if (direction === "unknown") hatch(context, box, colours.unknown, 6, 2);
  else if (direction === "still") dots(context, box, colours.unknown);
  else if (!plain) bars(context, box, colours.unknown);
  if (said) gaps(context, box, colours.card);
  context.restore();
}

/** Upright gaps, as in a dashed line: said, not seen. */
function gaps(context: CanvasRenderingContext2D, box: Box, colour: string): void {
  context.globalAlpha = 1;
  context.fillStyle = colour;
  for (let x = Math.floor(box.x / 7) * 7; x < box.x + box.width; x += 7) {
    context.fillRect(x, box.y, 2, box.height);
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function chevrons(context: CanvasRenderingContext2D, box: Box, colour: string): void {
  const middle = box.y + box.height / 2;
  const reach = Math.min(box.height * 0.27, 6);
  context.strokeStyle = colour;
  context.globalAlpha = 0.9;
  context.lineWidth = 1.6;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  // On a fixed grid, so that the pattern does not swim while a border moves; a narrow piece gets one whole chevron.
  const narrow = box.width < 18;
  const first = narrow ? box.x + box.width / 2 - 4.5 : Math.floor(box.x / 9) * 9;
  for (let x = first; x < box.x + box.width; x += narrow ? box.width : 9) {
    context.moveTo(x + 6.2, middle - reach);
    context.lineTo(x + 2.8, middle);
    context.lineTo(x + 6.2, middle + reach);
  }
  context.stroke();
}

export function hatch(
  context: CanvasRenderingContext2D,
  box: Box,
  colour: string,
  apart: number,
  weight: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = weight;
  context.beginPath();
  const first = Math.floor((box.x - box.height) / apart) * apart;
  for (let x = first; x < box.x + box.width; x += apart) {
    context.moveTo(x, box.y + box.height);
    context.lineTo(x + box.height, box.y);
  }
  context.stroke();
}

function dots(context: CanvasRenderingContext2D, box: Box, colour: string): void {
  context.fillStyle = colour;
  for (let x = Math.floor(box.x / 7) * 7 + 3.5; x < box.x + box.width; x += 7) {
    context.beginPath();
    context.arc(x, box.y + box.height / 2, 1.4, 0, 2 * Math.PI);
    context.fill();
  }
}

function bars(context: CanvasRenderingContext2D, box: Box, colour: string): void {
  context.fillStyle = colour;
  for (let x = Math.floor(box.x / 6) * 6 + 2; x < box.x + box.width; x += 6) {
    context.fillRect(x, box.y + box.height * 0.25, 1.5, box.height * 0.5);
  }
}
