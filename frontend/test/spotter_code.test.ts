import assert from "node:assert/strict";
import { test } from "node:test";
import encodeQR from "qr";
import decodeQR from "qr/decode.js";
import { BadCode, packed, unpacked } from "../src/phone/spot/described";

const PRINT = Array.from({ length: 32 }, (_, at) => (7 * at).toString(16).padStart(2, "0").slice(-2).toUpperCase());
const SDP = [
  "v=0",
  "o=- 46117317 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "m=application 51472 UDP/DTLS/SCTP webrtc-datachannel",
  "c=IN IP4 192.168.43.1",
  "a=candidate:1 1 udp 2113937151 5c1a4b6e-0000-4bd8-9d4e-1f2d3c4b5a69.local 51472 typ host generation 0",
  "a=candidate:2 1 tcp 1518280447 192.168.43.1 9 typ host tcptype active",
  "a=ice-ufrag:Gx2+",
  "a=ice-pwd:Kq/7uVw3Jr5tY8zXp2LmNc4b",
  "a=ice-options:trickle",
  `a=fingerprint:sha-256 ${PRINT.join(":")}`,
  "a=setup:actpass",
  "a=mid:0",
  "a=sctp-port:5000",
  "",
].join("\r\n");

test("a description is short, and whole again on the other phone", () => {
  const code = packed(SDP);
  assert.ok(code.length < 320, `${code.length} letters`);
  const whole = unpacked(code).split("\r\n");
  for (const line of ["a=ice-ufrag:Gx2+", "a=ice-pwd:Kq/7uVw3Jr5tY8zXp2LmNc4b", "a=setup:actpass", "a=mid:0"])
    assert.ok(whole.includes(line), line);
  assert.ok(whole.includes(`a=fingerprint:sha-256 ${PRINT.join(":")}`));
  const reached = whole.filter((line) => line.startsWith("a=candidate:"));
  assert.deepEqual(reached, [
    "a=candidate:1 1 udp 2113937151 5c1a4b6e-0000-4bd8-9d4e-1f2d3c4b5a69.local 51472 typ host",
  ]);
});

function isRefused(code: string): boolean {
  try {
    unpacked(code);
    return false;
  } catch (problem) {
    return problem instanceof BadCode;
  }
}

test("a code that is cut off, none of ours or smuggles a line is refused", () => {
  const smuggled = btoa(JSON.stringify(["a\r\nb=1", "w", "AAAA", "active", "0", []]));
  for (const bad of [
    "",
    "x",
    "%%%",
    packed(SDP).slice(0, -9),
    btoa("[]"),
    btoa('["a","b","c","d","0",[["x"]]]'),
    smuggled,
  ])
    assert.ok(isRefused(bad), bad);
});

test("what is drawn is read by what looks through the camera", () => {
  const text = `https://you.example/backward/#j=${packed(SDP)}`;
  const modules = encodeQR(text, "raw", { ecc: "low", border: 4 });
  const scale = 4;
  const side = scale * modules.length;
  assert.ok(modules.length - 8 <= 81, "version 16: read from a screen by any phone");
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let down = 0; down < scale; down += 1)
        for (let right = 0; right < scale; right += 1)
          data.fill(
            0,
            4 * ((scale * y + down) * side + scale * x + right),
            4 * ((scale * y + down) * side + scale * x + right) + 3,
          );
    });
  });
  assert.equal(decodeQR({ width: side, height: side, data }), text);
});
