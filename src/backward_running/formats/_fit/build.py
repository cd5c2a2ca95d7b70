"""Make recordings of what a FIT file holds: one per session, on its own clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from backward_running.core.errors import NotAnActivity
from backward_running.core.names import COLUMNS
from backward_running.core.recording import ON_FOOT_SPORTS, FloatArray, Recording, Stream
from backward_running.formats._cadence import STRIDES_BELOW_RUNNING, counts_strides
from backward_running.formats._fit import fields, profile, words
from backward_running.formats._fit.content import Content
from backward_running.formats._fit.dates import dated
from backward_running.formats._fit.endings import without_empty_end
from backward_running.formats._fit.records import Records, in_time, take
from backward_running.formats._fit.sensors import correlate, inside_of
from backward_running.formats._fit.strap import with_strap
from backward_running.formats._fit.values import Message, in_fit_time
from backward_running.formats._inertial import refused_in, streams_of

#: Sessions and laps further than this from the samples have a broken clock.
_FAR_S = 48 * 3600
_LONGEST_S = 10_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of FIT time that one recording covers, and the session it belongs to."""

    session: Message | None
    start: int  #: FIT seconds
    until: float  #: where the next session starts; infinite for the last


def recordings_of(content: Content, *, key: str, reader: str, version: str, first_part: int) -> list[Recording]:
    """Return the recordings of one file, one per session.

    Raises
    ------
    NotAnActivity
        Neither samples nor sessions say when anything happened.
    """
    tied = correlate(content.inertial, content.all(profile.TIMESTAMP_CORRELATION))
    content = dated(replace(content, inertial=tuple(tied)))
    records, losses = in_time(content.records)
    records = with_strap(records, content.strap)
    if content.counts.get(profile.HR) and "heart_rate_bpm" not in records.columns:
        losses = (*losses, "The heart rate that the chest strap stored by itself in this file was not read.")
    content = replace(content, records=records, losses=(*content.losses, *losses))
    found: list[Recording] = []
    for window in _windows(content):
        part = first_part + len(found)
        found.append(_recording(content, window, key=key, reader=reader, version=version, part=part))
    return found


def _windows(content: Content) -> list[Window]:
    """Divide the file among its sessions, by their start times."""
    seconds = content.records.seconds
    sessions = _distinct_sessions(content)
    starts = [_start_of(session) for session in sessions]
    if len(sessions) > 1 and len(seconds):
        near = [s is not None and seconds[0] - _FAR_S <= s <= seconds[-1] + _FAR_S for s in starts]
        sessions = [session for session, fine in zip(sessions, near, strict=True) if fine] or sessions[:1]
    if len(sessions) > 1:
        sessions.sort(key=lambda session: _start_of(session) or 0)
        starts = [_start_of(session) or 0 for session in sessions]
        ends: list[float] = [*[float(s or 0) for s in starts[1:]], np.inf]
        if len(seconds):
            starts[0] = min(starts[0] or 0, int(seconds[0]))
        return [Window(session, s or 0, e) for session, s, e in zip(sessions, starts, ends, strict=True)]
    session = sessions[0] if sessions else None
    return [Window(session, _start_of_all(content, session), np.inf)]


def _distinct_sessions(content: Content) -> list[Message]:
    """Leave out sessions that a device wrote twice, and those without any time where others have one."""
    found: dict[tuple[object, ...], Message] = {}
    for session in content.all(profile.SESSION):
        found.setdefault(
            (
                _start_of(session),
                session.integer(fields.Session.SPORT),
                session.integer(fields.Session.TOTAL_ELAPSED_TIME),
            ),
            session,
        )
    return list(found.values())


def _start_of(session: Message) -> int | None:
    start = session.seconds(fields.Session.START_TIME)
    elapsed = session.number(fields.Session.TOTAL_ELAPSED_TIME, 1000.0) or 0.0
    return start if start is not None or session.time is None else in_fit_time(int(session.time - elapsed))


def _start_of_all(content: Content, session: Message | None) -> int:
    """The start of a file with one session: the session's, unless the samples say otherwise."""
    seconds = content.records.seconds
    stated = _start_of(session) if session else None
    if len(seconds):
        first = int(seconds[0])
        return stated if stated is not None and first - _FAR_S <= stated <= first else first
    if stated is None and content.inertial:
        stated = int(min(float(np.nanmin(readings.time_s)) for readings in content.inertial))
    if stated is None:
        raise NotAnActivity("Nothing in this FIT file says when it happened: its samples carry no time.")
    return stated


def _recording(content: Content, window: Window, *, key: str, reader: str, version: str, part: int) -> Recording:
    seconds = content.records.seconds
    inside = np.flatnonzero((seconds >= window.start) & (seconds < window.until))
    records = content.records if len(inside) == len(seconds) else take(content.records, inside)
    records = without_empty_end(records, window.start + _stated_s(window))
    sport_message = content.first(profile.SPORT) if not window.session else None
    sport, sub_sport = words.sport_of(window.session, sport_message)
    losses = list(content.losses)
    stream = _stream(records, window, sport, losses)
    sensors = streams_of(inside_of(content.inertial, window.start, window.until), losses)
    duration = max([_duration(window, records), *(float(sensor.time_s[-1]) for sensor in sensors)])
    steps = words.steps_of(content)
    laps, far = words.laps_of(content, window.start, duration, steps)
    if far and not np.isfinite(window.until) and window.start == _first_start(content):
        losses.append(f"Outside the recording and left out: {far} of {len(content.all(profile.LAP))} laps.")
    return Recording(
        key=key,
        started_at=datetime.fromtimestamp(window.start + profile.EPOCH_S, UTC),
        streams=(*(() if stream is None else (stream,)), *sensors),
        reader=reader,
        reader_version=version,
        part=part,
        duration_s=duration,
        utc_offset_s=words.utc_offset_of(content),
        sport=sport,
        sub_sport=sub_sport,
        title=words.title_of(content, window.session),
        device=words.device_of(content),
        laps=laps,
        steps=steps,
        pauses=words.pauses_of(content, window.start, duration),
        stated=words.stated_of(window.session, sport),
        losses=tuple(dict.fromkeys(losses)),
        refused=refused_in(losses),
        simulated=_is_simulated(content),
    )


