"""Blocks: bouts with a rest after each, cut down to a limit and written out as steps a watch can show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Repeat, Step
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans import walk_or_run

BOUTS = own_proposal(
    "session.bouts",
    "Bouts are cut in steps of 5 s, from two and a half minutes on in quarters of a minute, and what is left over in "
    "half minutes once it is one; never below 20 s: shorter ones are mostly turning round. Where a bout has to be "
    "shorter there are more of them, ten at most, and so there are on a day for skill that whole bouts leave a quarter "
    "of unused; bouts of up to a minute are always allowed to the practised. "
    "A choice.",
)
BOUT_GRAIN_S = Number("bout_grain_s", 5.0, "s", BOUTS)
#: From here on a tenth of a bout is a step of the coarse grain: below it a bout could not grow by one.
COARSE_FROM_S = Number("bout_coarse_grain_from_s", 150.0, "s", BOUTS)
REST_GRAIN_S = Number("bout_left_over_grain_s", 30.0, "s", BOUTS)
COARSE_GRAIN_S = Number("bout_coarse_grain_s", 15.0, "s", BOUTS)
SHORTEST_BOUT_S = Number("shortest_bout_s", 20.0, "s", BOUTS)
EVENED_BELOW_SHARE = Number("bouts_evened_below_share", 0.75, "1", BOUTS)
MOST_BOUTS_COUNT = Number("most_bouts_where_cut_count", 10, "1", BOUTS)

LOOK = "Look over a shoulder every 5–8 steps, left and right in turn."
#: Said on a moving belt, where nothing is done but going backward.
ON_THE_BELT = "Hands on the rail, eyes level; start the belt slowly and let go only when you are steady."
#: The same for who holds on: "let go" is never said to them.
HANDS_STAY = "Both hands stay on the rail, eyes level; start the belt slowly."
STAND = "Stop the belt and stand, hands on the rail. Stay as you face."


@dataclass(frozen=True, slots=True)
class Block:
    """Bouts, backward unless said otherwise, with a forward rest after each; on a belt the rest is stood."""

    times: int
    bout_s: float  #: of a bout with a distance: what it takes at its cap
    rest_s: float  #: 0 for none
    gait: Gait
    distance_m: float | None = None  #: a bout ends after that distance, not after a time
    rest_gait: Gait = Gait.WALK
    direction: Direction = Direction.BACKWARD
    low_mps: float | None = None  #: the lower end of the speed, where a belt sets it
    cue: str = ""  #: said besides looking round
    cap_mps: float | None = None  #: a cap of its own, below the one of the session
    is_sprint: bool = False  #: its cap is a share of a measured backward speed
    pause_s: float = 0.0  #: walked forward after the last bout, between two sets

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

    @property
    def total_s(self) -> float:
        """Seconds of the bouts and of all that lies between them."""
        return self.times * (self.bout_s + self.rest_s) + self.pause_s

    def highest_mps(self, cap_mps: float) -> float:
        """Return the cap of a bout. A walk is capped where it would turn into a run, whatever the week's cap says."""
        cap_mps = cap_mps if self.cap_mps is None else min(cap_mps, self.cap_mps)
        if self.gait is Gait.WALK and cap_mps >= walk_or_run.TRANSITION_MPS.value:
            return min(cap_mps, walk_or_run.SURELY_WALK_MPS.value)
        return cap_mps


def under_cap(block: Block, cap_mps: float) -> Block:
    """Return the block as it is done under a backward cap: gait told honestly, distances timed at their cap."""
    if block.direction is not Direction.BACKWARD:
        return block
    own_mps = cap_mps if block.cap_mps is None else min(cap_mps, block.cap_mps)
    gait = walk_or_run.honest_gait(own_mps, block.gait)
    honest = replace(block, gait=gait, is_sprint=block.is_sprint and gait is Gait.RUN)
    if block.distance_m is None:
        return honest
    return replace(honest, bout_s=block.distance_m / honest.highest_mps(cap_mps))


