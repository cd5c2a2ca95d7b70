"""What is judged by another recipe is judged anew, and what the runner said or had forgotten stays as it is."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from tests.flows import test_habits as runs

from backward_running.core.athlete import Athlete, Sex
from backward_running.core.direction import Direction
from backward_running.core.habits import Habits
from backward_running.core.session import Paint
from backward_running.flows import anew, deriving, judging, paint, profile


@pytest.fixture
def newer(monkeypatch):
    """From now on the program is of another version."""

    def make() -> None:
        monkeypatch.setattr(deriving, "__version__", "999.0")

    return make


def test_another_version_judges_all_anew_and_leaves_borders_beside_labels(store, now, newer):
    labelled, other = (runs.taken_in(store, now, number) for number in (1, 2))
    paint.paint(store, labelled, Paint(*runs.BACK, Direction.BACKWARD))
    before = {one: store.session(one) for one in (labelled, other)}
    newer()
    assert anew.due(store) == anew.Due(2, 2)
    assert {one.why for one in anew.mismatches(store)} == {"recipe"}
    assert [one.activity_id for one in anew.derive_anew(store)] == [labelled, other]  # the oldest first
    assert store.session(labelled).found == before[labelled].found
    assert store.session(labelled).bouts == before[labelled].bouts
    assert anew.due(store).activities == 0


def test_what_was_forgotten_stays_forgotten_until_its_runner_says_more(store, now, newer):
    first, second = (runs.taken_in(store, now, number) for number in (1, 2))
    assert judging.forget_all(store) == 2
    newer()
    profile.put_athlete(store, Athlete(mass_kg=70.0))
    list(anew.derive_anew(store))
    assert store.habits() == Habits()
    paint.paint(store, first, Paint(*runs.BACK, Direction.BACKWARD))
    assert [one.activity_id for one in store.habits().traits] == [first]
    list(judging.judge_again(store))
    assert {one.activity_id for one in store.habits().traits} == {first, second}


def test_it_goes_on_where_it_was_stopped(store, now):
    for number in (1, 2, 3):
        runs.taken_in(store, now, number)
    profile.put_athlete(store, Athlete(mass_kg=70.0))
    work = anew.derive_anew(store)
    assert next(work).left == 2
    work.close()
    assert [one.left for one in anew.derive_anew(store)] == [1, 0]


OTHER = {
    "name": "Ada",
    "birth_year": 1980,
    "sex": Sex.FEMALE,
    "height_m": 1.8,
    "mass_kg": 80.0,
    "resting_heart_rate_bpm": 48.0,
    "maximal_heart_rate_bpm": 190.0,
    "maximal_oxygen_uptake_ml_per_kg_min": 50.0,
    "backward_experience_min": 900.0,
    "simulated": True,
    "beta_blocker": True,
}


@pytest.mark.parametrize("name", [one.name for one in fields(Athlete) if one.name != "ceilings"])
def test_every_field_of_the_runner_on_which_a_number_depends_is_known_to_matter(store, now, name, session_fit):
    from backward_running.flows.intake import import_file

    store.put_athlete(Athlete(sex=Sex.MALE, resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=185.0))
    (entry,) = import_file(store, "run.fit", session_fit, now=now)
    before = store.session(entry.activity_ids[0])
    changed = replace(store.athlete(), **{name: OTHER[name]})
    store.put_athlete(changed)
    found = deriving.derive(store, entry.activity_ids[0], found=before.found, teaches=False).session
    assert found == before or name in deriving.MATTERS


def test_a_run_is_understood_when_it_comes_in_as_it_is_ever_after(store, now, session_fit):
    from backward_running.flows.intake import import_file

    (entry,) = import_file(store, "run.fit", session_fit, now=now)
    first = store.session(entry.activity_ids[0])
    again = deriving.derive(store, entry.activity_ids[0], found=None)
    assert again.session == first
    assert again.derivation == store.derivation(entry.activity_ids[0])
