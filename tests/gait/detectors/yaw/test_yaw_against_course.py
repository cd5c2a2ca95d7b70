from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.names import ACCELERATION, ANGULAR_RATE, MAGNETIC_FIELD
from backward_running.core.recording import Mark, Recording, Stream
from backward_running.gait import Opinion, State
from backward_running.gait.detectors.yaw._offset_chains import Chains
from backward_running.gait.detectors.yaw._same_gait import Pace
from backward_running.gait.detectors.yaw._sign_ambiguity import forward_odds_nat
from backward_running.gait.detectors.yaw.yaw_against_course import judge

LENGTH_S = 360.0
CELLS_S = np.arange(0.0, LENGTH_S, 0.2)


def run(
    *,
    turns_body: bool,
    bias_degps: float = 0.0,
    slower: float = 0.75,
    hz: float = 50.0,
    words: str = "",
    seed: int = 3,
    tap: bool = False,
) -> tuple[Recording, np.ndarray]:
    """A run that is backward from 120 to 200 s: either the body turns and the course stays, or the other way round."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(0.0, LENGTH_S, 1.0 / hz)
    back = (time_s >= 120.0) & (time_s < 200.0)
    curve = 0.4 * np.sin(time_s / 25.0)
    half = np.pi * np.clip((time_s - 119.5), 0.0, 1.0) - np.pi * np.clip((time_s - 199.5), 0.0, 1.0)
    yaw_rad = curve + (half if turns_body else 0.0)
    course_rad = curve + (0.0 if turns_body else np.pi * back)
    speed = np.where(back, 3.0 * slower, 3.0)
    bounce = 8.0 * np.cos(2.0 * np.pi * 2.7 * time_s)
    nothing = np.zeros(len(time_s))
    force = np.array([nothing, nothing, 9.81 + bounce]) + rng.normal(0, 0.3, (3, len(time_s)))
    turns = np.array([nothing, nothing, np.gradient(yaw_rad, time_s) + np.radians(bias_degps)])
    turns += rng.normal(0, 0.02, turns.shape)
    mounting = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    mounting *= np.sign(np.linalg.det(mounting))
    rows = [*(mounting @ force), *(mounting @ turns)]
    worn = Stream("unknown", "sensor", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, rows, strict=True)))
    fixes_s = np.arange(0.0, LENGTH_S, 1.0)
    east_m, north_m = (np.cumsum(speed * part(course_rad)) / hz for part in (np.cos, np.sin))
    scatter = rng.normal(0, 0.4, (2, len(fixes_s)))
    columns = {
        "latitude_deg": (np.interp(fixes_s, time_s, north_m) + scatter[0]) / 110574.0,
        "longitude_deg": (np.interp(fixes_s, time_s, east_m) + scatter[1]) / 111320.0,
    }
    main = Stream("wrist", "earth", fixes_s, columns)
    marks = (Mark(120.0, words), Mark(200.0, "FWD")) if words else ()
    if tap:
        marks = (Mark(40.0, "FWD"), Mark(45.0, "lap"))
    when = datetime(2026, 5, 1, tzinfo=UTC)
    one = Recording("0" * 64, when, (main, worn), "test", "1", duration_s=LENGTH_S, sport="running", marks=marks)
    return one, (CELLS_S > 121.0) & (CELLS_S < 199.0)


def says_backward(opinion) -> np.ndarray:
    scores = opinion.log_likelihood
    return scores[:, State.BACKWARD_RUN] > scores[:, State.FORWARD_RUN]


SURE = (CELLS_S < 119.0) | ((CELLS_S > 121.0) & (CELLS_S < 199.0)) | (CELLS_S > 201.0)


@pytest.mark.parametrize("turns_body", [True, False])
@pytest.mark.parametrize("bias_degps", [0.0, 0.5, -1.0])
@pytest.mark.parametrize("hz", [25.0, 100.0])
def test_half_a_turn_of_one_without_the_other_is_a_change(turns_body, bias_degps, hz):
    recording, backward = run(turns_body=turns_body, bias_degps=bias_degps, hz=hz, tap=True)
    opinion = judge(recording, CELLS_S)
    assert opinion is not None
    assert opinion.speaks[SURE].mean() > 0.9
    told = SURE & opinion.speaks
    assert (says_backward(opinion)[told] == backward[told]).mean() > 0.97


@pytest.mark.parametrize("turns_body", [True, False])
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_change_is_placed_where_it_is_half_done(turns_body, seed):
    recording, _ = run(turns_body=turns_body, seed=seed, tap=True)
    opinion = judge(recording, CELLS_S)
    assert opinion is not None
    told = np.flatnonzero(opinion.speaks)
    turns = np.flatnonzero(np.diff(says_backward(opinion)[told]))
    from_s, until_s = CELLS_S[told[turns]], CELLS_S[told[turns + 1]]
    changes_s = 0.5 * (from_s + until_s)  # where only the course tells, nothing is said about it
    assert (until_s - from_s <= (0.21 if turns_body else 2.1)).all()
    np.testing.assert_allclose(changes_s, [120.0, 200.0], atol=0.41)


def test_marks_outweigh_speed():
    recording, backward = run(turns_body=True, slower=1.0, words="BACK")
    opinion = judge(recording, CELLS_S)
    assert opinion is not None
    told = SURE & opinion.speaks
    assert (says_backward(opinion)[told] == backward[told]).mean() > 0.97


def test_one_direction_for_a_short_time_says_nothing():
    recording, _ = run(turns_body=True)
    worn, main = recording.streams[1], recording.streams[0]
    cut = [
        Stream(one.place, one.frame, one.time_s[m], {k: v[m] for k, v in one.columns.items()})
        for one, m in ((main, main.time_s < 60.0), (worn, worn.time_s < 60.0))
    ]
    short = Recording("0" * 64, recording.started_at, tuple(cut), "test", "1", duration_s=60.0, sport="running")
    opinion = judge(short, CELLS_S[:300])
    assert opinion is not None
    assert not opinion.speaks.any()


def test_a_phone_on_a_table_says_nothing():
    recording, _ = run(turns_body=True)
    worn = recording.streams[1]
    rng = np.random.default_rng(1)
    rows = np.array([[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]]) + rng.normal(0, 0.02, (6, len(worn)))
    table = Stream("unknown", "sensor", worn.time_s, dict(zip(ACCELERATION + ANGULAR_RATE, rows, strict=True)))
    lying = Recording(
        "0" * 64, recording.started_at, (recording.streams[0], table), "test", "1", duration_s=LENGTH_S, sport="running"
    )
    opinion = judge(lying, CELLS_S)
    assert opinion is not None
    assert not opinion.speaks.any()


@pytest.mark.parametrize("fill", [np.nan, 0.0, 156.0])
def test_dead_sensors_say_nothing(fill):
    recording, _ = run(turns_body=True)
    worn = recording.streams[1]
    dead = Stream(
        "unknown", "sensor", worn.time_s, {name: np.full(len(worn), fill) for name in ACCELERATION + ANGULAR_RATE}
    )
    broken = Recording(
        "0" * 64, recording.started_at, (recording.streams[0], dead), "test", "1", duration_s=LENGTH_S, sport="running"
    )
    opinion = judge(broken, CELLS_S)
    assert opinion is None or not opinion.speaks.any()


@pytest.mark.parametrize("slower", [0.6, 0.75, 1.0, 1.3, 1.45])
@pytest.mark.parametrize("turns_body", [True, False])
def test_which_was_faster_or_longer_asks_and_never_tells(slower, turns_body):
    recording, _ = run(turns_body=turns_body, slower=slower)
    opinion = judge(recording, CELLS_S)
    assert opinion is not None
    assert not opinion.speaks.any()
    if opinion.hint is not None:
        asked = np.abs(opinion.hint.log_odds_nat[np.isfinite(opinion.hint.log_odds_nat)])
        assert asked.max() <= np.log(0.6 / 0.4)


@pytest.mark.parametrize("slower", [0.6, 1.0, 1.5])
def test_one_tap_is_outvoted_by_nobody(slower):
    """Forward for five seconds, and the other way is backward, however fast and long it was."""
    recording, backward = run(turns_body=True, slower=slower, tap=True)
    opinion = judge(recording, CELLS_S)
    assert opinion is not None
    assert opinion.speaks[SURE].mean() > 0.95
    told = SURE & opinion.speaks
    assert (says_backward(opinion)[told] == backward[told]).mean() > 0.97


def sensor(forward_nat: np.ndarray) -> Opinion:
    rows = np.zeros((len(forward_nat), len(State)))
    rows[:, [State.FORWARD_WALK, State.FORWARD_RUN]] = np.minimum(forward_nat, 0.0)[:, None]
    rows[:, [State.BACKWARD_WALK, State.BACKWARD_RUN]] = np.minimum(-forward_nat, 0.0)[:, None]
    return Opinion("foot_sensor", rows, forward_nat != 0.0, 0.5)


def test_a_sensor_that_knows_names_the_whole_chain_and_is_left_alone():
    """It answers for ten seconds backward; the track carries it to all the rest, and adds nothing where it speaks."""
    recording, backward = run(turns_body=True, slower=1.4)
    alone = judge(recording, CELLS_S)
    said = np.where((CELLS_S > 140.0) & (CELLS_S < 150.0), -2.2, 0.0)
    opinion = alone.heard([sensor(said)])
    assert not opinion.speaks[said != 0.0].any()
    told = SURE & opinion.speaks
    assert told.sum() > 0.9 * SURE.sum() - np.count_nonzero(said)
    assert (says_backward(opinion)[told] == backward[told]).mean() > 0.97


def test_a_sensor_that_contradicts_itself_names_nothing():
    recording, _ = run(turns_body=True)
    said = np.where((CELLS_S > 100.0) & (CELLS_S < 160.0), 2.0, 0.0)
    assert not judge(recording, CELLS_S).heard([sensor(said)]).speaks.any()


@pytest.mark.parametrize("minutes", [4, 15, 20, 40, 90])
def test_one_way_only_is_never_told(minutes):
    cells = int(minutes * 60 / 0.2)
    chains = Chains(np.zeros(cells, dtype=np.int64), np.zeros(cells))
    nothing = np.full(cells, np.nan)
    odds = forward_odds_nat(chains, Pace(np.full(cells, 2.0), nothing, nothing), np.zeros(cells), 0.2)
    assert (odds == 0.0).all() == (minutes <= 20), "a backward session of twenty minutes without a turn is possible"
    assert odds.max() <= np.log(0.6 / 0.4)


@pytest.mark.parametrize("held", [True, False])
def test_the_magnetic_field_carries_the_direction_through_a_tunnel(held):
    """Eight minutes without a fix: a gyroscope alone has lost its way, one that the field holds has not."""
    rng, hz, lasts_s = np.random.default_rng(6), 25.0, 1200.0
    time_s = np.arange(0.0, lasts_s, 1.0 / hz)
    back = (time_s >= 200.0) & (time_s < 320.0)
    bend = 0.4 * np.sin(time_s / 25.0)
    yaw_rad = bend + np.pi * np.clip(time_s - 199.5, 0.0, 1.0) - np.pi * np.clip(time_s - 319.5, 0.0, 1.0)
    nothing = np.zeros(len(time_s))
    rows = np.array(
        [
            *(nothing, nothing, 9.81 + 8.0 * np.cos(2.0 * np.pi * 2.7 * time_s)),
            *(nothing, nothing, np.gradient(yaw_rad, time_s) + np.radians(0.4)),
            *(20.0 * np.cos(yaw_rad), -20.0 * np.sin(yaw_rad), nothing - 45.0),
        ]
    )
    rows += rng.normal(0.0, 1.0, rows.shape) * np.repeat([0.3, 0.02, 0.5], 3)[:, None]
    names = ACCELERATION + ANGULAR_RATE + (MAGNETIC_FIELD if held else ())
    worn = Stream("pocket", "sensor", time_s, dict(zip(names, rows, strict=False)))
    speed = np.where(back, 2.2, 3.0)
    clock_s = np.concatenate([np.arange(0.0, 500.0), np.arange(980.0, lasts_s)])
    east_m, north_m = (np.cumsum(speed * part(bend)) / hz for part in (np.cos, np.sin))
    columns = {
        "latitude_deg": np.interp(clock_s, time_s, north_m) / 110574.0,
        "longitude_deg": np.interp(clock_s, time_s, east_m) / 111320.0,
    }
    main = Stream("unknown", "earth", clock_s, columns)
    when = datetime(2026, 5, 1, tzinfo=UTC)
    marks = (Mark(60.0, "FWD"), Mark(66.0, "lap"))
    one = Recording("0" * 64, when, (main, worn), "test", "1", duration_s=lasts_s, sport="running", marks=marks)
    cells_s = np.arange(0.0, lasts_s, 0.2)
    opinion = judge(one, cells_s)
    assert opinion is not None
    out = cells_s > 1000.0
    assert says_backward(opinion)[(cells_s > 202.0) & (cells_s < 318.0)].all()
    assert opinion.speaks[out].all() == held
    assert not says_backward(opinion)[out].any()
