"""Say why a stretch is unknown: what the recording lacks, or what its sensors did there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from backward_running import gait
from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.direction import Direction
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout
from backward_running.flows.place_words import LEGS, worded
from backward_running.flows.why_gait import why_silent
from backward_running.flows.why_mounting import known_mountings, not_as_stated
from backward_running.gait.detectors.standing_still import LIFELESS, LIFELESS_FORCE, SHAKEN_LESS, WINDOW
from backward_running.signals.clock import usual_step_s
from backward_running.signals.six_axis import LOWEST_RATE
from backward_running.signals.strapdown import LEAST_RATE
from backward_running.signals.unrest import unrest

SHORTEST_S = 3.0  #: a stride and a half of slow walking
NEARLY_ALL_SHARE = 0.8  #: of the unknown time: then it is the reason
WORTH_A_WORD_SHARE = 0.2  #: of it: then it is said beside the reason
CLIPPED_SHARE = 0.01  #: of the samples on the very same highest number: no movement does that
#: A sensor that stops below these was at rest there and not at its end.
ENDS_ABOVE = {"acc": 15.0, "gyr": 4.0}
NAMES = {"acc": "accelerometer", "gyr": "gyroscope"}
NOTHING_THERE = (
    "Nothing in it shows which way the body faced: no motion sensor, no heading, and no workout step, lap or mark that "
    "names a direction."
)
NO_PLACE = "Nothing says where on the body the sensor was: state its place, and its mounting if it is known."
WRIST = (
    "An arm swings on its own, so a sensor at the wrist does not show the order of the steps; with a gyroscope and "
    "GNSS in the recording, its turns against the course can."
)
NO_MOUNT = "How the sensor sat on the body is not known, and without that it does not tell the direction there."
#: A foot finds its own axis where it strides; there it did not.
NO_FOOT_MOUNT = (
    "How the sensor sat on the foot is not known, and its strides do not show there where the toes point: state the "
    "mounting if you know it."
)
CALLED_BACKWARD = "Its name speaks of running backward, but not of which part: label the laps or the stretch that were."
NOT_CLEAR = "What the sensors show there is not clear enough to say."


def why_unknown(recording: Recording, bouts: Sequence[Bout]) -> str | None:
    """Say in one or two sentences why what is unknown is so.

    Parameters
    ----------
    recording : Recording
        With its sensors where they are told to sit.
    bouts : sequence of Bout
        As found in it.

    Returns
    -------
    str or None
        None where nothing is unknown.
    """
    if not bouts:
        return "The recording has no length: nothing can be found in it."
    if not any(bout.direction is Direction.UNKNOWN for bout in bouts):
        return None
    if not recording.on_foot:
        return f"It was recorded as {recording.sport}, so nobody asks which way the body faced."
    if recording.duration_s < SHORTEST_S:
        return f"It lasts only {recording.duration_s:.1f} s: too short to see a step pattern."
    places = dict.fromkeys(stream.place for stream in recording.inertial)
    said = [_of_place(recording, place, bouts) for place in places] or [_without_sensors(recording)]
    if gait.is_called_backward(recording):
        said.append(CALLED_BACKWARD)
    return " ".join(dict.fromkeys(said))


def _without_sensors(recording: Recording) -> str:
    for kind in ("acc", "gyr"):
        if kind in recording.refused:
            return _cannot_be_used(kind, recording.refused[kind])
    headed = [stream for stream in recording.streams if stream.has("heading_deg")]
    if not headed:
        return NOTHING_THERE
    return NOT_CLEAR if any(stream.mount_known for stream in headed) else NO_MOUNT


def _of_place(recording: Recording, place: str, bouts: Sequence[Bout]) -> str:
    """Say why the sensor at one place does not tell: what it did there, what it lacks, how it sat."""
    unknown = [bout for bout in bouts if bout.direction is Direction.UNKNOWN]
    streams = [stream for stream in recording.inertial if stream.place == place]
    there = _Silence(streams, unknown)
    if there.gone_share >= NEARLY_ALL_SHARE:
        return f"The {worded(place)} wrote nothing there."
    if there.still_share >= NEARLY_ALL_SHARE:
        return f"The {worded(place)} lay as still there as on a table, so nobody is seen to move."
    reason = _lacks(streams, place, recording.refused) or _clipped(streams, place, unknown)
    # How it sat comes first: that can be put right, and what is turned moves like nobody too.
    reason = reason or not_as_stated(recording, place, bouts)
    reason = reason or why_silent(streams, place, lambda time_s: _inside(time_s, unknown))
    reason = reason or _not_stated(streams, place) or NOT_CLEAR
    if there.still_share >= WORTH_A_WORD_SHARE:
        reason += f" For {there.still_share:.0%} of that time the sensor lay as still as on a table."
    return reason


def _lacks(streams: Sequence[Stream], place: str, refused: Mapping[str, str]) -> str | None:
    """Say what the hardware lacks: a whole sensor, an axis, speed."""
    for kind, names in (("acc", ACCELERATION), ("gyr", ANGULAR_RATE)):
        missing = [name for name in names if not any(stream.has(name) for stream in streams)]
        if len(missing) == len(names):
            return _cannot_be_used(kind, refused[kind]) if kind in refused else _without(kind, place)
        if missing:
            axes = " and ".join(name.split("_")[1] for name in missing)
            ending = "axis" if len(missing) == 1 else "axes"
            return f"The {NAMES[kind]} has no living {axes} {ending}: the direction needs all three."
    if not any(stream.has(*ACCELERATION, *ANGULAR_RATE) for stream in streams):
        return "Accelerometer and gyroscope ran at rates too different to be put on one clock."
    rate_hz = max(1.0 / usual_step_s(stream.time_s) for stream in streams if stream.has(*ACCELERATION, *ANGULAR_RATE))
    least_hz = (LOWEST_RATE if place.split("_", maxsplit=1)[0] in LEGS else LEAST_RATE).value
    if rate_hz < least_hz * 0.99:
        return f"The sensor wrote {rate_hz:.3g} samples a second; a {worded(place)} needs {least_hz:g} or more."
    return None


def _cannot_be_used(kind: str, problem: str) -> str:
    return f"The {NAMES[kind]} cannot be used: {problem}."


def _without(kind: str, place: str) -> str:
    if kind == "gyr":
        return f"A {worded(place)} needs a gyroscope too; this recording has only an accelerometer."
    return f"A {worded(place)} needs an accelerometer too; this recording has none that can be used."


def _not_stated(streams: Sequence[Stream], place: str) -> str | None:
    if place == "unknown":
        return NO_PLACE
    if place == "wrist":
        return WRIST
    if known_mountings(streams, place):
        return None
    return NO_FOOT_MOUNT if place.split("_", maxsplit=1)[0] == "foot" else NO_MOUNT


def _clipped(streams: Sequence[Stream], place: str, unknown: Sequence[Bout]) -> str | None:
    """Say that a sensor ran into the end of its range: many samples on the very same highest number."""
    for stream in streams:
        inside = _inside(stream.time_s, unknown)
        for name in (*ACCELERATION, *ANGULAR_RATE):
            if not stream.has(name):
                continue
            size = np.abs(stream.columns[name][inside])
            size = size[np.isfinite(size)]
            kind = name[:3]
            if not len(size) or (highest := float(size.max())) < ENDS_ABOVE[kind]:
                continue
            if np.count_nonzero(size > highest * (1.0 - 1e-6)) >= max(CLIPPED_SHARE * len(size), 3):
                unit = "m/s²" if kind == "acc" else "rad/s"
                return (
                    f"The {NAMES[kind]} of the {worded(place)} runs into its end at {highest:.3g} {unit}: what goes "
                    "beyond is cut off. Choose a wider range for it."
                )
    return None


def _inside(time_s: FloatArray, unknown: Iterable[Bout]) -> BoolArray:
    inside = np.zeros(len(time_s), dtype=bool)
    for bout in unknown:
        first, last = np.searchsorted(time_s, (bout.start_s, bout.end_s))
        inside[first:last] = True
    return inside


class _Silence:
    """How much of the unknown time a sensor wrote nothing, or lay still."""

    def __init__(self, streams: Sequence[Stream], unknown: Sequence[Bout]) -> None:
        asked_s = sum(bout.duration_s for bout in unknown)
        seconds = [np.unique(stream.time_s[_inside(stream.time_s, unknown)].astype(np.int64)) for stream in streams]
        written_s = max((len(written) for written in seconds), default=0)
        self.gone_share = max(1.0 - written_s / asked_s, 0.0)
        self.still_share = max((_still_s(stream, unknown) for stream in streams), default=0.0) / asked_s


def _still_s(stream: Stream, unknown: Sequence[Bout]) -> float:
    shaken = unrest(stream, WINDOW.value)
    if shaken is None:
        return 0.0
    at_s = shaken.time_s
    with np.errstate(invalid="ignore"):
        calm = shaken.force_mps2 < SHAKEN_LESS.value
        turned = shaken.rate_radps
        calm &= turned < LIFELESS.value if np.isfinite(turned).any() else shaken.force_mps2 < LIFELESS_FORCE.value
    cell_s = float(at_s[1] - at_s[0]) if len(at_s) > 1 else 0.0
    return cell_s * float(np.count_nonzero(calm & _inside(at_s, unknown)))
