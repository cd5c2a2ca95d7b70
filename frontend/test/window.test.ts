import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bout } from "../src/run/bouts";
import {
  clampView,
  isWhole,
  panBy,
  ribbonPieces,
  showing,
  snap,
  timeOf,
  timeTicks,
  valueTicks,
  wholeView,
  xOf,
  zoomAround,
} from "../src/run/window";

const bout = (start_s: number, end_s: number, direction: Bout["direction"]): Bout => ({
  start_s,
  end_s,
  direction,
  gait: null,
  probability_share: null,
  found_by: "nothing",
});

test("places and times are each other's inverse", () => {
  const view = { from_s: 100, to_s: 300 };
  for (const t of [100, 173, 300]) assert.ok(Math.abs(timeOf(view, xOf(view, t, 640), 640) - t) < 1e-9);
});

test("a zoom keeps its moment in place and stays inside", () => {
  const view = { from_s: 0, to_s: 1000 };
  const near = zoomAround(view, 400, 0.5, 1000);
  assert.equal(xOf(near, 400, 100), 40);
  assert.deepEqual(near, { from_s: 200, to_s: 700 });
  assert.ok(isWhole(zoomAround(near, 400, 100, 1000), 1000));
  const nearest = zoomAround(view, 999, 1e-6, 1000);
  assert.equal(nearest.to_s - nearest.from_s, 10);
  assert.ok(nearest.to_s <= 1000);
});

test("a window can be moved, not beyond the ends", () => {
  assert.deepEqual(panBy({ from_s: 0, to_s: 100 }, -50, 1000), { from_s: 0, to_s: 100 });
  assert.deepEqual(panBy({ from_s: 800, to_s: 900 }, 500, 1000), { from_s: 900, to_s: 1000 });
  assert.deepEqual(clampView({ from_s: 0, to_s: 2 }, 1), { from_s: 0, to_s: 1 });
  assert.deepEqual(wholeView(0), { from_s: 0, to_s: 1 });
});

test("a moment off screen comes on screen, one on screen moves nothing", () => {
  const view = { from_s: 100, to_s: 200 };
  assert.equal(showing(view, 150, 1000), view);
  for (const t of [20, 700]) {
    const moved = showing(view, t, 1000);
    assert.ok(moved.from_s <= t && t <= moved.to_s);
  }
});

test("pieces of the ribbon lie in the window and are never thinner than a pixel", () => {
  const bouts = [bout(0, 100, "forward"), bout(100, 100.01, "still"), bout(100.01, 200, "backward")];
  const pieces = ribbonPieces(bouts, { from_s: 50, to_s: 150 }, 100);
  assert.deepEqual(
    pieces.map((piece) => [piece.index, Math.round(piece.x), Math.round(piece.width)]),
    [
      [0, 0, 50],
      [1, 50, 1],
      [2, 50, 50],
    ],
  );
  assert.equal(ribbonPieces(bouts, { from_s: 0, to_s: 90 }, 100).length, 1);
});

test("a time snaps to the nearest stop within reach", () => {
  assert.equal(snap(58, [0, 60, 65], 5), 60);
  assert.equal(snap(50, [0, 60], 5), 50);
});

test("ticks are round and apart", () => {
  assert.deepEqual(timeTicks({ from_s: 0, to_s: 1500 }, 600, 80), [0, 300, 600, 900, 1200, 1500]);
  assert.ok(timeTicks({ from_s: 0, to_s: 36000 }, 800, 76).length <= 11);
  assert.deepEqual(valueTicks(340, 480, true), [360, 420, 480]);
  assert.ok(valueTicks(131, 164, false).length >= 2 && valueTicks(131, 164, false).length <= 4);
  assert.deepEqual(valueTicks(5, 5, false), []);
});
