"""What one understood recording teaches about how its runner moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.direction import Direction
from backward_running.core.habits import Habits, Traits
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import SAID, Bout
from backward_running.evidence import proposed_number
from backward_running.gait.labels.paint import PAINT
from backward_running.gait.person.prior import RunnerModel, prior_of
from backward_running.gait.person.recording_fit import BRISK, FLAT, ForwardSamples, fitted_to_recording
from backward_running.gait.person.watch_samples import WatchSamples, watch_samples_of
from backward_running.gait.segment.time_base import STEP, time_base
from backward_running.gait.steps.initial_contacts import find_steps

BELIEVED = proposed_number(
    "habit_believed_share", 0.9, "1", "Of bouts that were found, those of 90 % and more teach what backward looks like."
)
LEAST_BACKWARD = proposed_number(
    "habit_least_backward_s", 20.0, "s", "Twenty backward seconds are the least that show a person's own ratios."
)
BORDER = proposed_number(
    "habit_border_s", 4.0, "s", "Within 4 s of a border the person is still turning, and the watch lags."
)


def traits_of(
    recording: Recording, working: Stream | None, bouts: Sequence[Bout], habits: Habits | None = None
) -> Traits | None:
    """Return what a recording teaches: the forward lines of its runner, and their believed backward ratios.

    Parameters
    ----------
    recording : Recording
        On foot.
    working : Stream or None
        Its main stream with derived columns.
    bouts : sequence of Bout
        As they stand: found, and painted by the runner. What is unknown is taken for forward where it lies near the
        person's line; what looks backward is not. What the runner says of a whole recording was seen by nobody: said
        forward teaches no more than unknown does, and said backward nothing.
    habits : Habits, optional
        What was known before; it says what is near.

    Returns
    -------
    Traits or None
        None where the recording shows no speed and cadence on foot.
    """
    if working is None or not recording.duration_s > 0.0:
        return None
    time_s = time_base(recording.duration_s, STEP.value)
    cells = watch_samples_of(replace(recording, streams=(_with_cadence(recording, working),)), time_s)
    if cells is None:
        return None
    backward, forward, open_ = _sorted_by_belief(bouts, time_s)
    prior = prior_of(None if habits is None else habits.of(simulated=recording.simulated))
    forward_cells = _only(cells, forward | open_)
    fitted = fitted_to_recording(forward_cells, prior)
    traits = _forward_traits(
        Traits(recording.activity_id, recording.started_at, recording.simulated), forward_cells, fitted, forward
    )
    traits = _with_labelled_time(traits, bouts, cells, backward)
    return _with_ratios(traits, cells, fitted, backward & cells.runs)


def _with_cadence(recording: Recording, working: Stream) -> Stream:
    """Return the stream with the cadence of an inertial sensor where the device wrote none: phones do not."""
    if working.has("cadence_spm") or working.has("step_length_m") or not working.has("speed_mps"):
        return working
    steps = find_steps(recording) if recording.on_foot else None
    if steps is None:
        return working
    columns = {**working.columns, "cadence_spm": steps.cadence_spm(working.time_s)}
    return Stream(working.place, working.frame, working.time_s, columns, working.mount_known)


def _sorted_by_belief(bouts: Sequence[Bout], time_s: FloatArray) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Return the cells that are believed backward, believed forward, and those that may be forward."""
    middle_s = time_s + STEP.value / 2
    backward, forward, open_ = (np.zeros(len(time_s), dtype=bool) for _ in range(3))
    for bout in bouts:
        inner = (middle_s >= bout.start_s + BORDER.value) & (middle_s < bout.end_s - BORDER.value)
        believed = bout.probability_share is not None and bout.probability_share >= BELIEVED.value
        if bout.direction is Direction.BACKWARD and believed:
            backward |= inner
        elif bout.direction is Direction.FORWARD and believed:
            forward |= inner
        elif _may_be_forward(bout):
            open_ |= inner
    return backward, forward, open_


def _may_be_forward(bout: Bout) -> bool:
    if bout.direction is Direction.FORWARD:
        return bout.found_by == SAID and bout.hint is None
    return bout.direction is Direction.UNKNOWN and (bout.hint is None or bout.hint.direction is Direction.FORWARD)


def _only(cells: WatchSamples, chosen: BoolArray) -> WatchSamples:
    """Return the cells with nothing known but where chosen."""
    return replace(cells, cadence_nat=np.where(chosen, cells.cadence_nat, np.nan))


def _forward_traits(traits: Traits, cells: WatchSamples, fitted: RunnerModel, believed: BoolArray) -> Traits:
    flat = cells.uphill < FLAT.value
    with np.errstate(invalid="ignore"):
        brisk = cells.speed >= BRISK.value * np.exp(fitted.speed_nat) if fitted.speed_nat is not None else believed
    runs = ForwardSamples(cells, cells.runs & flat, brisk, believed)
    walks = ForwardSamples(cells, cells.walks & flat, cells.walks, believed)
    return replace(
        traits,
        forward_run_cadence=runs.trend(fitted.run_cadence, cells.speed, cells.cadence_nat),
        forward_walk_cadence=walks.trend(fitted.walk_cadence, cells.speed, cells.cadence_nat),
        forward_run_heart_rate=runs.trend(fitted.heart_rate, cells.lagged_speed, cells.heart_rate_nat),
        forward_run_contact_time=runs.trend(fitted.contact_time, cells.speed, cells.contact_time_nat, sign=-1.0),
        forward_run_vertical_oscillation=runs.trend(
            fitted.vertical_oscillation, cells.speed, cells.vertical_oscillation_nat, sign=-1.0
        ),
    )


def _with_labelled_time(traits: Traits, bouts: Sequence[Bout], cells: WatchSamples, backward: BoolArray) -> Traits:
    """Where the runner painted, the rest of the recording was looked at too: it counts as not backward."""
    if not any(bout.found_by == PAINT for bout in bouts):
        return traits
    moving_s = float((cells.runs | cells.walks).sum()) * cells.step_s
    backward_s = min(float(backward.sum()) * cells.step_s, moving_s)
    return replace(traits, told_backward_s=backward_s, told_forward_s=moving_s - backward_s)


def _with_ratios(traits: Traits, cells: WatchSamples, fitted: RunnerModel, backward: BoolArray) -> Traits:
    if backward.sum() * cells.step_s < LEAST_BACKWARD.value or not fitted.run_cadence.seconds_s > 0.0:
        return traits
    with np.errstate(invalid="ignore", divide="ignore"):
        slower = (
            np.log(cells.speed) - fitted.speed_nat if fitted.speed_nat is not None else np.full(len(backward), np.nan)
        )
    return replace(
        traits,
        backward_cadence_nat=_mean(cells.cadence_nat - fitted.run_cadence.at(cells.speed), backward),
        backward_heart_rate_nat=_mean(cells.heart_rate_nat - fitted.heart_rate.at(cells.lagged_speed), backward),
        backward_contact_time_nat=_mean(cells.contact_time_nat - fitted.contact_time.at(cells.speed), backward),
        backward_vertical_oscillation_nat=_mean(
            cells.vertical_oscillation_nat - fitted.vertical_oscillation.at(cells.speed), backward
        ),
        backward_speed_nat=_mean(slower, backward),
    )


def _mean(values: FloatArray, chosen: BoolArray) -> float | None:
    known = values[chosen & np.isfinite(values)]
    return float(known.mean()) if len(known) else None
