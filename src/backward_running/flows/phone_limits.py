"""What the phone has to know to answer what is said on it at once: from where on the plan waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backward_running.rehab import calf_soreness, pain_limits, see_somebody


@dataclass(frozen=True, slots=True)
class PhoneLimits:
    """Borders on the scale from 0 to 10. A condition that allows more pain is known to the laptop alone."""

    pain_nrs: dict[str, float]  #: site → above this the plan waits
    severe_nrs: float  #: from here on somebody has to look at it
    calves_nrs: float  #: from here on nothing backward
    calves_go_on_nrs: float  #: until they are back at this


def phone_limits(sites: Iterable[str]) -> PhoneLimits:
    """Return the borders of some sites, as the rules of pain have them.

    Parameters
    ----------
    sites : iterable of str
        As a check-in names them: "left knee".

    Returns
    -------
    PhoneLimits

    Examples
    --------
    >>> phone_limits(["left knee"]).pain_nrs
    {'left knee': 3.0}
    """
    return PhoneLimits(
        {site: pain_limits.limit_of(site).value for site in sites},
        see_somebody.SEVERE_NRS.value,
        calf_soreness.STOP_NRS.value,
        calf_soreness.GO_ON_NRS.value,
    )
