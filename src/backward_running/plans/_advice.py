"""What is said with every session: where, with whom, how to begin and end, and the ordinary running advice."""

from __future__ import annotations

from dataclasses import dataclass

from backward_running.core.plan import Place, Reason
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.plans import dose, walk_or_run
from backward_running.plans._block import LOOK, span_words
from backward_running.plans.base import Answers

BELT = own_proposal(
    "session.belt",
    "A treadmill is stepped on while the belt stands, hands on the rail, and started at 0.8 m/s or slower; the runner "
    "faces one way all session and stands between the bouts. A proposal.",
)
SHOULDER = own_proposal("session.shoulder", "A look over a shoulder every 5 to 8 steps, the sides in turn: a proposal.")
LANE = own_proposal(
    "session.lane",
    "Bouts that are longer than a lane of 20 to 50 m need a track or closed grass, or a stop at each end: a proposal.",
)
BELT_START_MPS = Number("treadmill_start_mps", 0.8, "m s⁻¹", BELT)
LOOK_STEPS_COUNT = Number("shoulder_look_every_steps_count", 6, "steps", SHOULDER, low=5, high=8)
LANE_SHORT_M = Number("lane_shortest_m", 20.0, "m", LANE)
LANE_LONG_M = Number("lane_longest_m", 50.0, "m", LANE)
#: From that row of a programme on a track or closed grass is better than a short lane.
TRACK_FROM_STAGE = Number("track_from_stage_count", 3, "1", LANE)

AT_THE_END = "Lane ends: stop, turn standing (a rest, not a run), go on back the other way."
HOLD = "Hold the rail or the person all the time; small, slow steps. Who is beside you watches the way."
WALK_FORWARD = "Forward you walk too: whether and when you run is for your doctor or physiotherapist to say."
#: Who has one of these is not told to look round: turning the head is what they cannot do, or what makes them dizzy.
NOT_LOOKING_ROUND = frozenset({"stiff_neck", "vertigo", "sight", "vestibular_or_visual"})
#: Who has one of these is not told to raise their heels: it is what hurts.
NOT_ON_TOES = frozenset({"acute_calf_or_foot"})
WATCHED = "Whoever is beside you watches the way"
OFF_AGAIN = "Stop the belt, then step off. Off the belt: march on the spot until you breathe calmly."


@dataclass(frozen=True, slots=True)
class Situation:
    """What the advice of a session depends on."""

    place: Place
    stage: int
    slope: bool
    warm_up_s: float
    warm_up_how: str  #: "easy forward running"
    cool_down_s: float
    long_bouts: bool  #: longer than the shortest lane
    sprints: bool
    holds: bool  #: hands stay on the rail
    spares_calves: bool  #: nothing is done on the toes
    no_running: bool  #: what goes forward is walked
    swaps: bool  #: it is to stand in for a part of a run


def accompanied(answers: Answers) -> bool:
    """Tell whether somebody comes along who looks where the runner goes."""
    return answers.has_spotter or answers.has_supervisor


def keeps_hold(answers: Answers) -> bool:
    """Tell whether hands stay on the rail of a belt: nobody of these is told to let go."""
    alone = answers.facts.walking_only and not answers.has_supervisor
    return answers.facts.holds or answers.stage_zero or alone


def spares_calves(answers: Answers) -> bool:
    """Tell whether a runner is not to raise their heels."""
    return not NOT_ON_TOES.isdisjoint(answers.conditions)


def off_the_belt(answers: Answers) -> str:
    """Say how to get warm beside a belt: who keeps hold on it does not stand on one leg beside it either."""
    firm = keeps_hold(answers)
    heels = "" if spares_calves(answers) else ", lift your heels"
    where, legs = (", a hand on something firm", "") if firm else ("", ", swing your legs")
    return f"Off the belt{where}: march on the spot{heels}{legs}. Step on only while the belt stands."


