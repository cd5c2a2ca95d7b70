"""One session: blocks cut down to what the dose rules allow, then written out as steps with reasons and advice."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Reason, Step, Workout
from backward_running.evidence import Evidence
from backward_running.plans import _advice, dose, walk_or_run
from backward_running.plans._block import Block, cut, span_words, under_cap, words_of, written_out
from backward_running.plans.base import Answers


@dataclass(frozen=True, slots=True)
class Setting:
    """How the sessions of a programme's row are done, apart from their blocks."""

    title: str | None = None  #: None takes "Running backward" or "Walking backward"
    supervised: bool = False  #: a trained person is beside for the whole session
    belt_only: bool = False  #: on a treadmill and nowhere else
    warm_up_gait: Gait = Gait.RUN
    forward_after_s: float = 0.0  #: easy forward running after the blocks, so that a session replaces an easy run
    reasons: tuple[Reason, ...] = ()
    advice: tuple[str, ...] = ()


#: Outdoors or on a belt, alone or with a spotter, warmed up by running.
USUAL = Setting()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a programme wants from a session, and every limit on it."""

    week: int  #: of the calendar
    stage: int  #: row of the programme
    on: date
    blocks: tuple[Block, ...]
    cap_mps: float
    cap_words: Reason
    growth_limit_s: float
    share_limit_s: float
    bout_limit_s: float | None
    warm_up_s: float
    cool_down_s: float
    uphill: bool
    dose_evidence: Evidence
    held: tuple[tuple[float, Reason], ...] = ()  #: further limits in seconds: a clinician's, one after a setback
    setting: Setting = USUAL

    @property
    def backward_s(self) -> float:
        """Backward seconds the programme wants."""
        return sum(block.backward_s for block in self.blocks)

    @property
    def limit_s(self) -> float:
        """Backward seconds the dose rules allow."""
        return min(self.growth_limit_s, self.share_limit_s, *(limit_s for limit_s, _ in self.held))


def fit_blocks(wanted: Wanted, shortest_s: float) -> tuple[Block, ...]:
    """Cut the blocks until they keep the limits; empty where less than `shortest_s` backward would be left.

    Gaits are honest afterwards, distances timed at their cap. Blocks that go forward only are left as they are.
    """
    blocks = _under_cap(wanted)
    if not any(block.backward_s for block in blocks):
        return blocks
    fitted = cut(blocks, wanted.limit_s, wanted.bout_limit_s) if wanted.limit_s >= shortest_s else ()
    return fitted if sum(block.backward_s for block in fitted) else ()


def _under_cap(wanted: Wanted) -> tuple[Block, ...]:
    return tuple(under_cap(block, wanted.cap_mps) for block in wanted.blocks)


def _rests(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers) -> tuple[Block, ...]:
    """Return the blocks, their rests walked where running them would be more than the longest run."""
    if sum(block.forward_run_s for block in blocks if block.backward_s) > _forward_room_s(wanted, answers):
        return tuple(replace(block, rest_gait=Gait.WALK) for block in blocks)
    return blocks


def _forward_room_s(wanted: Wanted, answers: Answers) -> float:
    """Return how long a session may run forward besides its warm-up."""
    warm_up_s = wanted.warm_up_s if wanted.setting.warm_up_gait is Gait.RUN else 0.0
    return max(0.0, answers.longest_run_s - warm_up_s)


def build_workout(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers, ordinal: int) -> Workout:
    """Write a session out: warm-up, blocks as :func:`fit_blocks` returned them, cool-down, with reasons and advice."""
    setting = wanted.setting
    blocks = _rests(wanted, blocks, answers)
    backward = any(block.backward_s for block in blocks)
    runs = any(block.gait is Gait.RUN for block in blocks if block.backward_s)
    place = _advice.place_of(answers, wanted.stage, belt_only=setting.belt_only)
    return Workout(
        workout_id=f"w{wanted.week:02d}-{ordinal}",
        week=wanted.week,
        ordinal=ordinal,
        title=setting.title or ("Running backward" if runs else "Walking backward"),
        on=wanted.on,
        place=place,
        with_whom=_advice.with_whom(answers, place, supervised=setting.supervised),
        pieces=(
            _warm_up(wanted, answers),
            *(written_out(block, wanted.cap_mps, answers.easy_speed_mps) for block in blocks),
            *_forward_after(wanted, blocks, answers),
            Step("COOL DOWN", Part.COOL_DOWN, Direction.FORWARD, Gait.WALK, duration_s=wanted.cool_down_s),
        ),
        summary=" + ".join(map(words_of, blocks)),
        grade_low_ratio=dose.GRADE_LOW_RATIO.value,
        grade_high_ratio=_grade_high_ratio(wanted, answers),
        reasons=_reasons(wanted, blocks) + (_advice.where_and_how(answers, place) if backward else ()),
        advice=(*_general_advice(wanted, answers, backward=backward), *setting.advice),
        stage=wanted.stage,
    )


def _warm_up(wanted: Wanted, answers: Answers) -> Step:
    gait = wanted.setting.warm_up_gait
    how = "Run forward, easy enough to talk." if gait is Gait.RUN else "Walk forward, briskly but with ease."
    return Step(
        "WARM UP",
        Part.WARM_UP,
        Direction.FORWARD,
        gait,
        duration_s=wanted.warm_up_s,
        speed_high_mps=answers.easy_speed_mps,
        cue=f"{how} Go over the stretch once and look at the ground.",
    )


def _forward_after(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers) -> tuple[Step, ...]:
    """Write the rest of the easy run that the session replaces, as far as the longest run allows."""
    room_s = _forward_room_s(wanted, answers) - sum(block.forward_run_s for block in blocks)
    after_s = math.floor(min(wanted.setting.forward_after_s, room_s) / 60) * 60.0
    if after_s <= 0:
        return ()
    easy_mps = answers.easy_speed_mps
    return (Step("FWD RUN", Part.WORK, Direction.FORWARD, Gait.RUN, duration_s=after_s, speed_high_mps=easy_mps),)


def _grade_high_ratio(wanted: Wanted, answers: Answers) -> float:
    highest = dose.GRADE_HIGH_RATIO.value if wanted.uphill else dose.GRADE_LOW_RATIO.value
    allowed = answers.ceilings.grade_high_ratio if answers.ceilings and answers.ceilings.holds_on(wanted.on) else None
    return highest if allowed is None else max(dose.GRADE_LOW_RATIO.value, min(highest, allowed))


def _reasons(wanted: Wanted, blocks: tuple[Block, ...]) -> tuple[Reason, ...]:
    if not any(block.backward_s for block in blocks):
        return (*wanted.setting.reasons, *_rest(wanted))
    backward_s = sum(block.backward_s for block in blocks)
    wanted_s = sum(block.backward_s for block in _under_cap(wanted))
    said = [Reason(f"Week {wanted.stage} of the programme: {span_words(wanted_s)} backward.", wanted.dose_evidence.key)]
    if backward_s < wanted_s - 0.5:
        said.append(_why_less(wanted, backward_s))
        if wanted.bout_limit_s is not None:
            said.append(Reason("A single bout grows by at most 10 % too.", dose.SPIKE_PER_DIRECTION.key))
    said += [wanted.cap_words, *_gait_words(wanted, blocks), *_rest(wanted)]
    if any(block.rest_gait is Gait.RUN for block in wanted.blocks) and not any(one.forward_run_s for one in blocks):
        said.append(
            Reason(
                "You walk between the bouts: running there would pass your longest run.",
                dose.SESSION_GROWTH_RATIO.evidence.key,
            )
        )
    grade = dose.GRADE_HIGH_RATIO if wanted.uphill else dose.GRADE_LOW_RATIO
    said.append(Reason("Flat, or up to 4 % uphill; never downhill." if wanted.uphill else "Flat.", grade.evidence.key))
    return (*said, *wanted.setting.reasons)


def _gait_words(wanted: Wanted, blocks: tuple[Block, ...]) -> list[Reason]:
    """Say where a run became a walk, or where both fit."""
    wanted_run = any(block.gait is Gait.RUN for block in wanted.blocks)
    runs = any(block.gait is Gait.RUN for block in blocks if block.backward_s)
    if wanted_run and not runs:
        return [walk_or_run.why_walk(wanted.cap_mps)]
    either = walk_or_run.why_either(wanted.cap_mps) if runs else None
    return [either] if either is not None else []


def _rest(wanted: Wanted) -> tuple[Reason, ...]:
    if wanted.stage > dose.WEEKS_WITH_REST_COUNT.value:
        return ()
    words = "At least 48 hours to the sessions before and after: start at about the same hour."
    return (Reason(words, dose.REST_DAYS_COUNT.evidence.key),)


def _why_less(wanted: Wanted, backward_s: float) -> Reason:
    """Say which limit made the session shorter than the table."""
    now = f"Here it is {span_words(backward_s)}"
    held_s, held = min(wanted.held, key=lambda one: one[0], default=(math.inf, None))
    if held is not None and held_s < min(wanted.share_limit_s, wanted.growth_limit_s):
        return Reason(f"{now}: {held.text}", held.evidence_key)
    if wanted.share_limit_s < wanted.growth_limit_s and wanted.share_limit_s < wanted.backward_s:
        return Reason(
            f"{now}: backward minutes stay within {dose.BACKWARD_SHARE.value * 100:.0f} % of your weekly running.",
            dose.BACKWARD_SHARE.evidence.key,
        )
    return Reason(
        f"{now}: at most 10 % more than your longest backward session of the last 30 days, counted by itself.",
        dose.SPIKE_PER_DIRECTION.key,
    )


def _general_advice(wanted: Wanted, answers: Answers, *, backward: bool) -> tuple[str, ...]:
    how = "easy forward running" if wanted.setting.warm_up_gait is Gait.RUN else "brisk forward walking"
    warm_up = f"{span_words(wanted.warm_up_s)} of {how}"
    if not backward:
        return _advice.forward_advice(warm_up, wanted.cool_down_s)
    return _advice.backward_advice(
        answers,
        _advice.place_of(answers, wanted.stage, belt_only=wanted.setting.belt_only),
        stage=wanted.stage,
        uphill=wanted.uphill,
        warm_up=warm_up,
        cool_down_s=wanted.cool_down_s,
    )
