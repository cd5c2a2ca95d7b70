"""Derive what is stored of a recording from what is known, and keep with it from what it was derived.

What a session says follows from the recording, the runner's labels and words, who they are, what their earlier
recordings taught, and the recipe. All of that goes into its :class:`Derivation`; where one of them is another now, the
session does not match and is derived anew (:mod:`backward_running.flows.anew`).

Directions are judged once, by the habits that are known when a recording comes in or its runner asks again. Prices are
those of the day of the run: the own factor is learned from the recordings before it, so it does not depend on the order
in which recordings came in, and the newest run changes no older one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from backward_running import __version__, effort, gait
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.derivation import Derivation, Lesson, fingerprint
from backward_running.core.habits import Habits
from backward_running.core.ports import ActivityRow, Judging, Sessions, Transactions
from backward_running.core.recording import Recording
from backward_running.core.session import Bout, Paint, Session
from backward_running.flows import bests
from backward_running.flows.analyse import Given, analyse
from backward_running.flows.days import kept_clock, placed
from backward_running.flows.habits import lesson_of
from backward_running.flows.spoken import said_of_recording

T = TypeVar("T")

#: Fields of an athlete on which stored numbers depend.
MATTERS = (
    "sex",
    "mass_kg",
    "resting_heart_rate_bpm",
    "maximal_heart_rate_bpm",
    "backward_experience_min",
    "beta_blocker",
)

#: So often something is worked out beside what others do; then they wait until it is done.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Derived:
    """What one recording was understood as, ready to keep."""

    session: Session
    row: ActivityRow
    derivation: Derivation
    lesson: Lesson | None  #: None: what it teaches stays


def recipe() -> str:
    """Return the fingerprint of this program, its detectors and its models."""
    plugs = (gait.all_detectors(), effort.all_models())
    versions = [sorted((key, plug.version) for key, plug in room.items()) for room in plugs]
    return fingerprint(__version__, *versions, bests.RECIPE)


def profile_of(athlete: Athlete) -> str:
    """Return the fingerprint of what numbers depend on of who runs."""
    return fingerprint(*(getattr(athlete, name) for name in MATTERS))


def basis_of(athlete: Athlete) -> str:
    """Return what every session of this runner should be derived from now."""
    return recipe() + profile_of(athlete)


def derivation_of(recording: Recording, given: Given) -> Derivation:
    """Return from what a session follows, by value."""
    own = effort.own_factor(given.pulses, given.athlete)
    priced_by = (own.posterior, len(own.observations)) if own.enough else None
    mix, who = recipe(), profile_of(given.athlete)
    read = (recording.activity_id, recording.reader, recording.reader_version, recording.told)
    said = (tuple(given.paints), given.perceived_exertion_cr10, given.said)
    return Derivation(mix, who, fingerprint(mix, who, *read, *said, priced_by))


def given_of(
    store: Judging,
    recording: Recording,
    *,
    paints: Sequence[Paint] | None = None,
    check_ins: Sequence[CheckIn] | None = None,
    row: ActivityRow | None = None,
) -> Given:
    """Gather what a recording is understood with; `paints`, `check_ins` and `row` in place of those that are kept."""
    activity_id = recording.activity_id
    row = row or store.row(activity_id)
    paints = store.paints(activity_id) if paints is None else tuple(paints)
    return Given(
        store.athlete(),
        paints,
        store.pulses_before(recording.started_at, activity_id, simulated=recording.simulated),
        stated_exertion(store.check_ins_of(activity_id) if check_ins is None else check_ins),
        said_of_recording(store, recording, row.utc_offset_s, paints),
    )


def derive(
    store: Judging,
    activity_id: str,
    *,
    found: tuple[Bout, ...] | None,
    paints: Sequence[Paint] | None = None,
    check_ins: Sequence[CheckIn] | None = None,
    teaches: bool = True,
) -> Derived:
    """Understand a stored recording as it would be with other labels or check-ins. Changes nothing.

    Parameters
    ----------
    store : Judging
        The memory.
    activity_id : str
        Of the recording.
    found : tuple of Bout or None
        What was detected, to leave it as it is; None judges the directions anew, by the habits of now.
    paints, check_ins : sequences, optional
        The runner's labels, and what they said of this run; without them those that are kept.
    teaches : bool
        Whether what it teaches is learned anew, too.

    Raises
    ------
    NotFound
        There is no such activity.
    """
    recording, row = store.recording(activity_id), store.row(activity_id)
    habits = store.habits() if teaches or found is None else Habits()
    given = given_of(store, recording, paints=paints, check_ins=check_ins, row=row)
    session, fresh = analyse(recording, given, habits=habits, found=found, title=row.title, file_name=row.file_name)
    # Its borders are the plan's and nobody's who ran: what was done as planned teaches nothing.
    planned = any(map(gait.is_as_planned, given.paints))
    lesson = lesson_of(habits, recording, session) if teaches and not planned else None
    return Derived(session, placed(fresh, kept_clock(row)), derivation_of(recording, given), lesson)


def keep_derived(store: Sessions, derived: Derived) -> Session:
    """Keep what a recording was understood as, in one transaction."""
    store.put_session(derived.session, derived.row, derived.derivation, derived.lesson)
    return derived.session


def stated_exertion(check_ins: Sequence[CheckIn]) -> float | None:
    """Return the newest exertion that check-ins of one activity give."""
    said = [check_in for check_in in check_ins if check_in.perceived_exertion_cr10 is not None]
    return max(said, key=lambda check_in: check_in.made_at).perceived_exertion_cr10 if said else None


def settled(store: Transactions, attempt: Callable[[], Callable[[], T]]) -> T:
    """Work something out, and keep it where nobody changed meanwhile what it was worked out from; else do it again.

    Parameters
    ----------
    store : Transactions
        The memory.
    attempt : callable
        Works it out without changing anything, and returns what keeps it. What it raises changes nothing.

    Returns
    -------
    What keeping it returned. All that was kept, was kept in one transaction.
    """
    for _ in range(TRIES):
        seen = store.revision()
        keep = attempt()
        with store.transaction():
            if store.revision() == seen:
                return keep()
    with store.transaction():
        return attempt()()


def analyse_again(store: Judging, activity_id: str) -> Session:
    """Understand a stored recording anew. What was detected stays: its borders must not move under anybody's hand."""
    return settled(store, lambda: _keeping(store, activity_id, store.session(activity_id).found))


def judge_stored(store: Judging, activity_id: str) -> Session:
    """Judge a stored recording anew, its directions too; the runner's labels stay on top."""
    return settled(store, lambda: _keeping(store, activity_id, None))


def _keeping(store: Judging, activity_id: str, found: tuple[Bout, ...] | None) -> Callable[[], Session]:
    derived = derive(store, activity_id, found=found)
    return lambda: keep_derived(store, derived)
