// What stands behind a badge opens beside it: one at a time, closed by Escape, by a click elsewhere, by going on. They
// are <details>, so they also open without any script.

const OPENERS = "details.more, details.menu";
const EDGE_PX = 8;

export function linkPopovers(): void {
  watchOpening();
  document.addEventListener("pointerdown", (event) => closeAllBut(event.target));
  document.addEventListener("focusin", (event) => closeAllBut(event.target));
  linkHover();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>(openOnes());
    if (open === null) return;
    open.querySelector("summary")?.focus({ preventScroll: true });
    open.open = false;
    event.preventDefault();
  });
}

/**
 * Place what opens in the same breath: the event "toggle" comes later, and until then the words would stand elsewhere.
 */
function watchOpening(): void {
  const watch = new MutationObserver((changes) => {
    for (const change of changes) opened(change.target);
  });
  watch.observe(document.documentElement, { subtree: true, attributeFilter: ["open"] });
}

/** A lock says its reason on hover too: it opens under a mouse and closes when that leaves, unless it was clicked. */
function linkHover(): void {
  for (const lock of document.querySelectorAll<HTMLDetailsElement>("details.lock")) {
    let byMouse = false;
    lock.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse" || lock.open) return;
      byMouse = lock.open = true;
    });
    lock.addEventListener("pointerleave", () => {
      if (byMouse && !lock.contains(document.activeElement)) lock.open = false;
      byMouse = false;
    });
    lock.querySelector("summary")?.addEventListener("click", (event) => {
      if (!byMouse) return;
      byMouse = false; // it is open already: the click keeps it so
      event.preventDefault();
    });
    lock.querySelector("summary")?.addEventListener("focus", (event) => {
      if ((event.target as HTMLElement).matches(":focus-visible")) lock.open = true;
    });
  }
}

function openOnes(): string {
  return OPENERS.split(", ")
    .map((selector) => `${selector}[open]`)
    .join(", ");
}

function closeAllBut(target: EventTarget | null): void {
  for (const open of document.querySelectorAll<HTMLDetailsElement>(openOnes())) {
    if (!(target instanceof Node && open.contains(target))) open.open = false;
  }
}

/** Keep the words on the screen: shift them sideways where they would run off. */
function opened(target: Node): void {
  if (!(target instanceof HTMLDetailsElement) || !target.matches(OPENERS) || !target.open) return;
  closeAllBut(target);
  const box = target.querySelector<HTMLElement>(":scope > .pop");
  if (box === null) return;
  box.style.translate = "";
  const { left, right } = box.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const over = right > width - EDGE_PX ? width - EDGE_PX - right : left < EDGE_PX ? EDGE_PX - left : 0;
  if (over !== 0) box.style.translate = `${over.toFixed(0)}px 0`;
}
