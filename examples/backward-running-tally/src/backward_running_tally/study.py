"""Where the number comes from. A plug whose number nobody measured says so."""

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Study

STUDY = Study(
    key="backward_running_tally",
    citation="backward-running-tally's own proposal: an example, not evidence",
    who="nobody: a proposal",
    n=None,
    read="written here",
)
COMPANION = Evidence(
    key="backward_running_tally.companion",
    says="A companion who looks at the shoes is right in about 95 of 100 cases; the others tapped late.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
PRICE = Evidence(
    key="backward_running_tally.price",
    says="Walking backward takes 3.5 ml/kg/min and 9 more for every m/s, 8 to 10: made up to show a model.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
