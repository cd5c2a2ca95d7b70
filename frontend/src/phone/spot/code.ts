// A text as a code on the screen, and read from the camera.

import encodeQR from "qr";
import decodeQR from "qr/decode.js";
import { make } from "../../run/elements";

const SVG = "http://www.w3.org/2000/svg";
/** Modules of white about a code, as readers want them. */
const QUIET = 4;
const LOOK_EVERY_MS = 250;
/** A picture this wide shows the modules of a dense code, and is read in some hundredths of a second. */
const WIDTH = 800;

export function codeOf(text: string, label: string): SVGElement {
  const modules = encodeQR(text, "raw", { ecc: "low", border: QUIET });
  const side = modules.length;
  const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", `0 0 ${side} ${side}`);
  drawn.setAttribute("class", "code");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", label);
  const ink = document.createElementNS(SVG, "path");
  ink.setAttribute("d", path);
  drawn.append(ink);
  return drawn;
}

/** Read a code from the camera; null where it was given up. Throws where there is no camera, or no leave to use it. */
export async function readCode(into: HTMLElement, wanted: (text: string) => boolean): Promise<string | null> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const video = make("video", { playsinline: "", muted: "" });
  video.muted = true;
  video.srcObject = stream;
  into.replaceChildren(video);
  await video.play();
  const canvas = make("canvas", {});
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  try {
    while (video.isConnected) {
      const text = pen ? look(video, canvas, pen) : null;
      if (text !== null && wanted(text)) return text;
      await new Promise((fine) => setTimeout(fine, LOOK_EVERY_MS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.remove();
  }
}

function look(video: HTMLVideoElement, canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): string | null {
  if (!video.videoWidth) return null;
  canvas.width = WIDTH;
  canvas.height = Math.round((WIDTH * video.videoHeight) / video.videoWidth);
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return null;
  }
}
