"""What is said of one person's readings: numbers that stand still, what is left out, and what is missing for a number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.outcomes.lives import question

from backward_running.outcomes._cleaning import Why, thinned
from backward_running.outcomes.answering import Lacks, Word, answer
from backward_running.outcomes.base import Minutes


def test_an_effect_that_is_there_is_found_and_its_interval_holds_it():
    told = answer(question(effect=-4.0))
    assert told.word is Word.PROBABLY
    assert told.low < -4.0 < told.high < 0.0
    assert told.chance_better > told.chance_enough > 0.97
    assert told.always_low < told.low
    assert told.high < told.always_high


def test_nothing_on_the_page_says_that_it_works():
    assert answer(question(effect=-30.0)).word is Word.PROBABLY


def test_worse_is_said_too():
    assert answer(question(effect=4.0)).word is Word.PROBABLY_WORSE


def test_many_readings_without_an_effect_come_to_no_important_change():
    told = answer(question(before=500, after=500, noise=0.2))
    assert told.word is Word.NO_IMPORTANT_CHANGE
    assert -1.0 < told.low < 0.0 < told.high < 1.0


def test_few_readings_without_an_effect_cannot_be_told_and_weeks_are_missing():
    told = answer(question(after=24, noise=0.9))
    assert told.word is Word.CANNOT_TELL
    assert told.more_weeks is None or told.more_weeks > 0
    soon = answer(question(before=300, after=120, noise=0.6, seed=4))
    assert soon.word is not Word.CANNOT_TELL or soon.more_weeks is not None


def test_a_slope_of_its_own_is_not_counted_for_the_minutes():
    told = answer(question(slope=-0.02))
    assert told.low < 0.0 < told.high
    assert told.word is not Word.PROBABLY


def test_the_unit_and_the_better_direction_change_nothing_but_themselves():
    grams = question(effect=-1.0)
    told = answer(grams)
    mirrored = replace(grams, values=tuple(-1000.0 * v for v in grams.values), important=1000.0, better=1)
    other = answer(mirrored)
    assert other.effect == pytest.approx(-1000.0 * told.effect, rel=1e-6)
    assert other.chance_better == pytest.approx(told.chance_better, abs=1e-6)
    assert other.chance_enough == pytest.approx(told.chance_enough, abs=1e-6)


def test_the_order_of_readings_and_what_is_missing_change_nothing():
    asked = question(effect=-1.0)
    gaps = replace(asked, days=(*asked.days[::-1], 5, 6), values=(*asked.values[::-1], float("nan"), float("nan")))
    assert answer(gaps).effect == answer(asked).effect


@pytest.mark.parametrize(("in_rehabilitation", "days"), [(False, 21), (True, 42)])
def test_the_run_in_is_left_out_and_listed(in_rehabilitation, days):
    peak = question(
        values=lambda day, made: made + 5.0 * ((day >= -days) & (day < 0)), in_rehabilitation=in_rehabilitation
    )
    told = answer(peak)
    (left,) = told.left_out
    assert left.why is Why.RUN_IN
    assert left.days == tuple(day for day in peak.days if -days <= day < 0)
    assert told.effect == answer(question(in_rehabilitation=in_rehabilitation)).effect


def test_a_peak_one_began_at_fades_to_both_sides_and_is_not_counted_for_the_minutes():
    def peaked(day, made):
        return made + np.exp(-np.abs(day) / 14.0)

    told = answer(question(values=peaked, noise=0.4))
    assert "peak" in told.explained_by
    assert told.low < 0.0 < told.high


def test_readings_in_pounds_are_left_out_and_listed():
    told = answer(question(values=lambda day, made: np.where(day % 9 == 0, made / 0.45359237, made), is_mass=True))
    pounds = next(left for left in told.left_out if left.why is Why.POUNDS)
    assert pounds.days and all(day % 9 == 0 for day in pounds.days)
    assert abs(told.effect) < 1.0


def test_a_scale_that_was_changed_is_found_and_does_not_count_as_an_effect():
    told = answer(question(values=lambda day, made: made - 2.0 * (day >= 30), has_device=True))
    assert told.jump_on == 30
    assert told.low < 0.0 < told.high
    assert answer(question(has_device=True)).jump_on is None


def test_a_scale_that_was_changed_in_the_run_in_is_found_too():
    told = answer(question(values=lambda day, made: made - 2.0 * (day >= -12), has_device=True))
    assert told.jump_on == -12
    assert told.low < 0.0 < told.high


def test_what_is_said_of_a_device_is_believed():
    def jumped(day, made):
        return made - 2.0 * (day >= 30)

    asked = question(values=jumped, has_device=True)
    told, said = answer(asked), answer(replace(asked, device_changed=(30,)))
    assert told.jump_on == 30 and said.jump_on is None
    assert said.low < 0.0 < said.high
    assert said.high - said.low < 1.05 * (told.high - told.low), "what is known makes the answer no less sure"
    same = answer(replace(asked, device_same=(31,)))
    assert same.jump_on is None and same.effect < said.effect - 0.3, "the same device: the jump is a change of the body"


def test_a_jump_that_is_not_sure_widens_the_interval_and_is_not_asked_about():
    def jumped(day, made):
        return made - 0.5 * (day >= 30)

    asked = question(values=jumped, has_device=True, noise=0.5)
    told = answer(asked)
    assert told.jump_on is None
    without = answer(replace(asked, has_device=False))
    assert told.high - told.low > without.high - without.low


def test_an_effect_that_goes_on_growing_is_not_taken_for_a_slope():
    def growing(day, made):
        return made - 4.0 * np.clip(day, 0, None) / 182

    told = answer(question(values=growing, before=120, after=182, noise=0.2))
    assert told.low < -4.0 < told.high < 0.0


def test_a_wild_reading_weighs_little():
    wild = answer(question(values=lambda day, made: made + 40.0 * (day == 42)))
    assert wild.effect == pytest.approx(answer(question()).effect, abs=0.5)


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"days": lambda day: (day == -80) | (day == -30) | (day > 0)}, Lacks.READINGS_BEFORE),
        ({"days": lambda day: (day < -75) | (day > 0)}, Lacks.SPAN_BEFORE),
        ({"days": lambda day: (day < 0) | (day == 3) | (day == 60)}, Lacks.READINGS_AFTER),
        ({"days": lambda day: (day < 0) | ((day > 0) & (day < 15))}, Lacks.SPAN_AFTER),
        ({"days": lambda day: (day == -80) | (day == 40)}, Lacks.READINGS_AFTER),
        ({"values": lambda day, made: np.full(len(day), 75.0)}, Lacks.ALL_ALIKE),
        ({"backward": Minutes(np.zeros(0), np.zeros(0))}, Lacks.NO_MINUTES),
    ],
)
def test_too_little_gives_no_number_and_says_what_is_missing(change, lacks):
    told = answer(question(**change))
    assert told.word is Word.NO_NUMBER
    assert lacks in told.lacks
    assert told.effect is None and told.low is None and told.chance_better is None


def test_forward_running_that_falls_is_not_counted_for_the_minutes():
    day = np.arange(-84, 84)
    forward = Minutes(day.astype(float), np.where(day < 0, 30.0, 5.0))
    carried = 30.0 - 25.0 * (1.0 - np.exp(-np.clip(day, 0, None) / 42.0))
    asked = question(values=lambda _, made: made - 0.15 * (carried - 30.0), forward=forward)
    told = answer(asked)
    assert "forward" in told.explained_by
    assert told.low < 0.0 < told.high


def test_forward_minutes_that_are_not_known_from_the_beginning_are_unknown_and_not_none():
    late = np.arange(0, 84)
    asked = question(forward=Minutes(late.astype(float), np.full(len(late), 40.0)))
    told = answer(asked)
    assert "forward" not in told.explained_by and not told.knows_forward
    assert told.effect == answer(replace(asked, forward=None)).effect


def test_curves_meet_before_and_part_after():
    told = answer(question(effect=-3.0))
    curve, without = told.trend.with_minutes, told.trend.without
    assert np.all(curve.low <= curve.middle) and np.all(curve.middle <= curve.high)
    assert without.days[0] >= 0
    assert without.middle[-1] - curve.middle[-1] == pytest.approx(-told.effect, abs=0.6)


def test_five_years_are_medians_of_weeks_and_months_and_the_season_is_told():
    told = answer(question(before=900, after=900))
    days = told.readings.days
    near = days[np.abs(days) < 160]
    assert told.readings.weekly and len(days) < 110
    assert np.all(np.diff(near[near > 0]) <= 9) and np.diff(days[days > 200])[:-1].min() >= 27
    assert not np.any((days > -21) & (days < 0)), "no median holds a day of the run-in, or of both sides"
    assert "season" in told.explained_by


def test_medians_of_weeks_and_months_lose_no_reading_and_mix_no_sides():
    day = np.arange(-700.0, 700.0)
    found = thinned(day, np.where(day < 0, 1.0, 5.0), 0.0)
    assert np.all(np.diff(found.days) > 0)
    assert set(found.values[found.days < 0]) == {1.0} and set(found.values[found.days >= 0]) == {5.0}
    assert np.sum(1.0 / found.spread) == pytest.approx(len(day))


def test_a_jump_that_was_denied_is_not_asked_about_again_where_readings_are_of_months():
    def jumped(day, made):
        return made - 3.0 * (day >= 700)

    asked = question(values=jumped, before=700, after=1000, has_device=True, noise=0.5)
    told = answer(asked)
    assert told.jump_on == pytest.approx(700, abs=28)
    assert answer(replace(asked, device_same=(told.jump_on,))).jump_on is None
