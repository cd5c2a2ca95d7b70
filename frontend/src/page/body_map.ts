// The body map: a tapped place opens its scale and carries the number that was given. Without this the places are links
// to their scales.

export function linkBodyMap(): void {
  const map = document.querySelector<HTMLElement>("[data-body-map]");
  if (map === null) return;
  map.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<Element>("a[data-site]") : null;
    if (link === null) return;
    event.preventDefault();
    open(map, link.getAttribute("data-site") ?? "");
  });
  map.addEventListener("change", (event) => {
    const site = event.target instanceof HTMLInputElement ? event.target.closest(".site") : null;
    if (site !== null) mark(map, site);
  });
  nameUnderPointer(map);
  for (const site of map.querySelectorAll(".site:has(input:checked:not([value='']))")) mark(map, site);
}

/** Say the name of the place under the mouse, where a moment ago it said what to do. */
function nameUnderPointer(map: HTMLElement): void {
  const hint = document.getElementById("map-hint");
  if (hint === null) return;
  const rest = hint.textContent;
  const say = (event: Event): void => {
    const spot = event.target instanceof Element ? event.target.closest(".spot") : null;
    hint.textContent = spot?.getAttribute("data-words") ?? rest;
  };
  for (const moment of ["pointerover", "focusin"]) map.addEventListener(moment, say);
  map.addEventListener("pointerleave", () => (hint.textContent = rest));
}

function open(map: HTMLElement, name: string): void {
  const site = map.querySelector<HTMLElement>(`#site-${CSS.escape(name)}`);
  if (site === null) return;
  site.classList.add("shown");
  for (const spot of spots(map, name)) spot.classList.add("open");
  const scale = site.querySelector<HTMLInputElement>("input:checked") ?? site.querySelector<HTMLInputElement>("input");
  scale?.focus({ preventScroll: true });
  site.scrollIntoView({ block: "nearest" });
}

function mark(map: HTMLElement, site: Element): void {
  const value = site.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
  for (const spot of spots(map, site.id.replace(/^site-/, ""))) {
    spot.classList.toggle("rated", value !== "");
    const text = spot.querySelector("text");
    if (text !== null) text.textContent = value;
    const words = spot.getAttribute("data-words") ?? "";
    spot.setAttribute("aria-label", value === "" ? words : `${words}, ${value}`);
  }
}

function spots(map: HTMLElement, name: string): NodeListOf<Element> {
  return map.querySelectorAll(`.spot[data-site="${CSS.escape(name)}"]`);
}
