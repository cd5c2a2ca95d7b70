"""Experiments that were written down before: drawn once, answered exactly, and false ones kept to one in twenty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from backward_running.core.errors import StoreError
from backward_running.outcomes import all_designs
from backward_running.outcomes.base import Reading
from backward_running.outcomes.designs import pairs_of_weeks, random_start
from backward_running.outcomes.registering import Registered, ends_on, read

MONDAY = date(2026, 1, 5)
START = Registered("random_start", "weight", -1, 1.0, MONDAY, MONDAY, 40, 7, 60)
PAIRS = Registered("pairs_of_weeks", "enjoyment", 1, 1.0, MONDAY, MONDAY, 8, 3, 0)


def _readings(registered, design, effect, seed, noise=0.4):
    rng = np.random.default_rng(seed)
    phases = design.phases(registered)
    found, on = [], phases[0].begins_on
    while on < ends_on(phases):
        inside = next(phase for phase in phases if phase.begins_on <= on <= phase.ends_on)
        found.append(Reading(on, 70.0 + effect * inside.backward + float(rng.normal(0, noise))))
        on += timedelta(days=1)
    return found


def test_a_frozen_text_comes_back_and_a_changed_one_is_refused():
    assert read(START.text(), START.sha256) == START
    assert START.sha256 == replace(START).sha256 != replace(START, version=2).sha256
    with pytest.raises(StoreError, match="not as it was frozen"):
        read(START.text().replace('"seed":7', '"seed":8'), START.sha256)


@pytest.mark.parametrize("registered", [START, PAIRS], ids=["start", "pairs"])
def test_the_same_seed_draws_the_same_and_phases_do_not_overlap(registered):
    design = all_designs()[registered.design]
    phases = design.phases(registered)
    assert phases == design.phases(registered)
    days = [
        phase.begins_on + timedelta(days=number)
        for phase in phases
        for number in range((phase.ends_on - phase.begins_on).days + 1)
    ]
    assert days == sorted(set(days)) and days[0] == registered.begins_on
    assert {phase.backward for phase in phases} == {True, False}


def test_starts_fall_on_all_days_and_never_before_six_weeks():
    starts = {random_start.start(replace(START, seed=seed)) - MONDAY for seed in range(600)}
    assert {start.days for start in starts} == set(range(42, 82))


@pytest.mark.parametrize(("registered", "effect"), [(START, -3.0), (PAIRS, 2.0)], ids=["start", "pairs"])
def test_a_large_effect_works_and_its_interval_holds_it(registered, effect):
    design = all_designs()[registered.design]
    found = design.analyse(registered, _readings(registered, design, effect, 5))
    assert found.works and found.p <= 0.05
    assert found.low < effect < found.high
    worse = design.analyse(registered, _readings(registered, design, -effect, 5))
    assert not worse.works and worse.p <= 0.05


@pytest.mark.parametrize("registered", [START, PAIRS], ids=["start", "pairs"])
def test_without_an_effect_chance_says_so_one_time_in_twenty(registered):
    """Forty draws with a fixed seed: of a test at 5 % six or more would come once in a hundred such tables."""
    design = all_designs()[registered.design]
    said = []
    for seed in range(40):
        drawn = replace(registered, seed=seed)
        said.append(design.analyse(drawn, _readings(drawn, design, 0.0, 1000 + seed)).p <= 0.05)
    assert sum(said) <= 5


def test_sign_flips_are_counted_exactly():
    differences = np.array([1.0, 2.0, -0.5, 3.0, 1.5, 2.5])
    by_hand = [abs(sum(s * d for s, d in zip(signs, differences, strict=True))) for signs in product((1, -1), repeat=6)]
    wanted = np.mean([total >= abs(differences.sum()) - 1e-12 for total in by_hand])
    assert pairs_of_weeks._sign_flip(differences) == wanted
    assert pairs_of_weeks._sign_flip(np.ones(6)) == 2 / 64


def test_the_interval_of_pairs_is_that_of_the_signed_rank_test():
    """Of six differences the whole span is the 96.9 % interval; of ten the ninth mean from each end bounds 95.1 %."""
    six, ten = np.arange(1.0, 7.0), np.arange(1.0, 11.0)
    assert pairs_of_weeks._interval(six) == (1.0, 6.0)
    means = pairs_of_weeks._walsh(ten)
    assert pairs_of_weeks._interval(ten) == (means[8], means[-9])


def test_too_few_pairs_or_readings_give_no_answer():
    design = all_designs()["pairs_of_weeks"]
    some = _readings(PAIRS, design, 1.0, 2)
    first_five = [reading for reading in some if reading.on < MONDAY + timedelta(weeks=10)]
    assert design.analyse(PAIRS, first_five) is None
    assert (
        all_designs()["random_start"].analyse(START, _readings(START, all_designs()["random_start"], 0.0, 1)[:30])
        is None
    )


def test_the_first_two_days_of_a_week_are_washed_out():
    design = all_designs()["pairs_of_weeks"]
    even = _readings(PAIRS, design, 0.0, 3)
    begins = {phase.begins_on for phase in design.phases(PAIRS) if phase.backward}
    first_two = {day + timedelta(days=number) for day in begins for number in (0, 1)}
    loud = [replace(reading, value=reading.value + 50.0 * (reading.on in first_two)) for reading in even]
    assert design.analyse(PAIRS, loud) == design.analyse(PAIRS, even)
