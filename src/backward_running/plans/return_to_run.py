"""Return to running forward, six phases of walking and running; a little backward running only after the last."""

from __future__ import annotations

from dataclasses import dataclass

from backward_running.core.constants import METRES_PER_MILE
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.trials2023 import PHASES
from backward_running.plans import dose
from backward_running.plans._block import Block
from backward_running.plans._fitting import misfit_of, runs_forward_at_all
from backward_running.plans._programme import SHARED_EVIDENCE, STEPS, WALKING_GATES, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "return_to_run.filled",
    "Miles are turned into intervals at the runner’s easy pace and a walk of 1.3 m/s, a phase is a week of two or "
    "three sessions, and two weeks with a few short bouts backward follow the last phase: a proposal of this "
    "project. The study had no backward running.",
)
WALK_MPS = Number("return_to_run_walk_mps", 1.3, "m s⁻¹", FILLED)
REPEATS_COUNT = Number("return_to_run_sessions_of_a_phase_count", 2, "1", PHASES)
MORE_COUNT = Number("return_to_run_most_sessions_of_a_phase_count", 3, "1", FILLED)
BACK_BOUT_S = Number("return_to_run_backward_bout_s", 30.0, "s", FILLED)
BACK_CAP_SHARE = Number("return_to_run_backward_cap_share", 0.55, "1", FILLED)
FORWARD_AFTER_S = Number("return_to_run_forward_after_s", 600.0, "s", FILLED)
LEAST_RUN_S = Number("return_to_run_least_longest_run_s", 180.0, "s", FILLED)


@dataclass(frozen=True, slots=True)
class Phase:
    """Minutes of walking and running in turn over a distance; no walking in the last."""

    walk_s: Number
    run_s: Number | None  #: None runs through
    distance_m: Number
    exertion_cr10: Number


def _phase(nth: int, walk_min: float, run_min: float | None, miles: float, exertion: float) -> Phase:
    key = f"return_to_run_phase_{nth}"
    return Phase(
        Number(f"{key}_walk_s", 60 * walk_min, "s", PHASES),
        Number(f"{key}_run_s", 60 * run_min, "s", PHASES) if run_min is not None else None,
        Number(f"{key}_distance_m", miles * METRES_PER_MILE, "m", PHASES),
        Number(f"{key}_exertion_cr10", exertion, "1", PHASES),
    )


TABLE: tuple[Phase, ...] = (
    _phase(1, 2, 3, 1.0, 3),
    _phase(2, 2, 3, 1.5, 3),
    _phase(3, 2, 4, 1.5, 4),
    _phase(4, 2, 4, 2.0, 4),
    _phase(5, 1, 4, 2.0, 5),
    _phase(6, 0, None, 2.0, 5),
)
NUMBERS = tuple(
    number
    for phase in TABLE
    for number in (phase.walk_s, phase.run_s, phase.distance_m, phase.exertion_cr10)
    if number is not None
)

_TWICE = Reason("Each phase at least twice, with a day of rest between, before the next.", PHASES.key)
_PAIN = Reason(
    "Go on to the next phase only without pain over your limit during, after and on the next morning.", FILLED.key
)


def programme(answers: Answers) -> Programme:
    """Return six phases and two weeks with short bouts backward; each phase as many weeks as two sessions need."""
    each = 1 if _two_in_a_week(answers) else int(REPEATS_COUNT.value)
    phases = tuple(row for nth, phase in enumerate(TABLE, 1) for row in (_row(nth, phase, answers),) * each)
    return Programme(key="return_to_run", rows=(*phases, _backward(4), _backward(6)), evidence=FILLED)


def _two_in_a_week(answers: Answers) -> bool:
    """Tell whether two sessions with a day of rest between them fit into a week, and into the next one too."""
    least = int(dose.REST_DAYS_COUNT.value)
    return any(least <= late - early <= 7 - least for early in answers.days for late in answers.days)


