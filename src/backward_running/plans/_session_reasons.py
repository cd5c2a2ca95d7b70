"""Why a session is as it is: what the programme wants, which limit made it shorter, its cap, its gait, its place."""

from __future__ import annotations

import math
from collections.abc import Sequence

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Reason, Repeat, Step
from backward_running.evidence import Number, own_proposal
from backward_running.plans import _advice, _block, _stage_zero, dose, walk_or_run
from backward_running.plans._block import Block, span_words, under_cap
from backward_running.plans._wanted import Wanted
from backward_running.plans.base import Answers

#: Below this a session is not worth the way: after a setback the rules may leave half a minute.
AN_OUTING_FROM_S = Number(
    "an_outing_from_backward_s",
    60.0,
    "s",
    own_proposal(
        "session.no_outing",
        "Less than a minute backward is no outing of its own: it is part of a walk or a run that is done anyway. It "
        "shows whether a little is borne, which is what a setback asks for.",
    ),
)


#: Key of the reason that one bout cannot grow as fast as wanted.
ONE_BOUT = "one_bout"


def reasons(
    wanted: Wanted, blocks: Sequence[Block], answers: Answers, place: Place, pieces: Sequence[Step | Repeat]
) -> tuple[Reason, ...]:
    """Return the reasons of a session, each from the number or the limit that it names."""
    own = wanted.setting.reasons
    if place not in (Place.TREADMILL, Place.RAIL):
        own = (*wanted.setting.outdoors, *own)
    if not any(block.backward_s for block in blocks):
        return (*own, *_rest(wanted))
    said = [*_dose(wanted, blocks, answers), wanted.cap_words, *_gait_words(wanted, blocks), *_rest(wanted)]
    if wanted.role.reason is not None and _plays(wanted, place):
        said.insert(1, wanted.role.reason)
    if is_no_outing(wanted, blocks, place):
        said.insert(0, _no_outing(blocks))
    if any(block.rest_gait is Gait.RUN for block in wanted.blocks) and not any(block.forward_run_s for block in blocks):
        said.append(_walked(place))
    if wanted.setting.replaces:
        said.append(replaced(pieces, wanted))
    return (*said, *_grade(wanted, place), *own, *_advice.where_and_how(answers, place, wanted.cap_mps))


def is_no_outing(wanted: Wanted, blocks: Sequence[Block], place: Place) -> bool:
    """Tell whether a limit leaves so little that nobody should go out for it; a rail or a belt may be at home."""
    backward_s = sum(block.backward_s for block in blocks)
    held = any(limit_s < AN_OUTING_FROM_S.value for limit_s, _ in wanted.held)
    return held and 0 < backward_s < AN_OUTING_FROM_S.value and place not in (Place.TREADMILL, Place.RAIL)


def _no_outing(blocks: Sequence[Block]) -> Reason:
    left = span_words(sum(block.backward_s for block in blocks))
    return Reason(
        f"Only {left} backward are left: no outing of its own. Put it into a walk or a run that you do anyway, "
        "once you are warm; it shows whether a little is borne, and the next ones build on that.",
        AN_OUTING_FROM_S.evidence.key,
    )


def _plays(wanted: Wanted, place: Place) -> bool:
    """Tell whether the session is what its role says: a slope needs a place for it."""
    return not wanted.role.uphill or place is Place.GENTLE_GRASS_UPHILL


def _dose(wanted: Wanted, blocks: Sequence[Block], answers: Answers) -> list[Reason]:
    backward_s = sum(block.backward_s for block in blocks)
    wanted_s = sum(under_cap(block, wanted.cap_mps).backward_s for block in wanted.blocks)
    said = [
        Reason(f"Stage {wanted.stage} of the programme: {span_words(wanted_s)} backward.", wanted.dose_evidence.key)
    ]
    if wanted.role.dose_share < 1:
        return said
    if backward_s < wanted_s - 0.5:
        said.append(_why_less(wanted, blocks, wanted_s, answers))
    if answers.stage_zero:
        said.append(_stage_zero.WORDS)
    elif _bouts_are_cut(wanted, blocks) and said[-1].key != ONE_BOUT:
        said.append(Reason("A single bout grows by at most 10 % too.", dose.SPIKE_PER_DIRECTION.key))
    return said


def _bouts_are_cut(wanted: Wanted, blocks: Sequence[Block]) -> bool:
    longest_s = max((block.bout_s for block in blocks if block.backward_s), default=0.0)
    limit_s = wanted.bout_limit_s
    wanted_s = max((block.bout_s for block in wanted.blocks if block.backward_s), default=0.0)
    return limit_s is not None and longest_s < wanted_s - 0.5 and longest_s > limit_s - 5.5


