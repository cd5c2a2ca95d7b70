"""What every rule about a place must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from backward_running.core.errors import BadValue
from backward_running.core.ground import Daylight, Grade, GroundKind, Hazard, HazardKind, Stretch
from backward_running.places import Asked, PlaceRule
from backward_running.testing.base import FORBIDDEN, Contract
from backward_running.testing.scale import Grade as Grading
from backward_running.testing.scale import asks

LENGTH_M = 80.0
LINE = ((24.94, 60.17), (24.9414, 60.17))
#: What maps say of ground, good and bad.
SAID: dict[str, tuple[str, ...]] = {
    "surface": ("tartan", "grass", "asphalt", "gravel", "sand", "cobblestone", "made_up"),
    "smoothness": ("excellent", "intermediate", "very_bad", "made_up"),
    "lit": ("yes", "no", "24/7"),
    "access": ("yes", "permissive", "made_up"),
    "foot": ("yes", "designated"),
    "bicycle": ("no", "yes", "designated"),
    "opening_hours": ("08:00-20:00",),
    "width": ("2", "5"),
    "fee": ("yes", "no"),
}
BARE = Stretch("w1.1", GroundKind.LAWN, LINE, LENGTH_M, {}, free_m=15.0)
ASKED = Asked(distance_m=400.0, radius_m=3000.0, visits=3)
LIGHTS = (None, *Daylight)


def stretches() -> Iterator[Stretch]:
    """Yield ground of every kind, with and without what is known of it."""
    for kind in GroundKind:
        bare = replace(BARE, kind=kind)
        yield bare
        full = {key: values[0] for key, values in SAID.items()}
        yield replace(bare, tags=full, width_m=3.0, road_m=20.0, grade=Grade(0.02, 0.01, 0.03, "tag"))
        for key, values in SAID.items():
            yield from (replace(bare, tags=full | {key: value}) for value in values)


class PlaceRuleContract(Contract):
    """A stretch in, a score and words out; what is not known is the worst, and no place is called safe."""

    kind = "place rule"

    @asks(Grading.BRONZE)
    def test_a_score_lies_between_0_and_1_and_has_words(self, plug: PlaceRule) -> None:
        """Every answer has a score in 0…1 and says why, in words without a full stop."""
        for stretch in stretches():
            answer = plug.ask(stretch, ASKED)
            assert 0.0 <= answer.score <= 1.0
            assert answer.words.strip() and not answer.words.endswith(".")
            assert not FORBIDDEN.search(answer.words), answer.words
            assert answer.known or answer.score == 0.0

    @asks(Grading.BRONZE)
    def test_a_hazard_never_raises_it(self, plug: PlaceRule) -> None:
        """One thing more in the way, beside it or behind the end: the score stays or falls."""
        for stretch in stretches():
            before = plug.ask(stretch, ASKED).score
            for kind in HazardKind:
                for along_m in (0.0, LENGTH_M / 2, LENGTH_M + 6.0, LENGTH_M + 14.0):
                    more = replace(stretch, hazards=(*stretch.hazards, Hazard(kind, along_m, 1.0)))
                    assert plug.ask(more, ASKED).score <= before, (kind, along_m)

    @asks(Grading.BRONZE)
    def test_what_is_taken_away_never_raises_it(self, plug: PlaceRule) -> None:
        """A tag, the width, the grade, the days somebody ran there: without it the score stays or falls."""
        for stretch, light in product(stretches(), LIGHTS):
            asked = replace(ASKED, daylight=light)
            before = plug.ask(stretch, asked).score
            for key in stretch.tags:
                less = replace(stretch, tags={name: value for name, value in stretch.tags.items() if name != key})
                assert plug.ask(less, asked).score <= before, key
            for less in (replace(stretch, width_m=None), replace(stretch, grade=None)):
                assert plug.ask(less, asked).score <= before
            assert plug.ask(stretch, Asked(daylight=light)).score <= before

    @asks(Grading.BRONZE)
    def test_asking_twice_gives_the_same_answer(self, plug: PlaceRule) -> None:
        """It keeps nothing in mind."""
        for stretch in stretches():
            assert plug.ask(stretch, ASKED) == plug.ask(stretch, ASKED)

    @asks(Grading.SILVER)
    def test_it_tells_ground_apart(self, plug: PlaceRule) -> None:
        """A rule that always says the same is none."""
        worse = replace(
            BARE,
            kind=GroundKind.SERVICE,
            length_m=20.0,
            road_m=0.0,
            free_m=5.0,
            hazards=tuple(Hazard(kind, 5.0, 1.0) for kind in HazardKind),
        )
        better = replace(
            BARE,
            kind=GroundKind.TRACK,
            length_m=100.0,
            tags={key: values[0] for key, values in SAID.items()},
            width_m=5.0,
            grade=Grade(0.02, 0.01, 0.03, "tag"),
        )
        far, near = Asked(distance_m=2900.0, radius_m=3000.0), Asked(distance_m=0.0, radius_m=3000.0, ticked=True)
        assert plug.ask(worse, far).score < plug.ask(better, near).score

    @asks(Grading.SILVER)
    def test_it_cannot_be_made_without_evidence_or_weight(self, plug: PlaceRule) -> None:
        """The constructor refuses both."""
        with pytest.raises(BadValue, match="evidence"):
            PlaceRule("x", "x", plug.ask, plug.weight, ())
        with pytest.raises(BadValue, match="weight"):
            PlaceRule("x", "x", plug.ask, replace(plug.weight, value=0.0), plug.evidence)