def _row(nth: int, phase: Phase, answers: Answers) -> Row:
    said: tuple[Reason, ...] = (
        Reason(
            f"Phase {nth} of {len(TABLE)}. In the study it had {phase.distance_m.value / METRES_PER_MILE:.1f} miles, "
            f"at an exertion of {phase.exertion_cr10.value:.0f} of 10.",
            PHASES.key,
        ),
        _TWICE,
        _PAIN,
    )
    allowed_s = dose.SESSION_GROWTH_RATIO.value * answers.longest_run_s
    block, was_cut = _intervals(phase, answers.easy_speed_mps, allowed_s)
    if was_cut:
        words = "Shorter than in the study: running forward stays within 110 % of your longest run, too."
        said = (*said, Reason(words, dose.SPIKE_PER_DIRECTION.key))
    setting = Setting(warm_up_gait=Gait.WALK, reasons=said)
    least, most = int(REPEATS_COUNT.value), int(MORE_COUNT.value)
    return Row(least, most, (block,), f"Phase {nth}", cap_share=dose.SPEED_CAP_SHARE.value, setting=setting)


def _intervals(phase: Phase, easy_mps: float, allowed_s: float) -> tuple[Block, bool]:
    """Turn a phase into runs with walks between, and say whether it had to be cut to the seconds allowed."""
    if phase.run_s is None:
        run_s = 60.0 * round(phase.distance_m.value / easy_mps / 60)
        kept_s = min(run_s, 60.0 * (allowed_s // 60))
        return Block(1, kept_s, 0, Gait.RUN, direction=Direction.FORWARD), kept_s < run_s
    once_m = phase.run_s.value * easy_mps + phase.walk_s.value * WALK_MPS.value
    times = max(1, round(phase.distance_m.value / once_m))
    kept = min(times, int(allowed_s // phase.run_s.value))
    if not kept:  # a single run of the phase is too long already
        run_s = 60.0 * (allowed_s // 60)
        return Block(1, run_s, phase.walk_s.value, Gait.RUN, direction=Direction.FORWARD), True
    return Block(kept, phase.run_s.value, phase.walk_s.value, Gait.RUN, direction=Direction.FORWARD), kept < times


def _backward(times: int) -> Row:
    said = Reason(
        "A few short bouts backward, only now that all phases are behind you; slow and controlled.", FILLED.key
    )
    setting = Setting(warm_up_gait=Gait.WALK, forward_after_s=FORWARD_AFTER_S.value, reasons=(said, _PAIN))
    block = Block(times, BACK_BOUT_S.value, 60, Gait.RUN)
    return Row(2, 2, (block,), cap_share=BACK_CAP_SHARE.value, setting=setting)


def runs_a_little(answers: Answers) -> Reason | None:
    """Somebody who ran for three minutes at least once in the last 30 days."""
    if answers.longest_run_s >= LEAST_RUN_S.value:
        return None
    return Reason(
        "It begins with runs of three minutes, and you have not run that long in the last 30 days: take the first "
        "steps with your clinician, walking first, and come back with your longest run.",
        LEAST_RUN_S.evidence.key,
    )


def comes_back(answers: Answers) -> Reason | None:
    """Somebody whose goal it is."""
    if answers.goal in GOALS:
        return None
    return Reason("It is for runners who come back from knee pain or a hamstring strain.", FILLED.key)


GOALS = ("rehab:runners_knee", "rehab:hamstring")
MISFIT = misfit_of(GOALS, comes_back, runs_a_little, runs_forward_at_all)
WHO = Reason("The phases come from a programme for soldiers with overuse knee pain, forward only.", PHASES.key)
BESIDE = Reason(
    "It stands beside your clinician’s plan. Running backward for your condition has weak evidence; for a "
    "hamstring it is no substitute for eccentric strength work.",
    FILLED.key,
)

PROTOCOL = Protocol(
    key="return_to_run",
    title="Return to running, six phases",
    for_whom="runners who come back from knee pain or a hamstring strain, cleared to run forward",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO, BESIDE),
    misfit=MISFIT,
    gates=WALKING_GATES,
    steps=STEPS,
    evidence=(PHASES, FILLED, *SHARED_EVIDENCE),
)
