"""How long the heart beat in which zone: five zones by heart-rate reserve, or the runner's own borders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.errors import BadValue
from backward_running.core.load import HeartSeconds
from backward_running.effort.heart_rate_reserve import why_no_reserve
from backward_running.evidence import Number, own_proposal

_ZONES = own_proposal(
    "this_project.heart_rate_zones",
    "Five zones begin at 50, 60, 70, 80 and 90 % of the heart-rate reserve: a division in wide use, from memory; no "
    "study is known here that puts the borders there, forward or backward.",
)
LOWEST: Final = Number("heart_rate_zone_1_from_ratio", 0.5, "1", _ZONES)
STEP: Final = Number("heart_rate_zone_step_ratio", 0.1, "1", _ZONES)
ZONES = 5

LEAST_BPM, MOST_BPM = 30, 240  #: no border lies outside; the plausible hearts of core.names are a little wider
FEWEST, MOST_ZONES = 2, 7
WANTED = (
    f"Write where each zone begins, {FEWEST} to {MOST_ZONES} rising whole numbers from {LEAST_BPM} to {MOST_BPM} "
    "beats a minute, such as 115 130 145 160 175."
)


def default_borders_bpm(athlete: Athlete) -> tuple[int, ...] | str:
    """Return where the five zones of a runner begin, or the sentence that says which field is missing.

    Examples
    --------
    >>> default_borders_bpm(Athlete(resting_heart_rate_bpm=50.0, maximal_heart_rate_bpm=190.0))
    (120, 134, 148, 162, 176)
    """
    missing = why_no_reserve(athlete)
    rest, most = athlete.resting_heart_rate_bpm, athlete.maximal_heart_rate_bpm
    if missing is not None or rest is None or most is None:
        return missing or ""
    shares = LOWEST.value + STEP.value * np.arange(ZONES)
    return tuple(np.rint(rest + np.round(shares, 6) * (most - rest)).astype(int).tolist())


def read_borders_bpm(typed: str) -> tuple[int, ...]:
    """Read the runner's own borders.

    Parameters
    ----------
    typed : str
        Where each zone begins, beats a minute; spaces, commas or semicolons between.

    Returns
    -------
    tuple of int
        Rising.

    Raises
    ------
    BadValue
        They are no heart rates, too few, too many, or do not rise.

    Examples
    --------
    >>> read_borders_bpm("115, 130 145;160,175")
    (115, 130, 145, 160, 175)
    >>> read_borders_bpm("150 140 160")
    Traceback (most recent call last):
    backward_running.core.errors.BadValue: `heart_rate_zones` must rise: 140 follows 150; got '150 140 160'. \
Write where each zone begins, 2 to 7 rising whole numbers from 30 to 240 beats a minute, such as 115 130 145 160 175.
    """
    words = [word for word in re.split(r"[\s,;]+", typed.strip()) if word]
    if not all(re.fullmatch(r"\d{1,3}", word, re.ASCII) for word in words):
        raise BadValue("heart_rate_zones", "be whole numbers", typed, WANTED)
    borders = tuple(map(int, words))
    if not FEWEST <= len(borders) <= MOST_ZONES:
        raise BadValue("heart_rate_zones", f"be {FEWEST} to {MOST_ZONES} borders", typed, WANTED)
    if outside := [border for border in borders if not LEAST_BPM <= border <= MOST_BPM]:
        rule = f"lie between {LEAST_BPM} and {MOST_BPM} beats a minute: {outside[0]} does not"
        raise BadValue("heart_rate_zones", rule, typed, WANTED)
    for before, after in pairwise(borders):
        if after <= before:
            raise BadValue("heart_rate_zones", f"rise: {after} follows {before}", typed, WANTED)
    return borders


def seconds_in_zones(hearts: Sequence[HeartSeconds | None], borders_bpm: Sequence[int]) -> tuple[float, ...]:
    """Sum the seconds in each zone; what lies below the first border comes first.

    Parameters
    ----------
    hearts : sequence of HeartSeconds or None
        None adds nothing: its time is in no zone.
    borders_bpm : sequence of int
        Where each zone begins, rising.

    Returns
    -------
    tuple of float
        One more than there are borders: below the first zone, then each zone. They add up to the known seconds.

    Examples
    --------
    >>> seconds_in_zones([HeartSeconds(119, (10.0, 20.0, 30.0)), None], (120, 134))
    (10.0, 50.0, 0.0)
    """
    sums = np.zeros(len(borders_bpm) + 1)
    for heart in hearts:
        if heart is not None:
            beats = heart.first_bpm + np.arange(len(heart.seconds_s))
            zone = np.searchsorted(borders_bpm, beats, side="right")
            sums += np.bincount(zone, weights=heart.seconds_s, minlength=len(sums))
    return tuple(sums.tolist())
