import assert from "node:assert/strict";
import { test } from "node:test";
import { isOver, secondsWords, shownSeconds } from "../src/page/stopwatch";

test("it counts up, or down to its limit, and never past it", () => {
  assert.equal(shownSeconds(2730, null, false), 2.73);
  assert.equal(shownSeconds(61000, 60, false), 60);
  assert.equal(shownSeconds(0, 300, true), 300);
  assert.equal(shownSeconds(299000, 300, true), 1);
  assert.equal(shownSeconds(400000, 300, true), 0);
});

test("it stops by itself at its limit alone", () => {
  assert.equal(isOver(59999, 60), false);
  assert.equal(isOver(60000, 60), true);
  assert.equal(isOver(1e9, null), false);
});

test("seconds are read with two places, minutes without", () => {
  assert.equal(secondsWords(2.734), "2.73");
  assert.equal(secondsWords(0), "0.00");
  assert.equal(secondsWords(300), "5:00");
  assert.equal(secondsWords(65.9), "1:05");
});
