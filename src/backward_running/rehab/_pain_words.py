"""The rule of pain as a person reads it before a session: how much may come, and what follows over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backward_running.core.plan import Reason
from backward_running.rehab.pain_limits import OTHERS, limit_of
from backward_running.rehab.see_somebody import SEVERE_NRS

#: Places that are named in the sentence: a site of the limits → how it is said with its neighbours.
_PLACES: Final[Mapping[str, str]] = {
    "achilles": "the Achilles tendon",
    "knee": "the knee",
    "calf": "a calf or a thigh",
    "": "other places",
}
_BONES: Final = "the shin or the forefoot"


def pain_rule(condition: str | None) -> Reason:
    """Say how much pain may come in a session, for the condition a plan is made for; None for none.

    >>> pain_rule("knee_osteoarthritis").text.split(";")[0]
    'Pain of up to 5 of 10 at the Achilles tendon, 4 at the knee, 3 at a calf or a thigh and 2 at other places may come'
    """
    said = [f"{limit_of(site, condition).value:g} at {words}" for site, words in _PLACES.items()]
    first, *others, last = said
    lists = f"{first.replace(' at', ' of 10 at', 1)}, {', '.join(others)} and {last}"
    return Reason(
        f"Pain of up to {lists} may come; none at {_BONES}, where bone lies close. At or below it you may go on, if "
        "the next morning is as it was before. Over it stop: two days off, then one stage down. At "
        f"{SEVERE_NRS.value:g} of 10, or over it twice in seven days, nothing backward until a clinician has looked "
        "at it.",
        OTHERS.key,
    )
