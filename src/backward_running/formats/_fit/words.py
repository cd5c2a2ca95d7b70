"""The small messages around the samples, in this program's words: sport, laps, steps, pauses, device, totals."""

from __future__ import annotations

from collections.abc import Mapping

from backward_running.core.names import NAMES
from backward_running.core.recording import ON_FOOT_SPORTS, Device, Lap, RecordedStep, Span
from backward_running.formats._fit import fields, profile
from backward_running.formats._fit.content import Content
from backward_running.formats._fit.values import Message

_QUARTER_HOUR_S = 900
_FURTHEST_ZONE_S = 15 * 3600


def sport_of(session: Message | None, sport: Message | None) -> tuple[str | None, str | None]:
    """Return sport and sub-sport; None where the file says nothing or just "generic"."""
    if session is not None:
        number, sub_number = session.integer(fields.Session.SPORT), session.integer(fields.Session.SUB_SPORT)
    elif sport is not None:
        number, sub_number = sport.integer(fields.Sport.SPORT), sport.integer(fields.Sport.SUB_SPORT)
    else:
        return None, None
    return _sport_word(number), profile.SUB_SPORTS.get(sub_number or 0)


def _sport_word(number: int | None) -> str | None:
    if number is None or number == 0:
        return None
    return profile.SPORTS.get(number, "other")


def title_of(content: Content, session: Message | None) -> str | None:
    """Return the name of the workout that was followed, else of the sport profile on the watch."""
    workout = content.first(profile.WORKOUT)
    sport = content.first(profile.SPORT)
    alone = len(content.all(profile.SESSION)) <= 1
    return (
        (workout.text(fields.Workout.WKT_NAME) if workout and alone else None)
        or (session.text(fields.Session.SPORT_PROFILE_NAME) if session else None)
        or (sport.text(fields.Sport.NAME) if sport and alone else None)
    )


def device_of(content: Content) -> Device:
    """Return what wrote the file; its name where it is known, else its number."""
    file_id = content.first(profile.FILE_ID)
    index = fields.DeviceInfo.DEVICE_INDEX
    creators = [device for device in content.all(profile.DEVICE_INFO) if device.integer(index) == 0]
    maker = product = serial = None
    name = None
    said: list[tuple[Message, type[fields.FileId | fields.DeviceInfo]]] = [
        *([(file_id, fields.FileId)] if file_id else []),
        *((creator, fields.DeviceInfo) for creator in creators[:1]),
    ]
    for message, field in said:
        maker = message.integer(field.MANUFACTURER) if maker is None else maker
        product = message.integer(field.PRODUCT) if product is None else product
        serial = message.integer(field.SERIAL_NUMBER) if serial is None else serial
        name = name or message.text(field.PRODUCT_NAME)
    if not maker:  # 0 is what some apps write for "nobody"
        return Device(product=name, serial=None if serial is None else str(serial))
    if name is None and product is not None:
        name = profile.PRODUCTS.get((maker, product), f"product {product}")
    return Device(profile.MAKERS.get(maker, f"maker {maker}"), name, None if serial is None else str(serial))


def utc_offset_of(content: Content) -> int | None:
    """Return local time minus UTC to the quarter of an hour: of the activity, else as the watch was set."""
    for kind, local_field in (
        (profile.ACTIVITY, fields.Activity.LOCAL_TIMESTAMP),
        (profile.TIMESTAMP_CORRELATION, fields.TimestampCorrelation.LOCAL_TIMESTAMP),
    ):
        for message in content.all(kind):
            local = message.seconds(local_field)
            if local is None or message.time is None:
                continue
            offset = _quarters(local - message.time)
            if offset is not None:
                return offset
    return next(
        (offset for settings in content.all(profile.DEVICE_SETTINGS) if (offset := _set_offset(settings)) is not None),
        None,
    )


def _set_offset(settings: Message) -> int | None:
    """Return what a watch was set to: seconds, or quarters of an hour where it states no seconds."""
    # Where another of its zones was active nothing is known: of lists only the first is read.
    if settings.integer(fields.DeviceSettings.ACTIVE_TIME_ZONE):
        return None
    seconds = settings.integer(fields.DeviceSettings.TIME_OFFSET)
    quarters = settings.integer(fields.DeviceSettings.TIME_ZONE_OFFSET)
    if seconds:
        return _quarters(seconds - 2**32 if seconds >= 2**31 else seconds)
    return _quarters(quarters * _QUARTER_HOUR_S) if quarters else None


def _quarters(offset_s: int) -> int | None:
    """Round an offset to the quarter of an hour; None where no zone is so far off."""
    offset = _QUARTER_HOUR_S * round(offset_s / _QUARTER_HOUR_S)
    return offset if abs(offset) <= _FURTHEST_ZONE_S else None


