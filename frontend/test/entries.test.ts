import assert from "node:assert/strict";
import { test } from "node:test";
import { type Entry, isNoise, listsLast, Tally } from "../src/intake/entries";
import { Gate, sendAll } from "../src/intake/queue";

const entry = (status: string): Entry => ({ file_name: "a.fit", status, words: status, message: "", activity_ids: [] });

test("progress counts files and says a rate", () => {
  const tally = new Tally(40);
  for (let i = 0; i < 12; i++) tally.add(10, [entry("new")]);
  assert.equal(tally.progress(4), "12 of 40 files, 3.0 files a second, about 10 s left");
  assert.equal(tally.progress(48), "12 of 40 files, one file every 4 s, about 2 min left");
  assert.equal(new Tally(1).progress(0), "0 of 1 file");
});

test("the end is one calm sentence", () => {
  const tally = new Tally(4);
  tally.add(1, [entry("new"), entry("new")]);
  tally.add(1, [entry("same")]);
  tally.add(1, [entry("failed")]);
  assert.equal(tally.summary(false), "2 new, 1 already here, 1 could not be read.");
  assert.equal(tally.summary(true), "2 new, 1 already here, 1 could not be read. Stopped; 1 file was not sent.");
  assert.equal(new Tally(0).summary(false), "Nothing came in.");
  assert.equal(new Tally(2).summary(true), "Stopped before anything came in. 2 files were not sent.");
});

test("what joined, listed or left out is counted too", () => {
  const tally = new Tally(4);
  for (const status of ["joined", "listed", "left_out", "left_out"]) tally.add(1, [entry(status)]);
  assert.equal(tally.summary(false), "1 joined with the same run, 1 list of names read, 2 left out.");
});

test("a list goes after what it lists", () => {
  const files = ["activities.csv", "1.fit", "x.JSON", "2.gpx"].map((name) => ({ name }));
  assert.deepEqual(
    listsLast(files).map((file) => file.name),
    ["1.fit", "2.gpx", "activities.csv", "x.JSON"],
  );
});

test("a gate holds files back, and its clock stands meanwhile", async () => {
  let now = 0;
  const gate = new Gate(() => now);
  now = 3000;
  gate.hold();
  now = 60_000;
  assert.equal(gate.went_s, 3);
  const order: string[] = [];
  const passed = gate.passed().then(() => order.push("passed"));
  order.push("held");
  gate.open();
  await passed;
  assert.deepEqual(order, ["held", "passed"]);
  now = 61_000;
  assert.equal(gate.went_s, 4);
});

test("nothing is sent while it pauses, and nothing after a stop", async () => {
  const gate = new Gate();
  const stopper = new AbortController();
  const sent: string[] = [];
  const real = globalThis.fetch;
  globalThis.fetch = (async (_url: unknown, told: RequestInit) => {
    sent.push(((told.body as FormData).get("files") as File).name);
    return new Response(JSON.stringify({ entries: [entry("new")] }));
  }) as typeof fetch;
  gate.hold();
  const files = ["a", "b", "c"].map((name) => new File(["x"], name));
  const all = sendAll(files, {
    url: "/",
    csrf: "",
    signal: stopper.signal,
    told: [],
    gate: () => gate.passed(),
    done: () => {
      if (sent.length >= 2) stopper.abort();
    },
  });
  await Promise.resolve();
  assert.deepEqual(sent, []);
  gate.open();
  await all;
  globalThis.fetch = real;
  assert.deepEqual(sent, ["a", "b"]);
});

test("what systems leave in folders is no recording", () => {
  for (const path of ["a/.DS_Store", "__MACOSX/x.fit", "Thumbs.db", ".hidden"]) assert.ok(isNoise(path), path);
  for (const path of ["a/b.fit", "run.gpx"]) assert.ok(!isNoise(path), path);
});
