"""The door for programs: read, judge, price, plan, in plain calls without a store. ``import backward_running as br``.

Everything here only asks the flows; nothing is kept. What comes out is a noun of ``core`` or a :class:`Table`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from backward_running.apps.results import (
    BOUT_COLUMNS,
    COST_COLUMNS,
    EVIDENCE_COLUMNS,
    PLUG_COLUMNS,
    QUESTION_COLUMNS,
    SESSION_COLUMNS,
    Bouts,
    Costs,
    Sessions,
    Steps,
    bout_row,
    cost_row,
    session_row,
)
from backward_running.apps.table import Table, of_rows
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.core.plan import Plan
from backward_running.core.recording import FloatArray, Recording
from backward_running.core.supplied_metadata import SuppliedMetadata

__all__ = [
    "Bouts",
    "Costs",
    "Sessions",
    "Steps",
    "Table",
    "cost",
    "evidence",
    "find_bouts",
    "plan",
    "plugs",
    "questions",
    "read",
    "read_all",
    "simulate",
    "steps",
]

#: A file, or its bytes.
Source = str | PathLike[str] | bytes


def read(source: Source, **told: Any) -> Recording:
    r"""Read a file that holds one recording.

    Parameters
    ----------
    source : path or bytes
        FIT, TCX, GPX, a log of a phone or a motion sensor, BVH, a table; packed in gz or zip, too.
    **told
        What the file does not say: ``place``, ``mount_known`` or ``axes`` of the sensor (where its x, y and z point, as
        ``("up", "left", "back")``), ``columns`` and ``units`` of a table,
        its ``rate_hz``, ``started_at``, ``sport``.

    Returns
    -------
    Recording
        As the device wrote it: ``recording.main.columns["speed_mps"]`` is an array. What was lost is in ``losses``.

    Raises
    ------
    BackwardRunningError
        It cannot be read, or holds several recordings (see :func:`read_all`).

    Examples
    --------
    >>> recording = read(b"time_s,speed_mps\n0,2.5\n1,2.6\n2,2.7\n")
    >>> recording.main.columns["speed_mps"]
    array([2.5, 2.6, 2.7])
    """
    found = read_all(source, **told)
    if len(found) != 1:
        raise UnreadableFile(
            f"One recording was wanted and {len(found)} came; use read_all, which returns all of them."
        )
    return found[0]


def read_all(source: Source, **told: Any) -> tuple[Recording, ...]:
    """Read every recording in a file or an archive; see :func:`read`."""
    from backward_running.flows import detect

    if isinstance(source, bytes):
        return detect.recordings("bytes", source, _told(told))
    path = Path(source)
    return detect.recordings(path.name, path.read_bytes(), _told(told))


def find_bouts(recording: Recording, *, laps: str | None = None) -> Bouts:
    r"""Say which way the person went, bout by bout, and what is in each bout.

    Parameters
    ----------
    recording : Recording
        As :func:`read` gave it.
    laps : str, optional
        What you know of the laps: ``"odd-backward"``, ``"even-backward"`` or numbers, ``"2,4,7-backward"``.

    Returns
    -------
    Bouts
        They tile the recording. *Unknown* is an answer: ``bouts.unknown_because`` says why.

    Examples
    --------
    >>> bouts = find_bouts(read(b"time_s,speed_mps\n0,2.5\n1,2.6\n2,2.7\n"))
    >>> bouts["direction"].tolist()
    ['unknown']
    >>> bouts.unknown_because
    'It lasts only 2.0 s: too short to see a step pattern.'
    """
    from backward_running.flows import detect

    if not isinstance(recording, Recording):
        raise BadValue("recording", "be a Recording, as `read` gives it", recording)
    found = detect.judged(recording.title or "recording", recording, laps=laps)
    rows = [bout_row(facts) for facts in found.bouts]
    table = of_rows(Bouts, rows, BOUT_COLUMNS)
    table.facts, table.unknown_because, table.losses = found.bouts, found.unknown_because, found.losses
    table.only_claimed = found.only_claimed
    table.seconds = of_rows(
        Table, [{name: getattr(row, name) for name in detect.ROW_HEADER} for row in found.rows()], detect.ROW_HEADER
    )
    return table


def steps(recording: Recording, bouts: Bouts | None = None) -> Steps:
    """Find every initial contact that a sensor on foot, shank, thigh or trunk shows.

    Parameters
    ----------
    recording : Recording
        With an inertial sensor whose place is known.
    bouts : Bouts, optional
        As :func:`find_bouts` gave them; found here where they are not given.

    Returns
    -------
    Steps
        Empty where no sensor shows a step.
    """
    from backward_running.flows.footfalls import footfalls

    found = footfalls(recording, (bouts if bouts is not None else find_bouts(recording)).facts)
    table = Steps(
        contact_s=found.contact_s,
        contact_time_s=found.ground_s,
        flight_time_s=found.flight_s,
        cadence_spm=found.cadence_spm,
        state=found.state,
    )
    table.steps_per_contact, table.found_by = found.steps_per_contact, found.found_by
    return table


def cost(
    speed_mps: float | Sequence[float],
    *,
    direction: str | Direction = "backward",
    grade_ratio: float | Sequence[float] = 0.0,
    athlete: Athlete | None = None,
) -> Costs:
    """Say what going at a speed costs, with its interval, its model and how far that can be leaned on.

    Parameters
    ----------
    speed_mps, grade_ratio : float or sequence of float
        Speed, and rise over run; one of them may be a single number.
    direction : {"backward", "forward"}
        Which way.
    athlete : Athlete, optional
        Backward experience is used where known; there is no default body.

    Returns
    -------
    Costs
        A row for each speed. Where nobody has measured, or a speed or a grade is missing (NaN), the numbers are NaN
        and ``not_known`` says why.

    Raises
    ------
    BadValue
        A speed or a grade that nobody can have, or that is no number.

    Examples
    --------
    >>> found = cost([2.2, 2.75], direction="backward")
    >>> found["oxygen_uptake_ml_per_kg_min"].round(1)
    array([34.2, 42.2])
    >>> cost(2.2, grade_ratio=-0.02)["not_known"][0]
    'Backward downhill: nobody has measured what it costs.'
    """
    from backward_running.flows.cost import cost_of, nothing_asked
    from backward_running.flows.cost_views import Asked

    known = athlete if athlete is not None else Athlete()
    way = _direction(direction)
    speeds, grades = _numbers("speed_mps", speed_mps), _numbers("grade_ratio", grade_ratio)
    if len({len(speeds), len(grades)} - {1}) > 1:
        raise BadValue("grade_ratio", f"be one number, or {len(speeds)} as the speeds are", len(grades))
    asked = [Asked(float(speed), float(grade), way, known.mass_kg) for speed, grade in np.broadcast(speeds, grades)]
    found = [cost_of(point, known) if point.is_whole else nothing_asked(point) for point in asked]
    return of_rows(Costs, [cost_row(point, way) for point, way in zip(asked, found, strict=True)], COST_COLUMNS)


def plan(answers: Mapping[str, object], *, athlete: Athlete | None = None, now: datetime | None = None) -> Sessions:
    """Make a plan from the answers to :func:`questions`, under the rules of the app, for who has recorded nothing yet.

    Parameters
    ----------
    answers : mapping
        Key of a question → answer, in SI units.
    athlete : Athlete, optional
        Whom it is for.
    now : datetime, optional
        When it is made; by default now.

    Returns
    -------
    Sessions
        Empty where a rule keeps the plan from beginning: ``why_not`` has the rules, ``instead`` what can be done.

    Raises
    ------
    BadValue
        An answer is missing or cannot be; the message names each.
    """
    from backward_running.flows import screening
    from backward_running.flows.views import AnswersChecked

    if not isinstance(answers, Mapping):
        raise BadValue("answers", "be a mapping of the keys of questions", answers, "See questions().")
    made = screening.planned(answers, athlete if athlete is not None else Athlete(), now=now or datetime.now(UTC))
    if isinstance(made, AnswersChecked):
        wrong = "; ".join(f"{key}: {words}" for key, words in made.problems.items())
        raise BadValue("answers", f"answer every question ({wrong})", sorted(answers), "See questions().")
    if isinstance(made, Plan):
        table = of_rows(Sessions, [session_row(workout) for workout in made.workouts()], SESSION_COLUMNS)
        table.plan = made
        return table
    table = of_rows(Sessions, [], SESSION_COLUMNS)
    table.why_not, table.instead = made.why, made.instead
    return table


def questions() -> Table:
    """Return what :func:`plan` has to know: a row for each question, with its key and what is accepted."""
    from backward_running.flows import coach

    rows = [
        {
            "key": question.key,
            "question": question.text,
            "kind": question.kind.value,
            "choices": [value for value, _ in question.choices] or None,
            "unit": question.unit,
            "lowest": question.lowest,
            "highest": question.highest,
            "optional": question.optional,
        }
        for question in coach.questions()
    ]
    return of_rows(Table, rows, QUESTION_COLUMNS)


def evidence(text: str | None = None) -> Table:
    """Return every number the program uses, with its source and how far it can be leaned on.

    Parameters
    ----------
    text : str, optional
        Keeps those that mention it.

    Examples
    --------
    >>> found = evidence("backward_net_factor")
    >>> list(found)[0]["value"], list(found)[0]["standing"]
    (1.29, 'replicated')
    """
    from backward_running.flows.sources import evidence_page

    wanted = (text or "").lower()
    rows = [
        {name: getattr(number, name) for name in EVIDENCE_COLUMNS}
        | {"standing": number.standing.value, "tag": number.tag.value}
        for number in evidence_page().numbers
        if wanted in f"{number.key} {number.says} {number.citation} {number.doi} {number.used_in}".lower()
    ]
    return of_rows(Table, rows, EVIDENCE_COLUMNS)


def plugs() -> Table:
    """Return everything that is plugged in: a row for each format, detector, model, rule, protocol and condition."""
    from backward_running.flows import plugged

    rows = [{name: getattr(plug, name) for name in PLUG_COLUMNS} for plug in plugged.everything()]
    return of_rows(Table, rows, PLUG_COLUMNS)


def simulate(*, seed: int = 8484, weeks: int = 1, until: date = date(2026, 5, 31)) -> tuple[Recording, ...]:
    """Return the recordings of a simulated runner: made by a program, run by nobody, and marked so.

    Parameters
    ----------
    seed : int
        The same seed and dates give the same recordings.
    weeks : int
        How many, the last of which ends with `until`.
    until : date
        The last day.
    """
    from backward_running.flows import demo

    runner = demo.simulate(seed=seed, weeks=weeks, until=until)
    return tuple(recording for _, data in runner.files for recording in read_all(data))


def _told(told: Mapping[str, Any]) -> SuppliedMetadata:
    try:
        return SuppliedMetadata(**told)
    except TypeError as problem:
        raise BadValue("what is told", f"be one of {', '.join(SuppliedMetadata.__slots__)}", sorted(told)) from problem


def _numbers(name: str, given: object) -> FloatArray:
    try:
        found = np.atleast_1d(np.asarray(given, dtype=float))
    except (TypeError, ValueError) as problem:
        raise BadValue(name, "be a number, or several", given) from problem
    if found.ndim > 1:
        raise BadValue(name, "be a number, or a row of numbers", f"{found.ndim} dimensions")
    return found


def _direction(direction: str | Direction) -> Direction:
    try:
        return Direction(direction)
    except ValueError as problem:
        raise BadValue("direction", "be forward or backward", direction) from problem