def steps_of(content: Content) -> tuple[RecordedStep, ...]:
    """Return the steps of the workout that the watch was following."""
    found = []
    for order, step in enumerate(content.all(profile.WORKOUT_STEP)):
        index = step.integer(fields.WorkoutStep.MESSAGE_INDEX)
        ends = step.integer(fields.WorkoutStep.DURATION_TYPE)
        length = step.number(fields.WorkoutStep.DURATION_VALUE)
        found.append(
            RecordedStep(
                index=order if index is None else index & 0x0FFF,
                name=step.text(fields.WorkoutStep.WKT_STEP_NAME),
                notes=step.text(fields.WorkoutStep.NOTES),
                intensity=_word(profile.INTENSITIES, step.integer(fields.WorkoutStep.INTENSITY)),
                duration_s=length / 1000.0 if length is not None and ends == profile.ENDS_TIME else None,
                distance_m=length / 100.0 if length is not None and ends == profile.ENDS_DISTANCE else None,
            )
        )
    return tuple(found)


def _word(words: Mapping[int, str], number: int | None) -> str | None:
    return None if number is None else words.get(number)


def laps_of(
    content: Content, origin: int, duration_s: float, steps: tuple[RecordedStep, ...]
) -> tuple[tuple[Lap, ...], int]:
    """Return the laps inside a recording, clipped to it, and how many lie outside."""
    names = {step.index: step.name for step in steps}
    found: list[Lap] = []
    outside = 0
    for lap in content.all(profile.LAP):
        start, end = _lap_span(lap)
        if start is None or end is None:
            outside += 1
            continue
        start_s, end_s = max(start - origin, 0.0), min(end - origin, duration_s)
        if end_s <= start_s or _is_sliver(end_s - start_s, end - start):
            outside += end > start
            continue
        index = lap.integer(fields.Lap.WKT_STEP_INDEX)
        found.append(
            Lap(
                start_s,
                end_s,
                trigger=_word(profile.LAP_TRIGGERS, lap.integer(fields.Lap.LAP_TRIGGER)),
                step_index=index,
                label=None if index is None else names.get(index),
                distance_m=lap.number(fields.Lap.TOTAL_DISTANCE, 100.0),
                intensity=_word(profile.INTENSITIES, lap.integer(fields.Lap.INTENSITY)),
            )
        )
    found.sort(key=lambda lap: (lap.start_s, lap.end_s))
    return tuple(found), outside


#: A watch ends a lap up to this much after the next leg has begun: that end is no lap of the next leg.
_SLIVER_S, _SLIVER_SHARE = 3.0, 0.1


def _is_sliver(inside_s: float, whole_s: float) -> bool:
    """Say whether only the end (or the beginning) of a lap reaches into a recording."""
    return inside_s < _SLIVER_S and inside_s < _SLIVER_SHARE * whole_s


def _lap_span(lap: Message) -> tuple[float | None, float | None]:
    start = lap.seconds(fields.Lap.START_TIME)
    elapsed = lap.number(fields.Lap.TOTAL_ELAPSED_TIME, 1000.0)
    end = None if lap.time is None else float(lap.time)
    if start is not None and elapsed is not None:
        end = start + elapsed
    elif start is None and end is not None and elapsed is not None:
        return end - elapsed, end
    return (None if start is None else float(start)), end


def pauses_of(content: Content, origin: int, duration_s: float) -> tuple[Span, ...]:
    """Return the stretches between a stop of the timer and the next start."""
    events = [
        event
        for event in content.all(profile.EVENT)
        if event.integer(fields.Event.EVENT) == profile.TIMER_EVENT and event.time is not None
    ]
    events.sort(key=lambda event: (event.time or 0, event.position))
    found: list[Span] = []
    stopped: int | None = None
    for event in events:
        kind, time = event.integer(fields.Event.EVENT_TYPE), event.time
        if kind in profile.STOPS and stopped is None:
            stopped = time
        elif kind in profile.STARTS and stopped is not None and time is not None:
            start_s, end_s = max(float(stopped - origin), 0.0), min(float(time - origin), duration_s)
            if end_s > start_s:
                found.append(Span(start_s, end_s))
            stopped = None
    return tuple(found)


def stated_of(session: Message | None, sport: str | None) -> Mapping[str, float]:
    """Return the totals that the device stated, in this program's names; impossible ones are left out."""
    if session is None:
        return {}
    on_foot = sport in ON_FOOT_SPORTS
    total = fields.Session
    cadence, cycles = session.number(total.AVG_CADENCE), session.number(total.TOTAL_CYCLES)
    speed = session.number(total.ENHANCED_AVG_SPEED, 1000.0)
    told = {
        "duration_s": session.number(total.TOTAL_ELAPSED_TIME, 1000.0),
        "moving_s": session.number(total.TOTAL_MOVING_TIME, 1000.0),
        "distance_m": session.number(total.TOTAL_DISTANCE, 100.0),
        "speed_mps": session.number(total.AVG_SPEED, 1000.0) if speed is None else speed,
        "heart_rate_bpm": session.number(total.AVG_HEART_RATE),
        "cadence_spm": None if cadence is None else (2.0 if on_foot else 1.0) * cadence,
        "steps_count": None if cycles is None or not on_foot else 2.0 * cycles,
        "ascent_m": session.number(total.TOTAL_ASCENT),
        "energy_kcal": session.number(total.TOTAL_CALORIES),
    }
    return {
        name: value
        for name, value in told.items()
        if value is not None and NAMES[name].lowest <= value <= NAMES[name].highest
    }
