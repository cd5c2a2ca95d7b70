"""The runner's own factor: how much dearer backward running is for this person, learned from their heart.

Above rest the heart beats in proportion to the oxygen that is taken up (%HRR = %VO2R). So in one recording, the
heartbeats above rest per unit of forward demand, backward over forward, are the factor k of the model: no maximal
heart rate and no capacity is needed, and what raises both directions on that day falls out.

The belief is a normal distribution of log k. It begins with what studies show of people and moves with every recording.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backward_running.core.athlete import Athlete
from backward_running.core.habits import Heartbeats, Pulse
from backward_running.core.standing import Standing, Tag
from backward_running.effort.factor_over_time import Shown, factor_now
from backward_running.effort.heart_rate_reserve import HELD_DOWN
from backward_running.effort.interval_of_people import DEVIATIONS
from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import (
    FACTOR_HIGH,
    FACTOR_LOW,
    backward_factor,
)
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies import swain1997, williford1998

TRANSLATION: Final = Number(
    "own_factor_translation_nat",
    0.05,
    "nat",
    Evidence(
        "williford1998.heart_rate_translation",
        "From heart rate to oxygen: with 60 beats at rest, 108/86 = 1.26 against 27.83/23.65 = 1.18 running and "
        "72/53 = 1.36 against 12.45/8.92 = 1.40 walking, √((0.065² + 0.028²)/2) = 0.05. More recordings do "
        "not take it away.",
        williford1998.STUDY,
        Standing.SINGLE_STUDY,
        Tag.DERIVED,
    ),
)
DAY: Final = Number(
    "own_factor_day_nat",
    0.07,
    "nat",
    own_proposal(
        "this_project.own_factor_day",
        "From one recording to the next the ratio strays by 7 %, what drift and practice explain left out.",
    ),
)
SHORT: Final = Number(
    "own_factor_minute_nat",
    0.10,
    "nat",
    own_proposal(
        "this_project.own_factor_minute", "One minute of steady backward heart rate adds 10 %, four minutes 5 %."
    ),
)
ODD: Final = Number(
    "own_factor_odd_sd",
    2.5,
    "1",
    own_proposal(
        "this_project.own_factor_odd",
        "A recording that strays from what people show by more than 2.5 standard deviations counts only up to there.",
    ),
)
LEAST_FORWARD: Final = Number(
    "own_factor_least_forward_s",
    300.0,
    "s",
    own_proposal(
        "this_project.own_factor_least_forward",
        "Five steady minutes forward are the least that a recording is compared with.",
    ),
)
LEAST_BACKWARD: Final = Number(
    "own_factor_least_backward_s",
    60.0,
    "s",
    own_proposal(
        "this_project.own_factor_least_backward", "One steady minute backward is the least that teaches anything."
    ),
)
ENOUGH: Final = Number(
    "own_factor_enough_count",
    3.0,
    "1",
    own_proposal(
        "this_project.own_factor_enough",
        "From three recordings on, backward running is priced with the runner's own factor.",
    ),
)
NEWEST: Final = Number(
    "own_factor_newest_count",
    20.0,
    "1",
    own_proposal(
        "this_project.own_factor_newest", "The newest twenty recordings count: practice makes backward running cheaper."
    ),
)
HEART_RATE_DAY: Final = Number(
    "own_heart_rate_day_share",
    0.05,
    "1",
    own_proposal(
        "this_project.own_heart_rate_day", "From day to day the heart rate of the same effort strays by about 5 %."
    ),
)
EQUIVALENT: Final = swain1997.RESERVE
#: Backward is never priced below forward.
NEVER_BELOW = 1.0

NO_REST = "Your profile lacks your resting heart rate: with it, your own factor can be learned."


@dataclass(frozen=True, slots=True)
class Belief:
    """A normal distribution of the logarithm of a ratio."""

    mean_nat: float
    spread_nat: float

    def at_ratio(self, deviations: float) -> float:
        """Return the ratio so many standard deviations from the middle."""
        return math.exp(self.mean_nat + deviations * self.spread_nat)


@dataclass(frozen=True, slots=True)
class Observation:
    """What one recording shows."""

    activity_id: str
    started_at: datetime
    forward_s: float
    backward_s: float
    factor_ratio: float  #: as measured
    counted_ratio: float  #: as it counts: one that is very odd counts only up to a limit
    spread_nat: float


@dataclass(frozen=True, slots=True)
class OwnFactor:
    """Prior, data and posterior of a runner's factor, and the ratios the price is made with."""

    prior: Belief
    posterior: Belief
    observations: tuple[Observation, ...] = ()
    why_none: str | None = None  #: why nothing can be learned at all

    @property
    def enough(self) -> bool:
        """Whether estimates use the runner's own factor."""
        return len(self.observations) >= ENOUGH.value

    @property
    def best_ratio(self) -> float:
        """The factor that a price is made with; backward is never cheaper than forward."""
        return max(self.posterior.at_ratio(0.0), NEVER_BELOW)

    @property
    def low_ratio(self) -> float:
        """Lower end of the 80 % interval."""
        return max(self.posterior.at_ratio(-DEVIATIONS.value), NEVER_BELOW)

    @property
    def high_ratio(self) -> float:
        """Upper end of the 80 % interval."""
        return max(self.posterior.at_ratio(DEVIATIONS.value), NEVER_BELOW)


