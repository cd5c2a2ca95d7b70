// Right after a session: how hard it was, what hurts, whether there was a fall. What is not answered stays unknown.

import { make } from "../run/elements";
import { type Later, laterWords } from "./later";
import { button } from "./run_screen";
import type { Flag, Words } from "./words";

export interface Answers {
  readonly exertion: number | null;
  readonly pains: Readonly<Record<string, number>>;
  readonly fell: boolean | null;
  readonly concussion: boolean | null;
  readonly brokeOff: boolean | null;
  readonly flags: readonly string[];
  /** Soreness of the calves, asked on the days after. */
  readonly calves?: number | null;
}

/** The answers as a line of the file. */
export function lineOf(answers: Answers, atS: number, toldMs: number, moment?: Later): string {
  return JSON.stringify({
    kind: "answers",
    at_s: atS,
    told_at_ms: toldMs,
    ...(moment ? { moment, calf_soreness_nrs: answers.calves ?? null } : {}),
    exertion_cr10: answers.exertion,
    pain_nrs: answers.pains,
    fell: answers.fell,
    concussion_signs: answers.concussion,
    broke_off: answers.brokeOff,
    red_flags: answers.flags,
  });
}

/** Whether anything was answered. */
export function saysAnything(answers: Answers): boolean {
  const { exertion, pains, fell, concussion, brokeOff, flags, calves = null } = answers;
  const said = [exertion, fell, concussion, brokeOff, calves].some((answer) => answer !== null);
  return said || flags.length > 0 || Object.keys(pains).length > 0;
}

/** What of it stops everything: whoever ticked it is told whom to see. */
export function stopping(answers: Answers, flags: readonly Flag[]): Flag[] {
  return flags.filter((flag) => answers.flags.includes(flag.key) || (answers.concussion && flag.key === HEAD_STRIKE));
}

const HEAD_STRIKE = "head_strike";
const EFFORTS: Readonly<Record<number, string>> = { 0: "rest", 3: "easy", 5: "hard", 7: "very hard", 10: "all I had" };
const MOST = 10;

export function asked(
  finished: boolean,
  words: Words,
  doors: { readonly keep: (answers: Answers) => void; readonly later: () => void },
): HTMLElement {
  const effort = new Scale("effort", "How hard was it? 0 is rest, 10 is all you had.");
  const pains = new Pains(words.sites);
  const fell = new YesNo("fell", "Did you fall?");
  const concussion = new YesNo("concussion", words.concussion);
  const broke = new YesNo("broke", "Did you stop because something hurt or felt wrong?");
  concussion.root.hidden = true;
  fell.root.addEventListener("change", () => {
    concussion.root.hidden = fell.value !== true;
  });
  const flags = words.flags.map((flag) => tick(`flag_${flag.key}`, flag.words));
  const answers = (): Answers => ({
    exertion: effort.value,
    pains: pains.value(),
    fell: fell.value,
    concussion: fell.value === true ? concussion.value : null,
    brokeOff: finished ? null : broke.value,
    flags: words.flags.filter((_, at) => flags[at]?.box.checked).map((flag) => flag.key),
  });
  return make(
    "main",
    { class: "quiet" },
    make("h1", {}, "How was it?"),
    make("section", { class: "card" }, effort.root),
    make("section", { class: "card" }, pains.root),
    make("section", { class: "card" }, fell.root, concussion.root, ...(finished ? [] : [broke.root])),
    make("details", { class: "card" }, make("summary", {}, "A warning sign?"), ...flags.map((flag) => flag.row)),
    button("Keep it", () => doors.keep(answers()), "start"),
    button("Later", doors.later, "plain"),
    make("p", { class: "small" }, "What you leave open stays unknown. It travels in the same file."),
  );
}

