import assert from "node:assert/strict";
import { test } from "node:test";
import { End, type Event, type Packet, packetOf, SILENT_MS } from "../src/phone/spot/beat";

/** Numbers that look like chance and are the same every time. */
function drawn(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Sky {
  readonly lost: number;
  readonly delayMs: number;
  readonly heldMs: number;
  readonly doubled: number;
}

type Side = "runner" | "spotter";
interface Heard {
  readonly atMs: number;
  readonly side: Side;
  readonly event: Event;
}

/** Two ends and the air between them, in steps of 50 ms. */
class Pair {
  readonly ends: Record<Side, End> = { runner: new End(0), spotter: new End(0) };
  readonly heard: Heard[] = [];
  nowMs = 0;
  private air: { readonly dueMs: number; readonly to: Side; readonly text: string }[] = [];

  constructor(
    private readonly next: () => number,
    private readonly sky: Sky,
  ) {}

  /** @param open whether a packet of a side gets through; @param awake whether a side's clock goes. */
  run(untilMs: number, open: (from: Side) => boolean = () => true, awake: (side: Side) => boolean = () => true): void {
    while (this.nowMs < untilMs) {
      this.nowMs += 50;
      const due = this.air.filter((packet) => packet.dueMs <= this.nowMs && awake(packet.to));
      this.air = this.air.filter((packet) => !due.includes(packet));
      for (const packet of due) {
        const read = packetOf(packet.text) as Packet;
        this.note(packet.to, this.ends[packet.to].take(read, this.nowMs));
      }
      for (const side of ["runner", "spotter"] as const) {
        if (!awake(side)) continue;
        this.note(side, this.ends[side].tick(this.nowMs));
        const packet = this.ends[side].due(this.nowMs);
        if (packet && open(side)) this.send(side === "runner" ? "spotter" : "runner", JSON.stringify(packet));
      }
    }
  }

  moments(side: Side, kind: Event["kind"], sinceMs = 0): number[] {
    return this.heard
      .filter((heard) => heard.side === side && heard.event.kind === kind && heard.atMs >= sinceMs)
      .map((heard) => heard.atMs);
  }

  private send(to: Side, text: string): void {
    const times = this.next() < this.sky.doubled ? 2 : 1;
    for (let copy = 0; copy < times; copy += 1) {
      if (this.next() < this.sky.lost) continue;
      const held = this.next() < 0.05 ? this.next() * this.sky.heldMs : 0;
      this.air.push({ dueMs: this.nowMs + this.next() * this.sky.delayMs + held, to, text });
    }
  }

  private note(side: Side, events: readonly Event[]): void {
    for (const event of events) this.heard.push({ atMs: this.nowMs, side, event });
  }
}

const CLEAN: Sky = { lost: 0, delayMs: 100, heldMs: 0, doubled: 0 };
const POOR: Sky = { lost: 0.15, delayMs: 200, heldMs: 1500, doubled: 0.1 };

test("ten thousand losses: both say it within 2.5 s, and no stop is missed", () => {
  const kinds = [
    "both ways",
    "only from the runner",
    "only from the spotter",
    "the runner sleeps",
    "the spotter sleeps",
  ];
  let stops = 0;
  for (let number = 0; number < 10_000; number += 1) {
    const next = drawn(number + 1);
    const pair = new Pair(next, number % 2 ? POOR : CLEAN);
    const stopMs = 50 * Math.floor(20 + 40 * next());
    const cutMs = 50 * Math.floor(120 + 20 * next());
    const kind = kinds[number % kinds.length] as string;
    pair.run(stopMs);
    const isConnected = !pair.ends.runner.isLost && !pair.ends.spotter.isLost;
    if (isConnected) pair.ends.spotter.say("stop", pair.nowMs);
    stops += Number(isConnected);
    pair.run(cutMs);
    const got = pair.heard.filter((heard) => heard.side === "runner" && heard.event.kind === "said");
    assert.equal(got.length, Number(isConnected), `${number}: a stop that was said came ${got.length} times`);
    const closed: Record<string, readonly Side[]> = {
      "both ways": ["runner", "spotter"],
      "only from the runner": ["spotter"],
      "only from the spotter": ["runner"],
    };
    const open = (side: Side) => !(closed[kind] ?? []).includes(side);
    const awake = (side: Side) => kind !== `the ${side} sleeps`;
    pair.run(cutMs + 2500 + (number % 2 ? 200 : 100), open, awake);
    for (const side of ["runner", "spotter"] as const) {
      if (!awake(side)) continue;
      const states = pair.heard.filter(
        (heard) => heard.side === side && (heard.event.kind === "lost" || heard.event.kind === "found"),
      );
      assert.equal(states.at(-1)?.event.kind, "lost", `${number}: ${side} was not told, ${kind}`);
    }
  }
  assert.ok(stops > 9000);
});

test("a clean link is never called lost, and a stop arrives at once", () => {
  const pair = new Pair(drawn(5), CLEAN);
  pair.run(60_000);
  assert.deepEqual(pair.moments("runner", "lost"), []);
  pair.ends.spotter.say("stop", pair.nowMs);
  pair.run(60_500);
  const [at] = pair.moments("runner", "said");
  assert.ok(at !== undefined && at - 60_000 <= 200);
});

test("packets that were held up prove nothing", () => {
  const end = new End(0);
  const packets = [0, 500, 1000].map((at) => end.due(at) as Packet);
  const old = { n: 1, heard: (packets[0] as Packet).n, done: 0, words: [] };
  assert.deepEqual(end.take(old, 1500), [], "it proves that the other lived at 0");
  assert.deepEqual(
    end.take({ ...old, n: 2 }, SILENT_MS + 1).map((event) => event.kind),
    ["lost"],
    "and still only that, two seconds later",
  );
});

test("who is not heard learns it too", () => {
  const pair = new Pair(drawn(6), CLEAN);
  pair.run(3000);
  pair.run(5600, (side) => side === "runner");
  assert.equal(pair.moments("runner", "lost").length, 1, "it hears nothing");
  assert.equal(pair.moments("spotter", "lost").length, 1, "it hears the runner, who does not hear it");
  pair.run(9000);
  assert.equal(pair.moments("runner", "found").length, 1);
});

test("clear is of now, a stop is for ever", () => {
  const pair = new Pair(drawn(7), CLEAN);
  pair.run(1000);
  pair.ends.spotter.say("clear", pair.nowMs);
  pair.ends.spotter.say("stop", pair.nowMs);
  pair.run(8000, () => false);
  pair.run(12_000);
  const said = pair.heard.flatMap((heard) =>
    heard.event.kind === "said" && heard.side === "runner" ? [heard.event.said] : [],
  );
  assert.deepEqual(said, ["stop"]);
});

test("behind and clear: the last word about the way counts", () => {
  const pair = new Pair(drawn(8), CLEAN);
  pair.run(1000);
  pair.ends.spotter.say("behind", pair.nowMs);
  pair.ends.spotter.say("clear", pair.nowMs);
  pair.run(2000);
  const said = pair.heard.flatMap((heard) => (heard.event.kind === "said" ? [heard.event.said] : []));
  assert.deepEqual(said, ["clear"]);
});

test("what is no packet is none", () => {
  for (const bad of [undefined, 3, "", "x", "null", "[]", "{}", '{"n":-1,"heard":0,"done":0,"words":[]}'])
    assert.equal(packetOf(bad), null);
  const strange = packetOf('{"n":1,"heard":0,"done":0,"words":[{"id":1,"said":"run"},{"id":2,"said":"stop"}]}');
  assert.deepEqual(strange?.words, [{ id: 2, said: "stop" }]);
});

test("a closed channel is lost at once", () => {
  const end = new End(0);
  assert.deepEqual(end.close(), [{ kind: "lost" }]);
  assert.deepEqual(end.close(), []);
});

test("a stop whose first packet was lost comes a moment later", () => {
  const pair = new Pair(drawn(9), CLEAN);
  pair.run(1000);
  pair.ends.spotter.say("stop", pair.nowMs);
  pair.run(1100, (side) => side === "runner");
  pair.run(1400);
  assert.equal(pair.moments("runner", "said").length, 1);
});