def _first_start(content: Content) -> int:
    seconds = content.records.seconds
    starts = [start for session in content.all(profile.SESSION) if (start := _start_of(session)) is not None]
    return min([*starts, *seconds[:1].tolist()], default=0)


def _duration(window: Window, records: Records) -> float:
    """To the last thing the device said: the last sample, or the end of the session where that is near."""
    last = float(records.seconds[-1] - window.start) if len(records) else 0.0
    end = _stated_s(window)
    return last if len(records) and end > last + _FAR_S else max(last, end)


def _stated_s(window: Window) -> float:
    """Return when the session says it ended, in seconds since the window's start; 0 where it says nothing."""
    session = window.session
    if session is None:
        return 0.0
    elapsed = session.number(fields.Session.TOTAL_ELAPSED_TIME, 1000.0)
    if elapsed is None:
        elapsed = session.number(fields.Session.TOTAL_TIMER_TIME, 1000.0)
    if elapsed is None and session.time is not None:
        elapsed = float(session.time - window.start)
    start = _start_of(session)
    end = (elapsed or 0.0) + (max(start - window.start, 0) if start is not None else 0)
    return min(end, float(window.until - window.start), float(_LONGEST_S))


def _stream(records: Records, window: Window, sport: str | None, losses: list[str]) -> Stream | None:
    if len(records) == 0:
        return None
    columns = {name: values.copy() for name, values in records.columns.items()}
    if "cadence_spm" in columns and (sport is None or sport in ON_FOOT_SPORTS):
        columns["cadence_spm"] = _steps_per_minute(columns)
    if "distance_m" in columns:
        columns["distance_m"] = _never_falling(columns["distance_m"], losses)
    _blank_null_island(columns)
    out = {name: _plausible(name, values, losses) for name, values in columns.items()}
    return Stream(
        place="unknown",
        frame="earth",
        time_s=(records.seconds - window.start).astype(np.float64),
        columns={name: values for name, values in out.items() if not np.isnan(values).all()},
        mount_known=records.heading_is_ours and "heading_deg" in out,
    )


def _steps_per_minute(columns: dict[str, FloatArray]) -> FloatArray:
    """Double a runner's cadence, which FIT counts per leg, but where an app counted both legs already."""
    cadence = columns["cadence_spm"]
    is_strides = counts_strides(
        cadence,
        below=STRIDES_BELOW_RUNNING.value,
        speed_mps=columns.get("speed_mps"),
        step_length_m=columns.get("step_length_m"),
    )
    return 2.0 * cadence if is_strides else cadence


def _never_falling(distance: FloatArray, losses: list[str]) -> FloatArray:
    """Join a counter that starts again from zero; hold it where it slips back a little."""
    told = np.flatnonzero(~np.isnan(distance))
    seen = distance[told]
    falls = np.flatnonzero(np.diff(seen) < 0)
    if not len(falls):
        return distance
    restarts = falls[seen[falls + 1] < 0.1 * seen[falls]]
    carried = np.zeros(len(seen))
    carried[restarts + 1] = seen[restarts]
    held = np.maximum.accumulate(seen + np.cumsum(carried))
    slip = float((held - seen - np.cumsum(carried)).max())
    if len(restarts):
        losses.append("The distance counter starts again on the way; its pieces were joined.")
    elif slip > 1.0:
        losses.append(f"The distance counter slips back by up to {slip:.0f} m; it was held there.")
    out = distance.copy()
    out[told] = held
    return out


def _blank_null_island(columns: dict[str, FloatArray]) -> None:
    """A position needs both numbers, and 0°, 0° is what a receiver without a fix writes."""
    latitude, longitude = columns.get("latitude_deg"), columns.get("longitude_deg")
    if latitude is None or longitude is None:
        columns.pop("latitude_deg", None)
        columns.pop("longitude_deg", None)
        return
    nowhere = np.isnan(latitude) | np.isnan(longitude) | ((latitude == 0) & (longitude == 0))
    nowhere |= np.abs(latitude) > 90.0
    latitude[nowhere] = longitude[nowhere] = np.nan


def _plausible(name: str, values: FloatArray, losses: list[str]) -> FloatArray:
    """Blank what cannot be. A zero where zero cannot be is a device's way to say nothing, and no loss."""
    entry = COLUMNS[name]
    outside = (values < entry.lowest) | (values > entry.highest)
    if outside.any():
        wrong = int(np.count_nonzero(outside & (values != 0)))
        values[outside] = np.nan
        if wrong:
            losses.append(f"Impossible and left out: {wrong:,} × “{entry.meaning}”.")
    return values


def _is_simulated(content: Content) -> bool:
    """Simulated files say so twice: in the product's name, first thing, and in a field of the session, last thing."""
    if any(session.named.get(profile.SIMULATED_NAME) == 1 for session in content.all(profile.SESSION)):
        return True
    file_id = content.first(profile.FILE_ID)
    if file_id is None or file_id.integer(fields.FileId.MANUFACTURER) != profile.DEVELOPMENT:
        return False
    return file_id.text(fields.FileId.PRODUCT_NAME) == profile.SIMULATOR
