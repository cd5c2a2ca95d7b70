// The app on the phone: a link's sessions in, one guided and recorded, its file out. It asks no server for anything.

import { type Answers, asked, askedLater, lineOf, saysAnything, stopping } from "./asked";
import { AGAIN_MS, BringHome, holding, type Seen } from "./bring_home";
import { Guide, type Happening } from "./guide";
import { headOf } from "./head";
import { fileOf, handOver } from "./home";
import { Keep, type Run } from "./keep";
import { CODE, ownName, pair, Refusal } from "./laptop";
import { due, type Later } from "./later";
import { BadLink, type Session, type Sessions, type Step, sessionsOf } from "./link";
import { Along } from "./live/along";
import { KEEP_EVERY_MS, Recorder } from "./record";
import { nextWords, RunScreen, seenWords } from "./run_screen";
import { before, ended, FREE, home, type Ready, stopped, waitsScreen } from "./screens";
import { Beside } from "./spot/beside";
import { answering } from "./spot/pairing";
import { CALL, type Link } from "./spot/peer";
import { SpotterScreen } from "./spot/spotter_screen";
import { SteadyClock } from "./steady";
import { bigWord, otherWay, spoken, turns, Voice } from "./voice";
import { waitsFor } from "./waits";
import { readWords } from "./words";

const TICK_MS = 200;
const words = readWords();
const root = document.getElementById("app") as HTMLElement;
const now = () => Date.now();

