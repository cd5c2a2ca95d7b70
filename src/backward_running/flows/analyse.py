"""Understand one recording: find the bouts, lay the runner's paint over them, measure, cost, sum up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backward_running import __version__, effort, gait, signals
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.habits import Habits, Pulse
from backward_running.core.ports import ActivityRow, RibbonPiece
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import SAID, Bout, BoutFacts, Paint, Session
from backward_running.effort.load_by_direction import hearts_of, loads_of
from backward_running.flows.bests import bests_of, counted_of
from backward_running.flows.mounting import believed

#: A ribbon in a list is some 120 pixels wide: shorter pieces than this share of it could not be seen.
SHORTEST_RIBBON_SHARE = 1 / 240


@dataclass(frozen=True, slots=True)
class Given:
    """What a recording is understood with, beside itself."""

    athlete: Athlete
    paints: Sequence[Paint] = ()  #: the runner's labels, oldest first
    pulses: Sequence[Pulse] = ()  #: of their earlier recordings: what backward running costs them
    perceived_exertion_cr10: float | None = None  #: how hard they say it was
    said: Direction | None = None  #: which way they say it went as a whole


def analyse(
    recording: Recording,
    given: Given,
    *,
    habits: Habits | None = None,
    found: tuple[Bout, ...] | None = None,
    working: Stream | None = None,
    title: str,
    file_name: str,
) -> tuple[Session, ActivityRow]:
    """Understand one recording. Pure: the same recording, habits and all that is given make the same session.

    `working` is the working stream of the believed recording, where it is made already.
    Where `found` is given, what was detected before stays as it was, and only what rests on it is made anew.
    The row is on the clock the file states: :func:`backward_running.flows.days.placed` puts it on the right one.
    """
    recording = believed(recording)
    athlete, exertion = given.athlete, given.perceived_exertion_cr10
    working = signals.working_stream(recording) if working is None else working
    if found is None:
        found = gait.find_bouts(recording, working, habits)
    said = given.said if recording.on_foot else None
    strokes = gait.as_strokes(recording, given.paints) if given.paints else ()
    heard = found
    if recording.on_foot and gait.waits_for_a_word(found, strokes):
        # One label names the directions of all that was told apart; what was found without it stays what it was.
        heard = gait.carried(found, gait.find_bouts(gait.with_words(recording, strokes), working, habits))
    filled = gait.apply_statement(heard, said)
    painted = gait.apply_paint(filled, strokes) if strokes else filled
    facts = gait.measure(recording, working, painted)
    own = effort.own_factor(given.pulses, athlete)
    facts = effort.add_energy(working, facts, athlete, recording.pauses, own)
    estimates = effort.session_estimates(
        working, facts, athlete, recording.pauses, perceived_exertion_cr10=exertion, own=own
    )
    loads = loads_of(working, facts, athlete, recording.pauses, perceived_exertion_cr10=exertion)
    hearts = hearts_of(working, facts, recording.pauses)
    own_bests = bests_of(facts, counted_of(recording)) if recording.on_foot else ()
    session = Session(recording.activity_id, found, facts, estimates, _recipe(facts), loads, hearts, said, own_bests)
    return session, make_row(recording, session, title=title, file_name=file_name)


def make_row(recording: Recording, session: Session, *, title: str, file_name: str) -> ActivityRow:
    """Sum a session up for the list of activities."""
    whole = session.totals()
    forward, backward, unknown = (
        session.totals(direction) for direction in (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN)
    )
    stated_distance_m = recording.stated.get("distance_m")
    return ActivityRow(
        activity_id=recording.activity_id,
        file_key=recording.key,
        started_at=recording.started_at,
        utc_offset_s=recording.utc_offset_s,
        title=title,
        file_name=file_name,
        sport=recording.sport,
        on_foot=recording.on_foot,
        simulated=recording.simulated,
        duration_s=recording.duration_s,
        moving_s=whole.moving_s,
        distance_m=whole.distance_m if whole.distance_m is not None else stated_distance_m,
        forward_s=forward.moving_s,
        backward_s=backward.moving_s,
        unknown_s=unknown.moving_s,
        forward_m=forward.distance_m,
        backward_m=backward.distance_m,
        unknown_m=unknown.distance_m,
        ribbon=ribbon_of(session.bouts),
        said_forward_s=_said_s(session, Direction.FORWARD),
        said_backward_s=_said_s(session, Direction.BACKWARD),
    )


def _said_s(session: Session, direction: Direction) -> float:
    """Sum the moving time in a direction that stands on the runner's word on the whole recording alone."""
    bouts = (bout for bout in session.bouts if bout.bout.direction is direction and bout.bout.found_by == SAID)
    return float(sum(bout.moving_s for bout in bouts))


def ribbon_of(facts: Sequence[BoutFacts]) -> tuple[RibbonPiece, ...]:
    """Shrink the bouts to the small ribbon of a list; pieces too short to see are given to the piece before."""
    whole_s = sum(fact.bout.duration_s for fact in facts)
    pieces: list[RibbonPiece] = []
    for fact in facts:
        piece = RibbonPiece(fact.bout.duration_s / whole_s, fact.bout.direction, fact.bout.found_by == SAID)
        last = pieces[-1] if pieces else None
        if last is not None and (piece.share < SHORTEST_RIBBON_SHARE or replace(piece, share=last.share) == last):
            pieces[-1] = replace(last, share=last.share + piece.share)
        else:
            pieces.append(piece)
    return tuple(pieces)


def _recipe(facts: Sequence[BoutFacts]) -> dict[str, str]:
    """Write down with what a session was made, so that it can be made again."""
    detectors = gait.all_detectors()
    models = effort.all_models()
    recipe = {"program": __version__}
    recipe |= {f"detector:{key}": detector.version for key, detector in detectors.items()}
    recipe |= {f"model:{key}": model.version for key, model in models.items()}
    used = {fact.bout.found_by for fact in facts} | {fact.bout.hint.found_by for fact in facts if fact.bout.hint}
    return {key: value for key, value in recipe.items() if not key.startswith("detector:") or key[9:] in used}
