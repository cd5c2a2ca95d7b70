import assert from "node:assert/strict";
import { test } from "node:test";
import { ASLEEP_S, Guide, type Happening } from "../src/phone/guide";
import type { Direction, Step } from "../src/phone/link";

function step(direction: Direction, durationS: number | null, more: Partial<Step> = {}): Step {
  return {
    name: direction,
    part: "work",
    direction,
    gait: "walk",
    durationS,
    distanceM: durationS === null ? 20 : null,
    fastestMps: null,
    heartRateHighBpm: null,
    cue: null,
    looksRound: false,
    ...more,
  };
}

/** Let a guide run to a moment in ticks of 200 ms, as the page does. */
function run(guide: Guide, fromMs: number, toMs: number): Happening[] {
  const found: Happening[] = [];
  for (let at = fromMs + 200; at <= toMs; at += 200) found.push(...guide.tick(at));
  return found;
}

test("steps follow each other by time, each at its own moment, and the last ends the session", () => {
  const guide = new Guide([step("forward", 10), step("backward", 20)], 5000);
  assert.deepEqual(guide.begin(), [{ kind: "step", atS: 0, index: 0 }]);
  const found = run(guide, 5000, 40_000).filter((happening) => happening.kind === "step" || happening.kind === "stop");
  assert.deepEqual(found, [
    { kind: "step", atS: 10, index: 1 },
    { kind: "stop", atS: 30, why: "finished" },
  ]);
  assert.equal(guide.standing().ended, true);
});

test("five seconds are counted before a step ends, each once, and a turn is said", () => {
  const guide = new Guide([step("forward", 10), step("backward", 20)], 0);
  const counts = run(guide, 0, 9900).filter((happening) => happening.kind === "count");
  assert.deepEqual(
    counts.map((happening) => happening.kind === "count" && [happening.left, happening.turns]),
    [5, 4, 3, 2, 1].map((left) => [left, true]),
  );
});

test("looks come every four seconds while going backward, the sides in turn, and not during the count", () => {
  const guide = new Guide([step("backward", 20, { looksRound: true })], 0);
  const looks = run(guide, 0, 19_900).filter((happening) => happening.kind === "look");
  assert.deepEqual(
    looks.map((happening) => happening.kind === "look" && [happening.atS, happening.side]),
    [
      [4, "left"],
      [8, "right"],
      [12, "left"],
    ],
  );
  const plain = new Guide([step("backward", 20)], 0);
  assert.equal(run(plain, 0, 19_900).filter((happening) => happening.kind === "look").length, 0);
});

test("a pause stops the time of a step and nothing else", () => {
  const guide = new Guide([step("backward", 20)], 0);
  run(guide, 0, 5000);
  assert.deepEqual(guide.pause(5000), [{ kind: "pause", atS: 5, why: "asked" }]);
  run(guide, 5000, 60_000);
  assert.equal(guide.standing().leftS, 15);
  assert.deepEqual(guide.resume(60_000), [{ kind: "resume", atS: 60, why: "asked" }]);
  run(guide, 60_000, 61_000);
  assert.equal(guide.standing().leftS, 14);
});

test("a phone that slept guided nobody: the session waits where it was", () => {
  const guide = new Guide([step("backward", 20), step("forward", 20)], 0);
  run(guide, 0, 3000);
  const found = guide.tick(3000 + 1000 * (ASLEEP_S + 60));
  assert.deepEqual(found, [{ kind: "pause", atS: 3, why: "slept" }]);
  assert.equal(guide.standing().leftS, 17);
  assert.equal(guide.standing().index, 0);
});

test("a distance ends by a tap, a step can be left out or begun again, and STOP ends everything", () => {
  const guide = new Guide([step("backward", null), step("forward", 10)], 0);
  assert.equal(run(guide, 0, 60_000).length, 0);
  assert.deepEqual(guide.skip(60_000), [{ kind: "step", atS: 60, index: 1 }]);
  run(guide, 60_000, 64_000);
  assert.deepEqual(guide.repeat(64_000), [{ kind: "step", atS: 64, index: 1 }]);
  assert.equal(guide.standing().leftS, 10);
  assert.deepEqual(guide.stop(65_000), [{ kind: "stop", atS: 65, why: "stopped" }]);
  assert.deepEqual(guide.stop(66_000), []);
  assert.deepEqual(guide.skip(66_000), []);
});

test("a clock that jumps back changes nothing", () => {
  const guide = new Guide([step("backward", 20)], 100_000);
  run(guide, 100_000, 105_000);
  guide.tick(50_000);
  assert.equal(guide.standing().leftS, 15);
});
