"""What was told by mistake and taken back: it counts for nothing from then on, and both words are kept."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, timedelta

from backward_running.core.athlete import CheckIn
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal

EVIDENCE = own_proposal(
    "rule.told_by_mistake",
    "A fall, a pain, sore calves or a session broken off that was told by mistake may be taken back within 7 days "
    "with a written reason, each kind once in 7 days; pain that asks for a clinician may not: a proposal.",
)
TAKEN_BACK_WITHIN_S = Number("told_by_mistake_within_s", 604_800.0, "s", EVIDENCE)


class Part(enum.Enum):
    """A part of a check-in that lowers a plan."""

    FALL = "fall"
    PAIN = "pain"
    SORENESS = "soreness"
    BROKEN_OFF = "broke-off"


def key_of(part: Part, check_in: CheckIn) -> str:
    """Name a part of a check-in by the moment it was told, the same in every zone.

    >>> from datetime import datetime
    >>> key_of(Part.FALL, CheckIn(datetime(2026, 5, 4, 18, 30, tzinfo=UTC), fell=True))
    'fall:2026-05-04T18:30:00Z'
    """
    return f"{part.value}:{check_in.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def parts_of(check_in: CheckIn) -> tuple[Part, ...]:
    """Return which parts of a check-in may lower a plan."""
    said = {
        Part.FALL: check_in.fell,
        Part.PAIN: any(nrs > 0 for nrs in check_in.pain_nrs.values()),
        Part.SORENESS: bool(check_in.calf_soreness_nrs),
        Part.BROKEN_OFF: check_in.broke_off,
    }
    return tuple(part for part, is_said in said.items() if is_said)


def corrected(check_ins: Iterable[CheckIn], clearances: Sequence[Clearance]) -> tuple[CheckIn, ...]:
    """Return check-ins without the parts that were taken back as a mistake."""
    taken_back = [clearance for clearance in clearances if clearance.kind is ClearanceKind.MISTAKE]
    if not taken_back:
        return tuple(check_ins)
    return tuple(_corrected(check_in, taken_back) for check_in in check_ins)


def _corrected(check_in: CheckIn, taken_back: Sequence[Clearance]) -> CheckIn:
    within = timedelta(seconds=TAKEN_BACK_WITHIN_S.value)
    keys = {key for mistake in taken_back if mistake.made_at - check_in.made_at <= within for key in mistake.of}
    gone = {part for part in parts_of(check_in) if key_of(part, check_in) in keys}
    if not gone:
        return check_in
    fell = Part.FALL in gone
    return replace(
        check_in,
        fell=None if fell else check_in.fell,
        # "No" was said of a fall that was none; a yes is a warning sign, and that has a door of its own.
        concussion_signs=None if fell and not check_in.concussion_signs else check_in.concussion_signs,
        pain_nrs={} if Part.PAIN in gone else check_in.pain_nrs,
        calf_soreness_nrs=None if Part.SORENESS in gone else check_in.calf_soreness_nrs,
        broke_off=None if Part.BROKEN_OFF in gone else check_in.broke_off,
    )
