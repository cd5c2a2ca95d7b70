"""What a session amounts to, or what is missing to say it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from backward_running.core.athlete import Athlete, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
from backward_running.effort import session_estimates
from backward_running.effort._session import ABOVE_MAXIMUM, HEART_RATE_GAPS
from backward_running.effort.at_speed import factors

KNOWN = Athlete(sex=Sex.MALE, resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=180.0, backward_experience_min=1e5)


def stream(speed_mps: float = 2.2, heart_rate_bpm: float | np.ndarray | None = 150.0) -> Stream:
    columns = {"speed_mps": np.full(600, speed_mps), "grade_ratio": np.zeros(600)}
    if heart_rate_bpm is not None:
        columns["heart_rate_bpm"] = np.broadcast_to(np.asarray(heart_rate_bpm, dtype=float), (600,)).copy()
    return Stream("wrist", "earth", np.arange(600.0), columns)


def facts(direction: Direction = Direction.BACKWARD, gait: Gait | None = Gait.RUN) -> list[BoutFacts]:
    return [BoutFacts(Bout(0.0, 600.0, direction, gait, None, "paint"), moving_s=600.0)]


def by_name(working: Stream | None = None, athlete: Athlete = KNOWN, pauses: tuple[Span, ...] = (), **more: object):
    bouts = more.pop("facts", facts())
    exertion = more.pop("exertion", 4.0)
    found = session_estimates(working, bouts, athlete, pauses, perceived_exertion_cr10=exertion)
    return {one.name: one for one in found}


def test_session_load() -> None:
    assert by_name()["session_load_au"].value == 40.0
    assert by_name(pauses=(Span(0.0, 120.0),))["session_load_au"].value == 32.0


def test_session_load_asks_for_the_exertion() -> None:
    found = by_name(exertion=None)["session_load_au"]
    assert isinstance(found, NotKnown)
    assert "how hard it felt" in found.why


@pytest.mark.parametrize(
    ("sex", "per_minute"), [(Sex.MALE, 0.64 * math.exp(1.92 * 0.75)), (Sex.FEMALE, 0.86 * math.exp(1.67 * 0.75))]
)
def test_trimp(sex: Sex, per_minute: float) -> None:
    athlete = Athlete(sex=sex, resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=180.0)
    found = by_name(stream(), athlete)["trimp_au"]
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(10 * 0.75 * per_minute)


@pytest.mark.parametrize(
    ("athlete", "words"),
    [
        (Athlete(sex=Sex.MALE, maximal_heart_rate_bpm=180.0), "resting heart rate"),
        (Athlete(sex=Sex.MALE, resting_heart_rate_bpm=60.0), "maximal heart rate"),
        (Athlete(resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=180.0), "sex"),
        (Athlete(sex=Sex.MALE, resting_heart_rate_bpm=110.0, maximal_heart_rate_bpm=105.0), "not above"),
    ],
)
def test_trimp_says_what_is_missing(athlete: Athlete, words: str) -> None:
    found = by_name(stream(), athlete)["trimp_au"]
    assert isinstance(found, NotKnown)
    assert words in found.why


def test_trimp_without_heart_rate() -> None:
    for working in (None, stream(heart_rate_bpm=None)):
        assert by_name(working)["trimp_au"] == NotKnown("trimp_au", "No heart rate was recorded.")


def test_trimp_leaves_gaps_out_and_says_so() -> None:
    beats = np.full(600, 150.0)
    beats[:300] = np.nan
    found, whole = by_name(stream(heart_rate_bpm=beats))["trimp_au"], by_name(stream())["trimp_au"]
    assert found.value == pytest.approx(whole.value / 2)
    assert found.caveats == (HEART_RATE_GAPS,)


def test_a_heart_rate_above_the_maximum_counts_as_the_maximum() -> None:
    found, full = by_name(stream(heart_rate_bpm=195.0))["trimp_au"], by_name(stream(heart_rate_bpm=180.0))["trimp_au"]
    assert found.value == pytest.approx(full.value)
    assert found.caveats == (ABOVE_MAXIMUM,)


def test_backward_against_forward_at_equal_speed() -> None:
    found = by_name(stream(speed_mps=8.04 / 3.6))["backward_to_forward_ratio"]
    assert isinstance(found, Estimate)
    net = 2.209 + 3.163 * 8.04 - 3.5
    low, best, high = factors(None, 1e6)
    assert [found.low, found.value, found.high] == pytest.approx(
        [(3.5 + one * net) / (3.5 + net) for one in (low, best, high)], rel=1e-6
    )
    assert found.low < 1.15 < found.high  # what Williford measured


def test_backward_walking_against_forward_walking() -> None:
    found = by_name(stream(speed_mps=1.3), facts=facts(gait=Gait.WALK))["backward_to_forward_ratio"]
    assert isinstance(found, Estimate)
    assert found.low < 1.28 < found.high


def test_no_ratio_without_backward_movement() -> None:
    found = by_name(stream(), facts=facts(Direction.FORWARD))["backward_to_forward_ratio"]
    assert isinstance(found, NotKnown)
    still = by_name(stream(speed_mps=0.0))["backward_to_forward_ratio"]
    assert isinstance(still, NotKnown)


def test_no_ratio_where_nobody_has_measured() -> None:
    found = by_name(stream(speed_mps=4.0))["backward_to_forward_ratio"]
    assert isinstance(found, NotKnown)
    assert "3.5 m/s" in found.why