def cut(
    blocks: Sequence[Block], limit_s: float, bout_limit_s: float | None, before_s: float | None = None
) -> tuple[Block, ...]:
    """Cut the blocks until their backward seconds keep the limits.

    Parameters
    ----------
    blocks : sequence of Block
        Under their cap.
    limit_s : float
        Backward seconds of all of them.
    bout_limit_s : float or None
        Of a single bout. Where it binds there are more, shorter bouts instead.
    before_s : float or None
        How long the bouts of the stage before were: where not even one bout is allowed, it goes back to those.

    Returns
    -------
    tuple of Block
        Bouts keep their length and get fewer; what is left of the limit is one last, shorter bout where there is only
        one kind. The longest block gives way first: the quick steps of a mixed session are its point.
    """
    left = tuple(_split(block, bout_limit_s) for block in blocks)
    limit_s += 1e-9
    if len(left) == 2 and _rest_of(left[0], left[1]) and sum(block.backward_s for block in left) > limit_s:
        left = (replace(left[0], times=left[0].times + 1),)  # cut as one, so that a shorter bout is the last
    while sum(block.backward_s for block in left) > limit_s:
        # By place: a programme may hold the same block twice.
        longest = max(range(len(left)), key=lambda place: left[place].backward_s)
        others_s = sum(block.backward_s for block in left) - left[longest].backward_s
        smaller = _cut_block(left[longest], limit_s - others_s, before_s)
        if others_s:
            smaller = smaller[:1]
        if smaller:
            left = (*left[:longest], *smaller, *left[longest + 1 :])
            break
        backward = (place for place, block in enumerate(left) if block.backward_s > 0)
        shortest = min(backward, key=lambda place: left[place].backward_s)
        left = (*left[:shortest], *left[shortest + 1 :])
    return left


def bouts_of(total_s: float, bout_s: float, rest_s: float, gait: Gait = Gait.WALK) -> tuple[Block, ...]:
    """Return backward seconds as bouts of one length; what is left over is one shorter bout.

    >>> [(block.times, block.bout_s) for block in bouts_of(900, 120, 60)]
    [(7, 120), (1, 60)]
    """
    times, left_s = divmod(total_s, bout_s)
    whole = Block(int(times), bout_s, rest_s, gait)
    return (whole, replace(whole, times=1, bout_s=left_s)) if left_s >= SHORTEST_BOUT_S.value else (whole,)


