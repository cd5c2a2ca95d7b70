// Two phones find each other: a code on one, a code back on the other. By camera, or as a text by hand.

import { make } from "../../run/elements";
import { button } from "../run_screen";
import { codeOf, readCode } from "./code";
import { BadCode } from "./described";
import { ANSWER, CALL, Link } from "./peer";

/** On the runner's phone, before a session: call a spotter. */
export function calling(connected: (link: Link) => void): HTMLElement {
  const root = make("section", { class: "card", id: "spotter" });
  const says = make("p", { role: "status" });
  const begin = button("Connect a second phone", () => void call(root, says, connected), "plain");
  root.append(
    make("h2", {}, "A spotter with a second phone"),
    make(
      "p",
      {},
      "They see your step and what comes next, and have a STOP that sounds here. No network is needed but " +
        "one that both phones share: a hotspot of one of them is enough.",
    ),
    begin,
    says,
  );
  return root;
}

async function call(root: HTMLElement, says: HTMLElement, connected: (link: Link) => void): Promise<void> {
  const { link, code } = await Link.call(() => {
    root.replaceChildren(make("h2", {}, "Your spotter is connected"), make("p", {}, "Put the phone away and begin."));
    connected(link);
  });
  const address = `${location.origin}${location.pathname}${CALL}${code}`;
  const answer = make("textarea", { id: "answer", rows: "2", autocomplete: "off" });
  const accept = (text: string) =>
    void link.accept(text.replace(ANSWER, "")).then(
      () => say(says, "Connecting …"),
      (problem: unknown) => say(says, wordsOf(problem)),
    );
  const camera = make("div", { class: "camera" });
  const scan = button("Scan their code", () => void scanned(camera, says, accept), "start");
  root.replaceChildren(
    make("h2", {}, "1. They scan this"),
    make("p", {}, "With the camera of their phone; the app has to have been opened there once."),
    codeOf(address, "The call, as a code"),
    copyable("call", "or send them this", address),
    make("h2", {}, "2. You scan theirs"),
    scan,
    camera,
    make("p", {}, make("label", { for: "answer" }, "or paste what they send"), answer),
    button("Connect", () => accept(answer.value), "plain"),
    says,
  );
}

async function scanned(camera: HTMLElement, says: HTMLElement, accept: (text: string) => void): Promise<void> {
  try {
    const text = await readCode(camera, (found) => found.startsWith(ANSWER));
    if (text !== null) accept(text);
  } catch {
    say(says, "The camera cannot be used here: paste what they send.");
  }
}

/** On the spotter's phone: answer the call that the address holds. */
export async function answering(fragment: string, connected: (link: Link) => void): Promise<HTMLElement> {
  try {
    const { link, code } = await Link.answer(fragment.slice(CALL.length), () => connected(link));
    return make(
      "main",
      { class: "quiet" },
      make("h1", {}, "You see for somebody"),
      make("p", {}, "Let the runner’s phone scan this. Both phones have to be in the same network or hotspot."),
      make(
        "section",
        { class: "card" },
        codeOf(ANSWER + code, "Your answer, as a code"),
        copyable("reply", "or send them this", ANSWER + code),
      ),
      make("p", { class: "small" }, "This page goes on by itself when the phones have found each other."),
    );
  } catch (problem) {
    return make("main", { class: "quiet" }, make("h1", {}, "No call"), make("p", { role: "alert" }, wordsOf(problem)));
  }
}

function copyable(id: string, words: string, text: string): HTMLElement {
  const area = make("textarea", { id, rows: "2", readonly: "" });
  area.value = text;
  const copy = button("Copy", () => {
    area.select();
    void navigator.clipboard?.writeText(text).catch(() => undefined);
  });
  return make("p", {}, make("label", { for: id }, words), area, copy);
}

function say(status: HTMLElement, words: string): void {
  status.textContent = words;
}

function wordsOf(problem: unknown): string {
  return problem instanceof BadCode ? problem.message : "This phone gives a page no link to another phone.";
}
