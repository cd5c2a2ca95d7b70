"""The check-in read field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from backward_running.apps.words.body_sites import PLACES, site_words, sites
from backward_running.apps.words.units import Units, read_clock, read_number
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.constants import SECONDS_PER_DAY
from backward_running.core.errors import BadValue
from backward_running.core.names import NAMES
from backward_running.core.ports import Store
from backward_running.flows import coach, days

PAIN = "pain_"
YES_NO = {"yes": True, "no": False}


def check_in_of(
    store: Store, typed: Mapping[str, str], *, units: Units, now: datetime
) -> tuple[CheckIn | None, dict[str, str]]:
    """Read the form field by field; None and a sentence per field where something cannot be meant."""
    problems: dict[str, str] = {}
    _check_choices(store, typed, problems)
    moments = {moment.value: moment for moment in Moment}
    activity_id = typed.get("activity_id") or None
    on = _day(typed, now.date(), problems)
    check_in = CheckIn(
        made_at=now,
        moment=moments.get(typed.get("moment", ""), Moment.OTHER),
        activity_id=activity_id,
        pain_nrs=_pains(typed, _places(store), problems),
        calf_soreness_nrs=_scale(typed, "calf_soreness_nrs", "Calf soreness", problems),
        perceived_exertion_cr10=_scale(typed, "perceived_exertion_cr10", "How hard it felt", problems),
        mass_kg=_mass_kg(typed, units, problems),
        sleep_s=_sleep_s(typed, problems),
        fell=YES_NO.get(typed.get("fell", "")),
        concussion_signs=None if typed.get("fell") == "no" else YES_NO.get(typed.get("concussion", "")),
        broke_off=YES_NO.get(typed.get("broke_off", "")),
        red_flags=tuple(typed.get("red_flags", "").split()),
        note=typed.get("note", "").strip()[:2000] or None,
        supervised_by=" ".join(typed.get("supervised_by", "").split())[:80] or None,
        on=on,
    )
    if activity_id is None and check_in.supervised_by is not None:
        problems["supervised_by"] = "Choose the run that somebody stayed beside you for, under “About which run”."
    if not problems and _empty(check_in):
        problems["nothing"] = "Fill in at least one field; 0 is an answer, too."
    return (None if problems else check_in), problems


def _check_choices(store: Store, typed: Mapping[str, str], problems: dict[str, str]) -> None:
    """Say of each choice that is none of ours what can be chosen: taken for "not said" it would hide what was meant."""
    yes_or_no = {"", "yes", "no"}
    for name, known, hint in (
        ("moment", {"", *(moment.value for moment in Moment)}, "Choose of which moment you speak: when, on the list."),
        ("fell", yes_or_no, "Say yes or no whether you fell, or leave it empty."),
        ("concussion", yes_or_no, "Say yes or no whether any of these signs is there, or leave it empty."),
        ("broke_off", yes_or_no, "Say yes or no whether you broke the session off, or leave it empty."),
    ):
        if typed.get(name, "") not in known:
            problems[name] = hint
    flags = {key for key, _ in coach.red_flags()}
    if not flags.issuperset(typed.get("red_flags", "").split()):
        problems["red_flags"] = "Tick only warning signs that are on the list."
    if typed.get("activity_id") and coach.title_of(store, typed["activity_id"]) is None:
        problems["activity_id"] = "Choose a run of the list; this one is not here any more."


def _day(typed: Mapping[str, str], today: date, problems: dict[str, str]) -> date | None:
    """Read the day a check-in speaks of; None where it is today, or that of a run."""
    text = typed.get("on", "").strip()
    if not text:
        return None
    try:
        on = date.fromisoformat(text)
    except ValueError:
        problems["on"] = "Write the day as year-month-day, such as 2026-11-23, or leave it empty."
        return None
    if on >= today:
        if on > today:
            problems["on"] = "This day lies ahead: choose today or an earlier one, or leave it empty."
        return None
    if typed.get("activity_id"):
        problems["on"] = "The run you chose has its own day: leave the day empty, or choose “none in particular”."
    return on


def _places(store: Store) -> set[str]:
    """Return the places that can hurt: those of the body map, and those the runner named before."""
    named = {site.replace("_", " ").lower() for check_in in days.telling_check_ins(store) for site in check_in.pain_nrs}
    return {*sites(), *(place.key for place in PLACES), *named}


def _empty(check_in: CheckIn) -> bool:
    said = (
        check_in.calf_soreness_nrs,
        check_in.perceived_exertion_cr10,
        check_in.mass_kg,
        check_in.sleep_s,
        check_in.fell,
        check_in.concussion_signs,
        check_in.broke_off,
        check_in.note,
        check_in.supervised_by,
    )
    return not check_in.pain_nrs and not check_in.red_flags and all(answer is None for answer in said)


def _pains(typed: Mapping[str, str], places: set[str], problems: dict[str, str]) -> dict[str, float]:
    """Read the pain of every place that was named; a place with a strange name is one the runner named before."""
    found = {}
    for name in typed:
        if not name.startswith(PAIN) or len(name) > 60:
            continue
        site = name.removeprefix(PAIN).replace("_", " ").strip().lower()
        if typed[name].strip() and site not in places:
            problems[name] = f"There is no place called {site!r} on the body map; choose one that is."
            continue
        value = _scale(typed, name, f"Pain, {site_words(site)}", problems) if site else None
        if value is not None:
            found[site] = value
    return found


def _scale(typed: Mapping[str, str], name: str, words: str, problems: dict[str, str]) -> float | None:
    text = typed.get(name, "").strip()
    if not text:
        return None
    hint = f"{words}: write a number from 0 to 10, or leave it empty."
    try:
        value = read_number(text, name=words, hint=hint)
    except BadValue:
        value = -1.0
    if not 0 <= value <= 10:
        problems[name] = hint
        return None
    return value


def _mass_kg(typed: Mapping[str, str], units: Units, problems: dict[str, str]) -> float | None:
    text = typed.get("mass", "").strip()
    if not text:
        return None
    entry = NAMES["mass_kg"]
    try:
        mass_kg = units.read_mass(text)
    except BadValue as problem:
        problems["mass"] = problem.hint or f"Write your body mass in {units.mass_unit}, or leave it empty."
        return None
    if not entry.lowest <= mass_kg <= entry.highest:
        low, high = units.mass(entry.lowest), units.mass(entry.highest)
        problems["mass"] = f"Write a body mass from {low.value} to {high}, or leave it empty."
        return None
    return mass_kg


def _sleep_s(typed: Mapping[str, str], problems: dict[str, str]) -> float | None:
    """Read hours such as 7.5, or hours and minutes such as 7:30."""
    text = typed.get("sleep", "").strip()
    if not text:
        return None
    hint = "Write the hours you slept, such as 7:30 or 7.5, from 0 to 24, or leave it empty."
    try:
        sleep_s = read_clock(f"{text}:00", hint=hint) if ":" in text else 3600 * read_number(text, name="sleep")
    except BadValue:
        problems["sleep"] = hint
        return None
    if not 0 <= sleep_s <= SECONDS_PER_DAY:
        problems["sleep"] = hint
        return None
    return sleep_s
