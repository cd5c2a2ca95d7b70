"""Pain limits by tissue: over the limit, or worse the next morning, means at least 48 hours off and one stage back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from backward_running.core.adaptation import Setback, SetbackKind
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.goals import condition_of
from backward_running.core.plan import GateState, Reason
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.silbernagel2007 import STUDY as SILBERNAGEL_2007
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.rehab._facts import closed, first_day_after_pause, moment_of, opened, session_of, within_48_h
from backward_running.rehab.base import Facts, Rule

TENDON = Evidence(
    key="silbernagel2007.limit",
    says="People with a painful Achilles tendon went on with pain up to 5 of 10 that was gone the next morning.",
    study=SILBERNAGEL_2007,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
OTHERS = Evidence(
    key="rule.pain_limits",
    says=(
        "For other tissues the limits are proposals of this project: muscle 3, kneecap 3, knee osteoarthritis 4, bone "
        "0, unknown 2 of 10."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
TENDON_NRS = Number("pain_limit_tendon_nrs", 5.0, "1", TENDON)
MUSCLE_NRS = Number("pain_limit_muscle_nrs", 3.0, "1", OTHERS)
KNEECAP_NRS = Number("pain_limit_kneecap_nrs", 3.0, "1", OTHERS)
OSTEOARTHRITIS_NRS = Number("pain_limit_osteoarthritis_nrs", 4.0, "1", OTHERS)
BONE_NRS = Number("pain_limit_bone_nrs", 0.0, "1", OTHERS)
UNKNOWN_NRS = Number("pain_limit_unknown_nrs", 2.0, "1", OTHERS)

BASELINE_S = Number("pain_baseline_s", 172_800.0, "s", OTHERS)  #: how far back a morning is compared

#: Site of the body, without its side → limit. A site that is not here has the limit of "unknown".
LIMITS: dict[str, Number] = {
    "achilles": TENDON_NRS,
    "calf": MUSCLE_NRS,
    "hamstring": MUSCLE_NRS,
    "quadriceps": MUSCLE_NRS,
    "thigh": MUSCLE_NRS,
    "knee": KNEECAP_NRS,
    "front of knee": KNEECAP_NRS,
    "front of the knee": KNEECAP_NRS,
    "shin": BONE_NRS,
    "forefoot": BONE_NRS,
    "metatarsals": BONE_NRS,
}
#: Condition of the goal → sites at which another limit holds.
LIMITS_OF_CONDITION: dict[str, dict[str, Number]] = {
    "knee_osteoarthritis": {"knee": OSTEOARTHRITIS_NRS, "front of knee": OSTEOARTHRITIS_NRS},
    "knee_surgery": {"knee": UNKNOWN_NRS, "front of knee": UNKNOWN_NRS},  # what was operated on is not known here
}
KEY = "pain_limits"
TITLE = "Pain limits"
MORNINGS = frozenset({Moment.NEXT_MORNING, Moment.DAY_1})
_SIDES = frozenset({"left", "right", "both", "l", "r"})


def limit_of(site: str, condition: str | None = None) -> Number:
    """Return the pain limit of a body site, for the condition a plan is made for.

    >>> limit_of("left knee").value, limit_of("Achilles").value, limit_of("left elbow").value
    (3.0, 5.0, 2.0)
    >>> limit_of("left knee", "knee_osteoarthritis").value
    4.0
    """
    plain = plain_site(site)
    special = LIMITS_OF_CONDITION.get(condition or "", {})
    return special.get(plain) or LIMITS.get(plain, UNKNOWN_NRS)


def ask(facts: Facts) -> GateState:
    """Close for 48 hours after a pain over its limit or a worse morning, and until the site is back under its limit."""
    still = [word for word in _last_words(facts).values() if word.is_over]
    recent = [found for found in _breaches(facts) if within_48_h(moment_of(facts, found.check_in), facts.today)]
    if not still and not recent:
        return opened(KEY, TITLE, "You have reported no pain over its limit.", OTHERS)
    if still:
        worst = max(still, key=lambda one: one.pain_nrs - one.limit.value)
        text = (
            f"Your {worst.site} was at {worst.pain_nrs:g} of 10 when you last said so; the limit there is "
            f"{worst.limit.value:g}."
        )
        evidence = worst.limit.evidence
    else:
        text, evidence = recent[-1].text, recent[-1].evidence
    return closed(
        KEY,
        TITLE,
        text,
        evidence,
        "Nothing backward for at least 48 hours, walking included, and say how it feels; then the plan goes on a stage "
        "lower. "
        "If it does not settle, see a physiotherapist.",
    )


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every pain over its limit and every worse morning: at least 48 hours off, one stage back."""
    still = {word.site for word in _last_words(facts).values() if word.is_over}
    for breach in _breaches(facts):
        on, session = moment_of(facts, breach.check_in), session_of(facts, breach.check_in)
        rest_until = first_day_after_pause(on)
        if breach.site in still:
            rest_until = max(rest_until, facts.today + timedelta(days=1))
        yield Setback(
            SetbackKind.PAIN,
            on,
            Reason(f"{breach.text} At least 48 hours off, then one stage down.", breach.evidence.key),
            stages_back=1,
            rest_until=rest_until,
            activity_id=session.activity_id if session is not None else None,
        )