/** The question of a day after: the calves, what hurts, a warning sign. */
export function askedLater(
  moment: Later,
  title: string,
  words: Words,
  doors: { readonly keep: (answers: Answers) => void; readonly later: () => void },
): HTMLElement {
  const calves = new Scale("calves", "How sore are your calves? 0 is not at all, 10 the worst you know.", {});
  const pains = new Pains(words.sites);
  const flags = words.flags.map((flag) => tick(`flag_${flag.key}`, flag.words));
  const answers = (): Answers => ({
    exertion: null,
    pains: pains.value(),
    fell: null,
    concussion: null,
    brokeOff: null,
    flags: words.flags.filter((_, at) => flags[at]?.box.checked).map((flag) => flag.key),
    calves: calves.value,
  });
  return make(
    "main",
    { class: "quiet" },
    make("h1", {}, `${laterWords(moment)} ${title}`),
    make("section", { class: "card" }, calves.root),
    make("section", { class: "card" }, pains.root),
    make("details", { class: "card" }, make("summary", {}, "A warning sign?"), ...flags.map((flag) => flag.row)),
    button("Save it", () => doors.keep(answers()), "start"),
    button("Later", doors.later, "plain"),
    make("p", { class: "small" }, "What you leave open stays unknown."),
  );
}

/** Eleven buttons in two rows: nothing is chosen before a finger chose it. */
class Scale {
  readonly root: HTMLElement;
  value: number | null = null;

  constructor(name: string, question: string, says: Readonly<Record<number, string>> = EFFORTS) {
    this.root = make("fieldset", { class: "scale" }, make("legend", {}, question));
    for (let number = 0; number <= MOST; number += 1) {
      const box = make("input", { type: "radio", name, id: `${name}_${number}`, value: String(number) });
      box.addEventListener("change", () => {
        this.value = number;
      });
      const title = says[number];
      const label = make("label", { for: box.id, ...(title ? { title } : {}) }, String(number));
      this.root.append(make("span", {}, box, label));
    }
  }
}

/** A place and how much it hurts, as often as wanted. */
class Pains {
  readonly root: HTMLElement;
  private readonly rows: { readonly site: HTMLSelectElement; readonly pain: HTMLSelectElement }[] = [];
  private readonly list = make("div", {});

  constructor(private readonly sites: Readonly<Record<string, string>>) {
    const more = button("Another place", () => this.add(), "plain");
    this.root = make("fieldset", {}, make("legend", {}, "Does anything hurt?"), this.list, more);
    this.add();
  }

  value(): Record<string, number> {
    const named = this.rows.filter((row) => row.site.value && row.pain.value);
    return Object.fromEntries(named.map((row) => [row.site.value, Number(row.pain.value)]));
  }

  private add(): void {
    const at = this.rows.length + 1;
    const option = (value: string, words: string) => make("option", { value }, words);
    const places = Object.entries(this.sites).map(([key, words]) => option(key, words));
    const site = make("select", { "aria-label": `Place ${at}` }, option("", "no place"), ...places);
    const pains = Array.from({ length: MOST + 1 }, (_, pain) => option(String(pain), `${pain} of 10`));
    const pain = make("select", { "aria-label": `Pain of place ${at}` }, option("", "pain?"), ...pains);
    this.rows.push({ site, pain });
    this.list.append(make("div", { class: "two" }, site, pain));
  }
}

class YesNo {
  readonly root: HTMLElement;
  value: boolean | null = null;

  constructor(name: string, question: string) {
    this.root = make("fieldset", { class: "scale yesno" }, make("legend", {}, question));
    for (const [says, value] of [
      ["No", false],
      ["Yes", true],
    ] as const) {
      const box = make("input", { type: "radio", name, id: `${name}_${says}`, value: says });
      box.addEventListener("change", () => {
        this.value = value;
      });
      this.root.append(make("span", {}, box, make("label", { for: box.id }, says)));
    }
  }
}

function tick(id: string, words: string): { readonly row: HTMLElement; readonly box: HTMLInputElement } {
  const box = make("input", { type: "checkbox", id });
  return { row: make("p", { class: "tick" }, box, make("label", { for: id }, words)), box };
}
