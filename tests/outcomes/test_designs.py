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
from backward_running.outcomes.registering import (
    FIRST_P,
    REGISTERED_P,
    SECOND_P,
    Registered,
    ends_on,
    looked_at_on,
    read,
)

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
    found = design.analyse(registered, _readings(registered, design, effect, 5), registered.last_look)
    assert found.works and found.p <= 0.05
    assert found.low < effect < found.high
    worse = design.analyse(registered, _readings(registered, design, -effect, 5), registered.last_look)
    assert not worse.works and worse.p <= 0.05


@pytest.mark.parametrize("registered", [START, PAIRS], ids=["start", "pairs"])
def test_without_an_effect_chance_says_so_one_time_in_twenty(registered):
    """Forty draws with a fixed seed: of a test at 5 % six or more would come once in a hundred such tables."""
    design = all_designs()[registered.design]
    said = []
    for seed in range(40):
        drawn = replace(registered, seed=seed)
        said.append(design.analyse(drawn, _readings(drawn, design, 0.0, 1000 + seed), drawn.last_look).p <= 0.05)
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
    assert pairs_of_weeks._interval(six, 0.05) == (1.0, 6.0)
    means = pairs_of_weeks._walsh(ten)
    assert pairs_of_weeks._interval(ten, 0.05) == (means[8], means[-9])


def test_too_few_pairs_or_readings_give_no_answer():
    design = all_designs()["pairs_of_weeks"]
    some = _readings(PAIRS, design, 1.0, 2)
    first_five = [reading for reading in some if reading.on < MONDAY + timedelta(weeks=10)]
    assert design.analyse(PAIRS, first_five, PAIRS.last_look) is None
    begun = all_designs()["random_start"]
    assert begun.analyse(START, _readings(START, begun, 0.0, 1)[:30], START.last_look) is None


def test_the_first_two_days_of_a_week_are_washed_out():
    design = all_designs()["pairs_of_weeks"]
    even = _readings(PAIRS, design, 0.0, 3)
    begins = {phase.begins_on for phase in design.phases(PAIRS) if phase.backward}
    first_two = {day + timedelta(days=number) for day in begins for number in (0, 1)}
    loud = [replace(reading, value=reading.value + 50.0 * (reading.on in first_two)) for reading in even]
    assert design.analyse(PAIRS, loud, PAIRS.last_look) == design.analyse(PAIRS, even, PAIRS.last_look)


def test_a_year_of_pairs_is_counted_exactly_and_at_once():
    """Sums of 26 differences in two halves: by hand the same as of few."""
    many = np.random.default_rng(4).normal(0.3, 1.0, 14)
    signs = 1 - 2 * ((np.arange(2**14)[:, None] >> np.arange(14)) & 1)
    wanted = np.mean(np.abs(signs @ many) >= abs(many.sum()) - 1e-9)
    assert pairs_of_weeks._sign_flip(many) == pytest.approx(wanted, abs=1e-12)
    assert pairs_of_weeks._sign_flip(np.ones(26)) == 2 / 2**26


def test_two_looks_keep_to_one_in_twenty():
    """Of two normal values, the second over twice the first's data: the share beyond either border, by quadrature."""
    from scipy.stats import norm

    first, second = (norm.isf(0.5 * number.value) for number in (FIRST_P, SECOND_P))
    z, dz = np.linspace(-first, first, 20001, retstep=True)
    rest = norm.sf((second - z * 0.5**0.5) / 0.5**0.5) + norm.cdf((-second - z * 0.5**0.5) / 0.5**0.5)
    spent = FIRST_P.value + float((norm.pdf(z) * rest).sum() * dz)
    assert spent == pytest.approx(REGISTERED_P.value, abs=2e-4)
    assert first == pytest.approx(second * 2**0.5, rel=2e-3)  # the shape of O'Brien and Fleming


def test_half_way_is_looked_at_only_where_it_could_say_something():
    design = all_designs()["pairs_of_weeks"]
    long = replace(PAIRS, units=18, looks=2)
    assert 2 / 2**9 <= FIRST_P.value < 2 / 2**8
    assert design.looks_twice_from == 18
    assert looked_at_on(design, long) == MONDAY + timedelta(weeks=18)
    assert looked_at_on(design, PAIRS) is None
    clear = _readings(long, design, 3.0, 5)
    early = [reading for reading in clear if reading.on < MONDAY + timedelta(weeks=18)]
    found = design.analyse(long, early, long.first_look)
    assert found.works and found.used == 9
    assert found == design.analyse(long, clear, long.first_look), "a first look reads nothing that comes later"
    assert not design.analyse(long, _readings(long, design, 0.15, 7), long.first_look).works


@pytest.mark.parametrize("key", ["pairs_of_weeks", "random_start"])
def test_a_larger_effect_is_found_sooner_and_some_never(key):
    design = all_designs()[key]
    few, many = design.needed(0.2, 2.0), design.needed(0.6, 1.0) or design.needed(0.25, 1.0)
    assert few is not None and many is not None
    assert design.weeks(few) <= design.weeks(many) <= 53
    assert design.needed(5.0, 1.0) is None
    assert few.units >= design.least_units and few.after_days >= design.after_days
