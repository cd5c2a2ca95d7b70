"""Which way, on the way: the judge that runs along on simulated phones, against the truth and the whole recording."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import Lap, RecordedStep, Recording, Stream
from backward_running.gait.live.judge import Told
from validation import _labelled as data
from validation import _phone_streams as phones
from validation import _scores as scores
from validation._judge import Outcome, judge, together
from validation._labelled import Labelled
from validation._phone_streams import PLACES, STATED, Carried, Faults, Phone
from validation._scores import Way
from validation._tables import number, pair, reached, table

NEEDS = ("imu",)
SEEDS = (1, 2, 3)
OBEYS = 0.8  #: of the backward steps that are gone backward
FAULTS = {
    "a good phone": Faults(),
    "30 Hz": Faults(rate_hz=30.0),
    "100 Hz": Faults(rate_hz=100.0),
    "a poor receiver": Faults(velocity_mps=0.4, wander_m=6.0),
    "15 s without a fix, every two minutes": Faults(outages_s=15.0),
    "drift of 2° a second": Faults(bias_degps=2.0),
    "5 % of the events lost": Faults(rate_hz=30.0, dropped_share=0.05),
    "events up to 0.2 s late": Faults(rate_hz=60.0, late_s=0.2),
}
WANTED_OF_BATCH, WANTED_STATED_S, WANTED_YAW_S = 0.02, 1.0, 2.0
INTRODUCTION = f"""# Which way, on the way

The judge that runs along on the phone (`gait/live`, and the same in TypeScript), fed event by event. **Simulated**: the
motions are one man's motion capture in loops; sessions, turns, tracks, arms and every fault are made by a seeded
generator (`validation/_phone_streams.py`). No real phone gave any of it. Made by `make validate`.

Sessions of nine steps, forward and backward in turn, {len(SEEDS)} walked and {len(SEEDS)} run; one backward step in
five is gone forward all the same. The body turns, the course reverses, or both go round. The runner reacts 0.3 to 3 s
after the step. The *whole* is the judge that sees the file at home, with the steps as laps. Accuracy is balanced over
forward and backward seconds that were answered; behind it stands the share that was. Seconds in which the truth changes
are left out, as everywhere here."""
DELAYS = """## From a true change to the cue

Seconds from the moment the new direction begins (a body that turns has then turned) until the phone tells it. *Asked
for*: the body turned, and a step had asked for it. *Seen*: after the warm-up no step says anything; yaw and course are
all there is. *Course*: the same chest, and the way reverses: nothing turns that a gyroscope could feel. A change that
was told before it was over counts as 0; ∞ is one that was never told."""
POCKET = """## A trouser pocket by itself

The same sessions without a plan, and without a single fix as in a hall. The *whole* is what the file tells at home,
with as little."""
#: Measured by tools/phone_cost.py, which needs a browser; put in here by hand.
COST = """## What it costs a phone

Made motion of six axes at 100 Hz, 300 s by the page's own clock, recorded and judged without a plan in headless
Chromium on a computer: a phone has weaker cores. CPU seconds of the browser's renderer, `python -m tools.phone_cost`.

| what | measured | asked |
|---|---|---|
| share of one core, a session | 0.40 % | ≤ 5 %: yes |
| the same events on the first screen, nothing recorded | 0.11 % | – |
| an hour on the phone, at that rate | 6.8 MB | ≤ 25 MB: yes |
| that hour packed | 2.5 MB | ≤ 8 MB: yes |
| first load, gzipped, without icons | 50 kB | ≤ 150 kB: yes |"""
MISSES = """## What it does not do

- **A running pocket, a hand, an arm and a trunk tell nothing by themselves**: where no course comes (a hall, a
  treadmill) only a walking trouser pocket does, some seconds late, and the seconds after a change are wrong or open.
  The asked second is reached by a thigh whose step was planned (0.21 s), and missed by one that nobody told anything
  (7.0 s, without a plan and fixes): its odd marks need eleven seconds to be believed.
- **Without a plan only a walking pocket says which of two sides is forward.** Elsewhere nobody does: all is unknown.
- This one man's thigh is in the fit of what is known of walking pockets (`validation/fit_odd_marks.py`): of others it
  will be silent more often. The page on direction leaves people out.
- **The first fifteen seconds or so are open**, and as many after a hole in the motion of more than half a second.
- **Events that come in bundles, with the time of their arrival,** spoil the yaw of a limb that swings fast: see the
  last rows of the table, where the judge on the way is up to 0.27 behind the whole. All three lines that are further
  than 0.02 behind are of this fault: a pocket walked and run, a belt run. Two of them tell 13 % and 30 % of their
  seconds, and are wrong in some of those. How often browsers do so was not looked at.
