"""What stands behind the numbers of load."""

from __future__ import annotations

from collections.abc import Mapping

from backward_running import effort
from backward_running.core.athlete import Athlete, Sex
from backward_running.core.load import Measure
from backward_running.effort import (
    load_heart_rate_zones,
    load_ledger,
    load_trimp_banister_men,
    load_trimp_banister_women,
)
from backward_running.evidence import Evidence
from backward_running.evidence.studies import banister, buist2008, frandsen2025, impellizzeri2020
from backward_running.flows.activity import badge_of
from backward_running.flows.views import EvidenceBadge

BACKWARD_TOO = (
    "The rule comes from forward runners. Nobody has measured it running backward: there it is this project's proposal."
)
#: Why the rule is one of single sessions, and how far it can be leaned on.
RULE = (frandsen2025.SPIKE.says, BACKWARD_TOO, buist2008.WEEKLY.says)
#: What stands beside the acute:chronic ratio where it is switched on.
CRITICISM = (
    impellizzeri2020.RATIO.says,
    "Its two numbers share their days, and no value of it is called good or bad here: it decides nothing.",
)


def load_badges(athlete: Athlete) -> Mapping[str, EvidenceBadge]:
    """Return what a badge beside each kind of number opens."""
    trimp = effort.trimp_model_of(athlete) or load_trimp_banister_men.MODEL
    return {
        Measure.EXERTION.value: badge_of(effort.session_load_model()),
        Measure.HEART_RATE.value: badge_of(trimp),
        "memory": _badge("Fitness, fatigue, form", banister.MEMORY, load_ledger.SETTLES.evidence),
        "lacks": _badge("What is not known", load_ledger.LACKS.evidence),
        "spike": _badge("A session over 110 % of the longest", frandsen2025.SPIKE),
        "zones": _badge("Heart-rate zones", load_heart_rate_zones.LOWEST.evidence),
        "ratio": _badge("Acute:chronic ratio", impellizzeri2020.RATIO, load_ledger.CHRONIC.evidence),
    }


def one_scale_low_share(athlete: Athlete) -> float | None:
    """Return by how much the impulse of a woman is too low in a program that takes the men's scale for both.

    Examples
    --------
    >>> round(one_scale_low_share(Athlete(sex=Sex.FEMALE)), 2)
    0.26
    """
    if athlete.sex is not Sex.FEMALE:
        return None
    return 1.0 - load_trimp_banister_men.SCALE.value / load_trimp_banister_women.SCALE.value


def _badge(title: str, *behind: Evidence) -> EvidenceBadge:
    return EvidenceBadge(
        model="",
        title=title,
        standing=min((source.standing for source in behind), key=lambda standing: standing.rank),
        tags=tuple(dict.fromkeys(source.tag for source in behind)),
        says=tuple(source.says for source in behind),
        citations=tuple(dict.fromkeys(source.study.citation for source in behind)),
        valid="",
    )
