"""BVH, the text form of motion capture: a tree of joints and how they turn, frame by frame."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import numpy as np

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import FloatArray

_TOKEN = re.compile(r"[{}]|[^\s{}]+")
_MOTION = re.compile(r"^\s*MOTION\s*$", re.M)
_FRAMES = re.compile(r"Frames:\s*(\d+)", re.I)
_FRAME_TIME = re.compile(r"Frame Time:\s*([\d.eE+-]+)", re.I)
_MOST_JOINTS = 1000
_BEYOND = 1e9
_AXES = {"X": 0, "Y": 1, "Z": 2}


@dataclass(slots=True)
class Joint:
    """A joint, its place in its parent's frame, and which numbers of a frame move it."""

    name: str
    parent: int  #: index, −1 for the root
    offset: FloatArray  #: shape (3,), in the file's unit
    channels: list[str] = field(default_factory=list)
    first: int = 0  #: index of its first number in a frame
    is_end: bool = False  #: the tip of a limb, which does not turn


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    """A parsed file: joints, and one row of numbers per frame."""

    joints: list[Joint]
    frames: FloatArray  #: shape (n, channels)
    frame_s: float
    losses: tuple[str, ...]


def parse(text: str) -> Capture:
    """Parse a BVH text.

    Raises
    ------
    UnreadableFile
        The tree or the frames do not follow the format.
    NotAnActivity
        It holds a skeleton, but no motion.
    """
    motion = _MOTION.search(text)
    if motion is None:
        raise UnreadableFile("This BVH file ends before its MOTION part. Export it again.", offset=len(text))
    joints = _joints(text[: motion.start()])
    width = sum(len(joint.channels) for joint in joints)
    head, body = text[motion.end() : motion.end() + 300], motion.end()
    frame_time = _FRAME_TIME.search(head)
    if frame_time is None:
        raise UnreadableFile("This BVH file does not say how long a frame lasts (Frame Time). Export it again.")
    frame_s = _number(frame_time.group(1))
    if not 1e-4 <= frame_s <= 1.0:
        raise UnreadableFile(f"A frame of this BVH file lasts {frame_s:g} s; expected 0.0001 to 1 s.")
    frames, losses = _frames(text[body + frame_time.end() :], width)
    stated = _FRAMES.search(head)
    if stated and len(frames) < min(int(stated.group(1)[:9]), 10**9) and not losses:
        losses.append(f"The file announces {int(stated.group(1)[:9]):,} frames, {len(frames):,} are there.")
    return Capture(joints, frames, frame_s, tuple(losses))


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or abs(value) > _BEYOND:
        raise UnreadableFile(f"A number was expected in this BVH file, “{word[:20]}” came. Export it again.")
    return value


def _joints(text: str) -> list[Joint]:
    """Parse the tree, word by word."""
    words = iter(_TOKEN.findall(text))
    found: list[Joint] = []
    open_joints: list[int] = []
    pending: Joint | None = None
    channels = 0
    try:
        for word in words:
            keyword = word.upper()
            if keyword in {"ROOT", "JOINT", "END"}:
                name = next(words)
                pending = Joint(name, open_joints[-1] if open_joints else -1, np.zeros(3), is_end=keyword == "END")
            elif word == "{" and pending is not None:
                open_joints.append(len(found))
                found.append(pending)
                pending = None
            elif word == "}" and open_joints:
                open_joints.pop()
            elif keyword == "OFFSET" and open_joints:
                found[open_joints[-1]].offset = np.array([_number(next(words)) for _ in range(3)])
            elif keyword == "CHANNELS" and open_joints and not found[open_joints[-1]].channels:
                count = int(min(max(_number(next(words)), 0), 6))
                joint = found[open_joints[-1]]
                joint.channels, joint.first = [next(words) for _ in range(count)], channels
                channels += count
            if len(found) > _MOST_JOINTS:
                raise UnreadableFile("This BVH file has more joints than any body.")
    except StopIteration:
        raise UnreadableFile("The tree of joints of this BVH file breaks off. Export it again.") from None
    if not found or not channels:
        raise UnreadableFile("This BVH file has no joints that move. Export it again.")
    return found


def _frames(text: str, width: int) -> tuple[FloatArray, list[str]]:
    """Read the rows of numbers; from the first torn one on nothing is trusted."""
    losses: list[str] = []
    if text and not text.endswith("\n"):
        text, _, last = text.rpartition("\n")
        if last.strip():
            losses.append("The last line has no end and may be cut short; it was left out.")
    if not text.strip():
        raise NotAnActivity("This BVH file holds a skeleton, but no motion: nothing was recorded in it.")
    try:
        frames = np.loadtxt(io.StringIO(text), comments=None, ndmin=2)
    except ValueError:
        frames = None
    if frames is None or frames.shape[1] != width or not (np.abs(frames) < _BEYOND).all():
        frames, torn = _row_by_row(text, width)
        losses += torn
    return np.asarray(frames, dtype=np.float64), losses


def _row_by_row(text: str, width: int) -> tuple[FloatArray, list[str]]:
    rows = [line.split() for line in text.split("\n") if line.strip()]
    sound: list[FloatArray] = []
    for row in rows:
        try:
            values = np.array(row, dtype=np.float64)
        except ValueError:
            break
        if len(values) != width or not (np.abs(values) < _BEYOND).all():
            break
        sound.append(values)
    if not sound:
        raise UnreadableFile(f"The frames of this BVH file do not hold the {width} numbers that its joints ask for.")
    losses = []
    if len(sound) < len(rows):
        losses.append(f"Frame {len(sound) + 1:,} is damaged; from there on {len(rows) - len(sound):,} were left out.")
    return np.array(sound), losses


def pose(capture: Capture) -> tuple[FloatArray, FloatArray]:
    """Return where every joint is and how it is turned.

    Returns
    -------
    positions : ndarray, shape (joints, n, 3)
        In the file's unit and axes.
    rotations : ndarray, shape (joints, n, 3, 3)
        Columns are the joint's own axes.
    """
    count = len(capture.frames)
    positions = np.empty((len(capture.joints), count, 3))
    rotations = np.empty((len(capture.joints), count, 3, 3))
    for index, joint in enumerate(capture.joints):
        shift = np.broadcast_to(joint.offset, (count, 3)).copy()
        turn = np.broadcast_to(np.eye(3), (count, 3, 3))
        for k, channel in enumerate(joint.channels):
            values = capture.frames[:, joint.first + k]
            axis = _AXES.get(channel[:1].upper())
            if axis is None:
                raise UnreadableFile(f"This BVH file moves joints by an unknown channel, “{channel[:20]}”.")
            if channel.lower().endswith("position"):
                shift[:, axis] = values
            else:
                turn = turn @ _about(axis, np.radians(values))
        if joint.parent < 0:
            positions[index], rotations[index] = shift, turn
        else:
            rotations[index] = rotations[joint.parent] @ turn
            positions[index] = positions[joint.parent] + np.einsum("nij,nj->ni", rotations[joint.parent], shift)
    return positions, rotations


def _about(axis: int, angle_rad: FloatArray) -> FloatArray:
    """Return rotations about one axis, shape (n, 3, 3)."""
    turn = np.zeros((len(angle_rad), 3, 3))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    turn[:, axis, axis] = 1.0
    turn[:, first, first] = turn[:, second, second] = np.cos(angle_rad)
    turn[:, second, first] = np.sin(angle_rad)
    turn[:, first, second] = -np.sin(angle_rad)
    return turn
