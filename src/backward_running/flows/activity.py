"""The page of one activity: its ledger, bouts, laps, estimates and the long series for its charts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from backward_running import effort, gait, signals
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.habits import Habits
from backward_running.core.names import unit_of
from backward_running.core.ports import Activities, ActivityRow, HabitsMemory, Labelling, SharedRuns
from backward_running.core.recording import FloatArray, Lap, Recording, Stream
from backward_running.core.session import SAID, BoutFacts, Estimate, NotKnown, Session, Totals, sum_facts
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED
from backward_running.effort.tissues import all_tissues
from backward_running.flows import privacy
from backward_running.flows.asked_backward import asked
from backward_running.flows.energy_views import energy_view
from backward_running.flows.load import activity_load
from backward_running.flows.sports import looks_like_a_ride
from backward_running.flows.studies import study_view
from backward_running.flows.tissue_views import TissuesView
from backward_running.flows.tissues import tissues_of
from backward_running.flows.told_live import live_view
from backward_running.flows.views import (
    ActivityPage,
    ChartData,
    DetectorView,
    EnergyView,
    EvidenceBadge,
    LapView,
    Ledger,
    SensorsView,
)
from backward_running.flows.why import why_unknown
from backward_running.flows.why_mounting import only_claimed

#: Columns a chart may show, and the decimals that are worth sending.
CHART_DECIMALS = {
    "speed_mps": 3,
    "heart_rate_bpm": 0,
    "cadence_spm": 1,
    "grade_ratio": 4,
    "altitude_m": 1,
    "power_w": 0,
}

FOUND_BY_HAND = DetectorView("paint", "your own hand", "You painted this stretch yourself.")
FOUND_AS_SAID = DetectorView(
    SAID, "your word on the whole run", "Nothing recorded shows it: you said which way runs like this one went."
)
FOUND_BY_NOTHING = DetectorView(
    "nothing", "nothing", "No sensor in this recording shows which way your body faced, so nobody can say."
)


def activity_page(store: Labelling, activity_id: str) -> ActivityPage:
    """Gather all that the page of one activity shows, except the long series. Raises NotFound."""
    row = store.row(activity_id)
    recording = store.recording(activity_id)
    session = store.session(activity_id)
    previous_id, next_id = store.neighbours(activity_id)
    habits = store.habits().of(simulated=row.simulated)
    tissues = tissues_of(session.bouts, _working(recording), habits) if row.on_foot else None
    paints, athlete, ledger = store.paints(activity_id), store.athlete(), ledger_of(session.bouts)
    energy = _energy(store, recording, session, ledger, athlete, habits)
    return ActivityPage(
        row=row,
        device=recording.device,
        indoor=recording.indoor,
        pauses_s=sum(pause.end_s - pause.start_s for pause in recording.pauses),
        losses=recording.losses,
        ledger=ledger,
        bouts=session.bouts,
        found_by=_found_by(session.bouts),
        laps=_laps(recording, session),
        estimates=session.estimates,
        badges=_badges(session, energy) | _tissue_badges(tissues),
        paints=paints,
        athlete=athlete,
        has_track=recording.stream_with("latitude_deg", "longitude_deg") is not None,
        previous_id=previous_id,
        next_id=next_id,
        energy=energy,
        laps_stated=gait.stated_laps(paints),
        tissues=tissues,
        load=activity_load(store, session, row, athlete) if row.on_foot else None,
        unknown_because=why_unknown(recording, [bout.bout for bout in session.bouts]),
        only_claimed=only_claimed(recording, [bout.bout for bout in session.bouts]),
        sensors=_sensors(recording),
        live=live_view(recording, session.bouts),
        ride_mps=looks_like_a_ride(recording, row),
        said=session.said,
        asked=asked(session.bouts, habits.without(activity_id)),
        of_several=gait.are_of_several(habits),
        contradicted=gait.contradicting([bout.bout for bout in session.bouts], session.said),
    )


def _energy(
    store: HabitsMemory, recording: Recording, session: Session, ledger: Ledger, athlete: Athlete, habits: Habits
) -> EnergyView | None:
    """Return what an activity cost, as what is stored of it is: by what was known on its day."""
    activity_id = session.activity_id
    return energy_view(
        recording,
        session,
        ledger,
        athlete,
        _working(recording),
        habits.without(activity_id).pulses,
        lambda: store.pulses_before(recording.started_at, activity_id, simulated=recording.simulated),
    )


def _sensors(recording: Recording) -> SensorsView | None:
    sensors = recording.inertial
    if not sensors:
        return None
    places = tuple(dict.fromkeys(sensor.place for sensor in sensors))
    return SensorsView(places, all(sensor.mount_known for sensor in sensors), recording.told or NOTHING_SUPPLIED)


def rename(store: Activities, activity_id: str, title: str) -> ActivityRow:
    """Give an activity another title. Raises NotFound, or BadValue where there is none."""
    store.row(activity_id)
    if not title.strip():
        raise BadValue("title", "have a letter", title, "Write what the activity is to be called.")
    store.rename(activity_id, title.strip()[:120])
    return store.row(activity_id)


def chart_data(
    store: SharedRuns, activity_id: str, *, samples_most: int | None = None, whole: bool = False
) -> ChartData:
    """Return the synchronous series of one activity, every n-th sample where `samples_most` asks for fewer.

    The track leaves out what lies in a privacy zone; `whole` is for its own runner, who asks for all of it.

    Raises NotFound.
    """
    recording = store.recording(activity_id)
    session = store.session(activity_id)
    working = _working(recording)
    if working is None:
        return ChartData([], {}, [], session.bouts)
    track = working if whole else privacy.hidden(store, working)
    every = slice(None, None, max(1, -(-len(working) // samples_most)) if samples_most else 1)
    columns = {
        name: _rounded(working.columns[name][every], decimals)
        for name, decimals in CHART_DECIMALS.items()
        if working.has(name)
    }
    return ChartData(np.round(working.time_s[every], 1).tolist(), columns, _track(track, every), session.bouts)


def ledger_of(facts: Sequence[BoutFacts]) -> Ledger:
    """Sum bouts by direction. Forward, backward, unknown and the rest add up to the whole."""
    named = (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN)
    by_gait: dict[tuple[Direction, Gait | None], Totals] = {}
    for key in dict.fromkeys((fact.bout.direction, fact.bout.gait) for fact in facts):
        by_gait[key] = sum_facts(fact for fact in facts if (fact.bout.direction, fact.bout.gait) == key)
    forward, backward, unknown = (
        sum_facts(fact for fact in facts if fact.bout.direction is direction) for direction in named
    )
    rest = sum_facts(fact for fact in facts if fact.bout.direction not in named)
    return Ledger(forward, backward, unknown, rest, sum_facts(facts), by_gait)


def _found_by(facts: Iterable[BoutFacts]) -> tuple[DetectorView, ...]:
    views = {"paint": FOUND_BY_HAND, SAID: FOUND_AS_SAID, "nothing": FOUND_BY_NOTHING}
    views |= {
        key: DetectorView(key, detector.title, detector.explains) for key, detector in gait.all_detectors().items()
    }
    keys = dict.fromkeys(fact.bout.found_by for fact in facts)
    return tuple(views.get(key, DetectorView(key, key.replace("_", " "), "")) for key in keys)


@lru_cache(maxsize=3)
def _working(recording: Recording) -> Stream | None:
    """Derive the working stream once for a recording at hand; the page and its series both need it."""
    return signals.working_stream(recording)


def _laps(recording: Recording, session: Session) -> tuple[LapView, ...]:
    working = _working(recording)
    starts_s = [bout.bout.start_s for bout in session.bouts]
    return tuple(
        LapView(
            lap=lap,
            number=number,
            distance_m=lap.distance_m if lap.distance_m is not None else _distance_in(working, lap),
            heart_rate_bpm=_mean_in(working, lap, "heart_rate_bpm"),
            seconds_by_direction=_seconds_by_direction(session.bouts, starts_s, lap),
        )
        for number, lap in enumerate(recording.laps, start=1)
    )


def _seconds_by_direction(facts: Sequence[BoutFacts], starts_s: Sequence[float], lap: Lap) -> dict[Direction, float]:
    """Share a lap among the bouts it touches; they lie side by side, so the first is found by halving."""
    seconds: dict[Direction, float] = {}
    for number in range(max(bisect_right(starts_s, lap.start_s) - 1, 0), len(facts)):
        fact = facts[number]
        if fact.bout.start_s >= lap.end_s:
            break
        shared_s = min(fact.bout.end_s, lap.end_s) - max(fact.bout.start_s, lap.start_s)
        if shared_s > 0:
            seconds[fact.bout.direction] = seconds.get(fact.bout.direction, 0.0) + shared_s
    return seconds


def _distance_in(working: Stream | None, lap: Lap) -> float | None:
    if working is None or not working.has("distance_m"):
        return None
    distance_m = working.columns["distance_m"]
    known = np.isfinite(distance_m)
    ends_m = np.interp([lap.start_s, lap.end_s], working.time_s[known], distance_m[known])
    return float(ends_m[1] - ends_m[0])


def _mean_in(working: Stream | None, lap: Lap, name: str) -> float | None:
    if working is None or name not in working.columns:
        return None
    first, after = np.searchsorted(working.time_s, [lap.start_s, lap.end_s])
    inside = working.columns[name][first:after]
    inside = inside[np.isfinite(inside)]
    return float(inside.mean()) if len(inside) else None


def _badges(session: Session, energy: EnergyView | None) -> dict[str, EvidenceBadge]:
    said: list[Estimate | NotKnown] = [bout.energy_j_per_kg for bout in session.bouts]
    said += session.estimates
    if energy is not None:
        said += [*energy.heart_rate_energy.values(), *energy.grade_adjusted_speed.values()]
        said.append(energy.capacity)
    keys = dict.fromkeys(key for estimate in said if isinstance(estimate, Estimate) for key in estimate.models)
    models = effort.all_models()
    return {key: badge_of(models[key]) for key in keys if key in models}


def _tissue_badges(tissues: TissuesView | None) -> dict[str, EvidenceBadge]:
    if tissues is None:
        return {}
    return {tissue.model.key: badge_of(tissue.model) for tissue in all_tissues()}


def badge_of(model: effort.Model) -> EvidenceBadge:
    """Say what stands behind a model."""
    return EvidenceBadge(
        model=model.key,
        title=model.title,
        standing=min((evidence.standing for evidence in model.evidence), key=lambda standing: standing.rank),
        tags=tuple(dict.fromkeys(evidence.tag for evidence in model.evidence)),
        says=tuple(evidence.says for evidence in model.evidence),
        citations=tuple(dict.fromkeys(evidence.study.citation for evidence in model.evidence)),
        studies=tuple(dict.fromkeys(study_view(evidence.study) for evidence in model.evidence)),
        valid=", ".join(_range_words(name, low, high) for name, (low, high) in model.valid.items()),
    )


def _range_words(name: str, low: float, high: float) -> str:
    """Print a valid range with its unit.

    >>> _range_words("grade_ratio", -0.45, 0.45), _range_words("speed_mps", 2.2, 6.9)
    ('grade −45–45 %', 'speed 2.2–6.9 m/s')
    """
    noun, factor = name.rsplit("_", 1)[0].replace("_", " "), 100.0 if name.endswith("_ratio") else 1.0
    unit = "%" if name.endswith("_ratio") else unit_of(name).replace("m s⁻¹", "m/s").replace("min⁻¹", "/min")
    return f"{noun} {low * factor:g}–{high * factor:g}{'' if unit == '1' else ' ' + unit}".replace("-", "−")


def _rounded(values: FloatArray, decimals: int) -> list[float | None]:
    rounded = np.round(values, decimals)
    if np.isfinite(rounded).all():
        return rounded.tolist()  # type: ignore[no-any-return]
    known = np.isfinite(rounded)
    listed = rounded.astype(object)
    listed[~known] = None
    return listed.tolist()  # type: ignore[no-any-return]


def _track(working: Stream, every: slice) -> list[tuple[float, float] | None]:
    if not working.has("latitude_deg", "longitude_deg"):
        return []
    longitude_deg = np.round(working.columns["longitude_deg"][every], 6)
    latitude_deg = np.round(working.columns["latitude_deg"][every], 6)
    pairs: list[tuple[float, float] | None] = np.column_stack([longitude_deg, latitude_deg]).tolist()
    for number in np.flatnonzero(~(np.isfinite(longitude_deg) & np.isfinite(latitude_deg))).tolist():
        pairs[number] = None
    return pairs