def whole_bouts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Leave a last shorter bout out where a longer one of its kind stands before it.

    >>> minute = Block(4, 60, 60, Gait.WALK)
    >>> len(whole_bouts((minute, replace(minute, times=1, bout_s=30))))
    1
    """
    return tuple(block for before, block in zip((None, *blocks), blocks, strict=False) if not _rest_of(before, block))


def evened(blocks: tuple[Block, ...], limit_s: float) -> tuple[Block, ...]:
    """Return one bout more, each of them shorter, where whole bouts leave much of a session unused.

    >>> [(block.times, block.bout_s) for block in evened((Block(1, 270, 120, Gait.RUN),), 450)]
    [(2, 225.0)]
    """
    if (
        len(blocks) != 1
        or blocks[0].distance_m is not None
        or not 0 < blocks[0].backward_s < EVENED_BELOW_SHARE.value * limit_s
    ):
        return blocks
    times = blocks[0].times + 1
    bout_s = min(blocks[0].bout_s, _in_grains(limit_s / times))
    return (replace(blocks[0], times=times, bout_s=bout_s),) if bout_s >= SHORTEST_BOUT_S.value else blocks


def _rest_of(before: Block | None, block: Block) -> bool:
    """Tell whether a block is what a cut left of the one before it."""
    if before is None or block.bout_s >= before.bout_s:
        return False
    return replace(block, times=before.times, bout_s=before.bout_s) == before


def _split(block: Block, limit_s: float | None) -> Block:
    """Return the block with bouts under the limit: shorter ones, and more of them as far as the dose reaches."""
    if limit_s is None or block.bout_s <= limit_s or block.distance_m is not None or not block.backward_s:
        return block
    bout_s = max(SHORTEST_BOUT_S.value, _in_grains(limit_s))
    times = max(block.times, min(int(MOST_BOUTS_COUNT.value), int((block.backward_s + 1e-9) // bout_s)))
    return replace(block, bout_s=bout_s, times=times)


def _in_grains(seconds: float) -> float:
    """Return a duration as a watch is read: in quarters of a minute, a short one in steps of five seconds."""
    grain_s = COARSE_GRAIN_S.value if seconds >= COARSE_FROM_S.value else BOUT_GRAIN_S.value
    return math.floor(seconds / grain_s + 1e-9) * grain_s


def _cut_block(block: Block, limit_s: float, before_s: float | None) -> tuple[Block, ...]:
    """Return what is left of the block under the limit: fewer bouts of its length, then a shorter one; () for none."""
    times = max(0, min(block.times, int(limit_s // block.bout_s)))
    whole = (replace(block, times=times),) if times else ()
    if block.distance_m is not None or times == block.times:
        return whole
    if not times and before_s is not None and SHORTEST_BOUT_S.value <= before_s < block.bout_s and limit_s >= before_s:
        return _cut_block(replace(block, times=int(limit_s // before_s) + 1, bout_s=before_s), limit_s, None)
    left_s = limit_s - times * block.bout_s
    # What is left over is no bout to grow from: read at a glance, it is told in half minutes from one minute on.
    rest_s = (
        _in_grains(left_s) if left_s < REST_GRAIN_S.value * 2 else left_s // REST_GRAIN_S.value * REST_GRAIN_S.value
    )
    if rest_s < SHORTEST_BOUT_S.value:
        return whole
    return (*whole, replace(block, times=1, bout_s=rest_s))


def written_out(
    block: Block,
    cap_mps: float,
    easy_mps: float,
    *,
    on_belt: bool = False,
    cue: str | None = None,
    looks_round: bool = True,
) -> Repeat:
    """Write a block as repeated steps. Its gait must be honest already. On a belt the runner stands between bouts.

    `looks_round` says whether the cue asks for a look over a shoulder: on a belt it never does.
    """
    work = _work(block, cap_mps, easy_mps, cue or (ON_THE_BELT if on_belt else LOOK))
    work = replace(work, looks_round=looks_round and not on_belt and work.direction is Direction.BACKWARD)
    if not block.rest_s:
        return Repeat(block.times, (work,))
    return Repeat(block.times, (work, rest_step(block.rest_s, block.rest_gait, easy_mps, on_belt=on_belt)))


def _work(block: Block, cap_mps: float, easy_mps: float, cue: str) -> Step:
    backward = block.direction is Direction.BACKWARD
    highest_mps = block.highest_mps(cap_mps) if backward else easy_mps
    return Step(
        f"{'BACK' if backward else 'FWD'} {block.gait.value.upper()}",
        Part.WORK,
        block.direction,
        block.gait,
        duration_s=block.bout_s if block.distance_m is None else None,
        distance_m=block.distance_m,
        speed_low_mps=min(block.low_mps, highest_mps) if block.low_mps is not None else None,
        speed_high_mps=highest_mps,
        cue=cue if backward else None,
        is_sprint=block.is_sprint,
    )


def rest_step(rest_s: float, gait: Gait, easy_mps: float, *, on_belt: bool) -> Step:
    """Return a rest: forward, or stood on a belt, so that nobody turns on it."""
    if on_belt:
        return Step("STAND", Part.RECOVERY, Direction.STILL, Gait.WALK, duration_s=rest_s, cue=STAND)
    return Step(
        f"FWD {gait.value.upper()}",
        Part.RECOVERY,
        Direction.FORWARD,
        gait,
        duration_s=rest_s,
        speed_high_mps=easy_mps if gait is Gait.RUN else None,
    )


def words_of(block: Block, *, on_belt: bool = False) -> str:
    """Say a block in a line.

    >>> words_of(Block(7, 9.0, 60, Gait.RUN, distance_m=20))
    '7 × (20 m backward run / 1 min forward walk)'
    >>> words_of(Block(5, 60, 60, Gait.WALK), on_belt=True), words_of(Block(1, 30, 0, Gait.WALK))
    ('5 × (1 min backward walk / 1 min standing)', '30 s backward walk')
    """
    length = span_words(block.bout_s) if block.distance_m is None else f"{block.distance_m:g} m"
    bout = f"{length} {block.direction.value} {block.gait.value}"
    if not block.rest_s:
        return bout if block.times == 1 else f"{block.times} × {bout}"
    rest = "standing" if on_belt else f"forward {block.rest_gait.value}"
    once = f"({bout} / {span_words(block.rest_s)} {rest})"
    return once if block.times == 1 else f"{block.times} × {once}"


def span_words(seconds: float) -> str:
    """Say a duration as a coach would.

    >>> span_words(60), span_words(55), span_words(330), span_words(325)
    ('1 min', '55 s', '5 min 30 s', '5 min 25 s')
    """
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min" + (f" {rest} s" if rest else "")
