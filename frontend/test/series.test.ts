import assert from "node:assert/strict";
import { test } from "node:test";
import {
  gapOf,
  indexAt,
  lowerBound,
  meanIn,
  pointsIn,
  rangeOf,
  type Series,
  toArray,
  valueAt,
} from "../src/run/series";

function series(time: number[], values: (number | null)[]): Series {
  const time_s = Float64Array.from(time);
  return {
    time_s,
    columns: new Map([["x", toArray(values)]]),
    gap_s: gapOf(time_s),
    duration_s: time[time.length - 1] ?? 0,
  };
}

const seconds = (n: number) => Array.from({ length: n }, (_, i) => i);

test("missing is NaN, never nought", () => {
  assert.deepEqual([...toArray([1, null, 0])], [1, NaN, 0]);
});

test("a time finds the nearest sample", () => {
  const time = Float64Array.from([0, 1, 2, 10]);
  assert.deepEqual(
    [-5, 0.4, 0.6, 5, 7, 99].map((t) => indexAt(time, t)),
    [0, 0, 1, 2, 3, 3],
  );
  assert.equal(indexAt(new Float64Array(), 1), -1);
  assert.equal(lowerBound(time, 1.5), 2);
});

test("a gap is over ten seconds, or over three usual steps", () => {
  assert.equal(gapOf(Float64Array.from(seconds(100))), 10);
  assert.equal(gapOf(Float64Array.from([0, 30, 60, 90])), 90);
});

test("a value is known near its samples only", () => {
  const gappy = series([0, 1, 2, 3, 60, 61], [1, 2, null, 4, 5, null]);
  assert.equal(valueAt(gappy, "x", 0.9), 2);
  assert.ok([2, 4].includes(valueAt(gappy, "x", 2)));
  assert.ok(Number.isNaN(valueAt(gappy, "x", 30)));
  assert.ok(Number.isNaN(valueAt(gappy, "nothing", 0)));
});

test("a mean is over known samples", () => {
  const gappy = series([0, 1, 2, 3], [1, null, 3, 100]);
  assert.equal(meanIn(gappy, "x", 0, 3), 2);
  assert.ok(Number.isNaN(meanIn(gappy, "x", 1, 2)));
});

test("few samples are drawn as they are, and a gap breaks the line", () => {
  const { x, y } = pointsIn(series([0, 1, 2, 60, 61], [1, 2, 3, 4, 5]), "x", 0, 61, 500);
  assert.deepEqual(x, [0, 1, 2, 31, 60, 61]);
  assert.deepEqual(y, [1, 2, 3, null, 4, 5]);
});

test("a lone missing sample does not break the line", () => {
  assert.deepEqual(pointsIn(series([0, 1, 2, 3], [1, null, 3, 4]), "x", 0, 3, 500).y, [1, 3, 4]);
});

test("many samples become few, with the same mean and rising times", () => {
  const n = 36_000;
  const { x, y } = pointsIn(
    series(
      seconds(n),
      seconds(n).map((i) => i % 7),
    ),
    "x",
    0,
    n,
    600,
  );
  assert.ok(x.length <= 610 && x.length >= 590, String(x.length));
  assert.ok(x.every((t, i) => i === 0 || t > x[i - 1]!));
  const mean = y.reduce<number>((sum, value) => sum + (value ?? 0), 0) / y.length;
  assert.ok(Math.abs(mean - 3) < 0.02, String(mean));
});

test("thinning reads each sample once or twice, however long the run", () => {
  const perSample = [3600, 36_000].map((n) => {
    const { columns, ...whole } = series(seconds(n), seconds(n).map(Math.sin));
    let reads = 0;
    const counting = new Proxy(columns.get("x")!, {
      get: (values, at) => {
        reads += 1;
        return Reflect.get(values, at);
      },
    });
    pointsIn({ ...whole, columns: new Map([["x", counting]]) }, "x", 0, n, 800);
    return reads / n;
  });
  assert.ok(Math.max(...perSample) <= 2.1, String(perSample));
});

test("an axis ignores one spike and is never too narrow", () => {
  const values = [...Array.from({ length: 300 }, (_, i) => 100 + (i % 10)), 9000];
  const [low, high] = rangeOf(values, 5);
  assert.ok(low > 90 && high < 125);
  const [a, b] = rangeOf([50, 50], 20);
  assert.deepEqual([a, b], [40, 60]);
  assert.deepEqual(rangeOf([null], 4), [0, 4]);
});
