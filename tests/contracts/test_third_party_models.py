"""A model that somebody else brings is really asked, and credited where its numbers are shown."""

from __future__ import annotations

import sys

import pytest
from tests.apps.browsing import NOW, browse, track_file

from backward_running import effort
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.plugs import ENTRY_POINT_GROUP, forget_found, left_out
from backward_running.core.session import Estimate
from backward_running.effort._registry import OF_A_SAMPLE, UPTAKE, Regime, asked_model, models_of_regimes
from backward_running.effort.at_speed import ratio_at, uptake_at
from backward_running.flows import activity, cost, intake
from backward_running.flows.cost_views import Asked
from backward_running.store import open_store

KEY = "oxygen_uptake_backward_walk_stranger_2031"
MODEL = """
from backward_running.core.direction import Direction, Gait
from backward_running.core.standing import Standing, Tag
from backward_running.effort import Model
from backward_running.evidence import Evidence, Study

STUDY = Study("stranger2031", "Stranger 2031, J Made Up 1:1", "nobody: made up for a test", None, "written here")
SAID = Evidence("stranger2031.walk", "Walking backward took 21 ml/kg/min.", STUDY, Standing.SINGLE_STUDY, Tag.READ)


def low(speed_mps):
    return 20.0 + 0.0 * speed_mps


def best(speed_mps):
    return 21.0 + 0.0 * speed_mps


def high(speed_mps):
    return 22.0 + 0.0 * speed_mps


MODEL = Model(
    key={key!r}, title="A stranger's walk", version="3", direction=Direction.BACKWARD, gait={gait},
    gives="oxygen_uptake_ml_per_kg_min", best=best, low=low, high=high, valid={{"speed_mps": (0.5, 1.5)}},
    may_extrapolate=True, evidence=(SAID,), priority={priority}, caveats=("Said by a stranger.",),
)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a package with one module beside the program, as an installer does, and forget it afterwards."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    names = []

    def put(package: str, code: str) -> None:
        names.append(package)
        (site / f"{package}.py").write_text(code)
        info = site / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\n{package} = {package}\n")
        forget_found()

    yield put
    for name in names:
        sys.modules.pop(name, None)
    monkeypatch.undo()
    forget_found()


def stranger(*, key: str = KEY, gait: str = "Gait.WALK", priority: int = 1) -> str:
    return MODEL.format(key=key, gait=gait, priority=priority)


def keys() -> list[str]:
    return [model.key for model in models_of_regimes()]


def test_the_house_has_one_model_for_each_regime_and_no_two_for_one_place():
    assert keys() == [
        "oxygen_uptake_standing_acsm",
        "oxygen_uptake_looney_2019_walk",
        "oxygen_uptake_forward_transition_interpolated",
        "oxygen_uptake_leger_mercier_1984",
        "oxygen_uptake_backward_walk_scaled_looney",
        "oxygen_uptake_backward_transition_this_project",
        "oxygen_uptake_backward_run_this_project",
    ]
    places = [
        (one.gives, one.direction, one.gait, one.sex, one.priority, one.needs)
        for one in effort.all_models().values()
        if not one.gives.endswith("_ratio")
    ]
    assert len(set(places)) == len(places)


def test_a_model_of_higher_priority_is_asked_for_its_direction_and_gait_and_for_no_other(install):
    before = keys()
    install("stranger", stranger())
    after = keys()
    assert after[Regime.BACKWARD_WALK] == KEY
    assert [key for regime, key in enumerate(after) if regime != Regime.BACKWARD_WALK] == [
        key for regime, key in enumerate(before) if regime != Regime.BACKWARD_WALK
    ]


def test_one_that_serves_both_gaits_is_asked_for_all_backward_movement(install):
    install("stranger", stranger(gait="None"))
    assert keys()[Regime.BACKWARD_WALK :] == [KEY, KEY, KEY]


@pytest.mark.parametrize("priority", [0, -1])
def test_the_house_is_asked_first_where_nobody_says_otherwise(install, priority):
    before = keys()
    install("stranger", stranger(priority=priority))
    assert keys() == before


def test_a_model_that_needs_what_is_not_known_is_not_asked(install):
    install("stranger", stranger().replace("(speed_mps)", "(speed_mps, power_w)"))
    assert KEY not in keys()
    asked = asked_model(UPTAKE, known=OF_A_SAMPLE | {"power_w"}, direction=Direction.BACKWARD, gait=Gait.WALK)
    assert asked.key == KEY


def test_the_calculator_prices_with_it_and_credits_it(install, tmp_path):
    install("stranger", stranger())
    found = uptake_at(1.2, 0.0, Direction.BACKWARD, Athlete())
    assert (found.low, found.value, found.high, found.models) == (20.0, 21.0, 22.0, (KEY,))
    assert found.caveats == ("Said by a stranger.",)
    forward = uptake_at(1.2, 0.0, Direction.FORWARD, Athlete())
    assert ratio_at(1.2, 0.0, Athlete()).value == pytest.approx(21.0 / forward.value)
    store = open_store(tmp_path / "home")
    view = cost.calculate(store, Asked(1.2, 0.0, Direction.BACKWARD, None))
    assert view.backward.oxygen_uptake.value == 21.0
    assert view.badges[KEY].citations == ("Stranger 2031, J Made Up 1:1",)
    page = browse(store).get("/cost?pace=13:53&grade=0&direction=backward")
    assert "A stranger&#39;s walk" in page.text and "J Made Up" in page.text
    store.close()


def test_a_run_is_priced_with_it_and_credits_it(install, tmp_path):
    install("stranger", stranger(gait="None"))
    store = open_store(tmp_path / "home")
    (entry,) = intake.import_file(store, "hill.fit", track_file(), now=NOW)
    (activity_id,) = entry.activity_ids
    session = store.session(activity_id)
    backward = [one.energy_j_per_kg for one in session.bouts if one.bout.direction is Direction.BACKWARD]
    assert backward and all(isinstance(one, Estimate) and KEY in one.models for one in backward)
    assert session.recipe[f"model:{KEY}"] == "3"
    page = activity.activity_page(store, activity_id)
    assert page.badges[KEY].title == "A stranger's walk"
    store.close()


def test_a_key_that_the_house_has_is_told_and_the_house_is_asked(install):
    before = keys()
    install("stranger", stranger(key="oxygen_uptake_backward_walk_williford_1998", priority=9))
    assert keys() == before
    (line,) = map(str, left_out(effort, effort.Model))
    assert line.startswith("Left out: the Model 'oxygen_uptake_backward_walk_williford_1998' of stranger 1.0:")


def test_a_model_of_a_tissue_of_the_house_is_not_displaced(install):
    key = "tissue_forefoot_this_project"
    before = effort.all_models()[key]
    install("stranger", stranger(key=key, priority=9))
    assert effort.all_models()[key].title == before.title


def test_a_plug_that_raises_at_import_is_named_in_one_line_and_prices_stay(install):
    before = keys()
    install("broken", stranger() + "\nraise RuntimeError('not today')\n")
    assert keys() == before
    (line,) = map(str, left_out(effort, effort.Model))
    assert line.startswith("Left out: the module broken of broken 1.0:") and "\n" not in line
