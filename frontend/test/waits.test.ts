import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "../src/phone/asked";
import type { Run } from "../src/phone/keep";
import type { Sessions } from "../src/phone/link";
import { holding, waitsFor } from "../src/phone/waits";

const WORDS = {
  sites: { "left knee": "Left knee", "left achilles": "Left Achilles tendon" },
  limits: { pain_nrs: { "left knee": 3, "left achilles": 5 }, severe_nrs: 7, calves_nrs: 4, calves_go_on_nrs: 2 },
};
const NOTHING: Answers = { exertion: 4, pains: {}, fell: false, concussion: null, brokeOff: false, flags: [] };
const run = (more: Partial<Run>): Run => ({
  id: "r",
  title: "Session",
  startedMs: 0,
  head: {},
  endedMs: 1,
  sentMs: null,
  ...more,
});
const sessions = (arrivedMs: number): Sessions => ({ made: "", until: "", unit: "km", sessions: [], arrivedMs });

test("what is within its limit lets the plan go on", () => {
  assert.deepEqual(waitsFor(NOTHING, WORDS), []);
  assert.deepEqual(waitsFor({ ...NOTHING, pains: { "left knee": 3, "left achilles": 5 }, calves: 3 }, WORDS), []);
});

test("each thing beyond it is said in a sentence of its own", () => {
  const told = waitsFor(
    { ...NOTHING, pains: { "left knee": 4, "left achilles": 8 }, fell: true, brokeOff: true, calves: 4 },
    WORDS,
  );
  assert.equal(told.length, 5);
  assert.ok(/You fell/.test(told[0]!));
  assert.ok(/Pain 4 of 10, left knee, over its limit of 3/.test(told[1]!));
  assert.ok(/Pain 8 of 10, left achilles tendon: have it looked at/.test(told[2]!));
  assert.ok(/Calves 4 of 10.*at 2 or less/.test(told[3]!));
});

test("a place that has no limit here has none to spare", () => {
  assert.equal(waitsFor({ ...NOTHING, pains: { elsewhere: 1 } }, WORDS).length, 1);
});

test("no session begins until newer ones came, and of a paired phone until the laptop has the words", () => {
  const hurt = run({ waits: ["You fell"], waitsMs: 100 });
  assert.equal(holding([hurt], sessions(50), false)?.id, "r");
  assert.equal(holding([hurt], null, false)?.id, "r");
  assert.equal(holding([hurt], sessions(150), false), null);
  assert.equal(holding([hurt], sessions(150), true)?.id, "r", "they came of a plan that has not heard it");
  assert.equal(holding([{ ...hurt, broughtMs: 100 }], sessions(150), true), null);
  assert.equal(holding([run({ saidMs: 100 })], sessions(50), true), null);
  assert.equal(
    holding([{ ...hurt, laterMs: 900, broughtMs: 100 }], sessions(150), false),
    null,
    "a good day holds nothing",
  );
});
