// The charts as a table, made when it is asked for: about sixty rows of means, each with its direction.

import { labelOf } from "./bouts";
import { make } from "./elements";
import { clock, DASH, MEASURES, nameOf } from "./format";
import { meanIn } from "./series";
import type { RunState } from "./state";

const STEPS_S = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const ROWS = 60;

export function numberTable(state: RunState): HTMLDetailsElement {
  const details = make("details", { class: "run-table" }, make("summary", {}, "Read the charts as a table"));
  const place = make("div", {
    class: "run-table-scroll",
    tabindex: "0",
    role: "region",
    "aria-label": "The charts as a table",
  });
  details.append(place);
  const fill = () => {
    if (details.open) place.replaceChildren(build(state));
  };
  details.addEventListener("toggle", fill);
  state.onFrame(["bouts", "view"], fill);
  return details;
}

function build(state: RunState): HTMLTableElement {
  const { series, units } = state.facts;
  const { from_s, to_s } = state.view;
  const measures = MEASURES.filter((measure) => series.columns.has(measure.column));
  const step_s = STEPS_S.find((step) => (to_s - from_s) / step <= ROWS) ?? 7200;
  const heads = ["From", "Direction", ...measures.map((measure) => `${measure.label}, ${measure.unit(units)}`)];
  const body = make("tbody");
  for (let start_s = Math.floor(from_s / step_s) * step_s; start_s < to_s; start_s += step_s) {
    const end_s = Math.min(start_s + step_s, state.facts.duration_s);
    const label = labelOf(state.bouts, { start_s, end_s });
    const cells = [
      label === null ? "several" : nameOf(label.direction, label.gait),
      ...measures.map((measure) => {
        const shown = measure.shown(meanIn(series, measure.column, start_s, end_s), units);
        return Number.isFinite(shown) ? measure.text(shown) : DASH;
      }),
    ];
    body.append(
      make("tr", {}, make("th", { scope: "row" }, clock(start_s)), ...cells.map((cell) => make("td", {}, cell))),
    );
  }
  const head = make("thead", {}, make("tr", {}, ...heads.map((words) => make("th", { scope: "col" }, words))));
  return make("table", {}, make("caption", {}, `Means over ${clock(step_s)} each.`), head, body);
}
