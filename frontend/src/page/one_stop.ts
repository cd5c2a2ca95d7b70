// As toolbars do: one stop for the keyboard, arrows between its buttons (ARIA Authoring Practices, toolbar).

/** Let one button of a bar be reached by Tab, and the others from it. */
export function withOneStop<Bar extends HTMLElement>(bar: Bar): Bar {
  const buttons = () => [...bar.querySelectorAll<HTMLButtonElement>("button")];
  const settle = (chosen?: HTMLButtonElement) => {
    const able = buttons().filter((button) => !button.disabled);
    const stop = chosen ?? able.find((button) => button.tabIndex === 0) ?? able[0];
    for (const button of buttons()) button.tabIndex = button === stop ? 0 : -1;
  };
  bar.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const able = buttons().filter((button) => !button.disabled);
    const at = able.indexOf(document.activeElement as HTMLButtonElement);
    if (by === 0 || at < 0) return;
    const to = able[(at + by + able.length) % able.length]!;
    settle(to);
    to.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  new MutationObserver(() => settle()).observe(bar, { subtree: true, attributeFilter: ["disabled"] });
  settle();
  return bar;
}
