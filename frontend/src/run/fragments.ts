// Swap the parts of the page that a stroke changed, as the server drew them, without losing the reader's place.

export interface Fragments {
  readonly answer_html?: string;
  readonly ledger_html?: string;
  readonly bouts_html?: string;
  readonly laps_html?: string;
  readonly tissues_html?: string;
  readonly energy_html?: string;
  readonly load_html?: string;
  readonly map_html?: string;
}

export function swapFragments(root: HTMLElement, fragments: Fragments): void {
  const focused = document.activeElement?.closest<HTMLElement>("[data-start]")?.dataset.start;
  swap("[data-answer]", fragments.answer_html);
  swap("[data-ledger]", fragments.ledger_html);
  swap("[data-bouts]", fragments.bouts_html);
  swap("[data-laps]", fragments.laps_html);
  swap("[data-tissues]", fragments.tissues_html);
  swap("[data-energy]", fragments.energy_html);
  swap("[data-load]", fragments.load_html);
  root.dispatchEvent(new CustomEvent("backward:swapped", { bubbles: true }));
  if (focused === undefined || document.activeElement !== document.body) return;
  const row = root.querySelector<HTMLElement>(`[data-bouts] [data-start="${CSS.escape(focused)}"]`);
  (row?.querySelector<HTMLElement>("a") ?? row)?.focus({ preventScroll: true });

  function swap(selector: string, html: string | undefined): void {
    const place = root.querySelector<HTMLElement>(selector);
    if (place === null || html === undefined) return;
    const scrolled = place.querySelector(".scroll")?.scrollTop ?? 0;
    const made = document.createElement("template");
    made.innerHTML = html;
    const only = made.content.firstElementChild;
    // The fragment may be the marked element itself or what goes into it.
    if (only?.matches(selector) && made.content.childElementCount === 1) place.replaceWith(made.content);
    else place.replaceChildren(made.content);
    root.querySelector(`${selector} .scroll`)?.scrollTo({ top: scrolled });
  }
}
