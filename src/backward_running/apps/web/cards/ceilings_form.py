"""The form of what a clinician allows: as it stands in its fields, and read field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from backward_running.apps.words.typed import read_day
from backward_running.apps.words.units import Units, read_number
from backward_running.core.adaptation import Ceilings
from backward_running.core.errors import BadValue
from backward_running.flows.clearing import LONGEST_NAME, LONGEST_WORDS, SAY_RUNNING


def typed_of(allowed: Ceilings | None, units: Units) -> dict[str, str]:
    """Return ceilings as they stand in the form; an empty form where there are none."""
    if allowed is None:
        return {}
    typed = {
        "by": allowed.by,
        "until": allowed.until.isoformat() if allowed.until else "",
        "running": "no" if allowed.walking_only else "yes",
        "note": allowed.note or "",
    }
    speed = allowed.backward_speed_mps
    for name, value in (
        ("sessions_per_week", allowed.sessions_per_week_count),
        ("minutes", None if allowed.backward_session_s is None else allowed.backward_session_s / 60),
        ("speed", None if speed is None else round(speed * 3600 / units.long_m, 2)),
        ("slope", None if allowed.grade_high_ratio is None else round(allowed.grade_high_ratio * 100, 2)),
    ):
        typed[name] = "" if value is None else f"{value:g}"
    return typed


def ceilings_of(typed: Mapping[str, str], units: Units, today: date) -> tuple[Ceilings | None, dict[str, str]]:
    """Read the form field by field; None and a sentence per field where something cannot be meant."""
    problems: dict[str, str] = {}
    by, note = typed.get("by", "").strip(), typed.get("note", "").strip()
    if not by:
        problems["by"] = "Write who set these limits, such as physiotherapist."
    for name, text, most in (("by", by, LONGEST_NAME), ("note", note, LONGEST_WORDS)):
        if len(text) > most:
            problems[name] = f"Write at most {most} letters: what is kept is shown word for word."
    until = _until(typed.get("until", ""), today, problems)
    per_week = _number(
        typed, "sessions_per_week", 0, 7, "Write sessions a week from 0 to 7, or leave it empty.", problems
    )
    if per_week is not None and per_week != int(per_week):
        problems["sessions_per_week"] = "Write whole sessions a week, such as 2."
    minutes = _number(typed, "minutes", 0, 120, "Write minutes from 0 to 120, or leave it empty.", problems)
    per_hour = 3600 / units.long_m  # of one metre per second, in the runner's unit
    low, high = 0.1 * per_hour, 10 * per_hour
    hint = f"Write {units.speed_unit} from {low:.1f} to {high:.0f}, or leave it empty."
    speed = _number(typed, "speed", low, high, hint, problems)
    slope = _number(typed, "slope", 0, 25, "Write the slope in percent from 0 to 25, or leave it empty.", problems)
    if typed.get("running", "") not in ("yes", "no"):
        problems["running"] = SAY_RUNNING
    if problems:
        return None, problems
    return Ceilings(
        by=by,
        set_on=today,
        until=until,
        walking_only=typed.get("running") != "yes",
        sessions_per_week_count=None if per_week is None else int(per_week),
        backward_session_s=None if minutes is None else minutes * 60,
        backward_speed_mps=None if speed is None else speed / per_hour,
        grade_high_ratio=None if slope is None else slope / 100,
        note=note or None,
    ), {}


def _until(text: str, today: date, problems: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        until = read_day(text, today=today, ahead=True)
    except BadValue:
        problems["until"] = "Write a date such as 2027-03-01, or leave it empty."
        return None
    if until < today:
        problems["until"] = (
            "Write a date that is still to come, or leave it empty: then it holds until you take it back."
        )
    return until


def _number(
    typed: Mapping[str, str], name: str, low: float, high: float, hint: str, problems: dict[str, str]
) -> float | None:
    text = typed.get(name, "").strip()
    if not text:
        return None
    try:
        value = read_number(text, name=name, hint=hint)
    except BadValue:
        problems[name] = hint
        return None
    if not low <= value <= high:
        problems[name] = hint
        return None
    return value
