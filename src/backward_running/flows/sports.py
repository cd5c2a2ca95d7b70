"""What a recording was: proposed where its file names no sport, and kept as its runner says."""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityRow, Repairing
from backward_running.core.recording import Recording
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED
from backward_running.evidence import proposed_number
from backward_running.flows.deriving import judge_stored
from backward_running.flows.reading import read_as_told

RIDE_FROM = proposed_number(
    "ride_from_mps", 5.3, "m s⁻¹", "Few people run at 5.3 m/s (19 km/h) and faster for ten minutes; most who do, ride."
)
RIDE_FOR = proposed_number("ride_for_s", 600.0, "s", "What is shorter than ten minutes may be a sprint.")
#: What a recording may be said to have been.
SAID = ("running", "walking", "hiking", "cycling", "swimming")


def looks_like_a_ride(recording: Recording, row: ActivityRow) -> float | None:
    """Return the mean speed of a recording that names no sport, m/s, where hardly anybody runs so fast; else None."""
    if recording.sport is not None or row.distance_m is None or row.moving_s < RIDE_FOR.value:
        return None
    speed_mps = row.distance_m / row.moving_s
    return speed_mps if speed_mps >= RIDE_FROM.value else None


def state_sport(store: Repairing, activity_id: str, sport: str) -> None:
    """Keep what a recording was, whatever its file says, and understand it as that.

    Raises
    ------
    BadValue
        There is no such sport here.
    NotFound
        There is no such activity.
    """
    if sport not in SAID:
        raise BadValue("sport", f"be one of {', '.join(SAID)}", sport)
    recording = store.recording(activity_id)
    told = recording.told or NOTHING_SUPPLIED
    # Read again from the file: what is kept at hand is worn as told already, and must not be worn twice.
    data = store.original(store.row(activity_id).file_key)[1]
    read = read_as_told(data, replace(told, corrected_sport=sport))
    with store.transaction():
        for facts in read:
            if facts.activity_id == activity_id:
                store.put_recording(facts)
        judge_stored(store, activity_id)