def place_of(
    answers: Answers,
    stage: int,
    *,
    belt_only: bool = False,
    held: bool = False,
    begins: bool = False,
    slope: bool = False,
    sprints: bool = False,
    bout_m: float = 0.0,
) -> Place:
    """Say where a session is done: a rail for who holds on, a known stretch before a treadmill, and room for its bouts.

    Alone it is the lane that is known, whatever the bouts (they stop at its ends); a track asks for a spotter.
    """
    if belt_only:
        return Place.TREADMILL
    beside = accompanied(answers)
    on_belt = answers.has_treadmill and not answers.has_known_spot
    if answers.facts.holds and answers.has_treadmill and (not beside or not (held or answers.has_known_spot)):
        return Place.TREADMILL
    if held or answers.facts.holds or (begins and not on_belt):
        return Place.RAIL
    if sprints:
        return Place.TRACK_OR_GRASS
    if not answers.has_known_spot and (answers.has_treadmill or not beside):
        return Place.TREADMILL if answers.has_treadmill else Place.FLAT_CLOSED
    if not beside:
        return Place.FLAT_CLOSED
    if slope:
        return Place.GENTLE_GRASS_UPHILL
    short = bout_m <= LANE_LONG_M.value and stage < TRACK_FROM_STAGE.value
    return Place.FLAT_CLOSED if short else Place.TRACK_OR_GRASS


def with_whom(
    answers: Answers, place: Place, *, supervised: bool = False, harness: bool = False, backward: bool = True
) -> str:
    """Say who should be there."""
    age, name = dose.youngest_age_years(answers), answers.supervisor_name
    if harness:
        beside = name or ("somebody" if age is None or age >= dose.ALONE_FROM_YEARS.value else "an adult who stays")
        return f"the harness on, the safety clip on, {beside} beside the belt"
    if answers.facts.holds and backward:
        return _holding_on(answers, place)
    if (
        answers.facts.walking_only
        and backward
        and not (supervised or answers.has_supervisor)
        and place is Place.TREADMILL
    ):
        return "both hands on the rail, the safety clip on, somebody in the house"
    if supervised or (answers.facts.walking_only and backward):
        beside = f"{name or 'a trained person'} beside you for the whole session"
        return f"{beside}, the safety clip on" if place is Place.TREADMILL else beside
    if age is not None and age < dose.ALONE_FROM_YEARS.value:
        return f"{name}, who stays for the whole session" if name else "an adult who stays for the whole session"
    if not backward:
        return "nobody is needed"
    return _by_place(answers, place)


def _holding_on(answers: Answers, place: Place) -> str:
    """Say what is held, and who stays: a rail, or the person beside."""
    beside = f"{answers.supervisor_name or 'the person who stays'} beside you for the whole session"
    if place is Place.TREADMILL:
        return (
            f"both hands on the rail, the safety clip on, {beside if accompanied(answers) else 'somebody in the house'}"
        )
    if not answers.has_supervisor:
        beside = "your friend beside you for the whole session"
    return f"{beside}: a hand on the rail or on their arm from the first step to the last"


def _by_place(answers: Answers, place: Place) -> str:
    name = answers.supervisor_name
    if place is Place.RAIL:
        return f"{name or 'a person'} within arm’s reach for the whole session"
    if place is Place.TREADMILL:
        if answers.stage_zero:
            return f"{name or 'a person'} beside the belt, the safety clip on, both hands on the rail"
        return "the safety clip on, the rail within reach, somebody in the house"
    if answers.has_spotter:
        return "a friend as spotter, who looks where you are going"
    if answers.has_supervisor:
        return f"{name}, who stays with you, as spotter" if name else "the person who stays with you, as spotter"
    return "alone only on a lane you know; walk it forward first"


def where_and_how(answers: Answers, place: Place, cap_mps: float) -> tuple[Reason, ...]:
    """Give the sources of what is said on looking round, on the belt and on a short lane."""
    if place is Place.TREADMILL:
        start_mps = min(BELT_START_MPS.value, cap_mps)
        return (walk_or_run.speaking("The belt starts at {start} or slower.", BELT.key, start=start_mps),)
    if place is Place.RAIL:
        looks = NOT_LOOKING_ROUND.isdisjoint(answers.conditions)
        own = "; you look round while you stand" if looks else ", also while you stand: you need not look round"
        return (Reason(f"{WATCHED}{own}.", SHOULDER.key),)
    if place is Place.FLAT_CLOSED:
        return (Reason(LOOK, SHOULDER.key), Reason("A bout longer than your lane stops at its end.", LANE.key))
    return (Reason(LOOK, SHOULDER.key),)


