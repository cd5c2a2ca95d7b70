"""What moving backward costs is fitted by a script: the numbers in the program are the ones it gives, and hold."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backward_running.core.direction import Gait
from backward_running.effort import fitted_backward_cost as fitted
from backward_running.evidence.points import PUBLISHED_POINTS, Quantity, Rest, Use
from validation import _effort_sampler, _effort_tables, effort, effort_fit


@pytest.fixture(scope="module")
def found() -> effort_fit.Fit:
    return effort_fit.fit()


def test_the_program_holds_what_this_script_and_these_points_give(found) -> None:
    assert effort_fit.fingerprint() == fitted.FINGERPRINT, "run: python -m validation.effort_fit --write"
    kept = effort_fit.numbers_of(found)
    assert (kept.walk_ratio, kept.walk_power) == (fitted.WALK_RATIO.value, fitted.WALK_POWER.value)
    assert (kept.walk_low_share, kept.walk_high_share) == (fitted.WALK_LOW.value, fitted.WALK_HIGH.value)
    assert (kept.run_low_ratio, kept.run_ratio, kept.run_high_ratio) == (
        fitted.RUN_LOW.value,
        fitted.RUN_RATIO.value,
        fitted.RUN_HIGH.value,
    )


def test_the_curves_cross_where_it_was_measured(found) -> None:
    assert 1.67 < effort_fit.crossing_mps(effort_fit.numbers_of(found)) < 2.03


@pytest.mark.slow
def test_each_study_lies_in_the_band_of_the_others_but_one_of_nine() -> None:
    rows = effort_fit.held_out()
    assert len(rows) == 9
    outside = [(row.point.name, row.point.quantity) for row in rows if not row.inside]
    assert outside == [("Williford 1998", Quantity.RATIO)]  # argued on the page
    assert all(row.inside_people for row in rows if not math.isnan(row.people_low))
    said = [_effort_tables._inside_or_argued(row) for row in rows]
    assert all(words == "yes" or words.startswith("no; argued") for words in said)


def test_rows_that_are_asked_for_are_in_the_table_and_change_the_fit_once_they_are_filled(found) -> None:
    wanted = [point for point in PUBLISHED_POINTS if point.wanted]
    assert {point.name for point in wanted} == {"Myatt 1995", "Clarkson 1997", "Chaloupka 1997", "Hreljac 2005"}
    assert len({point.study for point in PUBLISHED_POINTS}) == 12
    pretended = [
        replace(point, value=replace(fitted.WALK_RATIO, value=12.0 + 14.0 * (point.speed_mps - 0.89)))
        if point.study == "M"
        else point
        for point in PUBLISHED_POINTS
    ]
    moved = effort_fit.fit(pretended)
    assert moved.cov[:, 1, 1].mean() < 0.5 * found.cov[:, 1, 1].mean()  # the power is far better known


def test_a_ratio_says_whether_rest_is_in_it_and_what_is_not_said_is_either(found) -> None:
    kinds = {point.name: point.rest for point in PUBLISHED_POINTS if point.quantity is Quantity.RATIO}
    unsaid = {"Wright & Weyand 2001", "Body-weight-support laboratory", "Rasica 2020"}
    assert {name for name, rest in kinds.items() if rest is Rest.NOT_SAID} == unsaid
    wright = next(point for point in PUBLISHED_POINTS if point.name == "Wright & Weyand 2001")
    net, gross = effort_fit.net_ratios(wright)
    forward = 2.209 + 3.163 * 10.8
    assert (net, gross) == pytest.approx((1.35, (1.35 * forward - 3.5) / (forward - 3.5)))
    one = effort_fit.equation(wright)
    assert one.seen == pytest.approx(math.log(net * gross) / 2.0)
    assert one.error_nat == pytest.approx(math.hypot(effort_fit.MISFIT_NAT, math.log(gross / net) / 2.0))
    all_net, all_gross = (
        effort_fit.fit(
            replace(point, rest=rest) if point.rest is Rest.NOT_SAID else point for point in PUBLISHED_POINTS
        ).middle[2]
        for rest in (Rest.LEFT_OUT, Rest.INCLUDED)
    )
    assert all_net < found.middle[2] < all_gross


def test_no_row_of_a_fitted_study_is_called_independent() -> None:
    rows = list(effort._rows())
    fitted = {point.evidence.study.key for point in PUBLISHED_POINTS if point.use is Use.FIT and not point.wanted}
    assert {row.study for row in rows if row.independent == "yes"} == {"hooper2004"}
    assert all(row.independent.startswith("no") for row in rows if row.study in fitted)


def test_without_points_the_fit_is_its_prior() -> None:
    empty = effort_fit.fit(point for point in PUBLISHED_POINTS if point.use is Use.TEST)
    assert empty.middle == pytest.approx(effort_fit.PRIOR_MEAN)


@pytest.mark.slow
def test_another_method_gives_the_same(found) -> None:
    draws = _effort_sampler.sampled()
    sd = np.sqrt(np.einsum("s,sii->i", found.weight, found.cov))
    assert np.all(np.abs(draws[:, :3].mean(axis=0) - found.middle) < 0.4 * sd)
    assert draws[:, :3].std(axis=0) == pytest.approx(sd, rel=0.25)
    chance = np.random.default_rng(3)
    people = draws[:, 2] + np.hypot(np.exp(draws[:, 4]), np.exp(draws[:, 6])) * chance.standard_normal(len(draws))
    ends = [found.of_person((0.0, 0.0, 1.0), Gait.RUN, share) for share in (0.1, 0.9)]
    assert np.quantile(people, [0.1, 0.9]) == pytest.approx(ends, abs=0.03)


@pytest.mark.slow
def test_a_value_that_is_filled_in_refits_everything_with_one_command(tmp_path) -> None:
    """On a copy of the repository: a None becomes a number, the script is run, and the program prices by it."""
    root = Path(effort_fit.__file__).parents[1]
    only_code = shutil.ignore_patterns("static", "templates", "__pycache__", "*.pyc")
    for folder in ("src/backward_running", "validation"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=only_code)
    table = tmp_path / "src/backward_running/evidence/points.py"
    empty = "_MYATT: Final[_Series] = {0.89: None, 1.12: None, 1.34: None, 1.56: None, 1.79: None}"
    filled = "_MYATT: Final[_Series] = {0.89: 12.0, 1.12: 13.5, 1.34: 17.5, 1.56: 23.0, 1.79: 31.0}"
    text = table.read_text(encoding="utf-8")
    assert empty in text
    table.write_text(text.replace(empty, filled), encoding="utf-8")

    def run(*arguments: str) -> str:
        where = {**os.environ, "PYTHONPATH": f"{tmp_path / 'src'}{os.pathsep}{tmp_path}"}
        asked = [sys.executable, *arguments]
        return subprocess.run(asked, cwd=tmp_path, env=where, check=True, capture_output=True, text=True).stdout

    price = "from backward_running.effort.oxygen_uptake_backward_walk_scaled_looney import MODEL; "
    price += "from backward_running.effort.fitted_backward_cost import FINGERPRINT, WALK; "
    price += "print(float(MODEL.best(speed_mps=1.79)), FINGERPRINT, WALK.says)"
    before = run("-c", price).split(maxsplit=2)
    assert "without Myatt 1995" in run("-m", "validation.effort_fit", "--write")
    after = run("-c", price).split(maxsplit=2)
    assert float(after[0]) > float(before[0]) + 0.5
    assert after[1] != before[1] == fitted.FINGERPRINT
    assert "14 points of 9 studies" in after[2]
    assert "Myatt 1995" in after[2]


def test_a_row_on_a_slope_tests_and_is_never_fitted() -> None:
    uphill = [point for point in PUBLISHED_POINTS if point.gait is Gait.WALK and point.grade_ratio]
    assert uphill
    assert all(point.use is Use.TEST for point in uphill)
    wrong = replace(uphill[0], use=Use.FIT, quantity=Quantity.OXYGEN, value=fitted.WALK_RATIO)
    with pytest.raises(ValueError, match="for testing only"):
        effort_fit.equation(wrong)
