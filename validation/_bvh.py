"""BVH motion capture as a source of virtual sensors: what six worn sensors would have felt."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import FloatArray, Recording, Stream
from validation._labelled import Motion, recording
from validation._scores import Way
from validation._skeleton import Capture, parse, pose
from validation._virtual_sensors import RATE_HZ, Spline, sensed

_HIERARCHY = re.compile(r"\s*HIERARCHY\s+ROOT\s", re.I)
#: A leg from hip to toes, a child's to a giant's: that tells the unit of a skeleton.
_SHORTEST_LEG_M = 0.45
_LONGEST_LEG_M = 1.6
_UNITS_M = (0.01, 1.0, 0.001, 0.0254, 0.1)
_LONGEST_S = 6 * 3600.0
#: At the ends of a clip the curve through the frames is free to bend as it likes.
_ENDS_S = 0.2
_TRAVELS_MPS = 0.3


class Site(NamedTuple):
    """Where a sensor sits: on which segment, and how far along it."""

    place: str
    segment: str
    towards: str | None
    share: float


SITES = (
    Site("foot_left", "left foot", "left toe", 0.4),  # on the laces
    Site("foot_right", "right foot", "right toe", 0.4),
    Site("shank_left", "left shank", "left foot", 0.8),  # above the ankle
    Site("thigh_right", "right thigh", "right shank", 0.3),  # the trouser pocket
    Site("waist", "hips", None, 0.0),
    Site("chest", "chest", "neck", 0.5),  # the strap
)
#: How skeletons of different makers call the joint at the upper end of a segment, without the side.
_NAMES = {
    "thigh": ("upleg", "upperleg", "thigh", "hip", "femur"),
    "shank": ("leg", "lowleg", "lowerleg", "knee", "shin", "tibia", "calf"),
    "foot": ("foot", "ankle"),
    "toe": ("toebase", "toe", "toes", "ball", "toe0"),
    "neck": ("neck", "neck1", "head"),
    "chest": ("spine1", "chest", "spine2", "thorax", "upperspine", "spine3", "spine"),
}
_MIDDLE = frozenset({"neck", "chest"})
_SIDE_LAST = re.compile(r"[_.:](left|right|l|r)$", re.I)  #: asked first: LowerLeg_R begins with an L
_SIDE_FIRST = re.compile(r"^(left|right|l|r)(?=[_.:A-Z])[_.:]?|^(left|right|l|r)(?=[a-z])", re.I)


def read(data: bytes) -> Recording:
    """Read motion capture and return what six sensors on the body would have recorded.

    Parameters
    ----------
    data : bytes
        A BVH text. Its unit of length is told from the length of a leg, its axis "up" from head and feet.

    Returns
    -------
    Recording
        Of up to six streams at 100 Hz (feet, left shank, right thigh, waist, chest) with acceleration, gravity
        included, and angular rate. Axes are fixed to the segment and lie x right, y forward, z up in the mean over
        the clip, so the mount is known. What is damaged in the file stands in its ``losses``.

    Raises
    ------
    NotAnActivity
        It holds a skeleton without motion.
    UnreadableFile
        It is no BVH, it is damaged, or it is no human body.

    Notes
    -----
    The sensors are virtual: about 12 Hz of bandwidth, and no impacts of the feet.
    """
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if not _HIERARCHY.match(text):
        raise UnreadableFile("A BVH file begins with HIERARCHY and ROOT; this one does not. Export it again.", offset=0)
    capture = parse(text)
    count = len(capture.frames)
    if count < 4:
        raise NotAnActivity(f"This BVH file holds {count} frames, too few for any motion.")
    if count * capture.frame_s > _LONGEST_S:
        raise UnreadableFile("This BVH file is longer than six hours, which no motion capture is.")
    streams = _streams(capture)
    duration_s = max(float(stream.time_s[-1]) for stream in streams)
    return replace(recording(*streams, duration_s=duration_s), losses=capture.losses)


def _segments(capture: Capture) -> dict[str, int]:
    """Return the joints that matter, by our names."""
    found: dict[str, int] = {"hips": _first_that_moves(capture)}
    plain: dict[str, int] = {}
    for index, joint in enumerate(capture.joints):
        if joint.is_end:
            continue
        name = joint.name.rsplit(":", 1)[-1]
        side = _SIDE_LAST.search(name) or _SIDE_FIRST.search(name)
        if side is None:
            plain.setdefault(name.lower(), index)
            continue
        which = "left" if next(filter(None, side.groups())).lower().startswith("l") else "right"
        plain.setdefault(f"{which} {(name[: side.start()] + name[side.end() :]).strip('_.: ').lower()}", index)
    for segment, names in _NAMES.items():
        for side_name in ("left ", "right ") if segment not in _MIDDLE else ("",):
            first = next((plain[f"{side_name}{name}"] for name in names if f"{side_name}{name}" in plain), None)
            if first is not None:
                found[f"{side_name}{segment}"] = first
    return found


def _first_that_moves(capture: Capture) -> int:
    """Return the first joint whose numbers change: some skeletons stand on a root that never does."""
    for index, joint in enumerate(capture.joints):
        own = capture.frames[:, joint.first : joint.first + len(joint.channels)]
        if own.size and np.ptp(own, axis=0).max() > 0.0:
            return index
    return 0


def _streams(capture: Capture) -> list[Stream]:
    return _placed(capture)[0]


def motion_of(text: str, name: str, *, runs: bool) -> Motion:
    """Return a motion capture as six virtual sensors with the truth beside them.

    Parameters
    ----------
    text : str
        A BVH text in which a person goes one way.
    name : str
        Of the clip.
    runs : bool
        Whether they run.

    Returns
    -------
    Motion
        Forward where the hips travel ahead by more than :data:`_TRAVELS_MPS`, backward where they travel back so.
    """
    streams, speed_mps, heading_rad = _placed(parse(text))
    way = np.full(len(heading_rad), int(Way.STILL))
    slow = np.convolve(np.pad(speed_mps[:, 0], 25, mode="edge"), np.full(51, 1 / 51), mode="valid")
    way[slow > _TRAVELS_MPS], way[slow < -_TRAVELS_MPS] = Way.FORWARD, Way.BACKWARD
    sensors = {stream.place: np.column_stack(list(stream.columns.values())) for stream in streams}
    running = np.full(len(way), runs)
    return Motion(name, sensors, speed_mps[:, 0], speed_mps[:, 1], heading_rad, way, running)


def _placed(capture: Capture) -> tuple[list[Stream], FloatArray, FloatArray]:
    """Return the sensors, the speed of the hips ahead and to the right, and where the body faces, at 100 Hz."""
    segments = _segments(capture)
    needed = {"left thigh", "right thigh", "left foot", "right foot"}
    if not needed <= set(segments):
        raise UnreadableFile("This BVH file has no joints named as legs and feet of a person are, left and right.")
    positions, turns = pose(capture)
    unit_m = _unit_m(capture, segments)
    room = _room_axes(positions, segments)
    positions_m = positions @ room * unit_m
    turns = np.einsum("ji,knjl->knil", room, turns)
    bodies = _body_axes(positions_m, segments)
    last_s = (len(capture.frames) - 1) * capture.frame_s
    time_s = np.arange(int(last_s * RATE_HZ + 1e-9) + 1) / RATE_HZ
    sound = (time_s >= _ENDS_S) & (time_s <= last_s - _ENDS_S)
    ahead = np.arctan2(bodies[:, 1, 1], bodies[:, 0, 1])
    facing = np.interp(time_s, np.arange(len(ahead)) * capture.frame_s, np.unwrap(ahead))[sound]
    if sound.sum() < RATE_HZ * _ENDS_S:
        raise NotAnActivity(f"This BVH file lasts {last_s:.2g} s, too short for any motion.")
    found: list[Stream] = []
    for site in SITES:
        if site.segment not in segments:
            continue
        joint = segments[site.segment]
        place_m = positions_m[joint]
        if site.towards in segments and site.towards is not None:
            place_m = place_m + site.share * (positions_m[segments[site.towards]] - place_m)
        acc, rate = sensed(time_s, place_m, turns[joint] @ _mounting(turns[joint], bodies), capture.frame_s)
        axes = np.hstack([acc, rate])[sound].T
        columns = {name: row.copy() for name, row in zip(ACCELERATION + ANGULAR_RATE, axes, strict=True)}
        found.append(Stream(site.place, "body", time_s[sound] - time_s[sound][0], columns, True))
    _, travel_mps, _ = Spline(positions_m[segments["hips"]], capture.frame_s).at(time_s[sound])
    cosine, sine = np.cos(facing), np.sin(facing)
    speed_mps = np.column_stack(
        [
            travel_mps[:, 0] * cosine + travel_mps[:, 1] * sine,
            travel_mps[:, 0] * sine - travel_mps[:, 1] * cosine,
        ]
    )
    return found, speed_mps, facing


def _unit_m(capture: Capture, segments: dict[str, int]) -> float:
    """Return the length of the file's unit in metres, from the legs' length."""
    length = 0.0
    joint = segments.get("left toe", segments["left foot"])
    while joint > 0 and joint != segments["left thigh"]:
        length += float(np.linalg.norm(capture.joints[joint].offset))
        joint = capture.joints[joint].parent
    for unit_m in _UNITS_M:
        if _SHORTEST_LEG_M <= length * unit_m <= _LONGEST_LEG_M:
            return unit_m
    raise UnreadableFile(f"A leg of this BVH skeleton is {length:.3g} units long: that is no person in any unit.")


def _room_axes(positions: FloatArray, segments: dict[str, int]) -> FloatArray:
    """Return the room's axes as columns, the last one up: the side on which the hips are above the feet."""
    feet = 0.5 * (positions[segments["left foot"]] + positions[segments["right foot"]])
    rise = np.median(positions[segments["left thigh"]] - feet, axis=0)
    up = int(np.argmax(np.abs(rise)))
    axes = np.zeros((3, 3))
    axes[up, 2] = np.sign(rise[up]) or 1.0
    axes[(up + 1) % 3, 0] = 1.0
    axes[:, 1] = np.cross(axes[:, 2], axes[:, 0])
    return axes


def _body_axes(positions_m: FloatArray, segments: dict[str, int]) -> FloatArray:
    """Return where right, forward and up of the body are, frame by frame, from the line between the hips."""
    right = positions_m[segments["right thigh"]] - positions_m[segments["left thigh"]]
    right = right * np.array([1.0, 1.0, 0.0])
    right /= np.maximum(np.linalg.norm(right, axis=1, keepdims=True), 1e-9)
    up = np.broadcast_to(np.array([0.0, 0.0, 1.0]), right.shape)
    return np.stack([right, np.cross(up, right), up], axis=2)


def _mounting(turns: FloatArray, bodies: FloatArray) -> FloatArray:
    """Return the sensor's axes in the segment's frame so that in the mean they are the body's right, forward, up."""
    mean = np.einsum("nji,njk->ik", turns, bodies)
    left, _, right = np.linalg.svd(mean)
    flip = np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    return np.asarray(left @ flip @ right)
