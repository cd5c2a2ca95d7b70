"""What a watch writes once a second, against the person's own forward habits. A lean, never a verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from backward_running.core.habits import Habits, Trend
from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.gait._habits import (
    CADENCE_RATIO,
    CONTACT_TIME_RATIO,
    HEART_RATE_RATIO,
    PEOPLE,
    SPEED_RATIO,
    Person,
    person_of,
)
from backward_running.gait._lines import Line, trend_of
from backward_running.gait._proposal import proposal
from backward_running.gait._time_base import cell_means, step_of
from backward_running.gait.base import Detector, Opinion, State
from backward_running.gait.speed_and_cadence import RUNNING_CADENCE, STEPPING_ABOVE, STILL_BELOW

SMOOTHED = proposal(
    "watch_smoothed_s", 9.0, "s", "Cadence and speed are compared as means of 9 s: a watch's own filters lag by some s."
)
HEART_LAG = proposal("watch_heart_lag_s", 60.0, "s", "The heart answers to the mean speed of about the minute before.")
LEAST_OWN = proposal(
    "watch_least_own_s",
    300.0,
    "s",
    "With less than five minutes of a person's own steps behind it, a line is too poor to judge anybody by.",
)
ODD = proposal(
    "watch_odd_spreads", 2.0, "1", "Seconds more than two spreads over the line teach nothing: they may be backward."
)
BRISK = proposal(
    "watch_brisk_ratio",
    0.87,
    "1",
    "Seconds at 0.87 of the usual speed and more are taken as forward when a line is begun: backward is slower.",
)
USUAL = proposal(
    "watch_usual_speed_share",
    0.7,
    "1",
    "The usual forward speed is read off the faster part of a recording, the 70th percentile less 5 %: up to half of a "
    "run may be backward, and backward is slower.",
)
ABOVE_USUAL = 0.05  #: nat; half a standard deviation of 10 %, which is where the 70th percentile of a steady run lies
FLAT = proposal("watch_flat_ratio", 0.03, "1", "A line is learned where the ground rises less than 3 %.")
ON_A_SLOPE = {
    "cadence": proposal(
        "watch_grade_cadence_nat", 0.5, "nat", "Uphill, people slow down more than they step less: 5 % at 10 % grade."
    ),
    "heart_rate": proposal(
        "watch_grade_heart_rate_nat", 2.0, "nat", "Uphill, at equal speed the heart goes 20 % faster at 10 % grade."
    ),
    "speed": proposal("watch_grade_speed_nat", 3.0, "nat", "Uphill, people go 30 % slower at 10 % grade."),
}
MOST = {
    "cadence": proposal("watch_most_cadence_nat", 4.0, "nat", "Cadence alone speaks at most 55 to 1."),
    "heart_rate": proposal("watch_most_heart_rate_nat", 0.7, "nat", "Heart rate alone speaks at most 2 to 1."),
    "contact_time": proposal("watch_most_contact_time_nat", 1.5, "nat", "Contact time alone speaks at most 4.5 to 1."),
    "speed": proposal("watch_most_speed_nat", 2.0, "nat", "Speed alone speaks at most 7.4 to 1."),
}
BELIEF = proposal(
    "watch_belief_s",
    1800.0,
    "s",
    "How much of a recording is backward is taken from its clear seconds, beside half an hour of the usual share.",
)
SHARE_ROUNDS = 3  #: the share hardly moves after two
WALK_SHARE = proposal(
    "watch_walk_weight_ratio", 0.3, "1", "Walking, cadence strays more with mood and shoes: it weighs a third."
)
FORWARD_SPEED_SPREAD = proposal(
    "watch_forward_speed_spread_nat", 0.13, "nat", "Running forward, people stray by about 13 % from their usual speed."
)
SLOW_SHARE = proposal(
    "watch_slow_share", 0.10, "1", "One second in ten forward is at any other speed: warming up, waiting, climbing."
)

TEMPERATURE = Number(
    "watch_temperature_ratio",
    0.87,
    "1",
    Evidence(
        "watch.temperature",
        "Fitted by logistic regression on simulated backward stretches in every second of 18 real forward runs; on the "
        "other nine the same fit gave 0.94. How seconds are chosen and smoothed was settled with all 18 in sight.",
        THIS_PROJECT,
        Standing.OPINION,
        Tag.DERIVED,
    ),
)
OFFSET = Number("watch_offset_nat", 0.55, "nat", TEMPERATURE.evidence)
MOST_LEAN = proposal(
    "watch_most_lean_nat",
    2.3,
    "nat",
    "Beside a detector that tells the direction, all that a watch sees weighs at most 10 to 1: it may cast doubt on a "
    "plan until nothing is sure, and cannot overrule it.",
)

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What the watch wrote, on the time base; NaN where it wrote nothing."""

    step_s: float
    speed: FloatArray  #: m/s
    cadence_nat: FloatArray  #: logarithm, as all below
    heart_rate_nat: FloatArray
    contact_time_nat: FloatArray
    lagged_speed: FloatArray  #: of the minute before
    uphill: FloatArray  #: grade where it rises, else 0

    @property
    def runs(self) -> Mask:
        """Where the feet run: neither walking nor standing."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self._moves & (self.cadence_nat >= math.log(RUNNING_CADENCE.value)))

    @property
    def walks(self) -> Mask:
        """Where the feet walk."""
        with np.errstate(invalid="ignore"):
            slow = self.cadence_nat < math.log(RUNNING_CADENCE.value)
            return np.asarray(self._moves & slow & (self.cadence_nat >= math.log(STEPPING_ABOVE.value)))

    @property
    def _moves(self) -> Mask:
        with np.errstate(invalid="ignore"):
            return np.asarray((self.speed >= 2 * STILL_BELOW.value) & np.isfinite(self.cadence_nat))


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Judge a stranger: what people do, and what this recording shows of its runner.

    Parameters
    ----------
    recording : Recording
        With ``speed_mps`` and ``cadence_spm`` in one stream; heart rate, contact time and grade where there are.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        It never speaks: it leans. None without speed and cadence.

    Notes
    -----
    None of these quantities has a sign. At equal speed a person steps 1.08 to 1.11 times as often backward, with a
    shorter contact and a faster heart, and goes at 0.8 of the own forward speed or slower. So each is compared with
    the person's own line over speed, learned here from what lies near it; the logarithms of the ratios are taken as
    normal about 0 forward and about the ratio backward. Who runs mostly backward in the first recording they ever
    made cannot be told from somebody who always steps so often: habits are what tells them.
    """
    return judge_person(recording, time_s, None)


