"""Heart rate as a share of what lies between rest and maximum, and the field that is missing to say it."""

from __future__ import annotations

from backward_running.core.athlete import Athlete
from backward_running.core.recording import FloatArray
from backward_running.evidence import own_proposal

BETA_BLOCKER = own_proposal(
    "this_project.beta_blocker",
    "A beta-blocker holds the heart rate down at every effort, so heart rate shows neither zone nor share of the "
    "reserve; effort goes by how it feels and by talking.",
)
HELD_DOWN = (
    "You take a beta-blocker, which holds your heart rate down: nothing here goes by it. Go by how hard it "
    "feels, and "
    "by whether you can talk."
)
CROSSED = "Your maximal heart rate is not above your resting heart rate: check your profile."


def why_no_reserve(athlete: Athlete, *, by_sex: bool = False) -> str | None:
    """Say which field would bring the heart-rate reserve (and the impulse, which differs by sex), or None.

    Examples
    --------
    >>> why_no_reserve(Athlete(resting_heart_rate_bpm=50.0))
    'Your profile lacks: maximal heart rate.'
    """
    if athlete.beta_blocker:
        return HELD_DOWN
    wanted: dict[str, object] = {
        "resting heart rate": athlete.resting_heart_rate_bpm,
        "maximal heart rate": athlete.maximal_heart_rate_bpm,
    }
    if by_sex:
        wanted["sex (the equation differs by it)"] = athlete.sex
    missing = [words for words, value in wanted.items() if value is None]
    if missing:
        return f"Your profile lacks: {', '.join(missing)}."
    rest, most = athlete.resting_heart_rate_bpm, athlete.maximal_heart_rate_bpm
    return CROSSED if rest is not None and most is not None and most <= rest else None


def reserve_of(beats_bpm: FloatArray, athlete: Athlete) -> FloatArray | None:
    """Return heart rates as shares of the reserve, below 0 and above 1 where they are; None where it is not known.

    Parameters
    ----------
    beats_bpm : ndarray, shape (n,)
        Heart rate.
    athlete : Athlete
        Resting and maximal heart rate. With a beta-blocker the reserve tells nothing.

    Returns
    -------
    ndarray, shape (n,), or None
        (heart rate − rest) / (maximum − rest).
    """
    rest, most = athlete.resting_heart_rate_bpm, athlete.maximal_heart_rate_bpm
    if athlete.beta_blocker or rest is None or most is None or most <= rest:
        return None
    return (beats_bpm - rest) / (most - rest)
