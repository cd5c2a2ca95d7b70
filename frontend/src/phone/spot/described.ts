// What two phones have to know of each other, short enough for a code that is read at once. A browser's description
// says much that is the same for every data channel; only what differs travels.

export class BadCode extends Error {}

/** Name and word of the link, the print of its key, who begins, the stream's name, and where it can be reached. */
type Short = readonly [string, string, string, string, string, readonly (readonly [string, number, number])[]];

const UDP_HOST = /^a=candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ host/gim;

/** The description, shortened. */
export function packed(sdp: string): string {
  const line = (name: string) => new RegExp(`^a=${name}:(.*)$`, "m").exec(sdp)?.[1]?.trim() ?? "";
  const print = line("fingerprint").replace(/^sha-256 /i, "");
  const places = [...sdp.matchAll(UDP_HOST)].map(
    ([, priority, address, port]) => [address, Number(port), Number(priority)] as const,
  );
  const bytes = print.split(":").map((two) => Number.parseInt(two, 16));
  const short = [line("ice-ufrag"), line("ice-pwd"), letters(bytes), line("setup"), line("mid"), places];
  return letters(new TextEncoder().encode(JSON.stringify(short)));
}

/** The whole description again. Throws BadCode where the text is none of ours. */
export function unpacked(code: string): string {
  const [name, word, print, setup, mid, places] = shortOf(code);
  const hex = bytesOf(print).map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
  const lines = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${mid}`,
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    "c=IN IP4 0.0.0.0",
    `a=ice-ufrag:${name}`,
    `a=ice-pwd:${word}`,
    `a=fingerprint:sha-256 ${hex.join(":")}`,
    `a=setup:${setup}`,
    `a=mid:${mid}`,
    "a=sctp-port:5000",
    "a=max-message-size:262144",
    ...places.map(([address, port, rank], at) => `a=candidate:${at + 1} 1 udp ${rank} ${address} ${port} typ host`),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

function shortOf(code: string): Short {
  try {
    const told = JSON.parse(new TextDecoder().decode(Uint8Array.from(bytesOf(code.trim())))) as unknown[];
    const [places] = told.slice(5);
    const isPlace = (place: unknown) =>
      Array.isArray(place) && PLAIN.test(String(place[0])) && Number.isInteger(place[1]) && Number.isInteger(place[2]);
    // Every part becomes a line of a description: none may hold a line of its own.
    const isShort = told.slice(0, 5).every((part) => typeof part === "string" && part !== "" && PLAIN.test(part));
    if (isShort && Array.isArray(places) && places.every(isPlace)) return told as unknown as Short;
  } catch {
    // What was read is no list.
  }
  throw new BadCode("This code is cut off or none of ours. Scan it again, or copy all of it.");
}

const PLAIN = /^[\w.:+/=-]+$/;

function letters(bytes: Iterable<number>): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function bytesOf(text: string): number[] {
  return Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