def prior_of(backward_experience_min: float | None) -> Belief:
    """Return what is believed before the first recording.

    Parameters
    ----------
    backward_experience_min : float or None
        Minutes of backward walking and running done so far: they move the middle along the practice curve.

    Returns
    -------
    Belief

    Examples
    --------
    >>> belief = prior_of(None)
    >>> round(belief.at_ratio(0.0), 2), round(belief.spread_nat, 3)
    (1.29, 0.168)
    """
    spread = math.log(FACTOR_HIGH.value / FACTOR_LOW.value) / 2.0 / DEVIATIONS.value
    return Belief(math.log(float(backward_factor(backward_experience_min))), spread)


def own_factor(pulses: Sequence[Pulse], athlete: Athlete) -> OwnFactor:
    """Learn the runner's own factor of backward running from their heart in both directions.

    Parameters
    ----------
    pulses : sequence of Pulse
        Sums of steady running, one per recording, in any order; those with too little of a direction teach nothing.
    athlete : Athlete
        Resting heart rate, and backward experience where known.

    Returns
    -------
    OwnFactor
        Prior, what each recording shows, and posterior. Without a resting heart rate nothing is learned, and
        ``why_none`` says so.

    Notes
    -----
    Each recording shows log k with variance 0.07² + 0.10² · 60/s. All share an error of 0.05 from translating heart
    rate into oxygen, so the posterior never gets narrower than that. Practice, the drift of the heart within a session,
    an offset of the heart and the step from one recording to the next: :mod:`backward_running.effort.factor_over_time`.

    References
    ----------
    Swain & Leutholtz 1997, Med Sci Sports Exerc 29:410, doi:10.1097/00005768-199703000-00018
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011
    """
    prior = prior_of(athlete.backward_experience_min)
    rest_bpm = athlete.resting_heart_rate_bpm
    if athlete.beta_blocker:
        return OwnFactor(prior, prior, why_none=HELD_DOWN)
    if rest_bpm is None:
        return OwnFactor(prior, prior, why_none=NO_REST)
    newest = sorted(pulses, key=lambda pulse: (pulse.started_at, pulse.activity_id))
    told = [(found, pulse) for pulse in newest if (found := _observation(pulse, rest_bpm, prior)) is not None]
    if not told:
        return OwnFactor(prior, prior)
    seen, of = zip(*told, strict=True)
    newest_only = slice(-round(NEWEST.value), None)
    shown = _shown(seen, of, rest_bpm)[newest_only]  # older ones are practice still
    # Stated minutes are those of today; without them the belief is of people as they begin, before the first recording.
    believed_at_min = 0.0 if athlete.backward_experience_min is None else shown[-1].practised_min
    mean, spread = factor_now(prior.mean_nat, prior.spread_nat, TRANSLATION.value, shown, believed_at_min)
    return OwnFactor(prior, Belief(mean, spread), seen[newest_only])


def beats_per_demand(beats: Heartbeats, resting_heart_rate_bpm: float) -> float | None:
    """Return the heartbeats above rest per unit of demand (bpm per ml/kg/min); None where there is nothing.

    Examples
    --------
    >>> beats_per_demand(Heartbeats(60.0, 60.0 * 146.0, 60.0 * 24.0), 60.0)
    3.5833333333333335
    """
    above = beats.heart_rate - resting_heart_rate_bpm * beats.seconds_s
    return above / beats.demand if beats.demand > 0.0 and above > 0.0 else None


def _observation(pulse: Pulse, rest_bpm: float, prior: Belief) -> Observation | None:
    if pulse.forward.seconds_s < LEAST_FORWARD.value or pulse.backward.seconds_s < LEAST_BACKWARD.value:
        return None
    forward, backward = (beats_per_demand(beats, rest_bpm) for beats in (pulse.forward, pulse.backward))
    if forward is None or backward is None:
        return None
    factor = backward / forward
    spread = math.hypot(DAY.value, SHORT.value * math.sqrt(60.0 / pulse.backward.seconds_s))
    reach = ODD.value * math.hypot(prior.spread_nat, TRANSLATION.value, spread)
    counted = min(max(math.log(factor), prior.mean_nat - reach), prior.mean_nat + reach)
    return Observation(
        pulse.activity_id,
        pulse.started_at,
        pulse.forward.seconds_s,
        pulse.backward.seconds_s,
        factor,
        math.exp(counted),
        spread,
    )


def _shown(seen: Sequence[Observation], pulses: Sequence[Pulse], rest_bpm: float) -> list[Shown]:
    """Put beside each recording what bears on it: practice so far, when its directions came, the beats above rest."""
    found, practised_min = [], 0.0
    for observation, pulse in zip(seen, pulses, strict=True):
        forward, backward = pulse.forward, pulse.backward
        above = [beats.heart_rate / beats.seconds_s - rest_bpm for beats in (forward, backward)]
        clocks = [beats.clock / beats.seconds_s for beats in (forward, backward)]
        drift = clocks[1] / above[1] - clocks[0] / above[0] if min(clocks) > 0.0 else None
        found.append(
            Shown(
                math.log(observation.counted_ratio),
                observation.spread_nat,
                practised_min,
                drift,
                1.0 / above[1] - 1.0 / above[0],
                1.0 / above[1],
            )
        )
        practised_min += backward.seconds_s / 60.0
    return found
