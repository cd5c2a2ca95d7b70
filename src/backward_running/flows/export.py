"""Out, of activities: the original file, tables, the track. Each returns (file name, bytes)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import attrgetter

from backward_running import signals
from backward_running.core.clock import zone_words
from backward_running.core.errors import NotEnoughData
from backward_running.core.ports import Activities, ActivityQuery, ActivityRow, OpenedRuns, RunFiles, SharedRuns
from backward_running.core.recording import Stream
from backward_running.core.session import BoutFacts, Estimate
from backward_running.flows import privacy
from backward_running.flows.days import local_day, local_start
from backward_running.formats.csv_table import write_table
from backward_running.formats.geojson import write_track

BOUT_HEADER = (
    "start_s", "end_s", "direction", "gait", "probability_share", "found_by", "moving_s", "distance_m", "steps_count",
    "heart_rate_bpm", "cadence_spm", "ascent_m", "energy_j_per_kg", "energy_low_j_per_kg", "energy_high_j_per_kg",
    "energy_model", "energy_standing", "step_length_m", "contact_time_s", "flight_time_s",
)  # fmt: skip

RUN_HEADER = (
    "activity_id", "started_at", "title", "sport", "simulated", "duration_s", "moving_s", "distance_m", "forward_s",
    "backward_s", "unknown_s", "forward_m", "backward_m", "unknown_m", "file_name",
    "local_start", "zone", "utc_offset_s",
)  # fmt: skip


def original(store: RunFiles, activity_id: str) -> tuple[str, bytes]:
    """Return the file as it came, to the byte: the runner's own, with nothing hidden. Raises NotFound."""
    return store.original(store.row(activity_id).file_key)


def bouts_csv(store: OpenedRuns, activity_id: str) -> tuple[str, bytes]:
    """Return the bouts as a table. Raises NotFound."""
    row, session = store.row(activity_id), store.session(activity_id)
    return named(row, "bouts.csv"), write_table(BOUT_HEADER, map(_bout_cells, session.bouts))


def samples_csv(store: SharedRuns, activity_id: str) -> tuple[str, bytes]:
    """Return every sample with its direction as a table. Raises NotFound, NotEnoughData without samples."""
    row, session = store.row(activity_id), store.session(activity_id)
    working = signals.working_stream(store.recording(activity_id))
    if working is None:
        raise NotEnoughData("This activity has no samples, only totals: there is nothing to put into a table.")
    working = privacy.hidden(store, working)
    names = list(working.columns)
    table = write_table(["time_s", *names, "direction", "gait"], _sample_rows(working, names, session.bouts))
    return named(row, "samples.csv"), table


def track_geojson(store: SharedRuns, activity_id: str) -> tuple[str, bytes]:
    """Return the track as GeoJSON, one feature per bout. Raises NotFound, NotEnoughData without positions."""
    row, session = store.row(activity_id), store.session(activity_id)
    stream = store.recording(activity_id).stream_with("latitude_deg", "longitude_deg")
    if stream is None:
        raise NotEnoughData("This activity has no positions: there is no track to give out.")
    return named(row, "geojson"), write_track(privacy.hidden(store, stream), session.bouts)


def runs_csv(store: Activities, query: ActivityQuery) -> tuple[str, bytes]:
    """Return the list of activities as a table."""
    rows = store.activities(query)
    return "runs.csv", write_table(RUN_HEADER, map(_run_cells, rows))


#: What stands in a row; before and behind these is what is made of its clock.
_OF_ROW = attrgetter(*RUN_HEADER[2:-3])


def _run_cells(row: ActivityRow) -> list[object]:
    local, zone = local_start(row), zone_words(row.zone, row.utc_offset_s)
    return [row.activity_id, row.started_at, *_OF_ROW(row), local.isoformat(), zone, row.utc_offset_s]


def _bout_cells(bout: BoutFacts) -> list[object]:
    energy = bout.energy_j_per_kg
    known = energy if isinstance(energy, Estimate) else None
    return [
        bout.bout.start_s,
        bout.bout.end_s,
        bout.bout.direction.value,
        bout.bout.gait.value if bout.bout.gait else None,
        bout.bout.probability_share,
        bout.bout.found_by,
        bout.moving_s,
        bout.distance_m,
        bout.steps_count,
        bout.heart_rate_bpm,
        bout.cadence_spm,
        bout.ascent_m,
        known.value if known else None,
        known.low if known else None,
        known.high if known else None,
        known.model if known else None,
        known.standing.value if known else None,
        bout.step_length_m,
        bout.contact_time_s,
        bout.flight_time_s,
    ]


def _sample_rows(working: Stream, names: list[str], facts: Iterable[BoutFacts]) -> Iterable[list[object]]:
    bouts = [fact.bout for fact in facts]
    at = 0
    columns = [working.columns[name].tolist() for name in names]
    for number, time_s in enumerate(working.time_s.tolist()):
        while at + 1 < len(bouts) and time_s >= bouts[at].end_s:
            at += 1
        cells = [None if column[number] != column[number] else column[number] for column in columns]
        gait = bouts[at].gait
        yield [time_s, *cells, bouts[at].direction.value, gait.value if gait else None]


def named(row: ActivityRow, ending: str) -> str:
    """Make a file name from day and title: letters, digits and dashes only, so that every system takes it."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", row.title).strip("-").lower()[:40] or "run"
    dot = "." if "." not in ending else "-"
    return f"{local_day(row)}-{words}{dot}{ending}"
