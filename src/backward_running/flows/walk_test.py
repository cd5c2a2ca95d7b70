"""When the 3-metre walk test was done: one that is older than the last fall says nothing any more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from backward_running.core.ports import DatedCheckIns, Settings
from backward_running.core.screening import FALL_TOLD_ON, RECENT_FALL, WALK_TEST_ON, WALK_TEST_S
from backward_running.flows import days

SETTING = "walk_test"


def remember(store: DatedCheckIns, typed: Mapping[str, object], *, on: date) -> None:
    """Keep the day of the test: the one that is named, else the day on which these seconds were first told.

    A fall that is ticked has no day: it lies before the one on which it was told. One that a check-in tells of has.
    """
    before = _kept(store)
    now = dict(before)
    took, named = typed.get(WALK_TEST_S), typed.get(WALK_TEST_ON)
    if took not in (None, ""):
        is_new = str(took) != before.get("took")
        now |= {"took": str(took), "on": str(named or (on if is_new else before.get("on", on)))}
    known = any(check_in.fell for check_in in days.telling_check_ins(store))
    if not _fell(typed):
        now.pop("fell", None)
    elif not known:
        now.setdefault("fell", on.isoformat())
    if now != before:
        store.put_setting(SETTING, json.dumps(now))


def remember_measured(store: Settings, took_s: float | None, *, on: date | None) -> None:
    """Keep the newest test that was written down as a measurement; None where none is left of them."""
    before = _kept(store)
    now = {key: value for key, value in before.items() if key not in ("measured", "measured_on")}
    if took_s is not None and on is not None:
        now |= {"measured": f"{took_s:g}", "measured_on": on.isoformat()}
    if now != before:
        store.put_setting(SETTING, json.dumps(now))


def dated(store: Settings, answers: Mapping[str, object]) -> dict[str, object]:
    """Return answers with the day of the test and of the word about a fall, where they are known.

    Of a test that was typed among the answers and one that was measured since, the newer one counts.
    """
    kept, found = _kept(store), dict(answers)
    if str(answers.get(WALK_TEST_S)) == kept.get("took"):
        found[WALK_TEST_ON] = kept["on"]
    if "measured" in kept and str(found.get(WALK_TEST_ON) or "") < kept["measured_on"]:
        found |= {WALK_TEST_S: float(kept["measured"]), WALK_TEST_ON: kept["measured_on"]}
    return found | ({FALL_TOLD_ON: kept["fell"]} if "fell" in kept and _fell(answers) else {})


def _fell(answers: Mapping[str, object]) -> bool:
    health = answers.get("health")
    return RECENT_FALL[0] in (health if isinstance(health, list | tuple) else [health])


def _kept(store: Settings) -> dict[str, str]:
    return dict(json.loads(store.setting(SETTING) or "{}"))