- The course of the simulated receiver is half a second old and comes once a second, 0.1 to 0.6 s late: most of
  the delay after a way that reverses under the same chest.
- The strongest word of a quarter of a second was chosen on these very sessions: of 2, 3 and 4 nat, after the first had
  missed the two seconds for a course that reverses (2.4 s). On sessions of six other seeds, belt, 96 changes, 4 nat
  gave 1.87 s and 2 nat 2.37 s; the motions are the same man's.
- The simulated receiver gives speed and course with every fix. One that gives positions alone is not told from.
- Nothing here is a real phone: pockets in which it turns over, browsers that thin out their events, and arms that do
  something else are not in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """Both judges on the same phones."""

    live: Outcome
    whole: Outcome
    agreed: float  #: share of seconds that both told, in which they told the same


@cache
def _done(seed: int, runs: bool) -> Carried:
    return phones.carried(phones.session(seed, runs=runs, obeys=OBEYS), seed)


@cache
def row(place: str, fault: str, runs: bool) -> Row:
    """Judge the sessions of one place and fault, walked or run."""
    live, whole = [], []
    for seed in SEEDS:
        done = _done(seed, runs)
        made = phones.phone(done, place, FAULTS[fault], seed)
        told, cues = phones.live(made)
        batch = judge(_labelled(done, made))
        whole.append(batch)
        live.append(_outcome(told, batch, made.changes, cues))
    both = together(live), together(whole)
    told_both = ~both[0].mixed & np.isin(both[0].answer, scores.TOLD_APART) & np.isin(both[1].answer, scores.TOLD_APART)
    same = both[0].answer[told_both] == both[1].answer[told_both]
    return Row(both[0].pure, both[1].pure, float(same.mean()) if len(same) else math.nan)


def _outcome(
    told: Sequence[Told], batch: Outcome, changes: Sequence[tuple[float, Way]], cues: Sequence[tuple[float, Direction]]
) -> Outcome:
    answer = np.full(len(batch.truth), int(Way.UNKNOWN))
    share = np.full(len(batch.truth), 0.5)
    for second in told:
        if second.second < len(answer):
            answer[second.second] = scores.WAY_OF[second.direction]
            share[second.second] = max(second.forward_share, 1.0 - second.forward_share)
    return Outcome(batch.truth, answer, share, batch.speed_mps, batch.mixed, tuple(delays_s(changes, cues)))


def delays_s(changes: Sequence[tuple[float, Way]], cues: Sequence[tuple[float, Direction]]) -> Iterator[float]:
    """Yield how long after each true change it was told; it may be told until the next one."""
    ends_s = [*(at_s for at_s, _ in changes[1:]), math.inf]
    for (at_s, way), end_s in zip(changes, ends_s, strict=True):
        before = [direction for cue_s, direction in cues if cue_s <= at_s]
        if before and scores.WAY_OF[before[-1]] == way:
            yield 0.0
            continue
        after = [cue_s for cue_s, direction in cues if at_s < cue_s < end_s and scores.WAY_OF[direction] == way]
        yield after[0] - at_s if after else math.inf


def _labelled(done: Carried, made: Phone) -> Labelled:
    """Return the file that comes home: track and motion, the steps as laps."""
    motion = made.motion[np.diff(made.motion[:, 1], prepend=-1.0) > 0.0]
    worn = data.stream(STATED[made.place], motion[:, 2:], mount_known=False, time_s=motion[:, 1])
    fixes = made.fixes
    columns = {
        "latitude_deg": fixes[:, 4], "longitude_deg": fixes[:, 5], "speed_mps": fixes[:, 2], "course_deg": fixes[:, 3],
    }  # fmt: skip
    track = Stream("unknown", "earth", fixes[:, 1], columns)
    streams = (track, worn) if len(fixes) > 1 else (worn,)
    found = data.labelled(done.motion, PLACES[made.place][0], streams, duration_s=made.end_s)
    recording = _with_steps(found.recording, made) if made.steps else found.recording
    return replace(found, recording=recording, changes=made.changes)


def _with_steps(recording: Recording, made: Phone) -> Recording:
    names = ["WALK" if direction is Direction.FORWARD else "BACK WALK" for _, direction in made.steps]
    ends_s = [*(at_s for at_s, _ in made.steps[1:]), made.end_s]
    laps = tuple(
        Lap(at_s, end_s, "workout step", index, names[index])
        for index, ((at_s, _), end_s) in enumerate(zip(made.steps, ends_s, strict=True))
    )
    return replace(recording, laps=laps, steps=tuple(RecordedStep(index, name) for index, name in enumerate(names)))


