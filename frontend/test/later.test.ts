import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf, saysAnything } from "../src/phone/asked";
import type { Run } from "../src/phone/keep";
import { due, lastSaidMs } from "../src/phone/later";

const at = (day: number, hour: number) => new Date(2026, 4, day, hour).getTime();
const run = (more: Partial<Run> = {}): Run => ({
  id: "r",
  title: "Session",
  startedMs: at(1, 18),
  head: { steps: [{ direction: "forward" }, { direction: "backward" }] },
  endedMs: at(1, 19),
  sentMs: null,
  ...more,
});

test("each of the two days after a session asks once, from half a day on", () => {
  assert.equal(due(run(), at(1, 23)), null);
  assert.equal(due(run(), at(2, 5)), null, "eleven hours after nothing shows yet");
  assert.equal(due(run(), at(2, 9)), "day_1");
  assert.equal(due(run(), at(3, 9)), "day_2");
  assert.equal(due(run(), at(4, 9)), null);
  assert.equal(due(run({ laterSaid: ["day_1"] }), at(2, 9)), null);
  assert.equal(due(run({ laterSaid: ["day_1"] }), at(3, 9)), "day_2");
});

test("a session that only went forward asks nothing, and one without a plan does", () => {
  assert.equal(due(run({ head: { steps: [{ direction: "forward" }] } }), at(2, 9)), null);
  assert.equal(due(run({ head: { steps: [{ direction: "unknown" }] } }), at(2, 9)), "day_1");
});

test("what is said later is a line of its own, and the newest word is that which goes home", () => {
  const none = { exertion: null, pains: {}, fell: null, concussion: null, brokeOff: null, flags: [] };
  assert.equal(saysAnything({ ...none, calves: null }), false);
  assert.equal(saysAnything({ ...none, calves: 0 }), true, "not at all is an answer");
  const told = JSON.parse(lineOf({ ...none, calves: 4 }, 60, 7, "day_1"));
  assert.deepEqual([told.kind, told.moment, told.calf_soreness_nrs, told.told_at_ms], ["answers", "day_1", 4, 7]);
  assert.equal("moment" in JSON.parse(lineOf(none, 60, 7)), false);
  assert.equal(lastSaidMs(run()), null);
  assert.equal(lastSaidMs(run({ saidMs: 5, laterMs: 9 })), 9);
});
