import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bout } from "../src/run/bouts";
import {
  boundsOf,
  chevronsAlong,
  linesIn,
  NearestSample,
  type Position,
  positionAt,
  routeLines,
  stillDots,
  type Track,
} from "../src/run/route";

const track: Track = [[0, 0], [0, 1], null, [0, 3], [0, 4], [0, 5]];
const time_s = Float64Array.from([0, 1, 2, 3, 40, 41]);
const bout = (start_s: number, end_s: number, direction: Bout["direction"]): Bout => ({
  start_s,
  end_s,
  direction,
  gait: null,
  probability_share: null,
  found_by: "nothing",
});
const everywhere: [Position, Position] = [
  [-180, -90],
  [180, 90],
];

test("a line bridges a lost sample and breaks at a gap", () => {
  assert.deepEqual(linesIn(track, time_s, 0, 41, 10), [
    [
      [0, 0],
      [0, 1],
      [0, 3],
    ],
    [
      [0, 4],
      [0, 5],
    ],
  ]);
});

test("neighbouring bouts touch", () => {
  const lines = routeLines(
    [
      [0, 0],
      [0, 1],
      [0, 2],
    ],
    Float64Array.from([0, 1, 2]),
    [bout(0, 1, "forward"), bout(1, 2, "backward")],
    10,
  );
  assert.deepEqual(
    lines.map((line) => [line.properties.direction, line.geometry.coordinates]),
    [
      [
        "forward",
        [
          [0, 0],
          [0, 1],
        ],
      ],
      [
        "backward",
        [
          [0, 1],
          [0, 2],
        ],
      ],
    ],
  );
});

test("standing is a dot where it began, and no line", () => {
  const bouts = [bout(0, 1, "forward"), bout(1, 41, "still")];
  assert.deepEqual(
    stillDots(track, time_s, bouts).map((dot) => dot.geometry.coordinates),
    [[0, 1]],
  );
  assert.ok(routeLines(track, time_s, bouts, 10).every((line) => line.properties.direction === "forward"));
});

test("a position is known near its samples only", () => {
  assert.deepEqual(positionAt(track, time_s, 2, 10), [0, 1]);
  assert.deepEqual(positionAt(track, time_s, 3.4, 10), [0, 3]);
  assert.equal(positionAt(track, time_s, 20, 10), null);
  assert.equal(positionAt([], new Float64Array(), 1, 10), null);
});

test("bounds hold all that is known", () => {
  assert.deepEqual(boundsOf(track), [
    [0, 0],
    [0, 5],
  ]);
  assert.equal(boundsOf([null]), null);
});

test("chevrons stand evenly and know the course of the travel", () => {
  const north = chevronsAlong(
    [
      [11, 47],
      [11, 47.001],
    ],
    10,
    everywhere,
  );
  assert.equal(north.length, 11);
  assert.ok(north.every((arrow) => Math.abs(arrow.properties.course_deg) < 0.01));
  const east = chevronsAlong(
    [
      [11, 47],
      [11.0005, 47],
      [11.001, 47],
    ],
    10,
    everywhere,
  );
  assert.ok(east.every((arrow) => Math.abs(arrow.properties.course_deg - 90) < 0.1));
  const steps = east.slice(1).map((arrow, i) => arrow.geometry.coordinates[0] - east[i]!.geometry.coordinates[0]);
  assert.ok(Math.max(...steps) - Math.min(...steps) < 1e-6);
  assert.equal(
    chevronsAlong(
      [
        [11, 47],
        [11, 47.001],
      ],
      10,
      [
        [0, 0],
        [1, 1],
      ],
    ).length,
    0,
  );
  assert.equal(
    chevronsAlong(
      [
        [11, 47],
        [11, 47],
      ],
      10,
      everywhere,
    ).length,
    0,
  );
});

test("the nearest sample is found, and of several passes the one near the cursor", () => {
  const lap = (n: number): Position => [
    11 + 0.001 * Math.cos((n / 50) * 2 * Math.PI),
    47 + 0.001 * Math.sin((n / 50) * 2 * Math.PI),
  ];
  const laps = Array.from({ length: 500 }, (_, i) => lap(i));
  const nearest = new NearestSample([...laps, null]);
  const [x, y] = lap(10);
  assert.equal(nearest.find(x, y, 0.0001, 0), 10);
  assert.equal(nearest.find(x, y, 0.0001, 262), 260);
  assert.equal(nearest.find(12, 48, 0.0001, 0), -1);
});
