"""Pain limits by tissue: over the limit, or worse the next morning, means at least 48 hours off and one stage back."""

from __future__ import annotations

from collections.abc import Iterator

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.plan import GateState
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.silbernagel2007 import STUDY as SILBERNAGEL_2007
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.rehab._facts import closed, in_order, opened, within_48_h
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
    says="For other tissues the limits are proposals of this project: muscle 3, kneecap 3, bone 0, unknown 2 of 10.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
TENDON_NRS = Number("pain_limit_tendon_nrs", 5.0, "1", TENDON)
MUSCLE_NRS = Number("pain_limit_muscle_nrs", 3.0, "1", OTHERS)
KNEECAP_NRS = Number("pain_limit_kneecap_nrs", 3.0, "1", OTHERS)
BONE_NRS = Number("pain_limit_bone_nrs", 0.0, "1", OTHERS)
UNKNOWN_NRS = Number("pain_limit_unknown_nrs", 2.0, "1", OTHERS)

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
KEY = "pain_limits"
TITLE = "Pain limits"
_SIDES = frozenset({"left", "right", "both", "l", "r"})


def limit_of(site: str) -> Number:
    """Return the pain limit of a body site.

    >>> limit_of("left knee").value, limit_of("Achilles").value, limit_of("left elbow").value
    (3.0, 5.0, 2.0)
    """
    return LIMITS.get(_plain_site(site), UNKNOWN_NRS)


def ask(facts: Facts) -> GateState:
    """Close for 48 hours after a pain over its limit or a worse morning, and until the site is back under its limit."""
    check_ins = in_order(facts)
    now: dict[str, tuple[float, Number]] = {}
    for check_in in check_ins:
        now |= {_site(site): (pain, limit_of(site)) for site, pain in check_in.pain_nrs.items()}
    still = [(site, pain, limit) for site, (pain, limit) in now.items() if pain > limit.value]
    recent = [found for found in _breaches(check_ins) if within_48_h(found[0], facts.today)]
    if not still and not recent:
        return opened(KEY, TITLE, "You have reported no pain over its limit.", OTHERS)
    if still:
        site, pain, limit = max(still, key=lambda one: one[1] - one[2].value)
        text = f"Your {site} was at {pain:g} of 10 when you last said so; the limit there is {limit.value:g}."
        evidence = limit.evidence
    else:
        _, text, evidence = recent[-1]
    return closed(
        KEY,
        TITLE,
        text,
        evidence,
        "Leave out backward running for at least 48 hours and say how it feels; then go one week back in the plan. If "
        "it does not settle, see a physiotherapist.",
    )


def _breaches(check_ins: tuple[CheckIn, ...]) -> Iterator[tuple[CheckIn, str, Evidence]]:
    """Yield every pain over its limit, and every morning worse than the last word on that site."""
    before: dict[str, float] = {}
    for check_in in check_ins:
        for name, pain in check_in.pain_nrs.items():
            site, limit = _site(name), limit_of(name)
            if pain > limit.value:
                yield check_in, f"Your {site} was at {pain:g} of 10; the limit is {limit.value:g}.", limit.evidence
            elif check_in.moment in (Moment.NEXT_MORNING, Moment.DAY_1) and pain > before.get(site, pain):
                yield check_in, f"Your {site} was worse the next morning ({before[site]:g} → {pain:g} of 10).", OTHERS
            before[site] = pain


def _site(site: str) -> str:
    return site.replace("_", " ").strip().lower()


def _plain_site(site: str) -> str:
    return " ".join(word for word in _site(site).split() if word not in _SIDES)


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(TENDON, OTHERS))
