"""What an activity cost, by direction: energy, per way and time, against forward and the runner's most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from backward_running import effort
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.habits import Pulse
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import BoutFacts, Estimate, NotKnown, Session, sum_facts
from backward_running.effort import equal_effort
from backward_running.flows.views import EnergySide, EnergyView, Ledger

WAYS = (Direction.FORWARD, Direction.BACKWARD)
ONE_WAY = "It takes backward movement in this run to compare the two."


def energy_view(
    recording: Recording,
    session: Session,
    ledger: Ledger,
    athlete: Athlete,
    working: Stream | None,
    pulses: Sequence[Pulse] = (),
    earlier: Callable[[], Sequence[Pulse]] = tuple,
) -> EnergyView | None:
    """Gather what an activity cost; None where the body did not travel on its own feet.

    `pulses` are of the runner's other recordings: what the heart says of this one is not read off itself. `earlier`
    gives those before it, by which an unknown stretch has a price.

    The energies are those of the bouts, summed; nothing is priced anew, so the sum over bouts is the whole.
    """
    if not recording.on_foot:
        return None
    priced = effort.priced_part_by_direction(working, session.bouts, athlete, recording.pauses)
    heart = equal_effort.own_heart(pulses, athlete)
    capacity = effort.capacity_of(athlete, heart)
    still = _still(session)
    forward, backward = priced[Direction.FORWARD], priced[Direction.BACKWARD]
    whole = effort.PricedPart(
        forward.duration_s + backward.duration_s + _awake_s(still, recording),
        forward.distance_m + backward.distance_m,
        0.0,
    )
    sides = (
        _side("forward", ledger.forward.energy_j_per_kg, forward, capacity),
        _side("backward", ledger.backward.energy_j_per_kg, backward, capacity),
        _side("whole", ledger.whole.energy_j_per_kg, whole, capacity),
    )
    facts, pauses = session.bouts, recording.pauses
    back = ledger.backward.bouts_count > 0
    return EnergyView(
        sides=tuple(side for side in sides if side.key == "whole" or _there(ledger, side.key)),
        heart_rate_energy={way: effort.heart_rate_energy(working, facts, pauses, way, heart) for way in WAYS},
        power_energy={way: effort.power_energy(working, facts, pauses, way) for way in WAYS},
        grade_adjusted_speed={way: effort.grade_adjusted(working, facts, pauses, way) for way in WAYS},
        capacity=capacity,
        has_heart_rate=working is not None and working.has("heart_rate_bpm"),
        standing_j_per_kg=sum_facts(still).energy_j_per_kg if still else None,
        bouts_count=sum(isinstance(fact.energy_j_per_kg, Estimate) for fact in session.bouts),
        lacks_s=ledger.whole.energy_unknown_s,
        unknown_span=_unknown_span(recording, session, athlete, working, earlier),
        gross_ratio=_ratio(session),
        net_ratio=effort.net_ratio(ledger.backward.energy_j_per_kg, backward, _ratio(session)) if back else None,
        like_forward_j_per_kg=backward.forward_j_per_kg if backward.duration_s > 0.0 else None,
    )


def _side(
    key: str, energy: Estimate | NotKnown, priced: effort.PricedPart, capacity: Estimate | NotKnown
) -> EnergySide:
    power = effort.power_w_per_kg(energy, priced.duration_s)
    return EnergySide(
        key=key,
        energy_j_per_kg=energy,
        cost_j_per_kg_m=effort.cost_j_per_kg_m(energy, priced.distance_m),
        power_w_per_kg=power,
        capacity_share=effort.capacity_share(power, capacity),
        duration_s=priced.duration_s,
        distance_m=priced.distance_m,
    )


def _there(ledger: Ledger, key: str) -> bool:
    sides: Mapping[str, int] = {"forward": ledger.forward.bouts_count, "backward": ledger.backward.bouts_count}
    return sides[key] > 0


def _still(session: Session) -> list[BoutFacts]:
    return [fact for fact in session.bouts if fact.bout.direction is Direction.STILL]


def _awake_s(facts: list[BoutFacts], recording: Recording) -> float:
    return sum(effort.awake_s(fact.bout, recording.pauses) for fact in facts)


def _unknown_span(
    recording: Recording,
    session: Session,
    athlete: Athlete,
    working: Stream | None,
    earlier: Callable[[], Sequence[Pulse]],
) -> Estimate | NotKnown | None:
    if all(fact.bout.direction is not Direction.UNKNOWN for fact in session.bouts):
        return None
    own = effort.own_factor(earlier(), athlete)
    return effort.span_of_unknown(working, session.bouts, athlete, recording.pauses, own)


def _ratio(session: Session) -> Estimate | NotKnown:
    found = (estimate for estimate in session.estimates if estimate.name == "backward_to_forward_ratio")
    return next(found, NotKnown("backward_to_forward_ratio", ONE_WAY))
