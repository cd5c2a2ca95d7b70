import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf, Laptop, PIECE_BYTES, pair, Refusal } from "../src/phone/laptop";
import { SET_BACK_MS, SteadyClock } from "../src/phone/steady";

const FILE = new Blob([new Uint8Array(3 * PIECE_BYTES + 17).map((_, at) => at % 251)]);

/** A laptop as the Python side is: it takes the next piece only, and remembers what it took. */
class Stand {
  bytes: number[] = [];
  done = false;
  asked: string[] = [];
  /** Which request breaks, and whether its answer or the request itself is lost. */
  breaks: readonly (readonly [number, "before" | "after"])[] = [];

  readonly ask = async (path: string, init: RequestInit): Promise<Response> => {
    const nth = this.asked.push(`${init.method ?? "GET"} ${path.split("?")[0]}`);
    const broken = this.breaks.find(([at]) => at === nth)?.[1];
    if (broken === "before") throw new TypeError("Failed to fetch");
    if (init.method === "POST") {
      const query = new URLSearchParams(path.split("?")[1]);
      const piece = new Uint8Array(await (init.body as Blob).arrayBuffer());
      if (!this.done && Number(query.get("at")) === this.bytes.length) for (const byte of piece) this.bytes.push(byte);
      this.done ||= this.bytes.length === Number(query.get("size"));
    }
    if (broken === "after") throw new TypeError("Failed to fetch");
    return Response.json({ have: this.bytes.length, done: this.done, message: this.done ? "It came in." : "" });
  };
}

async function arrived(stand: Stand): Promise<string> {
  return hashOf(new Blob([new Uint8Array(stand.bytes)]));
}

test("a recording goes in pieces, and arrives as it was", async () => {
  const stand = new Stand();
  const came = await new Laptop("s", stand.ask).deliver(FILE, "x");
  assert.deepEqual([came.done, came.message, came.key], [true, "It came in.", await hashOf(FILE)]);
  assert.equal(stand.asked.length, 5);
  assert.equal(await arrived(stand), came.key);
});

test("wherever the link breaks, it goes on where it stopped and nothing counts twice", async () => {
  for (const side of ["before", "after"] as const) {
    for (let nth = 1; nth <= 5; nth += 1) {
      const stand = new Stand();
      stand.breaks = [[nth, side]];
      const laptop = new Laptop("s", stand.ask);
      await assert.rejects(laptop.deliver(FILE, "x"), TypeError);
      const came = await laptop.deliver(FILE, "x");
      assert.ok(came.done);
      assert.equal(await arrived(stand), came.key);
      const again = await laptop.deliver(FILE, "x");
      assert.ok(again.done);
      assert.equal(stand.bytes.length, FILE.size);
    }
  }
});

test("what never arrives whole is given up with a sentence, and not sent for ever", async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return Response.json({ have: 0, done: false, message: "" });
  };
  await assert.rejects(new Laptop("s", ask).deliver(FILE, "x"), Refusal);
  assert.ok(asked < 9);
});

test("what the laptop refuses is its own sentence, and an answer of something else is no success", async () => {
  const says = (body: string, status: number) => async () => new Response(body, { status });
  for (const [body, status, words] of [
    ['{"message": "That is not the code."}', 409, "That is not the code."],
    ["<html>a café’s page</html>", 511, "The laptop did not answer as it should."],
  ] as const) {
    await assert.rejects(
      pair("1", "x", says(body, status)),
      (problem: unknown) => problem instanceof Refusal && problem.message === words && problem.status === status,
    );
  }
});

test("seconds only rise, however the clock is set back; when it goes on, so do they", () => {
  let wall = 1_000_000;
  const clock = new SteadyClock(() => wall);
  const first = clock.now();
  wall += 5000;
  assert.equal(clock.now() - first, 5000);
  wall -= 3_600_000;
  assert.equal(clock.now() - first, 5000);
  wall += 1000;
  assert.equal(clock.now() - first, 6000);
  assert.equal(clock.of(wall) - first, 6000);
  wall -= SET_BACK_MS / 2;
  clock.now();
  assert.equal(clock.jumps, 1);
});