function show(screen: HTMLElement): void {
  root.replaceChildren(screen);
  const heading = screen.querySelector<HTMLElement>("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

function today(): string {
  const at = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

class App {
  private problem = "";
  private seen: Seen | null = null;
  private readonly bringHome: BringHome;

  constructor(private readonly keep: Keep) {
    this.bringHome = new BringHome(keep);
  }

  async open(): Promise<void> {
    await this.arrive();
    addEventListener("hashchange", () => void this.arrive());
    if (!words.besideLaptop) return;
    // Whenever there may be a laptop again.
    addEventListener("online", () => void this.meet());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.meet();
    });
    setInterval(() => void this.meet(), AGAIN_MS);
    await this.meet();
  }

  /** See whether the laptop is here, and do what waits; the first screen shows what came of it. */
  private async meet(): Promise<void> {
    if (!words.besideLaptop) return;
    this.seen = await this.bringHome.meet();
    if (document.querySelector("#home") && !document.querySelector("#home input:focus")) await this.showHome(true);
  }

  private async pairWith(code: string, name: string): Promise<void> {
    this.problem = "";
    try {
      await this.keep.putLaptop(await pair(code, name));
    } catch (problem) {
      const away = "The laptop is not in reach: is `backward serve --lan` running, and this phone in its network?";
      this.problem = problem instanceof Refusal ? problem.message : away;
    }
    this.seen = null;
    await this.showHome();
    await this.meet();
  }

  private async unpair(): Promise<void> {
    if (!confirm("Unpair? What was not brought home yet stays on this phone.")) return;
    await this.keep.putLaptop(null);
    await this.showHome();
  }

  /** An address holds sessions, a call to see for somebody, or nothing. */
  private async arrive(): Promise<void> {
    const fragment = location.hash;
    if (fragment.startsWith(CODE) && words.besideLaptop) {
      history.replaceState(null, "", location.pathname);
      return this.pairWith(fragment.slice(CODE.length), ownName(navigator.userAgent));
    }
    if (!fragment.startsWith(CALL)) {
      await this.takeLink();
      return this.showHome();
    }
    history.replaceState(null, "", location.pathname);
    const back = () => void this.showHome();
    show(await answering(fragment, (link) => show(new SpotterScreen(link, back).root)));
  }

  private async takeLink(): Promise<void> {
    try {
      const sessions = await sessionsOf(location.hash);
      if (sessions) await this.keep.putSessions(sessions);
      this.problem = "";
    } catch (problem) {
      if (!(problem instanceof BadLink)) throw problem;
      this.problem = problem.message;
    }
    // The address is not left lying in the history: it holds the plan.
    if (location.hash) history.replaceState(null, "", location.pathname);
  }

  private async showHome(again = false): Promise<void> {
    const [kept, runs, paired] = await Promise.all([this.keep.sessions(), this.keep.runs(), this.keep.laptop()]);
    const laptop = words.besideLaptop ? { paired, seen: paired ? this.seen : null } : null;
    const doors = {
      begin: (session: Session) => this.ask(session, kept),
      send: (run: Run) => void this.send(run),
      forget: (run: Run) => void this.forget(run),
      say: (run: Run) => this.askHow(run, run.endedMs !== null),
      sayLater: (run: Run, moment: Later) => this.askLater(run, moment),
      pair: (code: string, name: string) => void this.pairWith(code, name),
      unpair: () => void this.unpair(),
    };
    const asks = runs.flatMap((run) => {
      const moment = due(run, now());
      return moment ? [{ run, moment }] : [];
    });
    const screen = home(kept, runs, today(), this.problem, laptop, doors, asks);
    if (!again) show(screen);
    // What somebody has opened is not closed under their finger: the next time shows what came.
    else if (!document.querySelector("#home details[open]")) root.replaceChildren(screen);
  }

  private ask(session: Session, kept: Sessions | null): void {
    const back = () => void this.showHome();
    const start = (ready: Ready) =>
      void new Going(this.keep, session, kept?.unit ?? "km", ready, (run, finished) => {
        this.askHow(run, finished);
      }).begin();
    show(before(session, words.flags, { start, stopped: () => show(stopped(words.flags, back)), back }));
  }

  private askHow(run: Run, finished: boolean): void {
    const goOn = (told: Run) => {
      const back = () => void this.showHome();
      void this.meet();
      show(ended(told, finished, { send: (unsent) => void this.send(unsent), back }));
    };
    show(asked(finished, words, { keep: (answers) => void this.keepSaid(run, answers, goOn), later: () => goOn(run) }));
  }

  private askLater(run: Run, moment: Later): void {
    const goOn = () => void this.showHome().then(() => this.meet());
    const keep = (answers: Answers) => void this.keepSaid(run, answers, goOn, moment);
    show(askedLater(moment, run.title, words, { keep, later: goOn }));
  }

  private async keepSaid(run: Run, answers: Answers, goOn: (run: Run) => void, moment?: Later): Promise<void> {
    if (!saysAnything(answers)) return goOn(run);
    const kept = (await this.keep.runs()).find((other) => other.id === run.id) ?? run;
    // What is on the laptop already need not be handed over again: the words follow it.
    const signs = stopping(answers, words.flags);
    const waits = [...signs.map((sign) => `${sign.words}: see ${sign.whomToSee}.`), ...waitsFor(answers, words)];
    const when = moment ? { laterMs: now(), laterSaid: [...(kept.laterSaid ?? []), moment] } : { saidMs: now() };
    const held = waits.length ? { waits, waitsMs: now() } : {};
    const told = { ...kept, ...when, ...held, sentMs: kept.deliveredAs ? kept.sentMs : null };
    try {
      await this.keep.addLines(run.id, [lineOf(answers, (now() - run.startedMs) / 1000, now(), moment)]);
      await this.keep.putRun(told);
    } catch {
      alert("The phone’s storage is full: what you said is not kept. Free some space, or say it on your laptop.");
      return;
    }
    if (signs.length) show(stopped(signs, () => goOn(told), "You said this. See somebody before you run again:"));
    else if (waits.length) show(waitsScreen(waits, () => goOn(told)));
    else goOn(told);
  }

  private async send(run: Run): Promise<void> {
    if (await handOver(await fileOf(this.keep, run))) await this.keep.putRun({ ...run, sentMs: now() });
    await this.showHome();
  }

  private async forget(run: Run): Promise<void> {
    const sure = run.sentMs !== null || confirm("Delete it? It lies on this phone only.");
    if (sure) await this.keep.forget(run.id);
    await this.showHome();
  }
}

/** One session while it goes on. */
class Going {
  private readonly clock = new SteadyClock();
  private readonly startedMs = this.clock.now();
  private readonly guide: Guide;
  private readonly along: Along;
  private readonly recorder: Recorder;
  private readonly voice: Voice;
  private readonly screen: RunScreen;
  private readonly run: Run;
  private readonly timers: ReturnType<typeof setInterval>[] = [];
  private readonly beside: Beside | null;
  private lock: WakeLockSentinel | null = null;
  private screenStays = true;
  private keeping: Promise<void> = Promise.resolve();
  private full = "";
  private letGo: () => void = () => undefined;
  /** Lines the phone did not take yet: they are tried again with the next. */
  private waiting: string[] = [];
  private readonly wake = () => void this.onVisible();
  private readonly leave = () => this.save();

  constructor(
    private readonly keep: Keep,
    private readonly session: Session,
    unit: "km" | "mi",
    ready: Ready,
    private readonly over: (run: Run, finished: boolean) => void,
  ) {
    this.guide = new Guide(session.steps, this.startedMs);
    this.along = new Along(ready.place);
    this.recorder = new Recorder(
      this.startedMs,
      () => this.clock.now(),
      this.along,
      (ms) => this.clock.of(ms),
    );
    this.voice = new Voice(ready.switches);
    this.run = {
      id: `${this.startedMs}`,
      title: session.title,
      startedMs: this.startedMs,
      head: headOf(session, ready.place, this.startedMs, words.version),
      endedMs: null,
      sentMs: null,
    };
    this.beside = ready.link ? this.withSpotter(ready.link) : null;
    const hands = {
      pause: () => this.take(this.guide.pause(this.clock.now())),
      resume: () => this.take(this.guide.resume(this.clock.now())),
      skip: () => this.take(this.guide.skip(this.clock.now())),
      repeat: () => this.take(this.guide.repeat(this.clock.now())),
      stop: () => this.take(this.guide.stop(this.clock.now())),
    };
    this.screen = new RunScreen(session, unit, hands, this.beside ? [this.beside.alarm.root] : []);
  }

  private withSpotter(link: Link): Beside {
    return new Beside(link, {
      halt: () => this.take(this.guide.pause(this.clock.now(), "spotter")),
      tell: (words) => this.screen.tell(words),
      note: (what) => this.recorder.note({ kind: "spotter", at_s: (this.clock.now() - this.startedMs) / 1000, what }),
    });
  }

  async begin(): Promise<void> {
    show(this.screen.root);
    // All of it has to be asked in the tap that began it.
    await Promise.all([this.voice.wake(), this.beside?.wake(), this.recorder.start(), this.stayAwake()]);
    this.letGo = holding(this.run.id);
    await this.keep.putRun(this.run);
    await navigator.storage?.persist?.().catch(() => false);
    document.addEventListener("visibilitychange", this.wake);
    this.take(this.guide.begin());
    this.beside?.begin();
    this.timers.push(setInterval(() => this.take(this.guide.tick(this.clock.now())), TICK_MS));
    this.timers.push(setInterval(() => this.save(), KEEP_EVERY_MS));
    addEventListener("pagehide", this.leave);
  }

  private async stayAwake(): Promise<void> {
    try {
      this.lock = await navigator.wakeLock.request("screen");
      this.screenStays = true;
    } catch {
      this.screenStays = false;
    }
  }

  private async onVisible(): Promise<void> {
    this.save();
    if (document.visibilityState === "visible" && !this.guide.standing().ended) await this.stayAwake();
  }

  private take(happenings: readonly Happening[]): void {
    for (const happening of happenings) this.answer(happening);
    this.along.advance((this.clock.now() - this.startedMs) / 1000);
    if (this.along.speaksUp()) this.speakUp();
    const sensors = this.recorder.sensors();
    const troubles = this.full ? [this.full, ...sensors.troubles] : sensors.troubles;
    this.screen.draw(this.guide, { ...sensors, troubles }, this.screenStays, this.along.seen());
    this.showSpotter();
    if (happenings.some((happening) => happening.kind === "stop")) void this.end(happenings);
  }

  private showSpotter(): void {
    const { step, next } = this.guide;
    const isPaused = this.guide.standing().paused !== null;
    this.beside?.show(this.guide, nextWords(next, step.direction), seenWords(this.along.seen(), step, isPaused));
  }

  private answer(happening: Happening): void {
    if (happening.kind === "step") this.enter(happening.atS, happening.index);
    else if (happening.kind === "count") this.count(happening.left, happening.turns);
    else if (happening.kind === "look") {
      this.screen.tell(`Look over your ${happening.side} shoulder`);
      this.voice.say("look", happening.side);
    } else if (happening.kind === "stop") {
      const finished = happening.why === "finished";
      this.voice.say(finished ? "done" : "stop", finished ? "Done." : "Stopped. Stand, and turn round.");
      this.recorder.note({ kind: "stop", at_s: happening.atS, why: happening.why });
    } else {
      this.recorder.note({ kind: happening.kind, at_s: happening.atS, why: happening.why });
      this.along.pause(happening.atS, happening.kind === "pause");
      this.voice.say("wait", happening.kind === "pause" ? "Paused. Stand, and turn round." : "Going on.");
    }
  }

  private enter(atS: number, index: number): void {
    const step = this.session.steps[index] as Step;
    const last = this.session.steps[index - 1]?.direction ?? null;
    this.recorder.note({ kind: "step", at_s: atS, index });
    this.along.begin(atS, step.direction);
    this.screen.tell("");
    if (this.session === FREE) return;
    this.voice.say(step.direction === "backward" ? "backward" : "forward", spoken(step, last));
  }

  /** It goes the other way than the step says: told once, and no more. */
  private speakUp(): void {
    const words = otherWay(this.guide.step);
    this.screen.tell(words);
    this.voice.say("look", words);
  }

  private count(left: number, turning: boolean): void {
    const next = this.guide.next;
    const turned = turning && next !== null && turns(next.direction, this.guide.step.direction);
    const first = turned ? `Turn round in ${left}` : `${next ? bigWord(next) : "Done"} in ${left}`;
    this.screen.tell(first);
    this.voice.say("count", left === 5 ? first : "");
  }

  private save(): void {
    const told = this.along.line();
    if (told) this.recorder.note(told);
    this.waiting.push(...this.recorder.lines());
    this.keeping = this.keeping.then(() => this.keepWaiting());
  }

  private async keepWaiting(): Promise<void> {
    const lines = this.waiting;
    this.waiting = [];
    try {
      await this.keep.addLines(this.run.id, lines);
      this.full = "";
    } catch {
      this.waiting = [...lines, ...this.waiting];
      this.full = "The phone’s storage is full: what comes now is not kept yet. Free some space.";
    }
  }

  private async end(happenings: readonly Happening[]): Promise<void> {
    this.timers.forEach(clearInterval);
    document.removeEventListener("visibilitychange", this.wake);
    removeEventListener("pagehide", this.leave);
    this.recorder.stop();
    this.beside?.end();
    this.save();
    await this.keeping;
    await this.lock?.release().catch(() => undefined);
    const run = { ...this.run, endedMs: this.clock.now() };
    await this.keep.putRun(run).catch(() => undefined);
    this.letGo();
    this.over(
      run,
      happenings.some((happening) => happening.kind === "stop" && happening.why === "finished"),
    );
  }
}

if ("serviceWorker" in navigator) void navigator.serviceWorker.register("sw.js").catch(() => undefined);
void Keep.open()
  .then((keep) => new App(keep).open())
  .catch(() => {
    root.textContent =
      "This phone keeps nothing for pages (a private window?). Open the address in an ordinary window.";
  });
