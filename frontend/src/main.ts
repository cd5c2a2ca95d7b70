// Every page: fragments, theme, small comforts. The pages work without all of this.

import { linkImport } from "./intake/page";
import { linkBodyMap } from "./page/body_map";
import { linkBusyForms } from "./page/busy";
import { linkCues } from "./page/cues";
import { focusRefused, openFolded } from "./page/folded";
import { startFragments } from "./page/fragments";
import { linkPopovers } from "./page/popovers";
import { linkStopwatch } from "./page/stopwatch";
import { linkThemeChoice } from "./page/theme";
import { linkTicks } from "./page/ticks";

startFragments();
linkThemeChoice();
linkPopovers();
linkBusyForms();
linkBodyMap();
openFolded();
focusRefused();
linkTicks();
linkStopwatch();
linkCues();

const form = document.querySelector<HTMLFormElement>("form[data-import]");
if (form !== null) linkImport(form);