def backward_advice(answers: Answers, situation: Situation) -> tuple[str, ...]:
    """Return the advice of a session with backward steps."""
    if situation.place is Place.TREADMILL:
        said = _on_the_belt(situation)
    elif situation.place is Place.RAIL:
        said = _holding(situation)
    else:
        said = _outdoors(answers, situation)
    swap = ("Swap it for part of an easy run; do not add it on top.",) if situation.swaps else ()
    return (
        *said,
        *((WALK_FORWARD,) if situation.no_running else ()),
        "Stop when it hurts more than your limit, when you feel dizzy, or when you stumble twice.",
        "The ordinary advice holds: running shoes with laces tied, water on warm days, nothing new on a tired day.",
        *swap,
        "Say tomorrow and the day after how your calves feel.",
    )


def forward_advice(situation: Situation) -> tuple[str, ...]:
    """Return the advice of a session without backward steps."""
    return (
        _begin_and_end(situation),
        *((WALK_FORWARD,) if situation.no_running else ()),
        "Stop when it hurts more than your limit, and say afterwards and the next morning how it was.",
        "The ordinary advice holds: running shoes with laces tied, water on warm days, nothing new on a tired day.",
    )


def _begin_and_end(situation: Situation) -> str:
    return (
        f"Warm up with {span_words(situation.warm_up_s)} of {situation.warm_up_how}; cool down with "
        f"{span_words(situation.cool_down_s)} of forward walking."
    )


def _outdoors(answers: Answers, situation: Situation) -> list[str]:
    said = [
        _begin_and_end(situation),
        LOOK,
        "Never in traffic, on a trail, in the wet or dark, in a crowd, on stairs, or with headphones.",
    ]
    if situation.stage == 1 and not accompanied(answers):
        said.append("For the first sessions ask a friend to come along and look ahead for you.")
    if situation.place is Place.FLAT_CLOSED and situation.long_bouts:
        said.append(
            "At the end of your lane stop, turn round while you stand, and go on backward the other way, or walk back "
            "forward: the turn is part of the rest, never run through it."
        )
        said.append(
            f"From stage {TRACK_FROM_STAGE.value:.0f} on a track or closed grass is better, with a friend as spotter: "
            "the bouts no longer fit a lane."
        )
    if situation.sprints:
        said.append(
            "Leave 10 m before each sprint to roll in and 20 m after it to run out; never towards a wall or a fence."
        )
    elif situation.place is Place.TRACK_OR_GRASS and situation.stage < TRACK_FROM_STAGE.value:
        said.append(
            "A lane of 20–50 m that you know will do too: at its end stop, turn round while you stand, and go on "
            "backward the other way; the turn is rest, never run through it."
        )
    if situation.slope and situation.place is Place.TRACK_OR_GRASS:
        said.append("You may do it on smooth grass, 2–4 % uphill; walk back down forward.")
    said.append("Short, quick steps, body upright, arms as in your forward running.")
    return said


def _on_the_belt(situation: Situation) -> list[str]:
    heels = "" if situation.spares_calves else " and heel raises"
    firm = ", a hand on something firm" if situation.holds else ""
    return [
        f"Warm up off the belt: {span_words(situation.warm_up_s)} of gentle marching on the spot{heels}{firm}. Cool "
        f"down off the belt for {span_words(situation.cool_down_s)}.",
        "Step on while the belt stands, facing away from the console, clip on, hands on the rail; start slowly. "
        + (
            "Both hands stay on the rail from the first step to the last."
            if situation.holds
            else "Let go of the rail only when you are steady."
        ),
        "Stay as you face from the first step to the last: stand between the bouts with the belt stopped.",
        "Stop the belt before you step off. No headphones.",
        "Short, quick steps, body upright.",
    ]


def _holding(situation: Situation) -> list[str]:
    return [
        _begin_and_end(situation),
        "Hold the rail or the person from the first step to the last; at the end stop, let both feet stand, then turn "
        "or walk back forward.",
        "A chair at each end for the rests. Dry, lit, no rug, no cable, closed shoes.",
    ]


#: The sources of everything that is said here.
EVIDENCE = (BELT, SHOULDER, LANE, ADVICE)
