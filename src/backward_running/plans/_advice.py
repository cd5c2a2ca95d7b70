"""What is said with every session: where, with whom, how to begin and end, and the ordinary running advice."""

from __future__ import annotations

from backward_running.core.plan import Place, Reason
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import dose, walk_or_run
from backward_running.plans._block import LOOK, span_words
from backward_running.plans.base import Answers

BELT = Evidence(
    key="session.belt",
    says="A treadmill is started at 0.8 m/s or slower, with rail and safety clip: a proposal.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
SHOULDER = Evidence(
    key="session.shoulder",
    says="A look over a shoulder every 5 to 8 steps, the sides in turn: a proposal.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
BELT_START_MPS = Number("treadmill_start_mps", 0.8, "m s⁻¹", BELT)
LOOK_STEPS_COUNT = Number("shoulder_look_every_steps_count", 6, "steps", SHOULDER, low=5, high=8)

#: From that row of a programme on a track or closed grass will do as well as a short lane.
TRACK_FROM_STAGE = 3


def place_of(answers: Answers, stage: int, *, belt_only: bool = False) -> Place:
    """Say where a session is done: a known stretch before a treadmill, unless only a belt will do."""
    if belt_only:
        return Place.TREADMILL
    if answers.has_known_spot or (answers.has_spotter and not answers.has_treadmill):
        return Place.FLAT_CLOSED if stage < TRACK_FROM_STAGE else Place.TRACK_OR_GRASS
    return Place.TREADMILL if answers.has_treadmill else Place.FLAT_CLOSED


def with_whom(answers: Answers, place: Place, *, supervised: bool = False) -> str:
    """Say who should be there."""
    age = dose.youngest_age_years(answers)
    if answers.walking_only or supervised:
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


def where_and_how(answers: Answers, place: Place) -> tuple[Reason, ...]:
    """Give the sources of the numbers in the advice on looking round and on the belt."""
    said = [Reason(LOOK, SHOULDER.key)]
    if answers.has_treadmill:
        on = "On the treadmill" if place is Place.TREADMILL else "On a treadmill instead"
        text = f"{on} the belt starts at {{start}} or slower."
        said.append(walk_or_run.speaking(text, BELT.key, start=BELT_START_MPS.value))
    return tuple(said)


def backward_advice(
    answers: Answers, place: Place, *, stage: int, uphill: bool, warm_up: str, cool_down_s: float
) -> tuple[str, ...]:
    """Return the advice of a session with backward steps."""
    said = [
        _begin_and_end(warm_up, cool_down_s),
        LOOK,
        "Never in traffic, on a trail, in the wet or dark, in a crowd, on stairs, or with headphones.",
    ]
    if stage == 1 and not answers.has_spotter and place is not Place.TREADMILL:
        said.append("For the first sessions ask a friend to come along and look ahead for you.")
    if uphill and place is not Place.TREADMILL:
        said.append("You may do it on smooth grass, 2–4 % uphill; walk back down forward.")
    if answers.has_treadmill:
        said.append(_on_the_belt("On" if place is Place.TREADMILL else "Or on"))
    return (
        *said,
        "Short, quick steps, body upright, arms as in your forward running.",
        "Stop when it hurts, when you feel dizzy, or when you stumble twice.",
        "The ordinary advice holds: running shoes with laces tied, water on warm days, nothing new on a tired day.",
        "Swap it for part of an easy run; do not add it on top. Say tomorrow and the day after how your calves feel.",
    )


def forward_advice(warm_up: str, cool_down_s: float) -> tuple[str, ...]:
    """Return the advice of a session without backward steps."""
    return (
        _begin_and_end(warm_up, cool_down_s),
        "Stop when it hurts more than your limit, and say afterwards and the next morning how it was.",
        "The ordinary advice holds: running shoes with laces tied, water on warm days, nothing new on a tired day.",
    )


def _begin_and_end(warm_up: str, cool_down_s: float) -> str:
    return f"Warm up with {warm_up}; cool down with {span_words(cool_down_s)} of forward walking."


def _on_the_belt(begin: str) -> str:
    start = walk_or_run.speed_words(BELT_START_MPS.value)
    return (
        f"{begin} the treadmill: clip on, a hand near the rail, start the belt at {start} or slower, turn only while "
        "it stands."
    )


#: The sources of everything that is said here.
EVIDENCE = (BELT, SHOULDER, ADVICE)
