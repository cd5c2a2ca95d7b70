// A stopwatch for a test: one large button, by touch or by key; what it shows goes into the form below.

/** What a stopwatch shows after so many milliseconds: seconds up, or down to its limit; never past it. Pure. */
export function shownSeconds(elapsedMs: number, limit: number | null, isDown: boolean): number {
  const seconds = limit === null ? elapsedMs / 1000 : Math.min(elapsedMs / 1000, limit);
  return isDown && limit !== null ? limit - seconds : seconds;
}

/** Whether it stops by itself after so many milliseconds. Pure. */
export function isOver(elapsedMs: number, limit: number | null): boolean {
  return limit !== null && elapsedMs >= limit * 1000;
}

/** Seconds as they are read: "12.34", "4:05" from a minute on. Pure. */
export function secondsWords(seconds: number): string {
  if (seconds < 60) return seconds.toFixed(2);
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function linkStopwatch(): void {
  const place = document.querySelector<HTMLElement>("[data-stopwatch]");
  const button = place?.querySelector<HTMLButtonElement>("[data-start]");
  const face = place?.querySelector<HTMLElement>("[data-time]");
  const said = place?.querySelector<HTMLElement>("[data-said]");
  if (!place || !button || !face || !said) return;
  const limit = place.dataset.limit === undefined ? null : Number(place.dataset.limit);
  const isDown = place.dataset.down !== undefined;
  const into = document.getElementById(place.dataset.into ?? "");
  let began: number | null = null;

  const show = (elapsedMs: number): void => {
    face.textContent = secondsWords(shownSeconds(elapsedMs, limit, isDown));
  };
  const stop = (elapsedMs: number): void => {
    began = null;
    show(elapsedMs);
    place.classList.remove("runs");
    button.textContent = "Once more";
    const seconds = shownSeconds(elapsedMs, limit, false).toFixed(2);
    if (into instanceof HTMLInputElement) into.value = seconds;
    said.textContent = into === null ? "Time is over." : `Stopped at ${seconds} seconds; it stands in the form.`;
    navigator.vibrate?.(300);
  };
  const tick = (): void => {
    if (began === null) return;
    const elapsedMs = performance.now() - began;
    if (isOver(elapsedMs, limit)) {
      stop(elapsedMs);
      return;
    }
    show(elapsedMs);
    requestAnimationFrame(tick);
  };
  // At the touch and not at its end: the finger may rest on the button.
  const press = (): void => {
    if (began !== null) {
      stop(performance.now() - began);
      return;
    }
    began = performance.now();
    place.classList.add("runs");
    button.textContent = "Stop";
    said.textContent = "It runs.";
    tick();
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button === 0) press();
  });
  button.addEventListener("click", (event) => {
    if (event.detail === 0) press(); // by key: a click without a pointer
  });
  show(0);
  place.hidden = false;
}
