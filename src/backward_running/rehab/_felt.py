"""How a session felt: what nobody said is unknown, and unknown is never clean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from backward_running.core.adaptation import Done
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.constants import SECONDS_PER_DAY
from backward_running.rehab._facts import REACH_S, day_spoken_of
from backward_running.rehab.base import Facts

LATER = frozenset({Moment.NEXT_MORNING, Moment.DAY_1, Moment.DAY_2})


@lru_cache(maxsize=16)
def with_ratings(facts: Facts) -> tuple[Done, ...]:
    """Return what was done, each with whether somebody said how it felt; one that is rated already stays so."""
    telling = _Telling(facts.check_ins)
    return tuple(
        session if session.is_rated or not telling.rates(session) else replace(session, is_rated=True)
        for session in facts.done
    )


def is_rated(facts: Facts, done: Done) -> bool:
    """Tell whether somebody said how sore the calves were, or where it hurt, on a day after a session.

    On the day itself nothing shows yet. A word that names no session speaks of those of the three days before it.
    """
    return _Telling(facts.check_ins).rates(done)


class _Telling:
    """What was said of calves and pain, by the session it names, and by its day where it names none."""

    def __init__(self, check_ins: Sequence[CheckIn]) -> None:
        self._of_session: dict[str, list[CheckIn]] = {}
        self._days: set[date] = set()
        for check_in in check_ins:
            if check_in.calf_soreness_nrs is None and not check_in.pain_nrs:
                continue
            if check_in.activity_id is None:
                self._days.add(day_spoken_of(check_in))
            else:
                self._of_session.setdefault(check_in.activity_id, []).append(check_in)

    def rates(self, done: Done) -> bool:
        reach = int(REACH_S.value / SECONDS_PER_DAY)
        return any(done.on + timedelta(days=later) in self._days for later in range(1, reach + 1)) or any(
            day_spoken_of(check_in) > done.on or check_in.moment in LATER
            for check_in in self._of_session.get(done.activity_id, ())
        )
