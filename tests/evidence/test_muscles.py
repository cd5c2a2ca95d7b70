"""The table of muscles: what is said rests on a study, and what is not known is said."""

from __future__ import annotations

import pytest

from backward_running.core.direction import Gait
from backward_running.core.standing import Tag
from backward_running.core.tissue import Change
from backward_running.evidence.muscles import MUSCLES


def test_every_muscle_is_told_of_running_and_of_walking_once():
    names = {one.muscle for one in MUSCLES}
    assert sorted(one.key for one in MUSCLES) == sorted(
        f"{name.lower().replace(' ', '_')}.{gait.value}" for name in names for gait in Gait
    )


@pytest.mark.parametrize("one", MUSCLES, ids=lambda one: one.key)
def test_what_is_known_was_read_in_a_study_of_people(one):
    assert one.says.endswith(".")
    if one.change is not Change.NOT_KNOWN:
        assert one.evidence is not None
        assert one.evidence.tag is Tag.READ
        assert one.evidence.study.n
        assert str(one.evidence.study.n) in one.says


def test_running_is_known_of_one_muscle_alone():
    known = {one.muscle: one.change for one in MUSCLES if one.gait is Gait.RUN and one.change is not Change.NOT_KNOWN}
    assert known == {"Rectus femoris": Change.MORE}


def test_the_rise_of_the_rectus_femoris_is_the_published_one():
    assert any("113.5 %" in one.says and "113.5 %" in one.evidence.says for one in MUSCLES if one.evidence)
