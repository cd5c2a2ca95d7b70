import assert from "node:assert/strict";
import { test } from "node:test";
import { span } from "../src/page/ticks";

test("a tick with shift takes all between, whichever comes first", () => {
  const runs = ["a", "b", "c", "d"];
  assert.deepEqual(span(runs, "b", "d"), [1, 3]);
  assert.deepEqual(span(runs, "d", "b"), [1, 3]);
  assert.deepEqual(span(runs, "c", "c"), [2, 2]);
});
