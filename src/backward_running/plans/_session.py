"""One session: blocks cut down to what the dose rules allow, then written out as steps with reasons and advice."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Reason, Repeat, Step, Workout
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import dose, walk_or_run
from backward_running.plans.base import Answers

BOUTS = Evidence(
    key="session.bouts",
    says="Bouts are cut in steps of 5 s, never below 20 s: shorter ones are mostly turning round. A choice.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
BELT = Evidence(
    key="session.belt",
    says="A treadmill is started at 0.8 m/s or slower, with rail and safety clip: a proposal.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
BOUT_GRAIN_S = Number("bout_grain_s", 5.0, "s", BOUTS)
SHORTEST_BOUT_S = Number("shortest_bout_s", 20.0, "s", BOUTS)
BELT_START_MPS = Number("treadmill_start_mps", 0.8, "m s⁻¹", BELT)

LOOK = "Look over a shoulder every 5–8 steps, left and right in turn."


@dataclass(frozen=True, slots=True)
class Block:
    """Bouts of backward walking or running with forward walking after each."""

    times: int
    bout_s: float
    rest_s: float
    gait: Gait

    @property
    def backward_s(self) -> float:
        """Backward seconds of the block."""
        return self.times * self.bout_s


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

    @property
    def backward_s(self) -> float:
        """Backward seconds the programme wants."""
        return sum(block.backward_s for block in self.blocks)

    @property
    def limit_s(self) -> float:
        """Backward seconds the dose rules allow."""
        return min(self.growth_limit_s, self.share_limit_s, *(limit_s for limit_s, _ in self.held))


def fit_blocks(wanted: Wanted, shortest_s: float) -> tuple[Block, ...]:
    """Cut the blocks until they keep the limits; empty where less than `shortest_s` would be left.

    The longest block gives way first: the quick steps of a mixed session are its point.
    """
    blocks = tuple(_cut_bout(block, wanted.bout_limit_s) for block in wanted.blocks)
    limit_s = wanted.limit_s + 1e-9
    if limit_s < shortest_s:
        return ()
    while blocks and sum(block.backward_s for block in blocks) > limit_s:
        longest = max(blocks, key=lambda block: block.backward_s)
        others_s = sum(block.backward_s for block in blocks) - longest.backward_s
        cut = _cut_block(longest, limit_s - others_s)
        if cut is not None:
            return tuple(cut if block is longest else block for block in blocks)
        blocks = tuple(block for block in blocks if block is not min(blocks, key=lambda one: one.backward_s))
    return blocks


def _cut_bout(block: Block, limit_s: float | None) -> Block:
    if limit_s is None or block.bout_s <= limit_s:
        return block
    return replace(
        block, bout_s=max(SHORTEST_BOUT_S.value, math.floor(limit_s / BOUT_GRAIN_S.value) * BOUT_GRAIN_S.value)
    )


def _cut_block(block: Block, limit_s: float) -> Block | None:
    """Return the block with the most backward time under the limit; of equals the one with the longest bouts."""
    best: Block | None = None
    bout_s = block.bout_s
    while bout_s >= SHORTEST_BOUT_S.value:
        times = min(block.times, int(limit_s // bout_s))
        if times and (best is None or times * bout_s > best.backward_s):
            best = replace(block, times=times, bout_s=bout_s)
        bout_s -= BOUT_GRAIN_S.value
    return best


def build_workout(wanted: Wanted, blocks: tuple[Block, ...], answers: Answers, ordinal: int) -> Workout:
    """Write a session out: warm-up, blocks, cool-down, with reasons and advice."""
    honest = tuple(replace(block, gait=walk_or_run.honest_gait(wanted.cap_mps, block.gait)) for block in blocks)
    runs = any(block.gait is Gait.RUN for block in honest)
    place = _place(answers, wanted.stage)
    return Workout(
        workout_id=f"w{wanted.week:02d}-{ordinal}",
        week=wanted.week,
        ordinal=ordinal,
        title="Running backward" if runs else "Walking backward",
        on=wanted.on,
        place=place,
        with_whom=_with_whom(answers, place),
        pieces=(
            _warm_up(wanted, answers),
            *(_repeat(block, wanted.cap_mps) for block in honest),
            Step("COOL DOWN", Part.COOL_DOWN, Direction.FORWARD, Gait.WALK, duration_s=wanted.cool_down_s),
        ),
        summary=" + ".join(map(_block_words, honest)),
        grade_low_ratio=dose.GRADE_LOW_RATIO.value,
        grade_high_ratio=dose.GRADE_HIGH_RATIO.value if wanted.uphill else dose.GRADE_LOW_RATIO.value,
        reasons=_reasons(wanted, blocks, honest),
        advice=_advice(wanted, answers, place),
        stage=wanted.stage,
    )


def _warm_up(wanted: Wanted, answers: Answers) -> Step:
    return Step(
        "WARM UP",
        Part.WARM_UP,
        Direction.FORWARD,
        Gait.RUN,
        duration_s=wanted.warm_up_s,
        speed_high_mps=answers.easy_speed_mps,
        cue="Run forward, easy enough to talk. Go over the stretch once and look at the ground.",
    )


def _repeat(block: Block, cap_mps: float) -> Repeat:
    # A walk is capped where it would turn into a run, whatever the week's cap says.
    cap = min(cap_mps, walk_or_run.SURELY_WALK_MPS.value) if cap_mps >= walk_or_run.TRANSITION_MPS.value else cap_mps
    return Repeat(
        block.times,
        (
            Step(
                f"BACK {block.gait.value.upper()}",
                Part.WORK,
                Direction.BACKWARD,
                block.gait,
                duration_s=block.bout_s,
                speed_high_mps=cap if block.gait is Gait.WALK else cap_mps,
                cue=LOOK,
            ),
            Step("FWD WALK", Part.RECOVERY, Direction.FORWARD, Gait.WALK, duration_s=block.rest_s),
        ),
    )


def _place(answers: Answers, stage: int) -> Place:
    if answers.has_known_spot or (answers.has_spotter and not answers.has_treadmill):
        return Place.FLAT_CLOSED if stage < 3 else Place.TRACK_OR_GRASS
    return Place.TREADMILL if answers.has_treadmill else Place.FLAT_CLOSED


def _with_whom(answers: Answers, place: Place) -> str:
    age = dose.youngest_age_years(answers)
    if answers.walking_only:
        return "a trained person beside you for the whole session"
    if age is not None and age < dose.ALONE_FROM_YEARS.value:
        return "an adult who stays for the whole session"
    if place is Place.TREADMILL:
        return "the safety clip on, the rail within reach, somebody in the house"
    if answers.has_spotter:
        return "a friend as spotter, who looks where you are going"
    if answers.has_supervisor:
        return "the person who stays with you, as spotter"
    return "alone only on a lane you know; walk it forward first"


def _reasons(wanted: Wanted, fitted: tuple[Block, ...], honest: tuple[Block, ...]) -> tuple[Reason, ...]:
    backward_s = sum(block.backward_s for block in fitted)
    said = [
        Reason(f"Week {wanted.stage} of the programme: {_plain(wanted.backward_s)} backward.", wanted.dose_evidence.key)
    ]
    if backward_s < wanted.backward_s:
        said.append(_why_less(wanted, backward_s))
    if backward_s < wanted.backward_s and wanted.bout_limit_s is not None:
        said.append(Reason("A single bout grows by at most 10 % too.", dose.SPIKE_PER_DIRECTION.key))
    said.append(wanted.cap_words)
    wanted_run = any(block.gait is Gait.RUN for block in fitted)
    if wanted_run and all(block.gait is Gait.WALK for block in honest):
        said.append(walk_or_run.why_walk(wanted.cap_mps))
    either = walk_or_run.why_either(wanted.cap_mps) if any(block.gait is Gait.RUN for block in honest) else None
    if either is not None:
        said.append(either)
    if wanted.stage <= dose.WEEKS_WITH_REST_COUNT.value:
        said.append(
            Reason(
                "At least 48 hours to the sessions before and after: start at about the same hour.",
                dose.REST_DAYS_COUNT.evidence.key,
            )
        )
    grade = dose.GRADE_HIGH_RATIO if wanted.uphill else dose.GRADE_LOW_RATIO
    said.append(Reason("Flat, or up to 4 % uphill; never downhill." if wanted.uphill else "Flat.", grade.evidence.key))
    return tuple(said)


def _why_less(wanted: Wanted, backward_s: float) -> Reason:
    """Say which limit made the session shorter than the table."""
    now = f"Here it is {_plain(backward_s)}"
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


def _advice(wanted: Wanted, answers: Answers, place: Place) -> tuple[str, ...]:
    said = [
        f"Warm up with {_plain(wanted.warm_up_s)} of easy forward running; cool down with "
        f"{_plain(wanted.cool_down_s)} of forward walking.",
        LOOK,
        "Never in traffic, on a trail, in the wet or dark, in a crowd, on stairs, or with headphones.",
    ]
    if wanted.stage == 1 and not answers.has_spotter and place is not Place.TREADMILL:
        said.append("For the first sessions ask a friend to come along and look ahead for you.")
    if wanted.uphill and place is not Place.TREADMILL:
        said.append("You may do it on smooth grass, 2–4 % uphill; walk back down forward.")
    if answers.has_treadmill:
        said.append(_on_the_belt("On" if place is Place.TREADMILL else "Or on"))
    said += [
        "Short, quick steps, body upright, arms as in your forward running.",
        "Stop when it hurts, when you feel dizzy, or when you stumble twice.",
        "The ordinary advice holds: running shoes with laces tied, water on warm days, nothing new on a tired day.",
        "Swap it for part of an easy run; do not add it on top. Say tomorrow and the day after how your calves feel.",
    ]
    return tuple(said)


def _on_the_belt(begin: str) -> str:
    start = walk_or_run.speed_words(BELT_START_MPS.value)
    return (
        f"{begin} the treadmill: clip on, a hand near the rail, start the belt at {start} or slower, turn only while "
        "it stands."
    )


def _block_words(block: Block) -> str:
    return f"{block.times} × ({_plain(block.bout_s)} backward {block.gait.value} / {_plain(block.rest_s)} forward walk)"


def _plain(seconds: float) -> str:
    """Say a duration as a coach would.

    >>> _plain(60), _plain(55), _plain(330), _plain(325)
    ('1 min', '55 s', '5 min 30 s', '5 min 25 s')
    """
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min" + (f" {rest} s" if rest else "")