def judge_person(recording: Recording, time_s: FloatArray, habits: Habits | None) -> Opinion | None:
    """Judge a person by their own habits; parameters and answer as of :func:`judge`."""
    cells = cells_of(recording, time_s)
    if cells is None:
        return None
    known = None if habits is None else habits.of(simulated=recording.simulated).without(recording.activity_id)
    person = person_of(known)
    here = lines_here(cells, person)
    lean = lean_nat(cells, here)
    heard = lean != 0.0
    calibrated = np.where(heard, OFFSET.value + TEMPERATURE.value * lean, 0.0)
    rare_nat = _rare_nat(calibrated[heard], here.backward_share, cells.step_s)
    return Opinion(
        DETECTOR.key,
        _columns(np.clip(calibrated, -MOST_LEAN.value, MOST_LEAN.value)),
        np.zeros(len(time_s), dtype=bool),
        hint_nat=np.where(heard, calibrated + rare_nat, np.nan),
    )


def _rare_nat(calibrated: FloatArray, usual_share: float, step_s: float) -> float:
    """Return the log-odds of a backward second here: the usual share, moved by the clear seconds of this recording."""
    share, weight = usual_share, BELIEF.value / step_s
    for _ in range(SHARE_ROUNDS):
        seen = 1.0 / (1.0 + np.exp(-calibrated - math.log(share / (1.0 - share))))
        share = (usual_share * weight + float(seen[seen > 0.5].sum())) / (weight + len(seen))
    return math.log(share / (1.0 - share))


def cells_of(recording: Recording, time_s: FloatArray) -> Cells | None:
    """Put the watch's columns onto the time base; None without speed and cadence on foot."""
    stream = recording.stream_with("speed_mps", "cadence_spm")
    if stream is None or not recording.on_foot:
        return None
    step_s = step_of(time_s)
    speed = _smoothed(_cells(stream, "speed_mps", time_s), SMOOTHED.value, step_s)
    cadence = _smoothed(_cells(stream, "cadence_spm", time_s), SMOOTHED.value, step_s)
    grade = _cells(stream, "grade_ratio", time_s)
    contact = _smoothed(_cells(stream, "contact_time_s", time_s), SMOOTHED.value, step_s)
    return Cells(
        step_s,
        speed,
        _log(cadence),
        _log(_cells(stream, "heart_rate_bpm", time_s)),
        _log(contact),
        _before(speed, HEART_LAG.value, step_s),
        np.maximum(np.nan_to_num(grade, nan=0.0), 0.0),
    )


