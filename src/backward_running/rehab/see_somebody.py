"""Pain of 7 or more, or over its limit twice within a week: no session of any kind until a clinician has cleared it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.clearance import PAIN
from backward_running.core.goals import condition_of
from backward_running.core.plan import GateState
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._clearances import cleared_by, moment_day
from backward_running.rehab._facts import day_spoken_of, moment_of, opened, stopped
from backward_running.rehab.base import Facts, Rule
from backward_running.rehab.pain_limits import limit_of

EVIDENCE = own_proposal(
    "rule.see_somebody",
    "Pain of 7 of 10 or more, or over its limit twice within 7 days, is for a clinician to look at before the next "
    "session: a proposal of this project.",
)
SEVERE_NRS = Number("pain_see_somebody_nrs", 7.0, "1", EVIDENCE)
TWICE_WITHIN_S = Number("pain_over_its_limit_twice_within_s", 604_800.0, "s", EVIDENCE)
KEY = "see_somebody"
TITLE = "Pain for somebody to look at"
WHAT_TO_DO = (
    "See a doctor or physiotherapist before the next session; today where the pain stays or you cannot put weight on "
    "it. Nothing backward until then, walking included. Write down here what they allow."
)


@dataclass(frozen=True, slots=True)
class _Pain:
    """A pain over its limit that no clinician has cleared."""

    on: date  #: of the session it names, else the day it was told
    of: date  #: of the session it belongs to, named or not
    site: str
    pain_nrs: float
    limit_nrs: float

    @property
    def words(self) -> str:
        return f"{self.pain_nrs:g} of 10 at your {self.site} on {self.on.day} {self.on:%B}"


def ask(facts: Facts) -> GateState:
    """Close everything, walking too, after severe pain or pain over its limit twice within a week."""
    why = _why(facts)
    if len(why) == 1:
        text = f"You said {why[0].words}. So much pain needs more than 48 hours of rest."
        return stopped(KEY, TITLE, text, EVIDENCE, WHAT_TO_DO)
    if why:
        first, second = why
        text = f"Pain was over its limit twice within 7 days: {first.words}, and {second.words}."
        return stopped(KEY, TITLE, text, EVIDENCE, WHAT_TO_DO)
    return opened(KEY, TITLE, "You have reported no pain that asks for a clinician first.", EVIDENCE)


def moment(facts: Facts) -> date | None:
    """Return the day of the newest pain that stops everything; None where none does."""
    return max((pain.on for pain in _why(facts)), default=None)


def is_for_a_clinician(facts: Facts, check_in: CheckIn) -> bool:
    """Tell whether a pain of a check-in waits for a clinician, or was cleared by one: neither is taken back."""
    if cleared_by(facts, PAIN, check_in) is not None or any(
        nrs >= SEVERE_NRS.value for nrs in check_in.pain_nrs.values()
    ):
        return True
    on = moment_day(facts, check_in)
    waits = {(pain.on, pain.site) for pain in _why(facts)}
    return any((on, _plain(site)) in waits for site in check_in.pain_nrs)


def _why(facts: Facts) -> tuple[_Pain, ...]:
    """Return the pain that stops: one that is severe, two over their limit within a week, or none."""
    pains = sorted(_over(facts), key=lambda pain: (pain.on, pain.pain_nrs))
    severe = [pain for pain in pains if pain.pain_nrs >= SEVERE_NRS.value]
    return (severe[-1],) if severe else _twice(pains)


def _over(facts: Facts) -> Iterator[_Pain]:
    """Yield the pains over their limit, or severe, that no clinician has cleared since."""
    goal = facts.answers.get("goal")
    condition = condition_of(goal) if isinstance(goal, str) else None
    for check_in in facts.check_ins:
        over = [
            _Pain(
                moment_day(facts, check_in), _of(facts, check_in), _plain(site), pain, limit_of(site, condition).value
            )
            for site, pain in check_in.pain_nrs.items()
        ]
        over = [pain for pain in over if pain.pain_nrs > pain.limit_nrs or pain.pain_nrs >= SEVERE_NRS.value]
        if over and cleared_by(facts, PAIN, check_in) is None:
            yield from over


def _twice(pains: list[_Pain]) -> tuple[_Pain, ...]:
    """Return the newest two of different sessions that lie within a week; during and after one session are one.

    A week from word to word, or from session to session: told days later, the second is no later for that.
    """
    worst = {pain.on: pain for pain in pains}  # sorted: of one day the worst comes last
    days = sorted(worst)
    near = timedelta(seconds=TWICE_WITHIN_S.value)
    found = [(worst[first], worst[second]) for first, second in pairwise(days)]
    return next(
        (
            (first, second)
            for first, second in reversed(found)
            if second.on - first.on <= near or timedelta(0) < second.of - first.of <= near
        ),
        (),
    )


def _of(facts: Facts, check_in: CheckIn) -> date:
    """Return the day of the session that pain belongs to; the day it was told where it speaks of none."""
    return day_spoken_of(check_in) if check_in.moment is Moment.OTHER else moment_of(facts, check_in)


def _plain(site: str) -> str:
    return site.replace("_", " ").strip().lower()


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
