"""Blocks: bouts with a rest after each, cut down to a limit and written out as steps a watch can show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Repeat, Step
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import walk_or_run

BOUTS = Evidence(
    key="session.bouts",
    says="Bouts are cut in steps of 5 s, never below 20 s: shorter ones are mostly turning round. A choice.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
BOUT_GRAIN_S = Number("bout_grain_s", 5.0, "s", BOUTS)
SHORTEST_BOUT_S = Number("shortest_bout_s", 20.0, "s", BOUTS)

LOOK = "Look over a shoulder every 5–8 steps, left and right in turn."


@dataclass(frozen=True, slots=True)
class Block:
    """Bouts, backward unless said otherwise, with a forward rest after each."""

    times: int
    bout_s: float  #: of a bout with a distance: what it takes at its cap
    rest_s: float  #: 0 for none
    gait: Gait
    distance_m: float | None = None  #: a bout ends after that distance, not after a time
    rest_gait: Gait = Gait.WALK
    direction: Direction = Direction.BACKWARD
    low_mps: float | None = None  #: the lower end of the speed, where a belt sets it
    cue: str = LOOK

    @property
    def backward_s(self) -> float:
        """Backward seconds of the block."""
        return self.times * self.bout_s if self.direction is Direction.BACKWARD else 0.0

    @property
    def forward_run_s(self) -> float:
        """Seconds of forward running in the block."""
        rests_s = self.times * self.rest_s if self.rest_gait is Gait.RUN else 0.0
        runs = self.direction is Direction.FORWARD and self.gait is Gait.RUN
        return rests_s + (self.times * self.bout_s if runs else 0.0)

    def highest_mps(self, cap_mps: float) -> float:
        """Return the cap of a bout. A walk is capped where it would turn into a run, whatever the week's cap says."""
        if self.gait is Gait.WALK and cap_mps >= walk_or_run.TRANSITION_MPS.value:
            return min(cap_mps, walk_or_run.SURELY_WALK_MPS.value)
        return cap_mps


def under_cap(block: Block, cap_mps: float) -> Block:
    """Return the block as it is done under a backward cap: gait told honestly, distances timed at their cap."""
    if block.direction is not Direction.BACKWARD:
        return block
    honest = replace(block, gait=walk_or_run.honest_gait(cap_mps, block.gait))
    if block.distance_m is None:
        return honest
    return replace(honest, bout_s=block.distance_m / honest.highest_mps(cap_mps))


def cut(blocks: Sequence[Block], limit_s: float, bout_limit_s: float | None) -> tuple[Block, ...]:
    """Cut the blocks until their backward seconds keep the limits.

    The longest block gives way first: the quick steps of a mixed session are its point.
    """
    left = tuple(_cut_bout(block, bout_limit_s) for block in blocks)
    limit_s += 1e-9
    while sum(block.backward_s for block in left) > limit_s:
        # By place: a programme may hold the same block twice.
        longest = max(range(len(left)), key=lambda place: left[place].backward_s)
        others_s = sum(block.backward_s for block in left) - left[longest].backward_s
        smaller = _cut_block(left[longest], limit_s - others_s)
        if smaller is not None:
            return (*left[:longest], smaller, *left[longest + 1 :])
        backward = (place for place, block in enumerate(left) if block.backward_s > 0)
        shortest = min(backward, key=lambda place: left[place].backward_s)
        left = (*left[:shortest], *left[shortest + 1 :])
    return left


def _cut_bout(block: Block, limit_s: float | None) -> Block:
    if limit_s is None or block.bout_s <= limit_s or block.distance_m is not None or not block.backward_s:
        return block
    return replace(
        block, bout_s=max(SHORTEST_BOUT_S.value, math.floor(limit_s / BOUT_GRAIN_S.value) * BOUT_GRAIN_S.value)
    )


def _cut_block(block: Block, limit_s: float) -> Block | None:
    """Return the block with the most backward time under the limit; of equals the one with the longest bouts."""
    if block.distance_m is not None:
        times = max(0, min(block.times, int(limit_s // block.bout_s)))
        return replace(block, times=times) if times else None
    best: Block | None = None
    bout_s = block.bout_s
    while bout_s >= SHORTEST_BOUT_S.value:
        times = max(0, min(block.times, int(limit_s // bout_s)))
        if times and (best is None or times * bout_s > best.backward_s):
            best = replace(block, times=times, bout_s=bout_s)
        bout_s -= BOUT_GRAIN_S.value
    return best


def written_out(block: Block, cap_mps: float, easy_mps: float) -> Repeat:
    """Write a block as repeated steps. Its gait must be honest already."""
    backward = block.direction is Direction.BACKWARD
    highest_mps = block.highest_mps(cap_mps) if backward else easy_mps
    work = Step(
        f"{'BACK' if backward else 'FWD'} {block.gait.value.upper()}",
        Part.WORK,
        block.direction,
        block.gait,
        duration_s=block.bout_s if block.distance_m is None else None,
        distance_m=block.distance_m,
        speed_low_mps=min(block.low_mps, highest_mps) if block.low_mps is not None else None,
        speed_high_mps=highest_mps,
        cue=block.cue if backward else None,
    )
    if not block.rest_s:
        return Repeat(block.times, (work,))
    rest = Step(
        f"FWD {block.rest_gait.value.upper()}",
        Part.RECOVERY,
        Direction.FORWARD,
        block.rest_gait,
        duration_s=block.rest_s,
        speed_high_mps=easy_mps if block.rest_gait is Gait.RUN else None,
    )
    return Repeat(block.times, (work, rest))


def words_of(block: Block) -> str:
    """Say a block in a line.

    >>> words_of(Block(7, 9.0, 60, Gait.RUN, distance_m=20))
    '7 × (20 m backward run / 1 min forward walk)'
    """
    length = span_words(block.bout_s) if block.distance_m is None else f"{block.distance_m:g} m"
    bout = f"{length} {block.direction.value} {block.gait.value}"
    if not block.rest_s:
        return bout if block.times == 1 else f"{block.times} × {bout}"
    return f"{block.times} × ({bout} / {span_words(block.rest_s)} forward {block.rest_gait.value})"


def span_words(seconds: float) -> str:
    """Say a duration as a coach would.

    >>> span_words(60), span_words(55), span_words(330), span_words(325)
    ('1 min', '55 s', '5 min 30 s', '5 min 25 s')
    """
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min" + (f" {rest} s" if rest else "")
