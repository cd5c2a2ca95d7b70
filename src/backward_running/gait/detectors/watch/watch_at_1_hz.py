"""What a watch writes once a second, against the person's own forward habits. It hints and never tells."""

from __future__ import annotations

import math

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.habits import Habits
from backward_running.core.recording import Recording
from backward_running.evidence import proposed_number
from backward_running.gait.base import Detector, DirectionHint, Opinion, State
from backward_running.gait.detectors.watch._likelihoods import log_odds_running, log_odds_walking
from backward_running.gait.detectors.watch._mixture import Component, mixture_of
from backward_running.gait.person.prior import (
    CADENCE_RATIO,
    CONTACT_TIME_RATIO,
    HEART_RATE_RATIO,
    PEOPLE,
    SPEED_RATIO,
    VERTICAL_OSCILLATION_RATIO,
    prior_of,
)
from backward_running.gait.person.watch_samples import WatchSamples, watch_samples_of
from backward_running.gait.segment.time_base import step_of
from backward_running.gait.segment.turn_rounds import turn_rounds_of

LOOKED_AT_EVERY = proposed_number(
    "watch_told_every_s", 3.0, "s", "What is a mean over 9 s is looked at every 3 s: in between it says nothing new."
)
MOST_LOG_ODDS = proposed_number(
    "watch_most_lean_nat",
    2.3,
    "nat",
    "Beside a detector that tells the direction, all that a watch sees weighs at most 10 to 1: it may cast doubt on a "
    "plan until nothing is sure, and cannot overrule it.",
)
KNOWN_FROM = proposed_number(
    "watch_known_from_count",
    3.0,
    "1",
    "Before three runs of a person are known, how often they step is not told from how often people step.",
)
MOST_OF_A_STRANGER = proposed_number(
    "watch_most_of_a_stranger_share",
    0.6,
    "1",
    "At one speed people differ by 8 to 9 % in how often they step, as much as backward differs from forward. All that "
    "a recording holds shares that: it is one witness, and of a stranger a weak one, so 0.6 is the most it gives.",
)
#: Dips still say where a stretch begins and ends, and add nothing to how probable it is.
ONLY_WHERE = 1e-9
#: What log-odds of backward say against each state; of going sideways or turning they say nothing: these stand between.
AGAINST_FORWARD, AGAINST_BACKWARD = np.zeros((2, len(State)))
AGAINST_FORWARD[[State.FORWARD_WALK, State.FORWARD_RUN, State.SIDEWAYS, State.TURNING]] = -1.0, -1.0, -0.5, -0.5
AGAINST_BACKWARD[[State.BACKWARD_WALK, State.BACKWARD_RUN, State.SIDEWAYS, State.TURNING]] = 1.0, 1.0, 0.5, 0.5


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Judge a stranger: what people do, and what this recording shows of its runner.

    Parameters
    ----------
    recording : Recording
        With two of ``speed_mps``, ``cadence_spm`` and ``step_length_m`` in one stream; heart rate, contact time,
        vertical oscillation and grade where there are.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        It never speaks: it hints. None without speed and cadence or what makes them.

    Valid for
    ---------
    Running on foot, once a second or rarer; before three runs of a person are known it gives at most 0.6. How honest
    the probability is stands in ``docs/validation/watch.md``.

    Notes
    -----
    None of these quantities has a sign. At equal speed a person steps 1.08 to 1.11 times as often backward, with a
    shorter contact, a lower bounce and a faster heart, and goes at 0.8 of the own forward speed or slower. So each is
    compared with the person's own line over speed. Whether that line runs through all of a recording, through the
    slower steps of it or below all of them is not known beforehand: a mixture is
    fitted from each of these starts (:func:`mixture_of`), and what is said of a moment is the mean over its components.
    Who runs backward throughout the first recording they ever made can hardly be told from somebody who always steps so
    often: habits tell them. So of a stranger, before :data:`KNOWN_FROM` runs, backward is at most
    :data:`MOST_OF_A_STRANGER`, and as one is asked from 0.7 on, they are not asked.
    """
    return judge_person(recording, time_s, None)


def judge_person(recording: Recording, time_s: FloatArray, habits: Habits | None) -> Opinion | None:
    """Judge a person by their own habits; parameters and answer as of :func:`judge`."""
    thin = max(round(LOOKED_AT_EVERY.value / step_of(time_s)), 1)
    cells = watch_samples_of(recording, time_s, thin)
    if cells is None:
        return None
    others = None if habits is None else habits.of(simulated=recording.simulated).without(recording.activity_id)
    prior = prior_of(others)
    known_at, odds_at, usual_nat = _odds_nat(cells, mixture_of(cells, prior))
    change_nat = _change_nat(recording, time_s)
    if prior.runs < KNOWN_FROM.value:
        most = MOST_OF_A_STRANGER.value
        odds_at = np.minimum(odds_at, math.log(most / (1.0 - most)))
        change_nat = None if change_nat is None else ONLY_WHERE * change_nat
    log_odds = np.where(known_at, np.clip(odds_at - usual_nat, -MOST_LOG_ODDS.value, MOST_LOG_ODDS.value), 0.0)
    return Opinion(
        DETECTOR.key,
        np.repeat(_columns(log_odds), thin, axis=0)[: len(time_s)],
        np.zeros(len(time_s), dtype=bool),
        hint=DirectionHint(np.repeat(np.where(known_at, odds_at, np.nan), thin)[: len(time_s)], change_nat),
    )


def _change_nat(recording: Recording, time_s: FloatArray) -> FloatArray | None:
    turns = turn_rounds_of(recording, time_s)
    if len(turns.cells) == 0:
        return None
    change_nat = np.zeros(len(time_s))
    change_nat[turns.cells] = turns.change_nat
    return change_nat


def _odds_nat(cells: WatchSamples, components: list[Component]) -> tuple[BoolArray, FloatArray, float]:
    """Return where anything is known, the log-odds of backward there by all components, and those of any moment."""
    log_odds = np.zeros(len(cells.speed))
    backward, usual = np.zeros(len(cells.speed)), 0.0
    parts = [(where, cells.of(where, cells.step_s)) for where in (cells.runs, cells.walks)]
    for component in components:
        for (where, part), said in zip(parts, (log_odds_running, log_odds_walking), strict=True):
            log_odds[where] = said(part, component.model)
        share = component.backward_share
        backward += component.probability_share / (1.0 + np.exp(-log_odds - math.log(share / (1.0 - share))))
        usual += component.probability_share * share
    return log_odds != 0.0, np.log(backward / (1.0 - backward)), math.log(usual / (1.0 - usual))


def _columns(log_odds: FloatArray) -> FloatArray:
    """Return the seven columns."""
    return np.asarray(
        np.maximum(log_odds, 0.0)[:, None] * AGAINST_FORWARD + np.minimum(log_odds, 0.0)[:, None] * AGAINST_BACKWARD
    )


DETECTOR = Detector(
    key="watch_at_1_hz",
    title="speed, cadence and heart against your own habits",
    explains=(
        "Compares how often you step, how fast your heart goes, how long your feet stay down and how far you bounce "
        "with your own forward running. None of these has a direction, so it asks and does not tell."
    ),
    version="3",
    needs=("speed_mps", "cadence_spm"),
    uses_mount=False,
    judge=judge,
    evidence=(
        CADENCE_RATIO.evidence,
        HEART_RATE_RATIO.evidence,
        SPEED_RATIO.evidence,
        CONTACT_TIME_RATIO.evidence,
        VERTICAL_OSCILLATION_RATIO.evidence,
        PEOPLE,
    ),
    judge_person=judge_person,
)
