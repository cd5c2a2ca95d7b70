import assert from "node:assert/strict";
import { test } from "node:test";
import { within } from "../src/run/bouts";
import { lapShown, readLaps } from "../src/run/lap_steps";
import { routeLines } from "../src/run/route";

const LAPS = [
  { start_s: 0, end_s: 92.5 },
  { start_s: 92.5, end_s: 180 },
];

test("laps are read as the page states them, and what is none is none", () => {
  assert.deepEqual(readLaps("0-92.5 92.5-180"), LAPS);
  assert.deepEqual(readLaps(""), []);
  assert.deepEqual(readLaps(undefined), []);
  assert.deepEqual(readLaps("5-5 x-y 0-92.5"), [LAPS[0]]);
});

test("a window shows a lap where it is that lap", () => {
  assert.equal(lapShown(LAPS, { from_s: 92.5, to_s: 180 }), 1);
  assert.equal(lapShown(LAPS, { from_s: 0, to_s: 180 }), -1);
});

test("of a window only what lies within is drawn in full", () => {
  const bout = { start_s: 0, end_s: 100, direction: "backward", gait: "run", found_by: "foot" } as never;
  const time_s = Float64Array.from({ length: 101 }, (_, at) => at);
  const track = Array.from(time_s, (at) => [at, 0] as [number, number]);
  const [line] = routeLines(track, time_s, within([bout], { from_s: 40, to_s: 60 }), 10);
  assert.deepEqual(
    [line!.geometry.coordinates[0], line!.geometry.coordinates.at(-1)],
    [
      [40, 0],
      [60, 0],
    ],
  );
  assert.deepEqual(within([bout], { from_s: 100, to_s: 140 }), []);
});
