// What the page was built with: the warning signs and what follows from them, as the program on the laptop has them.

export interface Flag {
  readonly key: string;
  readonly words: string;
  readonly whomToSee: string;
  readonly emergency: boolean;
}

export interface Words {
  readonly flags: readonly Flag[];
  /** Places of the body: key and words. */
  readonly sites: Readonly<Record<string, string>>;
  /** What is asked after a fall. */
  readonly concussion: string;
  /** From where on what is said makes the plan wait. */
  readonly limits: {
    readonly pain_nrs: Readonly<Record<string, number>>;
    readonly severe_nrs: number;
    readonly calves_nrs: number;
    readonly calves_go_on_nrs: number;
  };
  readonly version: string;
  /** Whether the laptop itself serves this app: it can be paired then. */
  readonly besideLaptop: boolean;
}

/** Where nothing is known, any pain makes the plan wait. */
const NO_LIMITS = { pain_nrs: {}, severe_nrs: 0, calves_nrs: 1, calves_go_on_nrs: 0 };

export function readWords(): Words {
  const told: unknown = JSON.parse(document.getElementById("words")?.textContent ?? "null");
  const words = told as Words | null;
  return words ?? { flags: [], sites: {}, concussion: "", limits: NO_LIMITS, version: "", besideLaptop: false };
}
