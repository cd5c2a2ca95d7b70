"""Settings: units and theme, and what is known about the runner; all of it optional."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of, today_of, units_of
from backward_running.apps.words.habits import habit_lines
from backward_running.apps.words.units import Units, read_number
from backward_running.core.athlete import Athlete, Sex
from backward_running.core.errors import BadValue
from backward_running.core.ports import SETTINGS, Store
from backward_running.flows import judging, profile, zones

router = APIRouter()
RUN = r"/runs/[\w-]+"  #: the address of the page of a run, and nothing else
PLAIN = (
    "birth_year",
    "resting_heart_rate_bpm",
    "maximal_heart_rate_bpm",
    "maximal_oxygen_uptake_ml_per_kg_min",
    "backward_experience_min",
)
TITLE = {
    "birth_year": "birth year",
    "mass_kg": "body mass",
    "height_m": "height",
    "resting_heart_rate_bpm": "resting heart rate",
    "maximal_heart_rate_bpm": "maximal heart rate",
    "maximal_oxygen_uptake_ml_per_kg_min": "VO2max",
    "backward_experience_min": "minutes run backward so far",
}


@router.get("/settings")
def settings_page(request: Request) -> Response:
    """Show the settings."""
    store = store_of(request)
    typed = {**typed_of(profile.known(store), units_of(request)), "zone": _named(store)}
    return _page(request, typed, {}, kept="kept" in request.query_params)


def _named(store: Store) -> str:
    """Return the time zone as it stands in the form: empty where the runner named none."""
    own = zones.own(store)
    return own.zone if own.named else ""


def _page(request: Request, typed: Mapping[str, str], problems: Mapping[str, str], *, kept: bool = False) -> Response:
    store = store_of(request)
    return show(
        request,
        "settings.html",
        status_code=422 if problems else 200,
        section="settings",
        typed=typed,
        problems=problems,
        kept=kept,
        week_starts=profile.setting(store, "week_starts"),
        counts=store.counts(),
        athlete=profile.athlete(store),
        own=zones.own(store),
        now=now_of(request),
        learned=tuple(habit_lines(judging.what_was_learned(store), units_of(request))),
    )


def typed_of(athlete: Athlete, units: Units) -> dict[str, str]:
    """Return what is known as it stands in the form."""
    typed = {name: f"{value:g}" for name in PLAIN if (value := getattr(athlete, name)) is not None}
    typed["sex"] = athlete.sex.value if athlete.sex else ""
    if athlete.mass_kg is not None:
        typed["mass_kg"] = units.mass(athlete.mass_kg).value
    if athlete.height_m is not None:
        typed["height_m"] = units.height(athlete.height_m).value
    return typed


@router.post("/settings/look")
def keep_look(request: Request, form: Form) -> Response:
    """Keep units and theme."""
    typed = fields(form)
    for name in SETTINGS:
        if name in typed:
            profile.check_setting(name, typed[name])
    for name in SETTINGS:
        if name in typed:
            profile.put_setting(store_of(request), name, typed[name])
    return go("/settings?kept")


@router.post("/settings/zone")
def keep_zone(request: Request, form: Form) -> Response:
    """Keep the time zone the runner lives in; runs nobody could place move to it."""
    store, typed = store_of(request), fields(form).get("zone", "")
    try:
        zones.put_zone(store, typed)
    except BadValue:
        you = typed_of(profile.known(store), units_of(request))
        hint = "Write a time zone by its full name, such as Europe/Berlin or America/New_York, or leave it empty."
        return _page(request, {**you, "zone": typed}, {"zone": hint})
    return go("/settings?kept")


@router.post("/settings/you")
def keep_you(request: Request, form: Form) -> Response:
    """Keep what is known about the runner; stored runs are understood anew where it matters."""
    return _keep(request, dict(fields(form))) or go("/settings?kept")


@router.post("/settings/one")
def keep_one(request: Request, form: Form) -> Response:
    """Keep one thing about the runner where a number lacks it, and lead back there."""
    sent = fields(form)
    name, back = sent.get("field", ""), sent.get("back", "")
    if name not in TITLE:
        raise BadValue("field", f"be one of {', '.join(TITLE)}", name)
    known = typed_of(profile.athlete(store_of(request)), units_of(request))
    then = f"{back}#energy" if re.fullmatch(RUN, back) else "/settings?kept"
    return _keep(request, {**known, name: sent.get("value", "")}) or go(then)


def _keep(request: Request, typed: Mapping[str, str]) -> Response | None:
    """Keep what is known about the runner; where a field cannot be so, return the settings with what is wrong."""
    changed, problems = athlete_of(typed, units_of(request), profile.athlete(store_of(request)))
    try:
        profile.check(changed, today=today_of(request))
    except BadValue as problem:
        problems.setdefault(problem.name, _refused(problem, typed.get(problem.name, "")))
    if problems:
        return _page(request, {**typed, "zone": _named(store_of(request))}, problems)
    profile.put_athlete(store_of(request), changed)
    return None


def athlete_of(typed: Mapping[str, str], units: Units, before: Athlete) -> tuple[Athlete, dict[str, str]]:
    """Read the form field by field; a field left empty is not known. A value that was not touched stays exact."""
    shown = typed_of(before, units)
    readers: dict[str, Callable[[str], float]] = {"mass_kg": units.read_mass, "height_m": units.read_height}
    changed: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, title in TITLE.items():
        text = typed.get(name, "").strip()
        if text == shown.get(name, ""):
            continue
        try:
            value = _number(text, title, readers.get(name))
            if name == "birth_year" and value is not None and value != int(value):
                raise BadValue(name, "be a year such as 1988", text)
            changed[name] = int(value) if value is not None and name == "birth_year" else value
            replace(before, **{name: changed[name]})  # asks the athlete's own rules, one field at a time
        except BadValue as problem:
            problems[name] = problem.hint or _refused(problem, text, title)
            changed.pop(name, None)
    sexes = {"": None, **{sex.value: sex for sex in Sex}}
    if typed.get("sex", "") not in sexes:
        problems["sex"] = "Choose one of the list for your sex, or leave it empty."
    changed["sex"] = sexes.get(typed.get("sex", ""))
    if replace(before, **changed) == before:
        return before, problems  # the demo runner's values stay the demo runner's until one is changed
    return replace(before, simulated=False, **changed), problems


def _refused(problem: BadValue, text: str, title: str | None = None) -> str:
    return f"Your {title or TITLE.get(problem.name, problem.name)} must {problem.rule}; you wrote {text}."


def _number(text: str, title: str, reader: Callable[[str], float] | None) -> float | None:
    if not text:
        return None
    return reader(text) if reader else read_number(text, name=title, hint=f"Write your {title} as a number.")
