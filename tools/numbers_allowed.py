"""Numbers that need no source of their own, each with the reason. A line that allows nothing any more fails the tests.

A key is the file and the constant or function that holds the number. Where the reason names a source, the number is
told there in words; where it says *width*, it only rounds the corner of a threshold that is a Number itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_WIDTH = "width: it rounds the corner of a threshold that is a Number itself"
_TOLD = "told in words by the Evidence beside it"
_TECHNICAL = "technical: a window, a grid or a rounding in working something out, told to nobody"
_BORDER = "a border of what may be typed or followed, not of what is advised"
_GUARD = "keeps a logarithm or a division away from nothing"


@dataclass(frozen=True, slots=True)
class Allowance:
    """Why the numbers of one place need no source, and which they are; without any, all of them."""

    reason: str
    values: tuple[float, ...] = ()

    def allows(self, value: float | None) -> bool:
        """Whether a number that was found there is one of those."""
        return not self.values or value in self.values


ALLOWED: Final[dict[str, Allowance]] = {
    "effort/factor_over_time.py:SCALES": Allowance(_TECHNICAL, (5,)),
    "effort/load_by_direction.py:FASTEST_BPM": Allowance(_BORDER, (300,)),
    "effort/load_daily.py:BLOCK": Allowance(_TECHNICAL, (64,)),
    "effort/load_daily.py:SAME": Allowance("so many times the rounding of a float: no measure of anything", (64,)),
    "effort/load_heart_rate_zones.py:ZONES": Allowance("how many zones a table has", (5,)),
    "effort/load_heart_rate_zones.py:LEAST_BPM": Allowance(_BORDER, (30, 240)),
    "outcomes/_design.py:YEAR_DAYS": Allowance("the days of a year", (365.25,)),
    "outcomes/_fitting.py:OF_NORMAL": Allowance("of a normal distribution, by definition", (1.4826,)),
    "outcomes/_student.py:INSIDE_95": Allowance("what 95 % and 90 % are", (0.025, 0.975, 0.05, 0.95)),
    "outcomes/_student.py:NORMAL_95": Allowance("of a normal distribution, by definition", (1.959964,)),
    "outcomes/_student.py:DENSE": Allowance(_TECHNICAL, (8, 4001)),
    "outcomes/_student.py:HALVINGS": Allowance(_TECHNICAL, (28, 0.05)),
    "outcomes/_student.py:MOST_DEGREES": Allowance(_TECHNICAL, (200,)),
    "outcomes/choices.py:AHEAD": Allowance(_TECHNICAL),
    "outcomes/choices.py:QUICK": Allowance(_TOLD),
    "outcomes/choices.py:SLOW": Allowance(_TOLD),
    "outcomes/designs/random_start.py:TRIED": Allowance(_TECHNICAL, (2001,)),
    "outcomes/promises/backward_walk.py:OUTCOME": Allowance(_BORDER, (0.8,)),
    "outcomes/promises/body_fat.py:OUTCOME": Allowance(f"{_BORDER}; and what is {_TOLD}", (70, 2.4)),
    "outcomes/promises/economy.py:OUTCOME": Allowance(_BORDER, (120, 400)),
    "outcomes/promises/fitness.py:OUTCOME": Allowance(_BORDER, (8,)),
    "outcomes/promises/jump.py:OUTCOME": Allowance(_BORDER, (120,)),
    "outcomes/promises/pain.py:OUTCOME": Allowance(_TOLD, (1.12, 1.61, 0.62)),
    "outcomes/promises/rand36_pain.py:OUTCOME": Allowance(_TOLD, (80, 40, 20, 75, 50, 25)),
    "outcomes/promises/rand36_physical.py:_LIMITED": Allowance(_TOLD, (50,)),
    "outcomes/promises/sit_and_reach.py:OUTCOME": Allowance(_BORDER, (40,)),
    "outcomes/promises/sprint_20m.py:OUTCOME": Allowance(_BORDER, (2.3, 15)),
    "outcomes/promises/standard_run.py:OUTCOME": Allowance(_BORDER, (220,)),
    "rehab/_facts.py:fell_in_last_year": Allowance("the days of a year, a leap year included", (366,)),
    "places/stretches.py:ROUNDED_DIGITS": Allowance(_TECHNICAL, (6,)),
    "places/stretches.py:SPARE_M": Allowance(_TECHNICAL, (0.1,)),
    "plans/_course.py:MOST_WEEKS": Allowance(_BORDER, (156,)),
    "plans/_weeks.py:_MOST_LOST_WEEKS": Allowance(_BORDER, (26,)),
    "plans/answers.py:OLDEST_YEARS": Allowance(_BORDER, (110,)),
    "plans/answers.py:FARTHEST_START": Allowance(_BORDER, (366,)),
    "plans/answers.py:FARTHEST_RACE": Allowance(_BORDER, (366,)),
    "plans/answers.py:LONGEST_NAME_LETTERS": Allowance(_BORDER, (80,)),
    "plans/answers.py:_read_date": Allowance(_BORDER, (36500,)),
    "plans/questions.py:RACES": Allowance(
        "the distances of the official list, each made a Number here", (200, 400, 800, 1500, 3000, 5000)
    ),
    "plans/questions.py:HEALTH_QUESTIONS": Allowance(_BORDER, (1900, 2100)),
    "plans/questions.py:RUNNING_QUESTIONS": Allowance(_BORDER, (14, 15, 100000)),
    "plans/questions.py:FOLLOW_UPS": Allowance(_BORDER, (120,)),
    "plans/_racing.py:reaches_full_speed": Allowance("caps are rounded down to cm/s", (0.01,)),
    "plans/_session_reasons.py:_bouts_are_cut": Allowance("bouts are rounded down to five seconds", (5.5,)),
    "plans/_session_reasons.py:_why_less": Allowance("a session that is shorter by one short bout, to say why", (30,)),
    "plans/_weeks.py:_about_holding": Allowance("weeks that differ by half a minute are alike, to say so", (30,)),
    "plans/checking_sessions.py:broken_race_line": Allowance("caps are rounded down to cm/s", (0.01,)),
    "plans/checking_sessions.py:_sprint_session": Allowance("caps are rounded down to cm/s", (0.011,)),
    "plans/checking_sessions.py:NAME_LETTERS": Allowance("letters that a watch shows", (15,)),
    "plans/heath_2001.py:BOUTS_S": Allowance("each made a Number here", (90, 120)),
    "plans/holding_on.py:BOUTS_S": Allowance("each made a Number here", (25, 30, 35, 40, 45, 50, 55)),
    "plans/knee_osteoarthritis_walking.py:BOUTS_S": Allowance("each made a Number here", (90, 120)),
    "plans/knee_minutes_swapped.py:WEEKS": Allowance(
        "made Numbers by dose_numbers and cap_numbers, by way of TABLE",
        (5, 6, 8, 12, 20, 30, 120, 0.6, 0.65, 0.7, 1.2, 1.5, 1.8),
    ),
    "plans/maintenance_week.py:programme": Allowance("rounds to five seconds", (5,)),
    "plans/return_to_run.py:programme": Allowance("the weeks after the six phases, told by FILLED", (6,)),
    "plans/terblanche_2005.py:CAP_SHARES": Allowance(
        "made Numbers by cap_numbers, by way of TABLE", (0.55, 0.6, 0.65, 0.7, 0.75)
    ),
    "plans/terblanche_2005.py:_row": Allowance("told by FILLED: each week one bout fewer is walked", (5,)),
    "plans/uthoff_2020.py:WEEKS": Allowance("made Numbers by dose_numbers, by way of TABLE", (8, 12, 14, 15)),
    "signals/strapdown.py:samples_of": Allowance(_TECHNICAL, (0.01,)),
    "signals/earth.py:FLATTENING": Allowance("WGS 84, by definition", (298.257223563,)),
    "signals/grade.py:_line_through_neighbours": Allowance(
        "12 is the variance of an even spread, 1/12: mathematics", (12,)
    ),
    "signals/six_axis.py:LEAST_SAMPLES": Allowance(_TECHNICAL, (25,)),
    "signals/six_axis.py:six_axis": Allowance(_TECHNICAL, (1.01,)),
    "signals/six_axis.py:_on_even_clock": Allowance(_TECHNICAL, (0.25,)),
    "signals/unrest.py:CELL_S": Allowance(_TECHNICAL, (0.1,)),
    "gait/segment/deciding.py:_loudest": Allowance(_GUARD, (1e300,)),
    "gait/steps/contact_time.py:SWING_WINDOW_S": Allowance(_TECHNICAL, (0.1, 0.25)),
    "gait/segment/fusion.py:summed": Allowance(_GUARD, (50,)),
    "gait/person/prior.py:PEOPLE_WALK_CADENCE": Allowance(_TOLD, (1.4, 112, 0.25, 0.08, 0.1, 0.06)),
    "gait/person/prior.py:PEOPLE_HEART_RATE": Allowance(_TOLD, (2.8, 150, 0.13, 0.15, 0.05, 0.06)),
    "gait/person/prior.py:PEOPLE_CONTACT_TIME": Allowance(_TOLD, (0.26, 0.11, 0.12, 0.04, 0.035)),
    "gait/person/prior.py:PEOPLE_VERTICAL_OSCILLATION": Allowance(_TOLD, (0.09, 0.18, 0.05)),
    "gait/person/prior.py:DAYS": Allowance(_TOLD, (0.012, 0.05, 0.03, 0.04)),
    "gait/person/prior.py:_share": Allowance(_GUARD, (0.005,)),
    "gait/person/habit_summary.py:_typical_speeds_mps": Allowance(_TECHNICAL, (0.05,)),
    "gait/steps/leg.py:force_below_mps2": Allowance(_TECHNICAL, (0.05,)),
    "gait/detectors/leg/_stride_log_odds.py:SWINGS_WITHIN_S": Allowance(_TECHNICAL, (0.8,)),
    "gait/detectors/leg/_stride_log_odds.py:RESTS_FOR_S": Allowance(_TECHNICAL, (1.5,)),
    "gait/detectors/watch/_mixture.py:_em_starts": Allowance(
        "where a search begins; it ends where the data say", (0.9, 0.1)
    ),
    "gait/detectors/watch/_mixture.py:_usual_speed": Allowance(
        "how unsure a usual speed is that few moments show; owed a Number", (0.02,)
    ),
    "gait/detectors/watch/_mixture.py:_share_density": Allowance(_GUARD, (0.05, 0.1)),
    "gait/detectors/yaw/_same_gait.py:_by_speed": Allowance("the upper quarter, a way of reading a sample", (0.75,)),
    "gait/steps/trunk_contacts.py:QUICK_WINDOW_S": Allowance(_TECHNICAL, (0.1, 0.16, 0.8)),
    "gait/steps/step_series.py:Steps": Allowance("120: two steps in a cycle, sixty seconds in a minute", (120,)),
    "gait/steps/strides_by_zupt.py:strides": Allowance("a half of a mean of two: mathematics", (0.25,)),
    "gait/steps/swing.py:_is_gait": Allowance(_TECHNICAL, (0.12,)),
    "gait/steps/swing.py:_swing": Allowance(_WIDTH, (6,)),
    "gait/steps/swing_weights.py:FOOT": Allowance("fitted; each is made a Number by `fitted`"),
    "gait/steps/swing_weights.py:SHANK": Allowance("fitted; each is made a Number by `fitted`"),
    "gait/segment/turn_rounds.py:WITHIN_DEG": Allowance(_TECHNICAL, (45,)),
    "gait/detectors/yaw/_offset_chains.py:_followed": Allowance(
        "the most that one moment weighs, as if known to 20°; owed a Number", (20,)
    ),
    "gait/detectors/yaw/_sign_ambiguity.py:_message": Allowance(_GUARD, (8,)),
    "gait/detectors/watch/_likelihoods.py:log_odds_running": Allowance(
        "how a runner slows on a slope, a weak witness; owed a Number", (0.98, 0.02)
    ),
    "gait/detectors/watch/_likelihoods.py:_compared": Allowance(
        "how unsure the effect of a slope is; owed a Number", (0.3,)
    ),
    "gait/labels/claims.py:_row": Allowance("how the rest of a probability is shared; owed a Number", (0.8, 0.1)),
    "gait/detectors/speed_and_cadence.py:_still": Allowance(_WIDTH, (0.1,)),
    "gait/detectors/speed_and_cadence.py:_forward_runs": Allowance(_WIDTH, (8,)),
    "gait/steps/walk_or_run.py:forward_run_nat": Allowance(_WIDTH, (0.2,)),
    "gait/steps/walk_or_run.py:backward_run_nat": Allowance(_WIDTH, (0.1,)),
    "gait/detectors/trunk_sensor.py:_score": Allowance(
        "how much the weaker signs count beside the first; owed a Number", (0.7,)
    ),
    "gait/detectors/yaw/yaw_against_course.py:_evidence_s": Allowance(
        "how much more evidence shortens the shortest bout; owed a Number", (15, 0.1)
    ),
    "gait/detectors/_direction_angle.py:direction_densities": Allowance(
        "the series of a Bessel function: mathematics", (8,)
    ),
}
