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
  readonly version: string;
  /** Whether the laptop itself serves this app: it can be paired then. */
  readonly besideLaptop: boolean;
}

export function readWords(): Words {
  const told: unknown = JSON.parse(document.getElementById("words")?.textContent ?? "null");
  const words = told as Words | null;
  return words ?? { flags: [], sites: {}, concussion: "", version: "", besideLaptop: false };
}
