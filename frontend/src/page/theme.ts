// Light, dark, or as the system has it: the server keeps the choice; here it is shown the moment it is made.

const THEMES = new Set(["auto", "light", "dark"]);

export function linkThemeChoice(): void {
  document.addEventListener("change", (event) => {
    const choice = event.target;
    if (!(choice instanceof HTMLInputElement || choice instanceof HTMLSelectElement)) return;
    if (choice.name === "theme" && THEMES.has(choice.value)) document.documentElement.dataset.theme = choice.value;
  });
}
