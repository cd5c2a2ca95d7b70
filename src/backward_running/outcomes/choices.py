"""Choices of the estimator that no study makes: how it wanders, what is left out, what counts as enough."""

from __future__ import annotations

from typing import Final

from backward_running.evidence import own_proposal, proposed_number

RUN_IN = proposed_number(
    "outcome_run_in_days",
    21.0,
    "d",
    "Readings of the 21 days before the first backward session are left out: people begin when something is at its "
    "worst, and it gets better by itself.",
)
RUN_IN_REHABILITATION = proposed_number(
    "outcome_run_in_rehabilitation_days",
    42.0,
    "d",
    "Where the goal is rehabilitation, readings of the 42 days before the first backward session are left out: pain "
    "brings people to begin, and pain comes and goes over weeks.",
)
LEAST_READINGS = proposed_number(
    "outcome_least_readings_count", 3.0, "1", "Without three readings before and three after there is no number."
)
LEAST_SPAN = proposed_number(
    "outcome_least_span_days",
    21.0,
    "d",
    "Without readings over 21 days before and 21 days after there is no number: a slope of less is noise.",
)
SEASON_FROM = proposed_number(
    "outcome_season_from_days",
    548.0,
    "d",
    "A season is told from a slope once there are 18 months of readings.",
)
FORWARD_MEMORY = proposed_number(
    "outcome_forward_memory_days",
    42.0,
    "d",
    "Forward minutes act through their running mean of 42 days, as fitness does in the training load.",
)
FORWARD_VARIES = proposed_number(
    "outcome_forward_varies_share",
    0.1,
    "1",
    "Forward minutes explain something only where their running mean varies by a tenth of itself.",
)
RAMP_SHORT = proposed_number(
    "outcome_ramp_short_min",
    60.0,
    "min",
    "An effect that comes early has come to 63 % after 60 backward minutes.",
)
RAMP_LONG = proposed_number(
    "outcome_ramp_long_min",
    240.0,
    "min",
    "An effect that comes late has come to 63 % after 240 backward minutes.",
)
RAMP_GROWING = proposed_number(
    "outcome_ramp_growing_min",
    1200.0,
    "min",
    "An effect that goes on growing has come to 63 % after 1,200 backward minutes; all three shapes are asked.",
)
FAR_OUT = proposed_number(
    "outcome_far_out_ratio",
    2.5,
    "1",
    "A reading further out than two and a half times the usual noise weighs less, the more so the further.",
)
JUMP_WITHIN = proposed_number(
    "outcome_jump_within_days",
    7.0,
    "d",
    "What is said of a device on a day holds for a jump within a week of it: nobody is asked of the same change twice.",
)
JUMP_SPANS = proposed_number(
    "outcome_jump_within_spans_ratio",
    1.5,
    "1",
    "Where readings are medians of weeks or months it holds for a jump within one and a half of them, too.",
)
JUMP_CHANCE = proposed_number(
    "outcome_jump_chance_share",
    0.1,
    "1",
    "Before a reading is seen, one device in ten is taken to be exchanged or set anew while it is read; on any day.",
)
JUMP_USUAL = proposed_number(
    "outcome_jump_usual_ratio",
    1.5,
    "1",
    "Two devices are taken to differ by about one and a half smallest important changes.",
)
SLOPE_USUAL = proposed_number(
    "outcome_slope_usual_per_year_ratio",
    7.2,
    "yr⁻¹",
    "A slope of one's own is taken to be about 0.6 smallest important changes a month before a reading is seen.",
)
PEAK_DAYS = proposed_number(
    "outcome_peak_days",
    10.0,
    "d",
    "People begin at a peak: what stood high on the day of the first session has come down to 37 % ten days before and "
    "after it.",
)
PEAK_USUAL = proposed_number(
    "outcome_peak_usual_ratio",
    0.5,
    "1",
    "A peak at which somebody begins is taken to be about half a smallest important change before a reading is seen.",
)
IN_POUNDS_WITHIN = proposed_number(
    "outcome_in_pounds_within_share",
    0.1,
    "1",
    "A reading that is 2.2 times the usual one, within a tenth, was written in pounds and not in kilograms.",
)
WEEKLY_FROM = proposed_number(
    "outcome_weekly_from_count",
    200.0,
    "1",
    "More than 200 readings are taken as medians of weeks or months.",
)
WEEKLY_WITHIN = proposed_number(
    "outcome_weekly_within_days",
    168.0,
    "d",
    "Medians are of weeks within 24 weeks of the first backward session, and of four weeks further away.",
)
SURE = proposed_number(
    "outcome_sure_share",
    0.975,
    "1",
    "A change is called probable from a chance of 97.5 % on: the 95 % interval then excludes no change.",
)
FALSE_SHARE = proposed_number(
    "outcome_false_discovery_share",
    0.05,
    "1",
    "Of the changes that are called probable over all promises at most one in twenty is expected to be none.",
)
LOOKED_AT = proposed_number(
    "outcome_sequence_width_ratio",
    2.0,
    "1",
    "The interval that holds however often one looks is tuned to effects of two important changes.",
)
#: Weeks ahead that are asked for an answer: what takes more than a year to tell is called impossible to tell this way.
AHEAD: Final = (1, 2, 3, 4, 6, 8, 12, 16, 20, 26, 39, 52)
RECENT = proposed_number(
    "outcome_recent_days",
    28.0,
    "d",
    "How often is measured and run in future is taken from the last 28 days.",
)

#: Kinds of wandering that are asked: nobody's is known before.
WANDERING: Final = own_proposal(
    "this_project.outcome_wandering",
    "Readings wander by themselves, quickly (over one to eight days, with 0 to 10 times the variance of the noise) and "
    "slowly (over 20 to 90 days, with 0.15 to 3 times the variance of the rest). All 25 pairs are asked alike before a "
    "reading is seen; no slow wandering at all is not among them.",
)
#: Variance over that of the noise, and after how many days 37 % is remembered.
QUICK: Final = ((0.0, 1.0), (0.5, 1.5), (2.0, 5.0), (10.0, 4.0), (10.0, 8.0))
#: Variance over that of noise and quick wandering together, and its memory in days.
SLOW: Final = ((0.15, 20.0), (0.4, 60.0), (0.7, 25.0), (1.5, 90.0), (3.0, 45.0))
