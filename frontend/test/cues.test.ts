import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cue, heard } from "../src/page/cues";

const cue = (key: string, sound: string, count = 0): Cue => ({ key, sound, words: `${key}!`, count });

test("what is new is said once, and the last seconds are counted", () => {
  const back = cue("step 2", "backward");
  assert.equal(heard(null, back), null, "what stood there before is not new");
  assert.deepEqual(heard(cue("step 1", "forward"), back), { sound: "backward", words: "step 2!" });
  assert.equal(heard(back, back), null);
  assert.deepEqual(heard(back, { ...back, count: 5 }), { sound: "count", words: "" });
  assert.equal(heard({ ...back, count: 5 }, { ...back, count: 5 }), null, "a second is counted once");
  assert.deepEqual(heard({ ...back, count: 1 }, cue("step 3", "forward")), { sound: "forward", words: "step 3!" });
  assert.equal(heard(back, cue("free", "")), null, "what has no sound is silent");
});
