"""Who runs, and how the screens should speak to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backward_running.core.athlete import Athlete
from backward_running.core.errors import BadValue
from backward_running.core.ports import SETTINGS, NewRuns, Profile, ProfileChange, Settings
from backward_running.flows.deriving import basis_of


def athlete(store: Profile) -> Athlete:
    """Return who runs; an Athlete of Nones where nothing is known."""
    return store.athlete()


def known(store: NewRuns) -> Athlete:
    """Return who runs, with the birth year that was answered for a plan where it was not said here: once is enough."""
    who, plan = store.athlete(), store.plan()
    if who.birth_year is not None or plan is None or plan.simulated:
        return who
    born = str(plan.answers.get("birth_year") or "").removesuffix(".0")
    return replace(who, birth_year=int(born)) if born.isdigit() else who


def check(athlete: Athlete, *, today: date) -> None:
    """Refuse what can be true of nobody on a day, though each value alone may be. Raises BadValue."""
    born, rest, most = athlete.birth_year, athlete.resting_heart_rate_bpm, athlete.maximal_heart_rate_bpm
    if born is not None and born > today.year:
        raise BadValue("birth_year", f"not lie after this year, {today.year}", born)
    if rest is not None and most is not None and rest >= most:
        raise BadValue("resting_heart_rate_bpm", f"lie below the maximal heart rate, {most:g}", rest)


def put_athlete(store: ProfileChange, changed: Athlete) -> int:
    """Keep who runs, at once. Return how many stored activities do not match any more and are to be judged anew."""
    store.put_athlete(changed)
    return store.count_stale(basis_of(changed))


def setting(store: Settings, name: str) -> str:
    """Return a setting; the first of its choices where it was never set, or is none that this program knows."""
    kept = store.setting(name)
    return kept if kept in SETTINGS[name] else SETTINGS[name][0]


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
