"""From 65, or after a fall in the last 12 months, the 3-metre backward walk test comes first."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.alghadir2019 import STUDY as ALGHADIR_2019
from backward_running.evidence.studies.kapan2025 import STUDY as KAPAN_2025
from backward_running.evidence.studies.polo_ferrero2025 import STUDY as POLO_FERRERO_2025
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.rehab._facts import age_years, closed, fell_in_last_year, has_supervisor, number, opened
from backward_running.rehab.base import Facts, Rule

WHO_IS_TESTED = Evidence(
    key="rule.balance_test",
    says=(
        "Who is 65 or older, or fell in the last 12 months, does the 3-metre backward walk test first; its published "
        "cut-offs were found in older people, their use as a gate is a choice of this project."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
SLOW = Evidence(
    key="polo_ferrero2025.cut_off",
    says=(
        "5.5 s for 3 metres backward told older people who had fallen from those who had not best, but weakly "
        "(sensitivity 59.5 %, specificity 68.6 %, 483 people)."
    ),
    study=POLO_FERRERO_2025,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
VERY_SLOW = Evidence(
    key="kapan2025.cut_off",
    says="Nursing-home residents who took 8.15 s or more fell 27 % more often in the next four months (217 people).",
    study=KAPAN_2025,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
WALKING_BASE = Evidence(
    key="rule.walking_base",
    says=(
        "180 minutes of backward walking, the whole of a supervised trial (10 min, three times a week, six weeks), are "
        "taken as the base somebody of 65 or older needs before running backward."
    ),
    study=ALGHADIR_2019,
    standing=Standing.EXTRAPOLATED,
    tag=Tag.DERIVED,
)
TESTED_FROM_YEARS = Number("balance_test_from_age_count", 65, "years", WHO_IS_TESTED)
WALK_ONLY_ABOVE_S = Number("backward_walk_test_walk_only_above_s", 5.5, "s", SLOW)
REFER_ABOVE_S = Number("backward_walk_test_refer_above_s", 8.15, "s", VERY_SLOW)
BASE_MIN = Number("backward_walking_base_min", 180.0, "min", WALKING_BASE)
KEY = "balance_test"
TITLE = "3-metre backward walk test"
_FIND_SOMEBODY = (
    "Walk backward only, with a trained person beside you; find one, and tick that under “What do you have?”."
)


def ask(facts: Facts) -> GateState:
    """Ask for the test where it is due; leave supervised walking where it was slow."""
    ages = age_years(facts)
    fell = fell_in_last_year(facts)
    if ages is None or fell is None:
        return closed(
            KEY,
            TITLE,
            "Your birth year, or whether you fell in the last 12 months, is not known.",
            WHO_IS_TESTED,
            "Answer both questions.",
        )
    _, oldest = ages
    if oldest < TESTED_FROM_YEARS.value and not fell:
        return opened(KEY, TITLE, "You are under 65 and did not fall in the last 12 months.", WHO_IS_TESTED)
    took_s = number(facts, "backward_walk_test_s")
    why = "You fell in the last 12 months" if fell else "You are, or turn, 65 or older"
    if took_s is None or took_s <= 0:
        return _walking_only(facts, f"{why}, and the test is not done yet.", WHO_IS_TESTED, test_due=True)
    if took_s > REFER_ABOVE_S.value:
        return closed(
            KEY,
            TITLE,
            f"You took {took_s:.2f} s for the 3 metres, more than {REFER_ABOVE_S.value} s.",
            VERY_SLOW,
            "Speak with your doctor or physiotherapist about your balance before you walk backward.",
        )
    if took_s > WALK_ONLY_ABOVE_S.value:
        return _walking_only(
            facts, f"You took {took_s:.2f} s for the 3 metres, more than {WALK_ONLY_ABOVE_S.value} s.", SLOW
        )
    return _with_a_base(facts, oldest, took_s)


def _with_a_base(facts: Facts, oldest: int, took_s: float) -> GateState:
    """From 65, a fast test is not enough: backward walking comes before backward running."""
    done_min = number(facts, "backward_experience_min")
    if oldest >= TESTED_FROM_YEARS.value and (done_min is None or done_min < BASE_MIN.value):
        return _walking_only(
            facts,
            f"From 65 on, {BASE_MIN.value:.0f} minutes of supervised backward walking come before running backward.",
            WALKING_BASE,
        )
    return opened(KEY, TITLE, f"You took {took_s:.2f} s for the 3 metres.", SLOW)


def _walking_only(facts: Facts, text: str, evidence: Evidence, *, test_due: bool = False) -> GateState:
    supervised = has_supervisor(facts)
    do = "Walk backward only, with a trained person beside you." if supervised else _FIND_SOMEBODY
    if test_due:
        do += " Do the test with somebody beside you and type the seconds."
    return closed(KEY, TITLE, text, evidence, do, walking_only=supervised)


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(WHO_IS_TESTED, SLOW, VERY_SLOW, WALKING_BASE))
