// What lies folded is opened where an address or a link of the page leads into it.

export function openFolded(): void {
  const open = () => {
    if (location.hash.length < 2) return;
    const meant = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let folded = meant?.closest("details");
    if (!folded) return;
    for (; folded; folded = folded.parentElement?.closest("details")) folded.open = true;
    meant?.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", open);
  open();
}

/** After a form that was refused the keyboard stands at the first field that is wrong. */
export function focusRefused(): void {
  const wrong = document.querySelector<HTMLElement>("main [aria-invalid='true']");
  const told = document.querySelector<HTMLElement>("main .problem[role='alert']");
  for (let folded = (wrong ?? told)?.closest("details"); folded; folded = folded.parentElement?.closest("details"))
    folded.open = true;
  if (wrong !== null) wrong.focus();
  else if (told !== null && document.activeElement === document.body) {
    told.tabIndex = -1;
    told.focus();
  }
}