@dataclass(frozen=True, slots=True)
class _Word:
    """One pain that was said."""

    site: str
    pain_nrs: float
    limit: Number

    @property
    def is_over(self) -> bool:
        return self.pain_nrs > self.limit.value


@dataclass(frozen=True, slots=True)
class _Breach:
    check_in: CheckIn
    site: str
    text: str
    evidence: Evidence


def _words(facts: Facts, check_in: CheckIn) -> Iterator[_Word]:
    goal = facts.answers.get("goal")
    condition = condition_of(goal) if isinstance(goal, str) else None
    for name, pain in sorted(check_in.pain_nrs.items()):
        yield _Word(_site(name), pain, limit_of(name, condition))


def _last_words(facts: Facts) -> dict[str, _Word]:
    """Return the last word on each site. "Knee" speaks of both knees, and "left knee" answers an earlier "knee"."""
    last: dict[str, _Word] = {}
    for check_in in facts.check_ins:
        now = {word.site: word for word in _words(facts, check_in)}
        last = {site: word for site, word in last.items() if not any(_answers(one, site) for one in now)} | now
    return last


def _answers(now: str, before: str) -> bool:
    plain = plain_site(now)
    return plain == plain_site(before) and plain in (now, before)


def _breaches(facts: Facts) -> Iterator[_Breach]:
    """Yield every pain over its limit, and every morning worse than the least said of that site just before."""
    said: dict[str, list[tuple[CheckIn, float]]] = {}
    for check_in in facts.check_ins:
        for word in _words(facts, check_in):
            site, pain, limit = word.site, word.pain_nrs, word.limit
            before = _least_before(said.setdefault(site, []), check_in)
            if word.is_over:
                text = f"Your {site} was at {pain:g} of 10; the limit is {limit.value:g}."
                yield _Breach(check_in, site, text, limit.evidence)
            elif check_in.moment in MORNINGS and before is not None and pain > before:
                text = f"Your {site} was worse the next morning ({before:g} → {pain:g} of 10)."
                yield _Breach(check_in, site, text, OTHERS)
            said[site].append((check_in, pain))


def _least_before(said: list[tuple[CheckIn, float]], now: CheckIn) -> float | None:
    # The least, not the last: a morning must be back at the baseline, not only below what the session did to it.
    reach = now.made_at - timedelta(seconds=BASELINE_S.value)
    said[:] = [(check_in, pain) for check_in, pain in said if check_in.made_at >= reach]
    return min((pain for check_in, pain in said if check_in.made_at < now.made_at), default=None)


@lru_cache(maxsize=512)
def _site(site: str) -> str:
    return site.replace("_", " ").strip().lower()


@lru_cache(maxsize=512)
def plain_site(site: str) -> str:
    """Return a body site without its side, in lower case.

    >>> plain_site("Left front_of_knee")
    'front of knee'
    """
    return " ".join(word for word in _site(site).split() if word not in _SIDES)


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(TENDON, OTHERS), setbacks=setbacks)
