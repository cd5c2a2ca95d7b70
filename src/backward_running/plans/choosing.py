"""Which programme: those that serve the goal and fit the runner first, the others with why they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backward_running.core.goals import GOALS, REHAB_CONDITIONS, condition_of
from backward_running.core.plan import GateState, Reason
from backward_running.plans import dose, walk_or_run
from backward_running.plans._gates import OF_RUNNING, needed, under_gates
from backward_running.plans.base import Answers, Protocol

#: Where several programmes serve a goal: the order in which they are offered. Others that serve it follow.
BEST_FIRST: Mapping[str, tuple[str, ...]] = {
    "try": ("holding_on", "beginner", "article_method"),
    "variety": ("holding_on", "maintenance_week", "beginner", "article_method"),
    "economy": ("holding_on", "uthoff_2020", "ordway_2016", "beginner", "terblanche_2005"),
    "race": ("competition_preparation", "backward_sprints", "bouguezzi_2024", "holding_on"),
    "rehab:balance": ("holding_on", "heath_2001"),
    "rehab:low_back": ("holding_on", "heath_2001"),
    "rehab:runners_knee": ("knee_minutes_swapped", "return_to_run"),
}
NOTHING_FITS = Reason(
    "With your answers every session would be shorter than a useful one: backward minutes stay within "
    f"{dose.BACKWARD_SHARE.value * 100:.0f} % of your weekly running.",
    dose.BACKWARD_SHARE.evidence.key,
)
HELD_TO_WALKING = Reason(
    "It leads to running backward, and for now you walk.", walk_or_run.SURELY_WALK_MPS.evidence.key
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A programme as it is offered to one runner."""

    protocol: str  #: its key
    title: str
    for_whom: str
    fits: bool
    reason: Reason  #: why it is offered at that place, or why it does not fit


def choose(answers: Answers, gates: Sequence[GateState] = ()) -> tuple[Choice, ...]:
    """Order all programmes for a runner: those that fit and serve the goal, those that fit, those that do not.

    Parameters
    ----------
    answers : Answers
        As :func:`check_answers` returned them.
    gates : sequence of GateState
        As the rules of ``rehab`` returned them. A programme fits only where none of its gates keeps it from beginning,
        and where walking alone is left it is one of walking.

    Returns
    -------
    tuple of Choice
        Every programme once, the best first, never empty. Where none fits, the first says why.
    """
    from backward_running.plans import all_protocols

    protocols = all_protocols()
    order = BEST_FIRST.get(answers.goal, ())

    def place(choice: Choice) -> tuple[bool, bool, int, str]:
        serves = answers.goal in protocols[choice.protocol].goals
        rank = order.index(choice.protocol) if choice.protocol in order else len(order)
        # A first step for everybody stands before other programmes that do not serve the goal.
        return (not choice.fits, not serves, rank, "" if choice.protocol == "beginner" else choice.protocol)

    return tuple(sorted((_choice(protocol, answers, gates) for protocol in protocols.values()), key=place))


def settled(typed: Mapping[str, object], answers: Answers, gates: Sequence[GateState] = ()) -> dict[str, object]:
    """Return what was typed, with the day to start and the programme filled in where they were left empty.

    A plan that is made again later from its own answers then starts on the same day and follows the same programme.
    """
    return {
        **typed,
        "starts_on": answers.starts_on,
        "protocol": typed.get("protocol") or choose(answers, gates)[0].protocol,
    }


def why_no_weeks(protocol: Protocol, answers: Answers) -> Reason:
    """Say why a programme that fits makes no week: what binds it, or that a session would be too short."""
    return next((note for note in protocol.notes(answers) if note.binds_week is not None), NOTHING_FITS)


def _choice(protocol: Protocol, answers: Answers, gates: Sequence[GateState]) -> Choice:
    own = needed(gates, protocol.key)
    answers = under_gates(answers, own)
    misfit = _kept_from(protocol, answers, own)
    return Choice(
        protocol.key, protocol.full_title, protocol.for_whom, misfit is None, misfit or _why_it_fits(protocol, answers)
    )


def _kept_from(protocol: Protocol, answers: Answers, gates: Sequence[GateState]) -> Reason | None:
    """Say what keeps a runner from a programme: its own reasons, a gate, or that no week comes of it."""
    misfit = protocol.misfit(answers)
    if misfit is not None:
        return misfit
    shut = next((gate for gate in gates if not gate.open and (gate.is_red_flag or not gate.walking_only)), None)
    if shut is not None:
        return shut.reason
    if answers.facts.walking_only and OF_RUNNING in protocol.gates:
        return HELD_TO_WALKING
    one_week = replace(answers, restart=replace(answers.restart, most_weeks=1))
    return None if protocol.weeks(one_week) else why_no_weeks(protocol, answers)


def _why_it_fits(protocol: Protocol, answers: Answers) -> Reason:
    source = protocol.evidence[0].key
    if answers.goal in protocol.goals:
        condition = condition_of(answers.goal)
        words = dict(REHAB_CONDITIONS)[condition] if condition else dict(GOALS)[answers.goal]
        return Reason(f"It serves your goal: {words[0].lower()}{words[1:]}.", source)
    return Reason("Your answers allow it, though it does not lead straight to your goal.", source)
