"""How a session felt, as the phone asked right after it: lines of the same file, documented in docs/how-to/phone.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from backward_running.core.screening import RED_FLAGS
from backward_running.formats.phone_session import looks_like

KIND = "answers"
_LINE = b'{"kind":"answers"'
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HIGHEST = 10.0
_LONGEST_SITE, _MOST_SITES = 40, 30
#: Of which a line of answers may speak.
MOMENTS = ("after", "day_1", "day_2")
_FLAGS = {flag.key for flag in RED_FLAGS}


@dataclass(frozen=True, slots=True)
class SaidAfter:
    """What was said on the phone. Missing is None, never 0."""

    told_at: datetime
    session_on: datetime  #: when the session began
    moment: str = "after"  #: of :data:`MOMENTS`
    calf_soreness_nrs: float | None = None
    exertion_cr10: float | None = None
    pain_nrs: Mapping[str, float] = field(default_factory=dict)
    fell: bool | None = None
    concussion_signs: bool | None = None
    broke_off: bool | None = None
    red_flags: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()  #: what was said and cannot be understood, a few words each


def answers_in(data: bytes, moment: str = "after") -> SaidAfter | None:
    """Return what was said of a session at a moment; the last word counts.

    Parameters
    ----------
    data : bytes
        Of any file, unpacked.
    moment : str
        One of :data:`MOMENTS`: right after it, or on one of the two days after.

    Returns
    -------
    SaidAfter or None
        None where the file is no session of a phone, or nothing was said in it.
    """
    if not looks_like(data):
        return None
    head, line = _object(data.partition(b"\n")[0]), _last_line(data, moment)
    if head is None or line is None:
        return None
    began, told = _moment(head.get("started_at_ms")), _moment(line.get("told_at_ms"))
    if began is None:
        return None
    problems: list[str] = []
    flags = line.get("red_flags")
    ticked = [key for key in flags if isinstance(key, str)] if isinstance(flags, list) else []
    problems += ["a warning sign this program does not know"] * any(key not in _FLAGS for key in ticked)
    return SaidAfter(
        told_at=told or began,
        session_on=began,
        moment=moment,
        calf_soreness_nrs=_of_ten(line.get("calf_soreness_nrs"), "the calves", problems),
        exertion_cr10=_of_ten(line.get("exertion_cr10"), "the effort", problems),
        pain_nrs=_pains(line.get("pain_nrs"), problems),
        fell=_yes_no(line.get("fell")),
        concussion_signs=_yes_no(line.get("concussion_signs")),
        broke_off=_yes_no(line.get("broke_off")),
        red_flags=tuple(dict.fromkeys(key for key in ticked if key in _FLAGS)),
        not_known=tuple(problems),
    )


def has_answers(data: bytes) -> bool:
    """Return whether anything was said in a file, of any moment; see :func:`answers_in`."""
    return any(answers_in(data, moment) is not None for moment in MOMENTS)


def _last_line(data: bytes, moment: str) -> dict[str, Any] | None:
    """Return the last line of answers that speaks of a moment. One without a moment is of right after."""
    end = len(data)
    while (at := data.rfind(b"\n" + _LINE, 0, end)) >= 0:
        line = _object(data[at + 1 :].partition(b"\n")[0])
        if line is not None and line.get("moment", MOMENTS[0]) == moment:
            return line
        end = at + 1
    return None


def _pains(told: object, problems: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for site, pain in list(told.items())[:_MOST_SITES] if isinstance(told, dict) else ():
        value = _of_ten(pain, "a pain", problems)
        if value is not None and site.isprintable() and len(site) <= _LONGEST_SITE:
            found[site.lower()] = value
    return found


def _of_ten(told: object, what: str, problems: list[str]) -> float | None:
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0.0 <= told <= _HIGHEST:
        problems.append(f"{what} that is no number from 0 to 10")
        return None
    return float(told)


def _yes_no(told: object) -> bool | None:
    return told if isinstance(told, bool) else None


def _moment(told: object) -> datetime | None:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        return _EPOCH + timedelta(milliseconds=told)
    except (OverflowError, ValueError):
        return None


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
