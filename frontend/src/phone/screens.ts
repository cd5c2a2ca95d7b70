// The quiet screens: which session, what is asked before it, and the way home after it.

import { make } from "../run/elements";
import { clock } from "../run/format";
import type { Run } from "./keep";
import { type LaptopDoors, type LaptopState, laptopCard } from "./laptop_card";
import { type Later, laterWords } from "./later";
import type { Session, Sessions } from "./link";
import { button } from "./run_screen";
import { calling } from "./spot/pairing";
import type { Link } from "./spot/peer";
import type { Switches } from "./voice";
import { holding } from "./waits";
import type { Flag } from "./words";

export type Place = "thigh_right" | "thigh_left" | "waist" | "chest" | "unknown";

const PLACES: readonly (readonly [Place, string])[] = [
  ["thigh_right", "in a trouser pocket, right"],
  ["thigh_left", "in a trouser pocket, left"],
  ["waist", "on a belt, at the waist or in the small of the back"],
  ["chest", "on the chest"],
  ["unknown", "in the hand, on the arm, or somewhere else"],
];

/** No plan is followed: it only records. */
export const FREE: Session = {
  id: "",
  on: "",
  title: "Record without a plan",
  where: "",
  lane: null,
  withWhom: "",
  indoor: false,
  steps: [
    {
      name: "RECORD",
      part: "work",
      direction: "unknown",
      gait: "unknown",
      durationS: 4 * 3600,
      distanceM: null,
      fastestMps: null,
      heartRateHighBpm: null,
      cue: null,
      looksRound: false,
    },
  ],
};

const NOWHERE = "Nothing is sent anywhere. What you record lies on this phone until you hand it over.";
const TO_LAPTOP = "What you record goes to your laptop when this phone sees it, and nowhere else.";

export interface Doors extends LaptopDoors {
  readonly begin: (session: Session) => void;
  readonly send: (run: Run) => void;
  readonly forget: (run: Run) => void;
  readonly say: (run: Run) => void;
  readonly sayLater: (run: Run, moment: Later) => void;
}

/** A question that is due. */
export interface Asked {
  readonly run: Run;
  readonly moment: Later;
}

export function home(
  kept: Sessions | null,
  runs: readonly Run[],
  today: string,
  problem: string,
  laptop: LaptopState | null,
  doors: Doors,
  asks: readonly Asked[] = [],
): HTMLElement {
  const held = holding(runs, kept, laptop?.paired != null);
  const waiting = runs.filter((run) => run.sentMs === null);
  const sent = runs.filter((run) => run.sentMs !== null);
  return make(
    "main",
    { class: "quiet", id: "home" },
    make("h1", {}, "Backward"),
    ...(problem ? [make("p", { class: "problem", role: "alert" }, problem)] : []),
    ...asks.map(({ run, moment }) =>
      make(
        "section",
        { class: "card later" },
        make("h2", {}, `${laterWords(moment)} ${run.title}`),
        make("p", {}, "How are your calves, and does anything hurt? It takes a few taps."),
        button("Say how it is", () => doors.sayLater(run, moment), "start"),
      ),
    ),
    ...waiting.map((run) => waitingCard(run, laptop?.paired != null, doors)),
    ...(laptop && !laptop.paired ? [laptopCard(laptop, doors)] : []),
    ...(held ? [heldCard(held)] : kept || !laptop ? sessionCards(kept, today, doors) : []),
    make(
      "section",
      { class: "card" },
      make("h2", {}, FREE.title),
      make("p", {}, "Motion and positions, no cues."),
      button("Record", () => doors.begin(FREE), "plain"),
    ),
    ...(sent.length ? [sentList(sent, doors)] : []),
    ...(laptop?.paired ? [laptopCard(laptop, doors)] : []),
    make("p", { class: "small" }, laptop?.paired ? TO_LAPTOP : NOWHERE),
  );
}

/** What was said holds the plan: no session begins here before the laptop has heard it. */
function heldCard(run: Run): HTMLElement {
  return make(
    "section",
    { class: "card", id: "held" },
    make("h2", {}, "Your plan waits"),
    make("ul", {}, ...(run.waits ?? []).map((line) => make("li", {}, line))),
    make("p", {}, "Bring the recording home, then open Today on your laptop and scan the code anew."),
  );
}