def _why_less(wanted: Wanted, blocks: Sequence[Block], wanted_s: float, answers: Answers) -> Reason:
    """Say which limit made the session shorter than the table."""
    backward_s = sum(block.backward_s for block in blocks)
    now = f"Here it is {span_words(backward_s)}"
    held_s, held = min(wanted.held, key=lambda limit: limit[0], default=(math.inf, None))
    if held is not None and held_s < min(wanted.share_limit_s, wanted.growth_limit_s):
        return Reason(f"{now}: {held.text}", held.evidence_key, held.speeds)
    spare_s = wanted.limit_s - backward_s
    if spare_s > 30 and wanted.bout_limit_s is not None:
        count = sum(block.times for block in blocks if block.backward_s)
        if count >= _block.MOST_BOUTS_COUNT.value:
            return Reason(f"{now}: its bouts are still short, and ten are enough.", dose.SPIKE_PER_DIRECTION.key)
        if _bouts_are_cut(wanted, blocks):
            why = "its bouts are still short"
            if not answers.stage_zero:
                why = "a single bout grows by at most 10 % on the longest you have done"
            return Reason(f"{now}: {why}.", dose.SPIKE_PER_DIRECTION.key, key=None if answers.stage_zero else ONE_BOUT)
    if wanted.share_limit_s < wanted.growth_limit_s and wanted.share_limit_s < wanted.backward_s:
        return Reason(f"{now}: {cap_of_the_week(answers)}.", dose.BACKWARD_SHARE.evidence.key)
    if wanted.growth_limit_s <= dose.FIRST_SESSION_S.value:
        return Reason(
            f"{now}: until you have done more, a session has at most {span_words(dose.FIRST_SESSION_S.value)}.",
            dose.FIRST_SESSION_S.evidence.key,
        )
    lengths_s = {block.bout_s for block in blocks if block.backward_s}
    whole = (wanted.setting.held or wanted.begins) and len(lengths_s) == 1
    one_more = whole and _block.SHORTEST_BOUT_S.value <= spare_s < min(lengths_s)
    if wanted.growth_limit_s >= wanted_s or one_more:
        return Reason(f"{now}: whole bouts only, and one more would be too much.", _block.BOUTS.key)
    return Reason(
        f"{now}: at most 10 % more than your longest backward session of the last 30 days, counted by itself.",
        dose.SPIKE_PER_DIRECTION.key,
    )


def cap_of_the_week(answers: Answers) -> str:
    """Say the weekly cap, from which minutes it comes, and whether those were told or guessed.

    A clause without a full stop.
    """
    weekly_s = dose.weekly_running_s(answers)
    share = dose.BACKWARD_SHARE.value
    whence = "that you told" if answers.weekly_running_s is not None else "guessed from your longest run"
    return (
        f"backward minutes stay within {share * weekly_s / 60:.0f} a week, {share * 100:.0f} % of your "
        f"{weekly_s / 60:.0f} minutes of running ({whence})"
    )


def _gait_words(wanted: Wanted, blocks: Sequence[Block]) -> list[Reason]:
    """Say where a run became a walk, or, once, where both fit."""
    wanted_run = any(block.gait is Gait.RUN for block in wanted.blocks)
    runs = [block for block in blocks if block.backward_s and block.gait is Gait.RUN]
    if wanted_run and not runs:
        return [walk_or_run.why_walk(wanted.cap_mps)]
    caps = sorted({block.highest_mps(wanted.cap_mps) for block in runs})
    either = next((said for said in map(walk_or_run.why_either, caps) if said is not None), None)
    return [either] if either is not None else []


def _rest(wanted: Wanted) -> tuple[Reason, ...]:
    if wanted.stage > dose.WEEKS_WITH_REST_COUNT.value:
        return ()
    words = "At least 48 hours to the sessions before and after: start at about the same hour."
    return (Reason(words, dose.REST_DAYS_COUNT.evidence.key),)


def _walked(place: Place) -> Reason:
    if place is Place.TREADMILL:
        return Reason("You stand between the bouts: on a belt nobody changes direction.", _advice.BELT.key)
    return Reason(
        "You walk between the bouts: running there would pass your longest run.", dose.SESSION_GROWTH_RATIO.evidence.key
    )


def _grade(wanted: Wanted, place: Place) -> tuple[Reason, ...]:
    if place is Place.GENTLE_GRASS_UPHILL:
        return (Reason("2 to 4 % uphill, never downhill: walk back down forward.", dose.GRADE_HIGH_RATIO.evidence.key),)
    if wanted.uphill and place is Place.TRACK_OR_GRASS:
        return (Reason("Flat, or up to 4 % uphill; never downhill.", dose.GRADE_HIGH_RATIO.evidence.key),)
    return (Reason("Flat.", dose.GRADE_LOW_RATIO.evidence.key),)


def replaced(pieces: Sequence[Step | Repeat], wanted: Wanted) -> Reason:
    """Say which forward minutes of a usual run the session takes the place of."""
    steps = [
        step for piece in pieces for step in (piece.steps * piece.times if isinstance(piece, Repeat) else (piece,))
    ]
    runs_s = sum(
        step.planned_s or 0.0 for step in steps if step.direction is Direction.FORWARD and step.gait is Gait.RUN
    )
    backward_s = sum(step.planned_s or 0.0 for step in steps if step.direction is Direction.BACKWARD)
    between_s = sum(step.planned_s or 0.0 for step in steps if step.part is Part.RECOVERY)
    usual_s = wanted.setting.forward_after_s
    gone_s = max(0.0, usual_s - runs_s)
    text = (
        f"Of a usual run of {span_words(usual_s)}, {span_words(gone_s)} forward are left out: {span_words(backward_s)} "
        f"backward and {span_words(between_s)} of rest stand in their place. Running time is not added."
    )
    if not any(step.direction is Direction.FORWARD and step.part is Part.WORK for step in steps):
        text = (
            f"It takes the place of a usual run of {span_words(usual_s)}: leave that run out, or shorten your next one "
            f"by as much. {span_words(backward_s)} backward replace forward minutes; running time is not added."
        )
    return Reason(text, wanted.dose_evidence.key)
