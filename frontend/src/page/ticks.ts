// Ticking runs: a tick with shift held takes all between it and the one before, and the form says how many there are.

export function linkTicks(): void {
  let last: HTMLInputElement | null = null;
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || box.name !== "run") return;
    if (event.shiftKey && last?.isConnected) tickBetween(last, box);
    last = box;
    sayCount();
  });
}

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name="run"]')];
}

function tickBetween(one: HTMLInputElement, other: HTMLInputElement): void {
  const [from, to] = span(boxes(), one, other);
  for (const box of boxes().slice(from, to + 1)) box.checked = other.checked;
}

/** Places of two things in a list, the first one first. Pure. */
export function span<Thing>(all: readonly Thing[], one: Thing, other: Thing): [number, number] {
  const places = [all.indexOf(one), all.indexOf(other)] as const;
  return [Math.min(...places), Math.max(...places)];
}

function sayCount(): void {
  const place = document.querySelector<HTMLElement>("[data-ticked]");
  const count = boxes().filter((box) => box.checked).length;
  if (place !== null) place.textContent = count === 0 ? "" : `${count} ticked`;
}
