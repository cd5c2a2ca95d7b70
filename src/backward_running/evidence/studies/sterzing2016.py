"""Pressure under the foot and muscle activity of backward running at 70 % of the forward speed."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="sterzing2016",
    citation="Sterzing 2016, Gait Posture 46:135",
    who="19 runners on a treadmill, backward at 70 % of their preferred forward speed",
    n=19,
    read="aim and methods of the abstract; its results were not at hand",
    doi="10.1016/j.gaitpost.2016.03.009",
    year=2016,
    would_change="Its values of pressure and activity: they would replace the proposed factor of the forefoot.",
)

MEASURED = Evidence(
    key="sterzing2016.measured",
    says=(
        "The pressure under nine regions of the foot and the activity of nine leg muscles were measured in 19"
        " runners; "
        "what came out was not in the part that was read, so nothing here rests on it."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