def page() -> str:
    """Return the page as Markdown."""
    return "\n\n".join([
        INTRODUCTION,
        table(("phone", "place", "walked: on the way", "whole", "run: on the way", "whole", "told alike"), _rows()),
        _summary(),
        DELAYS,
        table(("what turned", "place", "changes", "median", "nine in ten within", "never told", "asked"), _delays()),
        POCKET,
        table(("what is missing", "gait", "accuracy · told", "whole", "median of changes", "never told"), _pocket()),
        COST,
        MISSES,
    ]) + "\n"  # fmt: skip


def _rows() -> Iterator[tuple[str, ...]]:
    for fault in FAULTS:
        for place in PLACES:
            walked, run = row(place, fault, False), row(place, fault, True)
            alike = (walked.agreed + run.agreed) / 2.0
            cells = (
                pair(judged.accuracy, judged.coverage) for both in (walked, run) for judged in (both.live, both.whole)
            )
            yield (fault, place, *cells, number(alike, 3))


def _summary() -> str:
    every = [row(place, fault, runs) for fault in FAULTS for place in PLACES for runs in (False, True)]
    live, whole = together(row.live for row in every), together(row.whole for row in every)
    behind = [row.whole.accuracy - row.live.accuracy for row in every]
    worst = float(np.nanmax(behind))
    return (
        f"Over all {len(live.truth):,} s: on the way {pair(live.accuracy, live.coverage)}, the whole "
        f"{pair(whole.accuracy, whole.coverage)}. Within {WANTED_OF_BATCH} of the whole in "
        f"{sum(value <= WANTED_OF_BATCH for value in behind)} of {len(behind)} lines; at most {worst:.3f} behind. "
        f"Asked for in all: {reached(worst <= WANTED_OF_BATCH)}."
    )


def _pocket() -> Iterator[tuple[str, ...]]:
    for without in ("a plan", "a plan and fixes"):
        for runs in (False, True):
            live, whole = [], []
            for seed in SEEDS:
                done = _done(seed, runs)
                made = replace(phones.phone(done, "pocket", Faults(), seed), steps=())
                made = replace(made, fixes=made.fixes[:0]) if without != "a plan" else made
                told, cues = phones.live(made)
                batch = judge(_labelled(done, made))
                whole.append(batch)
                live.append(_outcome(told, batch, made.changes, cues))
            told_live, told_whole = together(live), together(whole)
            yield (
                without,
                "run" if runs else "walked",
                pair(told_live.pure.accuracy, told_live.pure.coverage),
                pair(told_whole.pure.accuracy, told_whole.pure.coverage),
                f"{number(told_live.delay_s)} s",
                f"{told_live.missed} of {len(told_live.delays_s)}",
            )


def _delays() -> Iterator[tuple[str, ...]]:
    for turns, plan, wanted_s in (
        ("body", "all", WANTED_STATED_S),
        ("body", "warm-up", WANTED_YAW_S),
        ("course", "warm-up", WANTED_YAW_S),
    ):
        name = {"all": "asked for", "warm-up": "seen"}[plan] if turns == "body" else "course"
        for place in PLACES:
            found = np.array([delay for runs in (False, True) for delay in _delays_of(place, turns, plan, runs)])
            told = np.sort(found)
            yield (
                name,
                place,
                str(len(found)),
                f"{number(float(np.median(told)))} s",
                f"{number(float(told[math.ceil(0.9 * len(told)) - 1]))} s",
                str(int(np.isinf(found).sum())),
                f"{wanted_s:g} s: {reached(bool(np.median(told) <= wanted_s))}",
            )


def _delays_of(place: str, turns: str, plan: str, runs: bool) -> Iterator[float]:
    for seed in (*SEEDS, *(seed + 10 for seed in SEEDS)):
        stretches = tuple(
            replace(stretch, turns=turns if index else "nothing")
            for index, stretch in enumerate(phones.session(seed, runs=runs))
        )
        made = phones.phone(phones.carried(stretches, seed), place, Faults(), seed)
        if plan == "warm-up":
            made = replace(made, steps=(made.steps[0], (made.steps[1][0] - 5.0, Direction.UNKNOWN)))
        _, cues = phones.live(made)
        yield from delays_s(made.changes, cues)
