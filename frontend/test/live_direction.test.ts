import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Direction } from "../src/phone/link";
import type { Axes } from "../src/phone/live/attitude";
import { LIVE, POCKET } from "../src/phone/live/constants";
import { LiveJudge, type Told } from "../src/phone/live/judge";

type Event =
  | readonly ["m", number, Axes, Axes]
  | readonly ["f", number, number, number | null, number | null]
  | readonly ["s", number, Direction]
  | readonly ["p", number, boolean];

interface Walk {
  readonly name: string;
  readonly end_s: number;
  readonly in_a_pocket: boolean;
  readonly events: readonly Event[];
  readonly told: readonly (readonly [number, string, number, number, boolean])[];
}

// The same walks are judged by Python: tests/gait/live/walks.py writes them.
const vectors = JSON.parse(readFileSync("../tests/vectors/live_direction.json", "utf8")) as {
  readonly constants: Record<string, number>;
  readonly pocket: Record<string, unknown>;
  readonly walks: readonly Walk[];
};

function judged(walk: Walk): Told[] {
  const judge = new LiveJudge(walk.in_a_pocket);
  const told = walk.events.flatMap((event) => {
    if (event[0] === "m") return judge.takeMotion(event[1], event[2], event[3]);
    if (event[0] === "f") return judge.takeFix(event[1], event[2], event[3], event[4]);
    if (event[0] === "s") return judge.beginStep(event[1], event[2]);
    return judge.pause(event[1], event[2]);
  });
  return [...told, ...judge.advance(walk.end_s)];
}

test("the phone and the laptop judge by the same numbers", () => {
  assert.deepEqual({ ...LIVE }, vectors.constants);
  assert.deepEqual({ ...POCKET }, vectors.pocket);
});

for (const walk of vectors.walks) {
  test(`${walk.name} is told as Python tells it, second by second`, () => {
    const told = judged(walk);
    assert.equal(told.length, walk.told.length);
    told.forEach((answer, at) => {
      const [second, direction, share, backwardM, disagrees] = walk.told[at] as Walk["told"][number];
      assert.deepEqual([answer.second, answer.direction, answer.disagrees], [second, direction, disagrees]);
      assert.ok(Math.abs(answer.forwardShare - share) < 1e-6, `second ${second}: ${answer.forwardShare} for ${share}`);
      assert.ok(Math.abs(answer.backwardM - backwardM) < 1e-5);
    });
  });
}
