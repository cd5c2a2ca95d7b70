// What is said on the phone and makes the plan wait: it is answered here at once, and no session begins until the
// laptop has heard it and sent its sessions anew.

import type { Answers } from "./asked";
import type { Run } from "./keep";
import type { Sessions } from "./link";
import type { Words } from "./words";

/** What of the answers the plan waits for, each in a sentence; empty where it does not wait. */
export function waitsFor(answers: Answers, words: Pick<Words, "sites" | "limits">): string[] {
  const { pain_nrs, severe_nrs, calves_nrs, calves_go_on_nrs } = words.limits;
  const told: string[] = [];
  if (answers.fell) told.push("You fell: nothing backward for 48 hours, and first the questions on your laptop.");
  for (const [site, pain] of Object.entries(answers.pains)) {
    const where = `Pain ${pain} of 10, ${(words.sites[site] ?? site).toLowerCase()}`;
    const limit = pain_nrs[site] ?? 0;
    if (pain >= severe_nrs) told.push(`${where}: have it looked at before you go backward again.`);
    else if (pain > limit) told.push(`${where}, over its limit of ${limit}: nothing backward for 48 hours.`);
  }
  if ((answers.calves ?? 0) >= calves_nrs)
    told.push(`Calves ${answers.calves} of 10: nothing backward until they are at ${calves_go_on_nrs} or less.`);
  if (answers.brokeOff) told.push("You broke off: what comes next is lower, and your laptop says how.");
  return told;
}

/** Whose words still hold the plan: those the laptop has not answered with new sessions. */
export function holding(runs: readonly Run[], kept: Sessions | null, isPaired: boolean): Run | null {
  const holds = (run: Run) => {
    const { waitsMs } = run;
    if (waitsMs === undefined) return false;
    return (kept?.arrivedMs ?? 0) <= waitsMs || (isPaired && (run.broughtMs ?? 0) < waitsMs);
  };
  return runs.find(holds) ?? null;
}
