import assert from "node:assert/strict";
import { test } from "node:test";
import { MISSING, type Motion, packMotion, SCALES } from "../src/phone/pack";
import { isFlipped, motionOf } from "../src/phone/record";

function whole(text: string, kind: "u" | "i"): number[] {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 2 }, (_, at) =>
    kind === "u" ? view.getUint16(2 * at, true) : view.getInt16(2 * at, true),
  );
}

test("samples keep their moments to a tenth of a millisecond, however many there are", () => {
  const samples: Motion[] = Array.from({ length: 3000 }, (_, at) => ({
    atS: 1.5 + at / 59.7,
    acc: [0, 0, 9.81],
    gyr: [null, 0, 0],
  }));
  const packed = packMotion(samples);
  assert.ok(packed);
  const ticks = whole(packed.dt, "u").reduce((sum, tick) => sum + tick, 0);
  assert.ok(Math.abs(packed.at_s + ticks * 1e-4 - (samples.at(-1) as Motion).atS) < 1e-4);
});

test("values come back within half a step, what is missing stays missing, and nothing wraps round", () => {
  const packed = packMotion([{ atS: 0, acc: [9.807, -500, null], gyr: [1.234, 99, Number.NaN] }]);
  assert.ok(packed);
  const [x, y, z] = whole(packed.acc, "i") as [number, number, number];
  assert.ok(Math.abs(x * SCALES.acc_mps2 - 9.807) <= SCALES.acc_mps2 / 2);
  assert.equal(y, -32767);
  assert.equal(z, MISSING);
  const [p, q, r] = whole(packed.gyr, "i") as [number, number, number];
  assert.ok(Math.abs(p * SCALES.gyr_radps - 1.234) <= SCALES.gyr_radps / 2);
  assert.equal(q, 32767);
  assert.equal(r, MISSING);
  assert.equal(packMotion([]), null);
});

test("an hour of six axes at 100 Hz takes less than 8 MB before it is packed", () => {
  const second = Array.from({ length: 300 }, (_, at) => ({
    atS: at / 100,
    acc: [1, 2, 3],
    gyr: [1, 2, 3],
  })) as Motion[];
  assert.ok(JSON.stringify(packMotion(second)).length * 1200 < 8e6);
});

test("rates are about x, y and z, in radians; forces of an iPhone are turned", () => {
  const event = {
    accelerationIncludingGravity: { x: 1, y: 2, z: -9.8 },
    rotationRate: { alpha: 180, beta: 90, gamma: null },
  } as unknown as DeviceMotionEvent;
  assert.deepEqual(motionOf(event, 3, true), { atS: 3, acc: [-1, -2, 9.8], gyr: [Math.PI, Math.PI / 2, null] });
  assert.deepEqual(motionOf(event, 3, false).acc, [1, 2, -9.8]);
  assert.equal(isFlipped("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", 5), true);
  assert.equal(isFlipped("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 5), true);
  assert.equal(isFlipped("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 0), false);
  assert.equal(isFlipped("Mozilla/5.0 (Linux; Android 15; Pixel 9)", 5), false);
});
