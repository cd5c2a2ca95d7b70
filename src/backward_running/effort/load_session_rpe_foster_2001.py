"""Session load: how hard it felt, times how long it was."""

from __future__ import annotations

from typing import Any

from backward_running.effort.base import Model, Numbers
from backward_running.evidence.studies import foster2001


def session_load_au(perceived_exertion_cr10: Numbers, duration_s: Numbers) -> Any:
    """Session load from the runner's own word.

    Parameters
    ----------
    perceived_exertion_cr10 : float or ndarray
        How hard the whole session felt, 0 nothing to 10 maximal.
    duration_s : float or ndarray
        Length of the session without pauses, s.

    Returns
    -------
    float or ndarray
        Session load. It is a definition, not an estimate: there is no interval.

    Valid for
    ---------
    perceived_exertion_cr10 from 0 to 10, any direction and gait.

    Notes
    -----
    load = CR-10 · minutes

    Deviations
    ----------
    None.

    References
    ----------
    Foster 2001, J Strength Cond Res 15:109

    Examples
    --------
    >>> session_load_au(4.0, 1800.0)
    120.0
    """
    return perceived_exertion_cr10 * duration_s / 60.0


MODEL = Model(
    key="load_session_rpe_foster_2001",
    title="Session load (Foster 2001)",
    version="1",
    direction=None,
    gait=None,
    gives="session_load_au",
    best=session_load_au,
    low=session_load_au,
    high=session_load_au,
    valid={"perceived_exertion_cr10": (0.0, 10.0)},
    may_extrapolate=False,
    evidence=(foster2001.LOAD,),
)
