// A form that takes its time says so on its own button, and cannot be sent twice.

export function linkBusyForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.busy === undefined || event.defaultPrevented) return;
    const button = event.submitter ?? form.querySelector("button");
    if (!(button instanceof HTMLButtonElement)) return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    button.dataset.rest = button.textContent;
    button.textContent = `${form.dataset.busy}\u2026`;
    button.setAttribute("aria-disabled", "true");
  });
  // Coming back by the back button finds the page as it was left: wake the buttons.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-busy][aria-busy]")) wake(form);
  });
}

function wake(form: HTMLFormElement): void {
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-rest]")) {
    button.textContent = button.dataset.rest ?? "";
    button.removeAttribute("aria-disabled");
  }
}
