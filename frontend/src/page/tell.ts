// Say something to everybody: at the foot of the page and to screen readers. It goes away by itself.

export type Say = (words: string) => void;

const STAYS_MS = 7000;
let timer = 0;

export const tell: Say = (words) => {
  const region = document.getElementById("said");
  if (region === null) return;
  region.textContent = "";
  clearTimeout(timer);
  requestAnimationFrame(() => (region.textContent = words));
  timer = window.setTimeout(() => (region.textContent = ""), STAYS_MS);
};
