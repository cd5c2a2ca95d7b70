import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, fixed, MEASURES, nameOf, paceOf, spokenTime } from "../src/run/format";
import { readClock } from "../src/run/forms";

test("times read as a runner writes them", () => {
  assert.deepEqual([0, 59.6, 344, 3599.7, 3700, NaN].map(clock), ["0:00", "1:00", "5:44", "1:00:00", "1:01:40", "–"]);
  assert.equal(spokenTime(3661), "1 hour 1 minute 1 second");
  assert.equal(spokenTime(0), "0 seconds");
});

test("pace is time per kilometre or mile, and nothing near standing", () => {
  assert.equal(clock(paceOf(1000 / 344, "metric")), "5:44");
  assert.equal(clock(paceOf(1609.344 / 480, "imperial")), "8:00");
  assert.equal(clock(paceOf(1609.344 / 480, "mixed")), "8:00");
  assert.ok(Number.isNaN(paceOf(0.2, "metric")) && Number.isNaN(paceOf(NaN, "metric")));
});

test("figures have a true minus and no minus nought", () => {
  assert.deepEqual([fixed(-2.25, 1), fixed(-0.01, 1), fixed(7, 0), fixed(NaN, 1)], ["\u22122.3", "0.0", "7", "–"]);
});

test("a bout has a name in words", () => {
  assert.equal(nameOf("backward", "run"), "backward, run");
  assert.equal(nameOf("unknown", "run"), "unknown");
});

test("every measure says its unit and reads a value", () => {
  for (const measure of MEASURES) {
    assert.ok(measure.unit("metric").length > 0 && measure.spokenUnit("imperial").length > 0);
    assert.ok(measure.text(measure.shown(2.5, "metric")).length > 0);
    assert.ok(measure.least("metric") > 0);
  }
});

test("typed times are read, others refused", () => {
  assert.deepEqual(
    ["6:30", "1:02:03", "90", " 0:05 ", ""].map((text) => readClock(text, 7)),
    [390, 3723, 90, 5, 7],
  );
  for (const text of ["six", "1:2:3:4", "-5", "1:"]) assert.ok(Number.isNaN(readClock(text, 0)), text);
});
