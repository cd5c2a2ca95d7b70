"""Pain limits by tissue: over the limit, or worse the next morning, means at least 48 hours off and one stage back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.goals import condition_of
from backward_running.core.plan import GateState, Reason
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.silbernagel2007 import STUDY as SILBERNAGEL_2007
from backward_running.rehab._facts import closed, day_spoken_of, moment_of, opened, session_of
from backward_running.rehab._pause import Pause, pause_after
from backward_running.rehab.base import Facts, Rule

TENDON = Evidence(
    key="silbernagel2007.limit",
    says="People with a painful Achilles tendon went on with pain up to 5 of 10 that was gone the next morning.",
    study=SILBERNAGEL_2007,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
OTHERS = own_proposal(
    "rule.pain_limits",
    "For other tissues the limits are proposals of this project: muscle 3, kneecap 3, knee osteoarthritis 4, bone "
    "0, unknown 2 of 10.",
)
TENDON_NRS = Number("pain_limit_tendon_nrs", 5.0, "1", TENDON)
MUSCLE_NRS = Number("pain_limit_muscle_nrs", 3.0, "1", OTHERS)
KNEECAP_NRS = Number("pain_limit_kneecap_nrs", 3.0, "1", OTHERS)
OSTEOARTHRITIS_NRS = Number("pain_limit_osteoarthritis_nrs", 4.0, "1", OTHERS)
BONE_NRS = Number("pain_limit_bone_nrs", 0.0, "1", OTHERS)
UNKNOWN_NRS = Number("pain_limit_unknown_nrs", 2.0, "1", OTHERS)

BASELINE = own_proposal(
    "rule.pain_baseline",
    "A morning is compared with the least that was said of the same place before the session, in the two days "
    "before or else in the week before; where nothing was said it is compared with 0: a proposal of this project.",
)
BASELINE_S = Number("pain_baseline_s", 172_800.0, "s", BASELINE)  #: how far back a morning is compared
OLDER_BASELINE_S = Number("pain_older_baseline_s", 604_800.0, "s", BASELINE)  #: where nothing was said since

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
#: What a session does to a place is no baseline for the morning after it.
OF_A_SESSION = frozenset({Moment.DURING, Moment.AFTER})
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
    pauses = [(_pause(facts, found), found) for found in _breaches(facts)]
    recent = [(pause, found) for pause, found in pauses if facts.today < pause.until]
    if not still and not recent:
        return opened(KEY, TITLE, "You have reported no pain over its limit.", OTHERS)
    if still:
        worst = max(still, key=lambda word: word.pain_nrs - word.limit.value)
        text = (
            f"Your {worst.site} was at {worst.pain_nrs:g} of 10 when you last said so; the limit there is "
            f"{worst.limit.value:g}."
        )
        evidence = worst.limit.evidence
    else:
        text, evidence = recent[-1][1].text, recent[-1][1].evidence
    last = max((pause for pause, _ in recent), key=lambda pause: pause.until, default=None)
    rest = (
        f"{last.words[0].upper()}{last.words[1:]}; walking included." if last else "Nothing backward, walking included."
    )
    return closed(
        KEY,
        TITLE,
        text,
        evidence,
        f"{rest} Forward the same limit holds: over it walk, and do not run. Say how it feels once it is "
        f"{'back under its limit' if still else 'as it was before the session'}; then the plan goes on a stage lower. "
        "If it does not settle, see a physiotherapist.",
    )


def _pause(facts: Facts, found: _Breach) -> Pause:
    return pause_after(session_of(facts, found.check_in), moment_of(facts, found.check_in))


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every pain over its limit and every worse morning: at least 48 hours off, one stage back."""
    still = {word.site for word in _last_words(facts).values() if word.is_over}
    for breach in _breaches(facts):
        on, session = moment_of(facts, breach.check_in), session_of(facts, breach.check_in)
        pause = pause_after(session, on)
        if breach.site in still:
            pause = pause.later(facts.today + timedelta(days=1))
        yield Setback(
            SetbackKind.PAIN,
            on,
            Reason(
                f"{breach.text} That means {pause.words}; then one stage down.",
                breach.evidence.key,
                key=f"{KEY} {breach.site} {breach.check_in.made_at.isoformat()}",
            ),
            stages_back=1,
            rest_until=pause.until,
            rest_until_at=pause.until_at,
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
    for check_in in facts.of_pain:
        now = {word.site: word for word in _words(facts, check_in)}
        last = {site: word for site, word in last.items() if not any(_answers(answer, site) for answer in now)} | now
    return last


def _answers(now: str, before: str) -> bool:
    plain = plain_site(now)
    return plain == plain_site(before) and plain in (now, before)


def _breaches(facts: Facts) -> Iterator[_Breach]:
    """Yield every pain over its limit, and every morning worse than that site was before the session."""
    at_rest: list[tuple[CheckIn, _Word]] = []
    for check_in in facts.of_pain:
        words = list(_words(facts, check_in))
        for word in words:
            site, pain, limit = word.site, word.pain_nrs, word.limit
            if word.is_over:
                text = f"Your {site} was at {pain:g} of 10; the limit is {limit.value:g}."
                yield _Breach(check_in, site, text, limit.evidence)
            elif check_in.moment in MORNINGS:
                before = _baseline(facts, at_rest, check_in, site)
                if pain > (before or 0.0):
                    yield _Breach(check_in, site, _worse(site, before, pain), BASELINE)
        if check_in.moment not in OF_A_SESSION:
            at_rest += [(check_in, word) for word in words if not word.is_over]


def _worse(site: str, before: float | None, pain: float) -> str:
    if before is not None:
        return f"Your {site} was worse the next morning ({before:g} → {pain:g} of 10)."
    return (
        f"Your {site} was at {pain:g} of 10 the next morning, and you had not said how it was before: that counts as "
        "0. Check in before a session, too, and say how it is."
    )


def _baseline(facts: Facts, at_rest: list[tuple[CheckIn, _Word]], now: CheckIn, site: str) -> float | None:
    """Return how a site was before the session of a morning; None where nobody said.

    The least, not the last: a morning must be back at the baseline, not only below what the session did to it.
    """
    reach = now.made_at - timedelta(seconds=OLDER_BASELINE_S.value)
    at_rest[:] = [(told, word) for told, word in at_rest if told.made_at >= reach]
    session = session_of(facts, now)
    found = [
        (told.made_at, word.pain_nrs)
        for told, word in at_rest
        if told.made_at < now.made_at
        and (word.site == site or _answers(site, word.site))
        and (session is None or _is_before(told, session))
    ]
    near = now.made_at - timedelta(seconds=BASELINE_S.value)
    newer = [pain for at, pain in found if at >= near]
    return min(newer or [pain for _, pain in found], default=None)


def _is_before(told: CheckIn, session: Done) -> bool:
    """Tell whether something was said before a session began, as far as that is known."""
    if session.started_at is not None and told.on is None:
        return told.made_at < session.started_at
    return day_spoken_of(told) <= session.on


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


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(TENDON, OTHERS, BASELINE), setbacks=setbacks)
