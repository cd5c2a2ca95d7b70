"""Runner's knee: minutes of a usual run, swapped for minutes backward at a controlled speed. Nothing is added."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.roos2012 import KNEE
from backward_running.evidence.studies.sussman import KNEE as SLOW
from backward_running.plans import dose
from backward_running.plans._block import Block
from backward_running.plans._first_running import FIRST_RUNNING, short_bouts_first
from backward_running.plans._fitting import misfit_of, runs_already
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row, cap_numbers, dose_numbers
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

TABLE_EVIDENCE = own_proposal(
    "knee_minutes_swapped.table",
    "Ten weeks in which minutes of a usual run are walked and then run backward at a controlled speed, two "
    "sessions a week, are a proposal of this project: the force was measured, no trial has tested it "
    "on a painful knee.",
)
SESSIONS_COUNT = Number("knee_minutes_swapped_sessions_per_week_count", 2, "1", TABLE_EVIDENCE)
CONTROL = "An even speed you control; stop the bout when the knee says more than 3 of 10."
_WORDS = (
    Reason(
        "Force behind the kneecap was lower backward at equal running speed: 3.4 against 4.5 body weights.", KNEE.key
    ),
    Reason("Walking slowly backward does not spare the knee: these weeks are for learning the way.", SLOW.key),
    Reason("Go on only while pain stays at 3 of 10 or less, and the next morning is as before.", TABLE_EVIDENCE.key),
)


def _walk(times: int, bout_s: float) -> Block:
    return Block(times, bout_s, 60, Gait.WALK, cue=CONTROL)


def _run(times: int, bout_s: float) -> Block:
    return Block(times, bout_s, 60, Gait.RUN, cue=CONTROL)


#: Backward part of each session, cap as m/s or as a share of the easy speed.
WEEKS: tuple[tuple[tuple[Block, ...], float | None, float | None], ...] = (
    ((_walk(5, 60),), 1.2, None),
    ((_walk(8, 60),), 1.5, None),
    ((_walk(6, 60), _run(4, 20)), 1.8, None),
    ((_run(8, 30),), None, 0.60),
    ((_run(12, 30),), None, 0.65),
    ((_run(8, 60),), None, 0.65),
    ((_run(10, 60),), None, 0.70),
    ((_run(6, 120),), None, 0.70),
    ((_run(7, 120),), None, 0.70),
    ((_run(5, 180),), None, 0.70),
)


#: The place of the row with eight bouts of 30 s.
RUNNING_FROM = 3


def usual_run_s(answers: Answers) -> float:
    """Return how long a usual run is: the week divided by its runs, never longer than the longest."""
    runs = max(1, answers.forward_runs_per_week)
    return min(answers.longest_run_s, dose.weekly_running_s(answers) / runs)


def programme(answers: Answers) -> Programme:
    """Return the ten weeks; each session is one of the runner's usual runs, part of it backward."""
    usual_s = 60.0 * (usual_run_s(answers) // 60)
    each = int(SESSIONS_COUNT.value)
    rows = tuple(
        Row(
            each,
            each,
            blocks,
            cap_mps=cap_mps,
            cap_share=cap_share,
            setting=Setting(
                forward_after_s=usual_s,
                replaces=True,
                reasons=_WORDS if blocks[0].gait is Gait.WALK else (_WORDS[0], _WORDS[2]),
            ),
        )
        for blocks, cap_mps, cap_share in WEEKS
    )
    rows = short_bouts_first(rows, answers, begins_at=RUNNING_FROM, running=[row.blocks for row in rows[RUNNING_FROM:]])
    return Programme(key="knee_minutes_swapped", rows=rows, evidence=TABLE_EVIDENCE, varies=True)


TABLE = tuple(Row(2, 2, blocks, cap_mps=cap_mps, cap_share=share) for blocks, cap_mps, share in WEEKS)
DOSES = dose_numbers("knee_minutes_swapped", TABLE, TABLE_EVIDENCE)
CAPS = cap_numbers("knee_minutes_swapped", TABLE, TABLE_EVIDENCE)


def has_the_knee(answers: Answers) -> Reason | None:
    """Somebody whose goal it is."""
    if answers.goal in GOALS:
        return None
    return Reason("It is for runners with pain around the kneecap, beside their clinician’s plan.", TABLE_EVIDENCE.key)


GOALS = ("rehab:runners_knee",)
MISFIT = misfit_of(GOALS, has_the_knee, runs_already)
SWAPPED = Reason(
    "Backward minutes take the place of forward minutes of two runs a week: your running time does not grow. That is "
    "the one way in which going backward may help a runner’s knee; the evidence is weak: indirect, never tested.",
    TABLE_EVIDENCE.key,
)
BESIDE = Reason("It stands beside your clinician’s plan; strength work for hip and thigh goes on.", TABLE_EVIDENCE.key)

PROTOCOL = Protocol(
    key="knee_minutes_swapped",
    title="Minutes swapped for a runner’s knee",
    length="ten weeks",
    for_whom="runners with pain around the kneecap who still run forward for 20 minutes",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, SWAPPED, BESIDE),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(TABLE_EVIDENCE, FIRST_RUNNING, KNEE, SLOW, *SHARED_EVIDENCE),
)
