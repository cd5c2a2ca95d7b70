// htmx: fragments from this server only, nothing evaluated, no style elements (the policy of the pages forbids them).

import htmx from "htmx.org";
import { csrfToken } from "./csrf";
import { tell } from "./tell";

export function startFragments(): void {
  htmx.config.selfRequestsOnly = true;
  htmx.config.allowEval = false;
  htmx.config.allowScriptTags = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.historyCacheSize = 0;
  htmx.config.scrollBehavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  document.addEventListener("htmx:configRequest", (event) => {
    const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
    headers["X-CSRF-Token"] = csrfToken();
  });
  // A refusal carries its sentence: show it like any other answer, but leave the fields as they are on a server fault.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean; isError: boolean }>;
    if (detail.xhr.status === 422) {
      detail.shouldSwap = true;
      detail.isError = false;
    }
  });
  document.addEventListener("htmx:sendError", () => tell("The program does not answer. Is it still running?"));
  // Fragments drawn by other scripts carry attributes of htmx too.
  document.addEventListener("backward:swapped", (event) => {
    if (event.target instanceof HTMLElement) htmx.process(event.target);
  });
}
