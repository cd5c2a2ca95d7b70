"""Log-odds of forward over backward from odd marks, by a linear discriminant; and whether anybody known moves so.

Of people who go forward it is known how their marks lie: a mean, and how people and strides differ from it (a normal
law). Marks are odd, so people who go backward lie about minus that mean, and no backward recording is needed: the
log-odds are linear and have no constant ([Fisher1936]_). They cannot prefer forward. A stretch is one piece of
evidence, however many windows it has: people differ, and that does not become less with time.

Far from both means nobody known walks or runs like that: a robot, a dog, a drunkard. Then nothing is said.

References
----------
.. [Fisher1936] Fisher R. A. 1936. The use of multiple measurements in taxonomic problems. Annals of Eugenics 7(2):
   179–188. doi:10.1111/j.1469-1809.1936.tb02137.x
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.evidence import Number, proposed_number
from backward_running.gait.segment.time_base import step_of
from backward_running.gait.steps.novelty import People, far_squared
from backward_running.gait.steps.stride_windows import HOP
from backward_running.gait.steps.time_odd_features import MARKS, OddMarks
from backward_running.signals.window import moving_minimum, window_counts, window_sums, windows

LEAST_ALONG = proposed_number(
    "odd_marks_least_share",
    0.3,
    "1",
    "A stretch that lies less than 0.3 of the way from the middle to a typical person says nothing.",
)
FULL_ALONG = proposed_number(
    "odd_marks_full_share", 0.7, "1", "From 0.7 of the way to a typical person on a stretch speaks as loud as it may."
)
STRONGEST = proposed_number(
    "odd_marks_strongest_nat",
    3.1,
    "nat",
    "Odd marks speak at most 22 to 1: of a dozen people left out of their own fit none was taken for the other "
    "direction, in more than an hour; but they are a dozen.",
)
FARTHEST = proposed_number(
    "odd_marks_farthest_squared",
    25.0,
    "1",
    "Five standard deviations from everybody known: nobody walks or runs so, and nothing is said. Of people left out "
    "of the fit one window in a hundred lies there.",
)
LEAST_ALONE = proposed_number(
    "odd_marks_least_alone_count",
    3.0,
    "1",
    "Three windows, four seconds, are the least that odd marks answer from where nothing else speaks.",
)
BOTH_WAYS_WITHIN = proposed_number(
    "odd_marks_both_ways_within_share",
    0.25,
    "1",
    "Where stretches within a quarter of what is pooled say the contrary of each other, the change lies between them.",
)
LEAST_HEARD = 0.5  #: of the windows that are pooled


class Known(NamedTuple):
    """How the marks of people who go forward lie, for one part of the body and gait."""

    marks: tuple[str, ...]  #: those that are asked, of :data:`MARKS`
    typical: tuple[Number, ...]
    spread: tuple[Number, ...]  #: the lower triangle of the covariance, row by row
    pooled_s: Number  #: windows within so many seconds are one stretch
    calm_mps2: Number  #: shaken less, nobody goes anywhere
    still_radps: Number  #: nor swinging less
    hurried_mps3: Number  #: how much it is shaken, times how often it swings: above it the gait is another one
    in_step_s: Number | None  #: farther apart than that the two sensors turn the marks round; None: moved into step
    people: People  #: how they move besides: the marks of what moves otherwise say nothing

    @property
    def mean(self) -> FloatArray:
        """The typical marks, shape (k,)."""
        return np.array([number.value for number in self.typical])

    @property
    def covariance(self) -> FloatArray:
        """How people and strides differ from them, shape (k, k)."""
        size = len(self.marks)
        below = np.zeros((size, size))
        below[np.tril_indices(size)] = [number.value for number in self.spread]
        return np.asarray(below + np.tril(below, -1).T)


class MarkOdds(NamedTuple):
    """What odd marks say in each cell of a time base."""

    forward_nat: FloatArray  #: log-odds of forward over backward; 0 where they say nothing
    is_strange: BoolArray  #: whether somebody goes there as nobody known does
    is_usual: BoolArray  #: whether somebody goes there as people do; neither where nothing is heard
    is_unlike: BoolArray  #: whether it moves as nobody does, whatever its marks
    may_answer: BoolArray  #: whether enough windows agree to speak where nobody else does
    in_step: BoolArray  #: whether nothing shows that accelerometer and gyroscope are apart


def silent(cells: int) -> MarkOdds:
    """Return what a sensor says that says nothing."""
    never, always = np.zeros(cells, dtype=bool), np.ones(cells, dtype=bool)
    return MarkOdds(np.zeros(cells), never, never, never, never, always)


def mark_odds(found: OddMarks | None, known: Known, time_s: FloatArray) -> MarkOdds:
    """Pool windows into stretches and compare them with the people who are known.

    Parameters
    ----------
    found : OddMarks or None
        Of one sensor.
    known : Known
        Of its part of the body.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    MarkOdds

    Valid for
    ---------
    Who moves like the people whose marks ``time_odd_reference`` holds; of anybody else it is silent.

    References
    ----------
    As at the head of this file.
    """
    if found is None:
        return silent(len(time_s))
    pooled, heard, counts = _pooled(found, known)
    along, distance = compared(pooled, known)
    unlike = far_squared(found.manner, goes_on_foot(found, known), known.people) > known.people.farthest.value
    is_strange = heard & ((distance > FARTHEST.value) | unlike)
    speaks = heard & ~is_strange & (np.abs(along) >= LEAST_ALONG.value)
    speaks &= _is_away_from_changes(np.where(speaks, along, 0.0), compared(_rows(found, known), known)[0], known)
    nat = np.where(speaks, STRONGEST.value * np.clip(along / FULL_ALONG.value, -1.0, 1.0), 0.0)
    nearest = np.rint((time_s + 0.5 * step_of(time_s) - found.middle_s[0]) / HOP.value).astype(np.int64)
    # A window reaches a second to either side of its middle; beyond the last one nothing was measured.
    inside = (nearest >= -1) & (nearest <= len(found.middle_s))
    nearest = np.clip(nearest, 0, len(found.middle_s) - 1)
    alone = (counts >= LEAST_ALONE.value)[nearest]
    in_step = is_in_step(found, known)[nearest]
    strange, usual, nobody = (inside & part[nearest] for part in (is_strange, heard & ~is_strange, unlike))
    return MarkOdds(np.where(inside, nat[nearest], 0.0), strange, usual, nobody, inside & alone, in_step)


def compared(pooled: FloatArray, known: Known) -> tuple[FloatArray, FloatArray]:
    """Return how far stretches lie towards a typical person who goes forward, and how far from everybody.

    Parameters
    ----------
    pooled : ndarray, shape (k, m)
        Marks of m stretches.
    known : Known
        The people.

    Returns
    -------
    along : ndarray, shape (m,)
        1 at a typical person who goes forward, −1 at one who goes backward.
    distance : ndarray, shape (m,)
        Squared, in standard deviations, from the nearer of the two.

    Valid for
    ---------
    Marks of one part of the body, in the gait that is known of it.

    References
    ----------
    As at the head of this file.
    """
    inverse = np.linalg.inv(known.covariance)
    weights = inverse @ known.mean
    along = (weights @ pooled) / (weights @ known.mean)
    off = pooled - np.sign(along) * known.mean[:, None]
    return along, np.einsum("im,ij,jm->m", off, inverse, off)


def is_hurried(found: OddMarks, known: Known) -> BoolArray:
    """Say which windows are of another gait than is known: shaken too much and swinging too often.

    Parameters
    ----------
    found : OddMarks
        W windows.
    known : Known
        Of the part of the body.

    Returns
    -------
    ndarray of bool, shape (W,)

    Valid for
    ---------
    As :func:`compared`.

    References
    ----------
    As at the head of this file.
    """
    return np.asarray(found.unrest_mps2 * found.swing_hz > known.hurried_mps3.value)


def is_in_step(found: OddMarks, known: Known) -> BoolArray:
    """Say in which windows nothing shows that the accelerometer and the gyroscope are out of step.

    Where no jolt tells it they are taken to be on one clock, as they are in one sensor.

    Parameters
    ----------
    found : OddMarks
        W windows.
    known : Known
        Of the part of the body.

    Returns
    -------
    ndarray of bool, shape (W,)

    Valid for
    ---------
    As :func:`compared`.

    References
    ----------
    As at the head of this file.
    """
    most_s = np.inf if known.in_step_s is None else known.in_step_s.value
    return ~np.asarray(found.apart_s > most_s)


def goes_on_foot(found: OddMarks, known: Known) -> BoolArray:
    """Say in which windows a limb is shaken and swings enough to go somewhere, in the gait that is known.

    Parameters
    ----------
    found : OddMarks
        W windows.
    known : Known
        Of the part of the body.

    Returns
    -------
    ndarray of bool, shape (W,)

    Valid for
    ---------
    As :func:`compared`.

    References
    ----------
    As at the head of this file.
    """
    goes = found.is_limb & (found.unrest_mps2 >= known.calm_mps2.value) & (found.swing_radps >= known.still_radps.value)
    return np.asarray(goes & ~is_hurried(found, known))


def _pooled(found: OddMarks, known: Known) -> tuple[FloatArray, BoolArray, IntArray]:
    """Return the mean marks of the stretch about each window, where enough of it was gone so, and how many that are."""
    rows = _rows(found, known)
    goes = goes_on_foot(found, known) & is_in_step(found, known)
    reach = max(round((known.pooled_s.value / HOP.value - 1.0) / 2.0), 0)
    first, last = windows(len(goes), reach, reach)
    counts = window_counts(goes, first, last)
    sums = np.stack([window_sums(np.where(goes, row, 0.0), first, last) for row in rows])
    return sums / np.maximum(counts, 1), goes & (counts >= LEAST_HEARD * (last - first)), counts


def _is_away_from_changes(along: FloatArray, own: FloatArray, known: Known) -> BoolArray:
    """Say where a pooled stretch holds one direction: its own window does not contradict it, nor a stretch nearby."""
    reach = round(BOTH_WAYS_WITHIN.value * known.pooled_s.value / HOP.value)
    ahead, back = (-moving_minimum(-(sign * along > 0.0).astype(float), reach) > 0.0 for sign in (1.0, -1.0))
    return np.asarray((own * along > 0.0) & ~(ahead & back))


def _rows(found: OddMarks, known: Known) -> FloatArray:
    """Return the marks that are asked, shape (k, W)."""
    return found.values[[MARKS.index(name) for name in known.marks]]
