"""Heart rate reserve against oxygen uptake reserve, on a bicycle."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="swain1997",
    citation="Swain & Leutholtz 1997, Med Sci Sports Exerc 29:410",
    who="63 adults on a bicycle ergometer, up to their maximum",
    n=63,
    read="abstract",
    doi="10.1097/00005768-199703000-00018",
    year=1997,
)

RESERVE = Evidence(
    key="swain1997.reserve",
    says=(
        "The share of the heart rate reserve equals the share of the oxygen uptake reserve: slope 1.00±0.01, "
        "intercept "
        "−0.1±0.6 % (63 adults, cycling)."
    ),
    study=STUDY,
    standing=Standing.REPLICATED,
    tag=Tag.READ,
)
