"""One session: blocks cut down to what the dose rules allow, then written out as steps with reasons and advice."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Repeat, Step, Workout
from backward_running.plans import _advice, _session_reasons, dose
from backward_running.plans._block import (
    HANDS_STAY,
    LOOK,
    ON_THE_BELT,
    Block,
    cut,
    evened,
    rest_step,
    under_cap,
    whole_bouts,
    words_of,
    written_out,
)
from backward_running.plans._lookback import NOT_MORE
from backward_running.plans._titles import title_of
from backward_running.plans._wanted import Wanted
from backward_running.plans.base import Answers, PlanFacts

PART_OF_ANOTHER = "within a walk or run you do anyway"


def fit_blocks(wanted: Wanted, shortest_s: float) -> tuple[Block, ...]:
    """Cut the blocks until they keep the limits; empty where less than `shortest_s` backward would be left.

    Gaits are honest afterwards, distances timed at their cap. Blocks that go forward only are left as they are.
    """
    blocks = under_caps(wanted)
    if not any(block.backward_s for block in blocks):
        return blocks
    if wanted.limit_s < shortest_s:
        return ()
    fitted = cut(blocks, _limit_s(wanted, shortest_s), wanted.bout_limit_s, wanted.bout_before_s)
    if wanted.role.dose_share < 1 or wanted.setting.held or wanted.begins:
        fitted = whole_bouts(fitted)
    if wanted.role.dose_share < 1:
        fitted = evened(fitted, _limit_s(wanted, shortest_s))
    return fitted if sum(block.backward_s for block in fitted) else ()


def _limit_s(wanted: Wanted, shortest_s: float) -> float:
    """Return the limit of a session; one for skill stays below what it might have.

    What the plan held before is a skill session's own length already: it is not taken a share of once more. Nor is what
    the seven days up to it leave: else the longest session would take from it week after week what it had lost.
    """
    share = wanted.role.dose_share
    if share >= 1:
        return wanted.limit_s
    before_s = min((limit_s for limit_s, why in wanted.held if why == NOT_MORE), default=math.inf)
    held_s = min((limit_s for limit_s, why in wanted.held if why != NOT_MORE), default=math.inf)
    might_s = min(wanted.growth_limit_s, wanted.week_share_s, held_s)
    wants_s = sum(block.backward_s for block in under_caps(wanted))
    return min(before_s, wanted.share_limit_s, max(shortest_s, share * min(might_s, wants_s)))


def under_caps(wanted: Wanted) -> tuple[Block, ...]:
    """Return what is wanted as it is done under the cap of the session."""
    return tuple(under_cap(block, wanted.cap_mps) for block in wanted.blocks)


def _forward_room_s(wanted: Wanted, answers: Answers) -> float:
    """Return how long a session may run forward besides its warm-up."""
    warm_up_s = wanted.warm_up_s if wanted.setting.warm_up_gait is Gait.RUN else 0.0
    return max(0.0, answers.longest_run_s - warm_up_s)


def build_workout(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers, ordinal: int) -> Workout:
    """Write a session out: warm-up, blocks as :func:`fit_blocks` returned them, cool-down, with reasons and advice."""
    place = _place(wanted, blocks, answers)
    blocks = _rests(wanted, blocks, answers, on_belt=place is Place.TREADMILL)
    backward = any(block.backward_s for block in blocks)
    pieces = tuple(_pieces(wanted, blocks, answers, place))
    setting = wanted.setting
    return Workout(
        workout_id=f"w{wanted.week:02d}-{ordinal}",
        week=wanted.week,
        ordinal=ordinal,
        title=title_of(pieces, ", holding on" if place is Place.RAIL or answers.facts.holds else wanted.role.how),
        on=wanted.on,
        place=place,
        with_whom=_advice.with_whom(
            answers, place, supervised=setting.supervised, harness=setting.harness, backward=backward
        ),
        pieces=pieces,
        summary=_summary(wanted, blocks, place),
        grade_low_ratio=dose.GRADE_LOW_RATIO.value,
        grade_high_ratio=_grade_high_ratio(wanted, answers.facts, place),
        reasons=_session_reasons.reasons(wanted, blocks, answers, place, pieces),
        advice=(*_general_advice(wanted, blocks, answers, place), *setting.advice),
        stage=wanted.stage,
    )


def _summary(wanted: Wanted, blocks: tuple[Block, ...], place: Place) -> str:
    """Return one line: the blocks, and that it is part of something else where it is too little for an outing."""
    line = " + ".join(words_of(block, on_belt=place is Place.TREADMILL) for block in blocks)
    return f"{line}, {PART_OF_ANOTHER}" if _session_reasons.is_no_outing(wanted, blocks, place) else line


def _place(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers) -> Place:
    if not any(block.backward_s for block in blocks):
        return Place.EVEN_ROUTE
    return _advice.place_of(
        answers,
        wanted.stage,
        belt_only=wanted.setting.belt_only,
        held=wanted.setting.held,
        begins=wanted.begins,
        slope=wanted.role.uphill,
        sprints=any(block.is_sprint for block in blocks),
        bout_m=longest_bout_m(wanted, blocks),
    )


def longest_bout_m(wanted: Wanted, blocks: tuple[Block, ...]) -> float:
    """Return how far the longest bout goes at its cap."""
    return max((block.bout_s * block.highest_mps(wanted.cap_mps) for block in blocks if block.backward_s), default=0.0)


def _rests(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers, *, on_belt: bool) -> tuple[Block, ...]:
    """Return the blocks, their rests walked where running them would be more than the longest run or is not possible.

    The last bout of all needs no rest: the cool-down follows.
    """
    too_much = sum(block.forward_run_s for block in blocks if block.backward_s) > _forward_room_s(wanted, answers)
    if too_much or on_belt:
        blocks = tuple(replace(block, rest_gait=Gait.WALK) for block in blocks)
    last = blocks[-1]
    return (*blocks[:-1], replace(last, rest_s=0.0)) if last.times == 1 and last.backward_s else blocks


def _pieces(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers, place: Place) -> Iterator[Step | Repeat]:
    on_belt = place is Place.TREADMILL
    easy_mps = answers.easy_speed_mps
    yield _warm_up(wanted, answers, place)
    for block in blocks:
        cue, looks_round = _cue(wanted, block, answers, place), place is not Place.RAIL
        yield written_out(block, wanted.cap_mps, easy_mps, on_belt=on_belt, cue=cue, looks_round=looks_round)
        if block.pause_s:
            yield rest_step(block.pause_s, Gait.WALK, easy_mps, on_belt=on_belt)
    if not on_belt:
        yield from _forward_after(wanted, blocks, answers)
    yield _cool_down(wanted, place)


def _cue(wanted: Wanted, block: Block, answers: Answers, place: Place) -> str:
    """Return what is said with each bout: on a short lane also what happens at its end."""
    if place is Place.RAIL:
        return _advice.HOLD
    on_the_belt = HANDS_STAY if _advice.keeps_hold(answers) else ON_THE_BELT
    said = [on_the_belt if place is Place.TREADMILL else LOOK]
    if place is Place.FLAT_CLOSED and block.bout_s * block.highest_mps(wanted.cap_mps) > _advice.LANE_SHORT_M.value:
        said.append(_advice.AT_THE_END)
    return " ".join([*said, *(more for more in (block.cue, wanted.role.cue) if more)])


def _warm_up(wanted: Wanted, answers: Answers, place: Place) -> Step:
    if place is Place.TREADMILL:
        cue = _advice.off_the_belt(answers)
        return Step("OFFBELT WARM UP", Part.WARM_UP, Direction.STILL, Gait.WALK, duration_s=wanted.warm_up_s, cue=cue)
    gait = wanted.setting.warm_up_gait
    how = "Run forward, easy enough to talk." if gait is Gait.RUN else "Walk forward, briskly but with ease."
    if place is Place.RAIL:
        how = "Walk forward at your own pace."
    return Step(
        "WARM UP",
        Part.WARM_UP,
        Direction.FORWARD,
        gait,
        duration_s=wanted.warm_up_s,
        speed_high_mps=answers.easy_speed_mps if gait is Gait.RUN else None,
        cue=f"{how} Go over the stretch once and look at the ground.",
    )


def _cool_down(wanted: Wanted, place: Place) -> Step:
    if place is Place.TREADMILL:
        cue = _advice.OFF_AGAIN
        return Step("OFFBELT COOL", Part.COOL_DOWN, Direction.STILL, Gait.WALK, duration_s=wanted.cool_down_s, cue=cue)
    return Step("COOL DOWN", Part.COOL_DOWN, Direction.FORWARD, Gait.WALK, duration_s=wanted.cool_down_s)


def _forward_after(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers) -> tuple[Step, ...]:
    """Write the rest of the easy run that the session replaces, as far as the longest run allows."""
    setting = wanted.setting
    room_s = _forward_room_s(wanted, answers) - sum(block.forward_run_s + block.backward_s for block in blocks)
    after_s = setting.forward_after_s
    if setting.replaces:
        warm_up_s = wanted.warm_up_s if setting.warm_up_gait is Gait.RUN else 0.0
        after_s -= warm_up_s + sum(block.total_s for block in blocks)
    after_s = math.floor(min(after_s, room_s) / 60) * 60.0
    if after_s <= 0:
        return ()
    easy_mps = answers.easy_speed_mps
    return (Step("FWD RUN", Part.WORK, Direction.FORWARD, Gait.RUN, duration_s=after_s, speed_high_mps=easy_mps),)


def _grade_high_ratio(wanted: Wanted, facts: PlanFacts, place: Place) -> float:
    sloped = wanted.uphill and place not in (Place.TREADMILL, Place.RAIL, Place.FLAT_CLOSED)
    highest = dose.GRADE_HIGH_RATIO.value if sloped else dose.GRADE_LOW_RATIO.value
    allowed = facts.ceilings.grade_high_ratio if facts.ceilings and facts.ceilings.holds_on(wanted.on) else None
    return highest if allowed is None else max(dose.GRADE_LOW_RATIO.value, min(highest, allowed))


def _general_advice(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers, place: Place) -> tuple[str, ...]:
    how = "easy forward running" if wanted.setting.warm_up_gait is Gait.RUN else "brisk forward walking"
    if place is Place.RAIL and wanted.setting.warm_up_gait is Gait.WALK:
        how = "forward walking"
    situation = _advice.Situation(
        place,
        stage=wanted.stage,
        slope=wanted.uphill and place in (Place.TRACK_OR_GRASS, Place.GENTLE_GRASS_UPHILL),
        warm_up_s=wanted.warm_up_s,
        warm_up_how=how,
        cool_down_s=wanted.cool_down_s,
        long_bouts=longest_bout_m(wanted, blocks) > _advice.LANE_SHORT_M.value,
        sprints=any(block.is_sprint for block in blocks),
        holds=_advice.keeps_hold(answers),
        spares_calves=_advice.spares_calves(answers),
        no_running=answers.facts.no_running,
        swaps=not wanted.setting.replaces and wanted.setting.warm_up_gait is Gait.RUN,
    )
    if not any(block.backward_s for block in blocks):
        return _advice.forward_advice(situation)
    return _advice.backward_advice(answers, situation)