def lines_here(cells: Cells, person: Person) -> Person:
    """Return the person with their lines moved by what this recording shows near them."""
    runs, walks = cells.runs, cells.walks
    usual = person.speed_nat
    if runs.any():
        own = float(np.log(np.quantile(cells.speed[runs], USUAL.value))) - ABOVE_USUAL
        usual = own if usual is None else max(usual, own)
    flat = cells.uphill < FLAT.value
    with np.errstate(invalid="ignore"):
        brisk = cells.speed >= BRISK.value * math.exp(usual) if usual is not None else runs
    seen = Seen(cells, runs & flat, brisk)
    return replace(
        person,
        run_cadence=seen.moved(person.run_cadence, cells.speed, cells.cadence_nat),
        walk_cadence=Seen(cells, walks & flat, walks).moved(person.walk_cadence, cells.speed, cells.cadence_nat),
        heart_rate=seen.moved(person.heart_rate, cells.lagged_speed, cells.heart_rate_nat),
        contact_time=seen.moved(person.contact_time, cells.speed, cells.contact_time_nat, sign=-1.0),
        speed_nat=usual,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Cells that a line may be learned from, first of all those too fast for running backward."""

    cells: Cells
    chosen: Mask
    brisk: Mask
    told: Mask | np.bool_ = np.False_  #: forward by the runner's own word, however odd

    def moved(self, line: Line, speed: FloatArray, logarithm: FloatArray, *, sign: float = 1.0) -> Line:
        """Return the line moved by what may be learned from."""
        return line.learned(self.trend(line, speed, logarithm, sign=sign))

    def trend(self, line: Line, speed: FloatArray, logarithm: FloatArray, *, sign: float = 1.0) -> Trend:
        """Take the brisk cells first, then all that lie near their line: what is odd the backward way is left out."""
        known = self.chosen & np.isfinite(logarithm) & np.isfinite(speed)
        if not known.any():
            return Trend()
        first = line.learned(trend_of(speed, logarithm, known & self.brisk, self.cells.step_s))
        with np.errstate(invalid="ignore"):
            near = sign * (logarithm - first.at(speed)) < ODD.value * line.spread
        return trend_of(speed, logarithm, known & (near | self.told), self.cells.step_s)


def lean_nat(cells: Cells, here: Person) -> FloatArray:
    """Return the logarithm of backward to forward, cell by cell; 0 where nothing is known."""
    total = np.zeros(len(cells.speed))
    runs, walks = cells.runs, cells.walks
    for where, part in _parts(cells, here, runs, walks):
        total[where] += part[where]
    return total


def _parts(cells: Cells, here: Person, runs: Mask, walks: Mask) -> Iterator[tuple[Mask, FloatArray]]:
    """Yield each witness and where it is heard."""
    up = cells.uphill
    if here.run_cadence.seconds_s >= LEAST_OWN.value:
        strays = cells.cadence_nat - here.run_cadence.at(cells.speed) - ON_A_SLOPE["cadence"].value * up
        variance = here.run_cadence.variance_at(cells.speed) + (0.3 * up) ** 2
        yield runs, _lean(strays, variance, here.cadence_ratio, MOST["cadence"].value)
        if here.speed_nat is not None:
            yield runs, _lean_of_speed(cells, here.speed_nat, here.speed_ratio)
    if here.walk_cadence.seconds_s >= LEAST_OWN.value:
        strays = cells.cadence_nat - here.walk_cadence.at(cells.speed)
        ratio = here.cadence_ratio
        lean = _lean(strays, here.walk_cadence.variance_at(cells.speed), ratio, MOST["cadence"].value)
        yield walks, WALK_SHARE.value * lean
    if here.heart_rate.seconds_s >= LEAST_OWN.value:
        strays = cells.heart_rate_nat - here.heart_rate.at(cells.lagged_speed) - ON_A_SLOPE["heart_rate"].value * up
        variance = here.heart_rate.variance_at(cells.lagged_speed) + up**2
        yield runs & np.isfinite(strays), _lean(strays, variance, here.heart_rate_ratio, MOST["heart_rate"].value)
    if here.contact_time.seconds_s >= LEAST_OWN.value:
        strays = cells.contact_time_nat - here.contact_time.at(cells.speed)
        variance = here.contact_time.variance_at(cells.speed)
        yield runs & np.isfinite(strays), _lean(strays, variance, here.contact_time_ratio, MOST["contact_time"].value)


def _lean(strays: FloatArray, variance: FloatArray, ratio: tuple[float, float], most: float) -> FloatArray:
    """Log-odds of two normals of one variance, about 0 and about the ratio."""
    mean, spread = ratio
    odds = mean * (strays - mean / 2) / (variance + spread**2)
    return np.asarray(np.clip(odds, -most, most))


def _lean_of_speed(cells: Cells, usual_nat: float, ratio: tuple[float, float]) -> FloatArray:
    """Log-odds of the speed alone: backward is slower, but forward is slow at times too."""
    with np.errstate(invalid="ignore", divide="ignore"):
        slower = np.log(cells.speed) - usual_nat + ON_A_SLOPE["speed"].value * cells.uphill
    forward = (1.0 - SLOW_SHARE.value) * _normal(slower, 0.0, FORWARD_SPEED_SPREAD.value) + SLOW_SHARE.value
    backward = 0.98 * _normal(slower, ratio[0], ratio[1]) + 0.02
    return np.asarray(np.clip(np.log(backward / forward), -MOST["speed"].value, MOST["speed"].value))


def _normal(values: FloatArray, mean: float, spread: float) -> FloatArray:
    return np.asarray(np.exp(-0.5 * ((values - mean) / spread) ** 2) / (spread * math.sqrt(2 * math.pi)))


def _columns(lean: FloatArray) -> FloatArray:
    """Return the seven columns. It says nothing of going sideways or turning: these stand between."""
    log_likelihood = np.zeros((len(lean), len(State)))
    log_likelihood[:, [State.FORWARD_WALK, State.FORWARD_RUN]] = -np.maximum(lean, 0.0)[:, None]
    log_likelihood[:, [State.BACKWARD_WALK, State.BACKWARD_RUN]] = np.minimum(lean, 0.0)[:, None]
    log_likelihood[:, [State.SIDEWAYS, State.TURNING]] = -0.5 * np.abs(lean)[:, None]
    return log_likelihood


def _cells(stream: Stream, name: str, time_s: FloatArray) -> FloatArray:
    if name not in stream.columns:
        return np.full(time_s.shape, np.nan)
    return cell_means(stream.time_s, stream.columns[name], time_s)


def _log(values: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(values > 0.0, np.log(values), np.nan)


def _smoothed(values: FloatArray, window_s: float, step_s: float) -> FloatArray:
    """Return the mean of what is known within half a window on both sides; NaN stays NaN."""
    reach = round(window_s / step_s / 2)
    return _window_means(values, reach, reach)


def _before(values: FloatArray, window_s: float, step_s: float) -> FloatArray:
    """Return the mean of what is known in the window before each cell."""
    return _window_means(values, round(window_s / step_s), 0)


def _window_means(values: FloatArray, back: int, ahead: int) -> FloatArray:
    known = np.isfinite(values)
    if not known.any():
        return values
    sums = np.cumsum(np.pad(np.where(known, values, 0.0), (back + 1, ahead)))
    counts = np.cumsum(np.pad(known, (back + 1, ahead)), dtype=np.float64)
    width = back + ahead + 1
    with np.errstate(invalid="ignore", divide="ignore"):
        means = (sums[width:] - sums[:-width]) / (counts[width:] - counts[:-width])
    return np.where(known, means, np.nan)


DETECTOR = Detector(
    key="watch_at_1_hz",
    title="speed, cadence and heart against your own habits",
    explains=(
        "Compares how often you step, how fast your heart goes and how long your feet stay down with your own forward "
        "running. None of these has a direction, so it asks and does not tell."
    ),
    version="1",
    needs=("speed_mps", "cadence_spm"),
    uses_mount=False,
    judge=judge,
    evidence=(
        CADENCE_RATIO.evidence,
        HEART_RATE_RATIO.evidence,
        SPEED_RATIO.evidence,
        CONTACT_TIME_RATIO.evidence,
        PEOPLE,
    ),
    judge_person=judge_person,
)
