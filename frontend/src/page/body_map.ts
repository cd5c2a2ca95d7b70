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
  for (const site of map.querySelectorAll(".site:has(input:checked:not([value='']))")) mark(map, site);
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
  }
}

function spots(map: HTMLElement, name: string): NodeListOf<Element> {
  return map.querySelectorAll(`.spot[data-site="${CSS.escape(name)}"]`);
}
