// Turns of one sensor, one sample at a time.

export type Axes = readonly [number, number, number];
/** w, x, y, z. */
export type Quaternion = readonly [number, number, number, number];

export const IDENTITY: Quaternion = [1, 0, 0, 0];
const LITTLE = 1e-12;

export function dot(left: Axes, right: Axes): number {
  return left[0] * right[0] + left[1] * right[1] + left[2] * right[2];
}

export function meanOf(left: Axes, right: Axes): Axes {
  return [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2, (left[2] + right[2]) / 2];
}

/** A vector drawn towards a new one. */
export function drawn(old: Axes, fresh: Axes, share: number): Axes {
  return [
    old[0] + share * (fresh[0] - old[0]),
    old[1] + share * (fresh[1] - old[1]),
    old[2] + share * (fresh[2] - old[2]),
  ];
}

/** First the right turn, then the left one. */
export function product(left: Quaternion, right: Quaternion): Quaternion {
  const [a, b, c, d] = left;
  const [w, x, y, z] = right;
  return [
    a * w - b * x - c * y - d * z,
    a * x + b * w + c * z - d * y,
    a * y - b * z + c * w + d * x,
    a * z + b * y - c * x + d * w,
  ];
}

export function conjugate(turn: Quaternion): Quaternion {
  return [turn[0], -turn[1], -turn[2], -turn[3]];
}

export function rotated(turn: Quaternion, vector: Axes): Axes {
  const [, x, y, z] = product(product(turn, [0, ...vector]), conjugate(turn));
  return [x, y, z];
}

export function turnedBy(rate: Axes, stepS: number): Quaternion {
  const speed = Math.sqrt(dot(rate, rate));
  if (speed * stepS < LITTLE) return IDENTITY;
  const scale = Math.sin((speed * stepS) / 2) / speed;
  return [Math.cos((speed * stepS) / 2), scale * rate[0], scale * rate[1], scale * rate[2]];
}

/** The shortest turn that sets a vector upright. */
export function toUp(vector: Axes): Quaternion {
  const length = Math.sqrt(dot(vector, vector));
  if (length < LITTLE) return IDENTITY;
  const [w, x, y] = [1 + vector[2] / length, vector[1] / length, -vector[0] / length];
  const size = Math.sqrt(w * w + x * x + y * y);
  return size < LITTLE ? [0, 1, 0, 0] : [w / size, x / size, y / size, 0];
}

/** An angle within half a turn. */
export function wrapped(angle: number): number {
  return angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI) + 0.5);
}
