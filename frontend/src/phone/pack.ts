// Motion as the file has it: whole numbers in little-endian bytes, as base64. An hour of six axes at 100 Hz is 7 MB.

export const SCALES = { acc_mps2: 0.005, gyr_radps: 0.00125 } as const;
/** A sample the sensor did not give. */
export const MISSING = -32768;
const LARGEST = 32767;
/** Ticks of the clock between samples: a tenth of a millisecond, 6.5 s at most. */
export const TICK_S = 1e-4;
const MOST_TICKS = 65535;

export interface Motion {
  readonly atS: number;
  readonly acc: readonly [number | null, number | null, number | null];
  readonly gyr: readonly [number | null, number | null, number | null];
}

export interface PackedMotion {
  readonly kind: "motion";
  readonly at_s: number;
  readonly dt: string;
  readonly acc: string;
  readonly gyr: string;
}

/** Pack samples that follow each other; a hole of more than six seconds needs a new line. */
export function packMotion(samples: readonly Motion[]): PackedMotion | null {
  const first = samples[0];
  if (!first) return null;
  const dt = new Uint16Array(samples.length);
  const acc = new Int16Array(3 * samples.length);
  const gyr = new Int16Array(3 * samples.length);
  let ticks = 0;
  samples.forEach((sample, at) => {
    // Rounded from the start and not from the sample before: what is cut off never adds up.
    const due = Math.round((sample.atS - first.atS) / TICK_S);
    dt[at] = Math.min(MOST_TICKS, Math.max(0, due - ticks));
    ticks = due;
    for (const axis of [0, 1, 2] as const) {
      acc[3 * at + axis] = whole(sample.acc[axis], SCALES.acc_mps2);
      gyr[3 * at + axis] = whole(sample.gyr[axis], SCALES.gyr_radps);
    }
  });
  return { kind: "motion", at_s: first.atS, dt: base64(dt), acc: base64(acc), gyr: base64(gyr) };
}

function whole(value: number | null, scale: number): number {
  if (value === null || !Number.isFinite(value)) return MISSING;
  return Math.max(-LARGEST, Math.min(LARGEST, Math.round(value / scale)));
}

function base64(values: Uint16Array | Int16Array): string {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    view.setUint16(2 * at, value & 0xffff, true);
  });
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
}
