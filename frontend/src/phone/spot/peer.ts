// Straight from phone to phone: a data channel without any server. What each has to know of the other is a text that
// goes by a code on the screen, or by hand.

import { End, type Event, packetOf, type Said, type Shows } from "./beat";
import { BadCode, packed, unpacked } from "./described";

/** What stands before a runner's call in the address, and before a spotter's answer in its code. */
export const CALL = "#j=";
export const ANSWER = "backward-answer:";
const TICK_MS = 100;
/** Without a server to ask, all there is to gather is there at once. */
const GATHERED_MS = 3000;

/** The link to the other phone: sends by itself, and says what comes of it. */
export class Link {
  /** What the other is shown of the session. */
  shows: Shows | undefined;
  private listener: ((event: Event) => void) | null = null;
  /** What came before anybody listened: a stop is not lost while a session is being begun. */
  private unheard: Event[] = [];
  private end: End | null = null;
  private channel: RTCDataChannel | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private isLeft = false;

  private constructor(
    private readonly connection: RTCPeerConnection,
    private readonly opened: () => void,
  ) {}

  /** Call a spotter: the text is what their phone has to read. */
  static async call(opened: () => void): Promise<{ readonly link: Link; readonly code: string }> {
    const link = new Link(new RTCPeerConnection({ iceServers: [] }), opened);
    // A beat that was lost is out of date: the next one says more.
    link.use(link.connection.createDataChannel("backward", { ordered: false, maxRetransmits: 0 }));
    await link.connection.setLocalDescription(await link.connection.createOffer());
    return { link, code: await link.described() };
  }

  /** Answer a call: the text is what the runner's phone has to read. */
  static async answer(code: string, opened: () => void): Promise<{ readonly link: Link; readonly code: string }> {
    const sdp = unpacked(code);
    const link = new Link(new RTCPeerConnection({ iceServers: [] }), opened);
    link.connection.ondatachannel = (event) => link.use(event.channel);
    await link.connection.setRemoteDescription({ type: "offer", sdp }).catch(refuse);
    await link.connection.setLocalDescription(await link.connection.createAnswer());
    return { link, code: await link.described() };
  }

  /** Take the answer to the call. */
  async accept(code: string): Promise<void> {
    const sdp = unpacked(code);
    await this.connection.setRemoteDescription({ type: "answer", sdp }).catch(refuse);
  }

  set hears(listener: (event: Event) => void) {
    this.listener = listener;
    const unheard = this.unheard;
    this.unheard = [];
    for (const event of unheard) if (event.kind === "said" && event.said === "stop") listener(event);
  }

  get isOpen(): boolean {
    return this.end !== null && !this.end.isLost;
  }

  say(said: Said): void {
    this.end?.say(said, performance.now());
    this.beat();
  }

  /** Leave on purpose: nobody is lost. */
  leave(): void {
    this.isLeft = true;
    clearInterval(this.timer);
    this.connection.close();
  }

  private use(channel: RTCDataChannel): void {
    this.channel = channel;
    channel.onopen = () => {
      this.end = new End(performance.now());
      this.timer = setInterval(() => this.beat(), TICK_MS);
      this.opened();
    };
    channel.onmessage = (event) => {
      const packet = packetOf(event.data);
      if (packet && this.end) this.tell(this.end.take(packet, performance.now()));
    };
    channel.onclose = () => {
      if (!this.isLeft && this.end) this.tell(this.end.close());
    };
  }

  private beat(): void {
    if (!this.end || this.isLeft) return;
    const packet = this.end.due(performance.now(), this.shows);
    if (packet && this.channel?.readyState === "open") this.channel.send(JSON.stringify(packet));
    this.tell(this.end.tick(performance.now()));
  }

  private tell(events: readonly Event[]): void {
    for (const event of events) {
      if (this.listener) this.listener(event);
      else this.unheard.push(event);
    }
  }

  private async described(): Promise<string> {
    await new Promise<void>((fine) => {
      if (this.connection.iceGatheringState === "complete") return fine();
      setTimeout(fine, GATHERED_MS);
      this.connection.onicegatheringstatechange = () => {
        if (this.connection.iceGatheringState === "complete") fine();
      };
    });
    return packed(this.connection.localDescription?.sdp ?? "");
  }
}

function refuse(): never {
  throw new BadCode("This code is of another call. Show a new one, and scan that.");
}
