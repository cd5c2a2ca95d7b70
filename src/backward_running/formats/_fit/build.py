"""Make recordings of what a FIT file holds: one per session, on its own clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from backward_running.core.errors import NotAnActivity
from backward_running.core.names import COLUMNS
from backward_running.core.recording import ON_FOOT_SPORTS, FloatArray, Recording, Stream
from backward_running.formats._fit import fields, profile, words
from backward_running.formats._fit.content import Content
from backward_running.formats._fit.records import Records, in_time, take
from backward_running.formats._fit.sensors import correlate, inside_of, moved_by
from backward_running.formats._fit.values import NO_TIME, Message, in_fit_time
from backward_running.formats._inertial import refused_in, streams_of

#: Sessions and laps further than this from the samples have a broken clock.
_FAR_S = 48 * 3600
_LONGEST_S = 10_000_000
_MOST_PLAUSIBLE_CADENCE_SPM = 250.0


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
    content = _dated(replace(content, inertial=tuple(tied)))
    records, losses = in_time(content.records)
    if content.counts.get(profile.HR) and "heart_rate_bpm" not in records.columns:
        losses = (*losses, "The heart rate that the chest strap stored by itself in this file was not read.")
    content = replace(content, records=records, losses=(*content.losses, *losses))
    found: list[Recording] = []
    for window in _windows(content):
        part = first_part + len(found)
        found.append(_recording(content, window, key=key, reader=reader, version=version, part=part))
    return found


def _dated(content: Content) -> Content:
    """Move times that count from switching the device on to the date, where the file knows it."""
    seconds = content.records.seconds
    plain = [message for found in content.plain.values() for message in found]
    since_start = seconds[(seconds != NO_TIME) & (seconds < profile.FIRST_DATE)]
    relative = [*since_start.tolist(), *(m.time for m in plain if m.time is not None and m.time < profile.FIRST_DATE)]
    if not len(since_start):
        return content
    dated = seconds[seconds >= profile.FIRST_DATE]
    file_id = content.first(profile.FILE_ID)
    created = file_id.seconds(fields.FileId.TIME_CREATED) if file_id else None
    if len(dated):
        shift = int(dated.min()) - 1 - int(since_start.max())
        loss = "The device learned the date on the way; the samples before that were dated back from it."
    elif created is not None and created >= profile.FIRST_DATE:
        shift = created - min(relative)
        loss = "The device did not know the date while recording; the start is when it made the file."
    else:
        shift = 0
        loss = "The device did not know the date, and nothing in the file tells it: the day is wrong."
    moved = np.where((seconds != NO_TIME) & (seconds < profile.FIRST_DATE), seconds + shift, seconds)
    return replace(
        content,
        losses=(*content.losses, loss),
        records=replace(content.records, seconds=moved),
        inertial=tuple(moved_by(content.inertial, shift)),
        plain={
            kind: tuple(_moved(message, shift, starts=kind == profile.SESSION) for message in found)
            for kind, found in content.plain.items()
        },
    )


def _moved(message: Message, shift: int, *, starts: bool) -> Message:
    """Move the time of a message that does not know the date yet, and of a session also its start."""
    time, values = message.time, message.values
    if time is not None and time < profile.FIRST_DATE:
        time += shift
    start = message.seconds(fields.Session.START_TIME) if starts else None
    if start is not None and start < profile.FIRST_DATE:
        values = {**values, fields.Session.START_TIME: start + shift}
    return replace(message, time=time, values=values)


def _windows(content: Content) -> list[Window]:
    """Divide the file among its sessions, by their start times."""
    seconds = content.records.seconds
    sessions = _distinct_sessions(content)
    starts = [_start_of(session) for session in sessions]
    if len(sessions) > 1 and len(seconds):
        near = [s is not None and seconds[0] - _FAR_S <= s <= seconds[-1] + _FAR_S for s in starts]
        sessions = [one for one, fine in zip(sessions, near, strict=True) if fine] or sessions[:1]
    if len(sessions) > 1:
        sessions.sort(key=lambda one: _start_of(one) or 0)
        starts = [_start_of(session) or 0 for session in sessions]
        ends: list[float] = [*[float(s or 0) for s in starts[1:]], np.inf]
        if len(seconds):
            starts[0] = min(starts[0] or 0, int(seconds[0]))
        return [Window(one, s or 0, e) for one, s, e in zip(sessions, starts, ends, strict=True)]
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
        stated = int(min(float(np.nanmin(one.time_s)) for one in content.inertial))
    if stated is None:
        raise NotAnActivity("Nothing in this FIT file says when it happened: its samples carry no time.")
    return stated


def _recording(content: Content, window: Window, *, key: str, reader: str, version: str, part: int) -> Recording:
    seconds = content.records.seconds
    inside = np.flatnonzero((seconds >= window.start) & (seconds < window.until))
    records = content.records if len(inside) == len(seconds) else take(content.records, inside)
    sport_message = content.first(profile.SPORT) if not window.session else None
    sport, sub_sport = words.sport_of(window.session, sport_message)
    losses = list(content.losses)
    stream = _stream(records, window, sport, losses)
    sensors = streams_of(inside_of(content.inertial, window.start, window.until), losses)
    duration = max([_duration(window, records), *(float(one.time_s[-1]) for one in sensors)])
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
    starts = [start for one in content.all(profile.SESSION) if (start := _start_of(one)) is not None]
    return min([*starts, *seconds[:1].tolist()], default=0)


def _duration(window: Window, records: Records) -> float:
    """To the last thing the device said: the last sample, or the end of the session where that is near."""
    last = float(records.seconds[-1] - window.start) if len(records) else 0.0
    session = window.session
    if session is None:
        return last
    elapsed = session.number(fields.Session.TOTAL_ELAPSED_TIME, 1000.0)
    if elapsed is None:
        elapsed = session.number(fields.Session.TOTAL_TIMER_TIME, 1000.0)
    if elapsed is None and session.time is not None:
        elapsed = float(session.time - window.start)
    start = _start_of(session)
    end = (elapsed or 0.0) + (max(start - window.start, 0) if start is not None else 0)
    end = min(end, float(window.until - window.start), float(_LONGEST_S))
    if len(records) and end > last + _FAR_S:
        return last
    return max(last, end)


def _stream(records: Records, window: Window, sport: str | None, losses: list[str]) -> Stream | None:
    if len(records) == 0:
        return None
    columns = {name: values.copy() for name, values in records.columns.items()}
    if "cadence_spm" in columns and (sport is None or sport in ON_FOOT_SPORTS):
        columns["cadence_spm"] = _steps_per_minute(columns["cadence_spm"])
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


def _steps_per_minute(strides: FloatArray) -> FloatArray:
    """Double a runner's cadence, which FIT counts per leg; some apps count both legs already, and nobody makes 250."""
    moving = strides[strides > 0]
    middle = moving.size // 2  # np.median would import all of numpy.ma
    if moving.size and 2.0 * float(np.partition(moving, middle)[middle]) > _MOST_PLAUSIBLE_CADENCE_SPM:
        return strides
    return 2.0 * strides


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
    if any(one.named.get(profile.SIMULATED_NAME) == 1 for one in content.all(profile.SESSION)):
        return True
    file_id = content.first(profile.FILE_ID)
    if file_id is None or file_id.integer(fields.FileId.MANUFACTURER) != profile.DEVELOPMENT:
        return False
    return file_id.text(fields.FileId.PRODUCT_NAME) == profile.SIMULATOR
