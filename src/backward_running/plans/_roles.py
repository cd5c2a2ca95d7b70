"""What each session of a week is for, so that they differ on purpose: one to build on, one for skill, the longest."""

from __future__ import annotations

from dataclasses import dataclass

from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal

ROLES = own_proposal(
    "session.roles",
    "The sessions of a week differ on purpose: of three the middle one is shorter and for skill or goes uphill on "
    "grass, of two the second is slower. A choice of this project.",
)
SKILL_SHARE = Number("session_skill_day_share", 0.75, "1", ROLES)
CALM_CAP_SHARE = Number("session_calm_day_cap_share", 0.90, "1", ROLES)
SLOPE_LONGEST_BOUT_M = Number("session_slope_longest_bout_m", 100.0, "m", ROLES)

SKILL_CUE = "Tidy first: short quick steps, tall, loose arms; end a bout before it gets ragged."


@dataclass(frozen=True, slots=True)
class Role:
    """How one session of a week differs from the others."""

    how: str = ""  #: said in the title
    dose_share: float = 1.0  #: of what is wanted and allowed
    cap_share: float = 1.0
    uphill: bool = False  #: on a grass slope; the others are on the flat
    cue: str | None = None
    reason: Reason | None = None
    longest: bool = False  #: the one the programme's own row describes where it has two kinds of session


PLAIN = Role(longest=True)
_SKILL = Reason("Shorter on purpose: a day for skill.", ROLES.key)
_SLOPE = Reason(
    "Shorter, and uphill on purpose: slower, a shorter way to fall, and your legs learn to push. No slope? Stay flat.",
    ROLES.key,
)
_CALM = Reason("A slower day on purpose, so that what you learned gets tidy.", ROLES.key)


#: Of the first of two: the second one's lower cap is said where both stand.
BEFORE_SLOWER = Role(
    reason=Reason("The second session of this week is slower on purpose, so its cap is lower.", ROLES.key)
)


def role_of(ordinal: int, count: int, *, slope: bool) -> Role:
    """Return what a session is for.

    Parameters
    ----------
    ordinal : int
        1 is the first of its week.
    count : int
        Sessions that the week is meant to have.
    slope : bool
        Whether a slope may be used and its bouts are short enough for one.

    >>> [role_of(nth, 3, slope=False).how for nth in (1, 2, 3)]
    ['', ', skill day', '']
    """
    if count < 2 or ordinal != 2:
        return PLAIN if ordinal >= count or count < 2 else BEFORE_SLOWER if count == 2 else Role()
    if count == 2:
        return Role(", slower day", cap_share=CALM_CAP_SHARE.value, reason=_CALM)
    if slope:
        return Role(" uphill", SKILL_SHARE.value, uphill=True, reason=_SLOPE)
    return Role(", skill day", SKILL_SHARE.value, cue=SKILL_CUE, reason=_SKILL)