function sessionCards(kept: Sessions | null, today: string, doors: Doors): HTMLElement[] {
  if (!kept) return [card("No sessions yet", "On your laptop open Today, “Run it with the phone”, and scan the code.")];
  if (today > kept.until) {
    return [
      card(
        "These sessions are out of date",
        `They were good until ${kept.until}. Scan the code on your laptop again: your plan may have changed.`,
      ),
    ];
  }
  if (!kept.sessions.length) return [card("Nothing is planned", `until ${kept.until}.`)];
  return kept.sessions.map((session, at) =>
    make(
      "section",
      { class: "card" },
      make("p", { class: "small" }, dayWords(session.on, today)),
      make("h2", {}, session.title),
      make(
        "div",
        { class: "bar", "aria-hidden": "true" },
        ...session.steps.map((step) => {
          const mark = make("i", { class: step.direction });
          mark.style.flexGrow = String(Math.max(5, step.durationS ?? 20));
          return mark;
        }),
      ),
      make("p", {}, `${lengthWords(session)} · ${session.where} · with ${session.withWhom}`),
      ...laneLines(session),
      button("Start", () => doors.begin(session), at === 0 ? "start" : "plain"),
    ),
  );
}

/** The place that was ticked for a session, where there is one. */
function laneLines(session: Session): HTMLElement[] {
  return session.lane ? [make("p", { class: "lane" }, session.lane)] : [];
}

function waitingCard(run: Run, isPaired: boolean, doors: Doors): HTMLElement {
  const waits = isPaired ? "It goes to your laptop when this phone next sees it." : "It is on this phone only.";
  const words = run.endedMs === null ? "It was not ended; what was recorded until then is here." : waits;
  return make(
    "section",
    { class: "card waiting" },
    make("h2", {}, `Bring it home: ${run.title}`),
    make("p", {}, `${new Date(run.startedMs).toLocaleString()}. ${words}`),
    ...(run.trouble ? [make("p", { class: "problem" }, run.trouble)] : []),
    button("Hand over the file", () => doors.send(run), isPaired && !run.trouble ? "plain" : "start"),
    ...(run.saidMs ? [] : [button("Say how it was", () => doors.say(run), "plain")]),
    button("Delete", () => doors.forget(run), "plain"),
  );
}

function sentList(runs: readonly Run[], doors: Doors): HTMLElement {
  return make(
    "details",
    { class: "card" },
    make("summary", {}, "Handed over"),
    ...runs.map((run) =>
      make(
        "p",
        { class: "line" },
        `${new Date(run.startedMs).toLocaleString()}: ${run.title} `,
        button("Again", () => doors.send(run), "plain"),
        ...(run.saidMs ? [] : [button("Say how it was", () => doors.say(run), "plain")]),
        button("Delete", () => doors.forget(run), "plain"),
      ),
    ),
  );
}

export interface Ready {
  readonly place: Place;
  readonly switches: Switches;
  /** To a spotter with a second phone. */
  readonly link: Link | null;
}

