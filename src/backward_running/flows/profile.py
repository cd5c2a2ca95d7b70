"""Who runs, and how the screens should speak to them."""

from __future__ import annotations

from datetime import date

from backward_running.core.athlete import Athlete
from backward_running.core.errors import BadValue
from backward_running.core.ports import SETTINGS, ActivityQuery, Judging, Profile, Settings
from backward_running.flows.analyse import analyse_again

#: Fields of an athlete on which stored results depend.
MATTERS = ("sex", "mass_kg", "resting_heart_rate_bpm", "maximal_heart_rate_bpm", "backward_experience_min")


def athlete(store: Profile) -> Athlete:
    """Return who runs; an Athlete of Nones where nothing is known."""
    return store.athlete()


def check(athlete: Athlete, *, today: date) -> None:
    """Refuse what can be true of nobody on a day, though each value alone may be. Raises BadValue."""
    born, rest, most = athlete.birth_year, athlete.resting_heart_rate_bpm, athlete.maximal_heart_rate_bpm
    if born is not None and born > today.year:
        raise BadValue("birth_year", f"not lie after this year, {today.year}", born)
    if rest is not None and most is not None and rest >= most:
        raise BadValue("resting_heart_rate_bpm", f"lie below the maximal heart rate, {most:g}", rest)


def put_athlete(store: Judging, changed: Athlete) -> int:
    """Keep who runs and understand the stored activities anew where it matters. Return how many were."""
    before = store.athlete()
    store.put_athlete(changed)
    if all(getattr(before, name) == getattr(changed, name) for name in MATTERS):
        return 0
    rows = store.activities(ActivityQuery(limit=1_000_000))
    for row in rows:
        analyse_again(store, row.activity_id)
    return len(rows)


def setting(store: Settings, name: str) -> str:
    """Return a setting; the first of its choices where it was never set."""
    return store.setting(name) or SETTINGS[name][0]


def put_setting(store: Settings, name: str, value: str) -> None:
    """Keep a setting. Raises BadValue where it is not one of the choices."""
    check_setting(name, value)
    store.put_setting(name, value)


def check_setting(name: str, value: str) -> None:
    """Raise BadValue where a setting is not one of its choices."""
    choices = SETTINGS.get(name)
    if choices is None:
        raise BadValue("setting", f"be one of {', '.join(SETTINGS)}", name)
    if value not in choices:
        raise BadValue(name, f"be one of {', '.join(choices)}", value)
