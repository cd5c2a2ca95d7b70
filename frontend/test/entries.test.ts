import assert from "node:assert/strict";
import { test } from "node:test";
import { type Entry, isNoise, Tally } from "../src/intake/entries";

const entry = (status: string): Entry => ({ file_name: "a.fit", status, words: status, message: "", activity_ids: [] });

test("progress counts files and says a rate", () => {
  const tally = new Tally(40);
  for (let i = 0; i < 12; i++) tally.add(10, [entry("new")]);
  assert.equal(tally.progress(4), "12 of 40 files, 3.0 files a second");
  assert.equal(tally.progress(48), "12 of 40 files, one file every 4 s");
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

test("what systems leave in folders is no recording", () => {
  for (const path of ["a/.DS_Store", "__MACOSX/x.fit", "Thumbs.db", ".hidden"]) assert.ok(isNoise(path), path);
  for (const path of ["a/b.fit", "run.gpx"]) assert.ok(!isNoise(path), path);
});
