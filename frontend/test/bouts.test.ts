import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../tests/vectors/paint.json";
import {
  applyStroke,
  type Bout,
  borders,
  boutIndexAt,
  contains,
  type Direction,
  edgeNear,
  type Gait,
  isBorder,
  joinAlike,
  labelOf,
  moveBorder,
  nearestBorder,
  neighbourOf,
  type Stroke,
} from "../src/run/bouts";

function bout(
  start_s: number,
  end_s: number,
  direction: Direction,
  gait: Gait | null = "run",
  found_by = "facing",
): Bout {
  return { start_s, end_s, direction, gait, probability_share: direction === "unknown" ? null : 0.9, found_by };
}

const RUN: Bout[] = [
  bout(0, 60, "forward"),
  bout(60, 90, "backward", "walk"),
  bout(90, 100, "still", null),
  bout(100, 180, "unknown"),
  bout(180, 200, "forward"),
];

for (const { name, bouts, paints, painted } of vectors) {
  test("what was said and what was seen stay apart", () => {
    const bout = (start_s: number, found_by: string): Bout => ({
      start_s,
      end_s: start_s + 10,
      direction: "forward",
      gait: "run",
      probability_share: null,
      found_by,
    });
    assert.equal(joinAlike([bout(0, "said"), bout(10, "said"), bout(20, "leg"), bout(30, "paint")]).length, 2);
  });

  test(`paint: ${name}`, () => {
    const found = (paints as Stroke[]).reduce<readonly Bout[]>(applyStroke, bouts as Bout[]);
    assert.deepEqual(found, painted);
  });
}

test("any strokes leave bouts that tile the recording", () => {
  let bouts: readonly Bout[] = RUN;
  let seed = 7;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  for (let i = 0; i < 300; i++) {
    const start_s = Math.floor(random() * 199);
    const direction = (["forward", "backward", "sideways", "unknown"] as const)[Math.floor(random() * 4)]!;
    bouts = applyStroke(bouts, {
      start_s,
      end_s: start_s + 1 + Math.floor(random() * 60),
      direction,
      gait: random() < 0.5 ? null : "walk",
    });
    assert.equal(bouts[0]!.start_s, 0);
    assert.equal(bouts[bouts.length - 1]!.end_s, 200);
    for (let k = 1; k < bouts.length; k++) assert.equal(bouts[k]!.start_s, bouts[k - 1]!.end_s);
    assert.ok(bouts.every((bout) => bout.end_s > bout.start_s));
  }
});

test("a moment finds its bout, the end finds the last, outside finds none", () => {
  assert.deepEqual(
    [0, 59.9, 60, 89, 199, 200, 201, -1].map((t) => boutIndexAt(RUN, t)),
    [0, 0, 1, 1, 4, 4, -1, -1],
  );
  assert.equal(boutIndexAt([], 3), -1);
});

test("borders are where bouts meet, and the nearest is found", () => {
  assert.deepEqual(borders(RUN), [60, 90, 100, 180]);
  assert.equal(nearestBorder(RUN, 76), 90);
  assert.equal(nearestBorder(RUN, 76, 5), null);
  assert.equal(nearestBorder([RUN[0]!], 10), null);
  assert.ok(isBorder(RUN, 90.01) && !isBorder(RUN, 0) && !isBorder(RUN, 91));
});

test("a border moves as a stroke of the neighbour that grows", () => {
  assert.deepEqual(moveBorder(RUN, 60, 50), { start_s: 50, end_s: 60, direction: "backward", gait: "walk" });
  assert.deepEqual(moveBorder(RUN, 60, 70), { start_s: 60, end_s: 70, direction: "forward", gait: "run" });
});

test("a border may run over whole bouts and stops at the ends", () => {
  assert.deepEqual(moveBorder(RUN, 60, 500), { start_s: 60, end_s: 200, direction: "forward", gait: "run" });
  assert.deepEqual(moveBorder(RUN, 60, -5), { start_s: 0, end_s: 60, direction: "backward", gait: "walk" });
});

test("nothing moves without a border, without a way, or where standing would win", () => {
  assert.equal(moveBorder(RUN, 61, 70), null);
  assert.equal(moveBorder(RUN, 60, 60), null);
  assert.equal(moveBorder(RUN, 0, 10), null);
  assert.equal(moveBorder(RUN, 90, 80), null);
  assert.equal(moveBorder(RUN, 100, 110), null);
});

test("the edge beside the cursor is meant; ends of the recording stay", () => {
  assert.equal(edgeNear({ start_s: 60, end_s: 90 }, 62, 200), "start");
  assert.equal(edgeNear({ start_s: 60, end_s: 90 }, 88, 200), "end");
  assert.equal(edgeNear({ start_s: 60, end_s: 90 }, null, 200), "start");
  assert.equal(edgeNear({ start_s: 0, end_s: 60 }, 2, 200), "end");
  assert.equal(edgeNear({ start_s: 180, end_s: 200 }, 199, 200), "start");
});

test("steps go from bout to bout and stop at the ends", () => {
  const at = (stretch: Bout | null, step: -1 | 1) => neighbourOf(RUN, stretch, step, null)?.start_s;
  assert.equal(at(RUN[1]!, 1), 90);
  assert.equal(at(RUN[1]!, -1), 0);
  assert.equal(at(RUN[0]!, -1), 0);
  assert.equal(at(RUN[4]!, 1), 180);
  assert.equal(neighbourOf(RUN, null, 1, 95)?.start_s, 90);
  assert.equal(neighbourOf(RUN, { start_s: 20, end_s: 40 }, -1, null)?.start_s, 0);
  assert.equal(neighbourOf([], null, 1, null), null);
});

test("a stretch has a label where it is all the same", () => {
  assert.deepEqual(labelOf(RUN, { start_s: 65, end_s: 80 }), { direction: "backward", gait: "walk" });
  assert.equal(labelOf(RUN, { start_s: 50, end_s: 80 }), null);
  const mixed = [bout(0, 10, "forward", "walk"), bout(10, 20, "forward", "run")];
  assert.deepEqual(labelOf(mixed, { start_s: 0, end_s: 20 }), { direction: "forward", gait: null });
});

test("neighbours of one kind are one stretch, however they were found", () => {
  const joined = joinAlike([
    bout(0, 10, "backward"),
    bout(10, 14, "backward", "run", "paint"),
    bout(14, 20, "backward", "walk"),
  ]);
  assert.deepEqual(
    joined.map((bout) => [bout.start_s, bout.end_s]),
    [
      [0, 14],
      [14, 20],
    ],
  );
  assert.ok(contains({ start_s: 0, end_s: 14 }, { start_s: 10, end_s: 14 }));
  assert.ok(!contains({ start_s: 0, end_s: 14 }, { start_s: 10, end_s: 15 }));
});
