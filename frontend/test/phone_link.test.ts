import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { BadLink, sessionsOf } from "../src/phone/link";
import { spoken, turns } from "../src/phone/voice";

interface Vector {
  readonly fragment: string;
  readonly steps: readonly (readonly [string, string, number | null, number | null, boolean])[];
}

// The same links are read and written by the Python tests: tests/vectors/phone_link.json.
const vectors = JSON.parse(readFileSync("../tests/vectors/phone_link.json", "utf8")) as Record<string, Vector>;

function linked(told: unknown): string {
  return `#s=${deflateRawSync(JSON.stringify(told)).toString("base64url")}`;
}

for (const [name, vector] of Object.entries(vectors)) {
  test(`the link of ${name} is read as the laptop wrote it`, async () => {
    const sessions = await sessionsOf(vector.fragment);
    const steps = sessions?.sessions.flatMap((session) =>
      session.steps.map((step) => [step.name, step.direction, step.durationS, step.distanceM, step.looksRound]),
    );
    assert.deepEqual(steps, vector.steps);
  });
}

test("an address without sessions holds none", async () => {
  assert.equal(await sessionsOf(""), null);
  assert.equal(await sessionsOf("#top"), null);
});

test("what is cut off, changed or of another version is said in one sentence", async () => {
  const [vector] = Object.values(vectors) as [Vector];
  for (const bad of [vector.fragment.slice(0, -20), "#s=%%%", "#s=", linked([]), linked({ v: 2 }), linked(null)]) {
    await assert.rejects(
      sessionsOf(bad),
      (problem: unknown) => problem instanceof BadLink && /\.$/.test(problem.message),
    );
  }
});

test("a place that was ticked comes along, and none is none", async () => {
  const steps = [["X", "w", "b", "w", 5, null, null, null, null, 0]];
  const of = (lane: unknown) => linked({ v: 1, words: [], sessions: [{ pieces: steps, lane }] });
  for (const [told, read] of [
    ["Long Alley, 25 m", "Long Alley, 25 m"],
    ["", null],
    [undefined, null],
    [7, null],
  ]) {
    assert.equal((await sessionsOf(of(told)))?.sessions[0]?.lane, read);
  }
});

test("a step without an end and a session without steps are refused", async () => {
  const of = (pieces: unknown) => linked({ v: 1, words: [], sessions: [{ pieces }] });
  await assert.rejects(sessionsOf(of([["X", "w", "b", "w", null, null, null, null, null, 0]])), BadLink);
  await assert.rejects(sessionsOf(of([])), BadLink);
  await assert.rejects(sessionsOf(of([[1e9, [["X", "w", "b", "w", 5, null, null, null, null, 0]]]])), BadLink);
});

test("standing turns nobody round", () => {
  assert.equal(turns("backward", "forward"), true);
  assert.equal(turns("still", "backward"), false);
  assert.equal(turns("forward", null), false);
});

test("a step is said with what to do, how long, and its cue", () => {
  const step = {
    name: "BACK WALK 1/6",
    part: "work",
    direction: "backward",
    gait: "walk",
    durationS: 90,
    distanceM: null,
    fastestMps: 1,
    heartRateHighBpm: null,
    cue: "Short steps.",
    looksRound: true,
  } as const;
  assert.equal(spoken(step, "forward"), "Turn. Walk backward, 1 minute 30 seconds. Short steps.");
  assert.equal(spoken({ ...step, direction: "still" }, "backward"), "Stand, 1 minute 30 seconds. Short steps.");
});
