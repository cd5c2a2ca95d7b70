"""The small messages around the samples, in this program's words: sport, laps, steps, pauses, device, totals."""

from __future__ import annotations

from collections.abc import Mapping

from backward_running.core.names import NAMES
from backward_running.core.recording import ON_FOOT_SPORTS, Device, Lap, RecordedStep, Span
from backward_running.formats._fit import profile
from backward_running.formats._fit.content import Content
from backward_running.formats._fit.values import Message

_QUARTER_HOUR_S = 900
_FURTHEST_ZONE_S = 15 * 3600


def sport_of(session: Message | None, sport: Message | None) -> tuple[str | None, str | None]:
    """Return sport and sub-sport; None where the file says nothing or just "generic"."""
    if session is not None:
        return _sport_word(session.integer(5)), profile.SUB_SPORTS.get(session.integer(6) or 0)
    if sport is not None:
        return _sport_word(sport.integer(0)), profile.SUB_SPORTS.get(sport.integer(1) or 0)
    return None, None


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
        (workout.text(8) if workout and alone else None)
        or (session.text(110) if session else None)
        or (sport.text(3) if sport and alone else None)
    )


def device_of(content: Content) -> Device:
    """Return what wrote the file; its name where it is known, else its number."""
    file_id = content.first(profile.FILE_ID)
    creators = [one for one in content.all(profile.DEVICE_INFO) if one.integer(0) == 0]
    maker = product = serial = None
    name = None
    for message, maker_field, product_field, name_field in [
        *([(file_id, 1, 2, 8)] if file_id else []),
        *((one, 2, 4, 27) for one in creators[:1]),
    ]:
        maker = message.integer(maker_field) if maker is None else maker
        product = message.integer(product_field) if product is None else product
        serial = message.integer(3) if serial is None else serial
        name = name or message.text(name_field)
    if not maker:  # 0 is what some apps write for "nobody"
        return Device(product=name, serial=None if serial is None else str(serial))
    if name is None and product is not None:
        name = profile.PRODUCTS.get((maker, product), f"product {product}")
    return Device(profile.MAKERS.get(maker, f"maker {maker}"), name, None if serial is None else str(serial))


def utc_offset_of(content: Content) -> int | None:
    """Return local time minus UTC to the quarter of an hour: of the activity, else as the watch was set."""
    for kind, local_field in ((profile.ACTIVITY, 5), (profile.TIMESTAMP_CORRELATION, 3)):
        for message in content.all(kind):
            local = message.seconds(local_field)
            if local is None or message.time is None:
                continue
            offset = _quarters(local - message.time)
            if offset is not None:
                return offset
    return next(
        (offset for one in content.all(profile.DEVICE_SETTINGS) if (offset := _set_offset(one)) is not None), None
    )


def _set_offset(settings: Message) -> int | None:
    """Return what a watch was set to: seconds, or quarters of an hour where it states no seconds."""
    if settings.integer(0):  # another of its zones was active; of lists only the first is read
        return None
    seconds, quarters = settings.integer(2), settings.integer(5)
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
    for order, one in enumerate(content.all(profile.WORKOUT_STEP)):
        index = one.integer(profile.MESSAGE_INDEX)
        ends, length = one.integer(1), one.number(2)
        found.append(
            RecordedStep(
                index=order if index is None else index & 0x0FFF,
                name=one.text(0),
                notes=one.text(8),
                intensity=profile.INTENSITIES.get(-1 if (kind := one.integer(7)) is None else kind),
                duration_s=length / 1000.0 if length is not None and ends == profile.ENDS_TIME else None,
                distance_m=length / 100.0 if length is not None and ends == profile.ENDS_DISTANCE else None,
            )
        )
    return tuple(found)


def laps_of(
    content: Content, origin: int, duration_s: float, steps: tuple[RecordedStep, ...]
) -> tuple[tuple[Lap, ...], int]:
    """Return the laps inside a recording, clipped to it, and how many lie outside."""
    names = {step.index: step.name for step in steps}
    found: list[Lap] = []
    outside = 0
    for one in content.all(profile.LAP):
        start, end = _lap_span(one)
        if start is None or end is None:
            outside += 1
            continue
        start_s, end_s = max(start - origin, 0.0), min(end - origin, duration_s)
        if end_s <= start_s:
            outside += end > start
            continue
        index = one.integer(71)
        found.append(
            Lap(
                start_s,
                end_s,
                trigger=profile.LAP_TRIGGERS.get(-1 if (why := one.integer(24)) is None else why),
                step_index=index,
                label=None if index is None else names.get(index),
                distance_m=one.number(9, 100.0),
                intensity=profile.INTENSITIES.get(-1 if (kind := one.integer(23)) is None else kind),
            )
        )
    found.sort(key=lambda lap: (lap.start_s, lap.end_s))
    return tuple(found), outside


def _lap_span(lap: Message) -> tuple[float | None, float | None]:
    start, elapsed = lap.seconds(2), lap.number(7, 1000.0)
    end = None if lap.time is None else float(lap.time)
    if start is not None and elapsed is not None:
        end = start + elapsed
    elif start is None and end is not None and elapsed is not None:
        return end - elapsed, end
    return (None if start is None else float(start)), end


def pauses_of(content: Content, origin: int, duration_s: float) -> tuple[Span, ...]:
    """Return the stretches between a stop of the timer and the next start."""
    events = [
        one for one in content.all(profile.EVENT) if one.integer(0) == profile.TIMER_EVENT and one.time is not None
    ]
    events.sort(key=lambda one: (one.time or 0, one.position))
    found: list[Span] = []
    stopped: int | None = None
    for one in events:
        kind, time = one.integer(1), one.time
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
    cadence, cycles = session.number(18), session.number(10)
    speed = session.number(124, 1000.0)
    told = {
        "duration_s": session.number(7, 1000.0),
        "moving_s": session.number(59, 1000.0),
        "distance_m": session.number(9, 100.0),
        "speed_mps": session.number(14, 1000.0) if speed is None else speed,
        "heart_rate_bpm": session.number(16),
        "cadence_spm": None if cadence is None else (2.0 if on_foot else 1.0) * cadence,
        "steps_count": None if cycles is None or not on_foot else 2.0 * cycles,
        "ascent_m": session.number(22),
        "energy_kcal": session.number(11),
    }
    return {
        name: value
        for name, value in told.items()
        if value is not None and NAMES[name].lowest <= value <= NAMES[name].highest
    }