/** Before every session: the warning signs of today, the lane walked forward, where the phone sits. */
export function before(
  session: Session,
  flags: readonly Flag[],
  doors: {
    readonly start: (ready: Ready) => void;
    readonly stopped: () => void;
    readonly back: () => void;
  },
): HTMLElement {
  let link: Link | null = null;
  const spotter = calling((connected) => {
    link = connected;
  });
  const leave = () => {
    link?.leave();
    doors.back();
  };
  const place = make("select", { id: "place" }, ...PLACES.map(([key, words]) => make("option", { value: key }, words)));
  const sound = tick("sounds", "Sounds", true);
  const words = tick("words", "Spoken words", true);
  const shake = tick("shake", "Vibration", true);
  const lane = tick("lane", session.indoor ? BELT : LANE, false);
  const start = button(
    "Start",
    () =>
      doors.start({
        place: place.value as Place,
        switches: { sound: sound.box.checked, words: words.box.checked, shake: shake.box.checked },
        link,
      }),
    "start",
  );
  start.disabled = session !== FREE;
  lane.box.addEventListener("change", () => {
    start.disabled = !lane.box.checked;
  });
  return make(
    "main",
    { class: "quiet" },
    make("h1", {}, session.title),
    make(
      "section",
      { class: "card" },
      make("h2", {}, "Is one of these true today?"),
      make("ul", {}, ...flags.map((flag) => make("li", {}, flag.words)), make("li", {}, FELL)),
      button("Yes", doors.stopped, "plain"),
    ),
    ...(session === FREE || session.indoor ? [] : [spotter]),
    make(
      "section",
      { class: "card" },
      make("h2", {}, "None of them. Then:"),
      ...laneLines(session),
      ...(session === FREE ? [] : [lane.row]),
      make("p", {}, make("label", { for: "place" }, "The phone is "), place),
      sound.row,
      words.row,
      shake.row,
      make("p", { class: "small" }, "No headphones: you have to hear what is behind you."),
      start,
    ),
    button("Back", leave, "plain"),
  );
}

const HAND_OVER =
  "Hand the file to your laptop (AirDrop, Quick Share, a cable, your own cloud), then import it there. " +
  "What you said of it is in it.";
const FELL = "A fall in the last two days, or pain that is worse than last time";
const LANE = "I walked the lane forward: nothing lies on it, and nobody is on it. Who sees for me is here.";
const BELT = "The clip is on, the rail is in reach, and somebody knows that I am here.";

const NONE_BEGINS = "No session begins while one of these stands. Say it on your laptop too: the plan waits with you.";

/** A warning sign: nothing begins, and whom to see. */
export function stopped(flags: readonly Flag[], back: () => void, why = NONE_BEGINS): HTMLElement {
  return make(
    "main",
    { class: "quiet" },
    make("h1", {}, why === NONE_BEGINS ? "Not today" : "Stop here"),
    make("p", {}, why),
    make(
      "ul",
      { class: "card" },
      ...flags.map((flag) => make("li", {}, make("b", {}, flag.words), `: see ${flag.whomToSee}.`)),
      ...(why === NONE_BEGINS
        ? [make("li", {}, make("b", {}, FELL), ": rest, and answer the questions on your laptop first.")]
        : []),
    ),
    button("Back", back, "plain"),
  );
}

/** What was said makes the plan wait: said at once, before the file is handed over. */
export function waitsScreen(waits: readonly string[], goOn: () => void): HTMLElement {
  return make(
    "main",
    { class: "quiet" },
    make("h1", {}, "Your plan waits"),
    make("ul", { class: "card" }, ...waits.map((line) => make("li", {}, line))),
    button("Go on", goOn, "start"),
  );
}

export function ended(
  run: Run,
  finished: boolean,
  doors: Pick<Doors, "send"> & { readonly back: () => void },
): HTMLElement {
  return make(
    "main",
    { class: "quiet" },
    make("h1", {}, finished ? "Done" : "Stopped"),
    make("p", {}, finished ? "The whole session is on this phone." : "What was done until now is on this phone."),
    make("p", {}, HAND_OVER),
    button("Hand over the file", () => doors.send(run), "start"),
    button("Later", doors.back, "plain"),
  );
}

function card(title: string, words: string): HTMLElement {
  return make("section", { class: "card" }, make("h2", {}, title), make("p", {}, words));
}

function tick(id: string, words: string, checked: boolean): { row: HTMLElement; box: HTMLInputElement } {
  const box = make("input", { type: "checkbox", id });
  box.checked = checked;
  return { row: make("p", { class: "tick" }, box, make("label", { for: id }, words)), box };
}

function dayWords(on: string, today: string): string {
  if (on === today) return "Today";
  return new Date(`${on}T12:00`).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
}

function lengthWords(session: Session): string {
  const whole = session.steps.reduce((sum, step) => sum + (step.durationS ?? 0), 0);
  const back = session.steps.reduce(
    (sum, step) => sum + (step.direction === "backward" ? (step.durationS ?? 0) : 0),
    0,
  );
  return back ? `${clock(whole)}, ${clock(back)} of it backward` : clock(whole);
}
