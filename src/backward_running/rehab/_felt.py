"""How a session felt: what nobody said is unknown, and unknown is never clean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from backward_running.core.adaptation import Done
from backward_running.core.athlete import CheckIn, Moment
from backward_running.rehab._facts import REACH_S, day_spoken_of
from backward_running.rehab.base import Facts

DAY_S = 86_400.0
LATER = frozenset({Moment.NEXT_MORNING, Moment.DAY_1, Moment.DAY_2})


@lru_cache(maxsize=16)
def with_ratings(facts: Facts) -> tuple[Done, ...]:
    """Return what was done, each with whether somebody said how it felt; one that is rated already stays so."""
    telling = _telling(facts)
    return tuple(replace(session, is_rated=session.is_rated or _is_rated(session, telling)) for session in facts.done)


def is_rated(facts: Facts, done: Done) -> bool:
    """Tell whether somebody said how sore the calves were, or where it hurt, on a day after a session.

    On the day itself nothing shows yet. A word that names no session speaks of those of the three days before it.
    """
    return _is_rated(done, _telling(facts))


def _telling(facts: Facts) -> Sequence[CheckIn]:
    return [check_in for check_in in facts.check_ins if check_in.calf_soreness_nrs is not None or check_in.pain_nrs]


def _is_rated(done: Done, telling: Sequence[CheckIn]) -> bool:
    return any(_rates(check_in, done) for check_in in telling)


def _rates(check_in: CheckIn, done: Done) -> bool:
    later_days = (day_spoken_of(check_in) - done.on).days
    if check_in.activity_id is not None:
        return check_in.activity_id == done.activity_id and (later_days > 0 or check_in.moment in LATER)
    return 0 < later_days <= REACH_S.value / DAY_S
