"""Heart rate reserve against oxygen uptake reserve, on a treadmill."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="swain1998",
    citation="Swain 1998, Med Sci Sports Exerc 30:318",
    who="50 adults of 18 to 40 years walking and running up to their maximum on a treadmill",
    n=50,
    read="abstract",
    year=1998,
)

RESERVE = Evidence(
    key="swain1998.reserve",
    says=(
        "On a treadmill the share of the heart rate reserve follows that of the oxygen uptake reserve with slope "
        "1.03±0.01 and intercept 1.5±0.6 %: close to equal, not quite (50 adults)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
