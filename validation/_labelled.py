"""Recordings whose direction is known: motion capture of one man, and real sensors on people who all went forward.

Nothing is copied into the project; the folder is named by BACKWARD_DATA (default ``../shared/data``).
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from backward_running import formats
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.errors import BackwardRunningError
from backward_running.core.recording import FloatArray, Recording, Stream
from validation._scores import Way, Ways

AXES = ("acc_x_mps2", "acc_y_mps2", "acc_z_mps2", "gyr_x_radps", "gyr_y_radps", "gyr_z_radps")
#: Column prefix of the virtual sensors, and the place it stands for.
SITES = {
    "foot_left": "foot_l",
    "foot_right": "foot_r",
    "shank_left": "shank_l",
    "thigh_right": "thigh_r_pocket",
    "waist": "waist",
    "chest": "chest",
}
RATE_HZ = 100.0
_WAY_OF_LABEL = {
    "fwd_walk": Way.FORWARD,
    "fwd_run": Way.FORWARD,
    "back_walk": Way.BACKWARD,
    "back_run": Way.BACKWARD,
    "side": Way.SIDEWAYS,
    "still": Way.STILL,
}


def data_folder() -> Path:
    """Return the folder of shared data, whether it is there or not."""
    return Path(os.environ.get("BACKWARD_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """Six sensors and the truth, sample by sample at 100 Hz; what a clip, a loop or a medley is made of."""

    name: str
    sensors: Mapping[str, FloatArray]  #: place → (n, 6), accelerations then rates
    forward_mps: FloatArray
    lateral_mps: FloatArray
    heading_rad: FloatArray
    way: Ways
    runs: np.ndarray  #: bool, whether the label says running

    def __len__(self) -> int:
        return len(self.way)

    @property
    def time_s(self) -> FloatArray:
        """Seconds since the start."""
        return np.arange(len(self)) / RATE_HZ

    def cut(self, first: int, last: int) -> Motion:
        """Return samples ``[first, last)``."""
        return replace(
            self,
            sensors={place: rows[first:last] for place, rows in self.sensors.items()},
            forward_mps=self.forward_mps[first:last],
            lateral_mps=self.lateral_mps[first:last],
            heading_rad=self.heading_rad[first:last],
            way=self.way[first:last],
            runs=self.runs[first:last],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A recording with the truth about it."""

    name: str
    recording: Recording
    way: Ways  #: at `truth_s`
    truth_s: FloatArray
    speed_mps: FloatArray  #: at `truth_s`, NaN where not known
    changes: tuple[tuple[float, Way], ...] = ()  #: when forward became backward or the other way round
    cadence_spm: float | None = None
    notes: Mapping[str, float] = field(default_factory=dict)


@cache
def clips() -> tuple[Motion, ...]:
    """Return every clip of the motion-captured man, by name."""
    folder = data_folder() / "imu" / "virtual_male1"
    return tuple(_clip(path) for path in sorted(folder.glob("*.csv")))


def held_out_clips() -> tuple[Motion, ...]:
    """Return the clips that nothing was fitted on: those with an odd number."""
    return tuple(clip for clip in clips() if clip_number(clip.name) % 2 == 1)


def clip_number(name: str) -> int:
    """Return the number in a clip's name.

    >>> clip_number("Male1_C09_RunBackTurnRunForward")
    9
    """
    found = re.search(r"_[BC](\d+)_", name)
    assert found, name
    return int(found[1])


def _clip(path: Path) -> Motion:
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    at = {name: number for number, name in enumerate(header)}
    labels = [row[at["label"]] for row in rows]
    values = np.array([[float(cell) for cell in row[: at["label"]]] for row in rows])

    def column(name: str) -> FloatArray:
        return np.ascontiguousarray(values[:, at[name]])

    sensors = {
        place: np.column_stack([column(f"{prefix}_{kind}{axis}") for kind in "ag" for axis in "xyz"])
        for place, prefix in SITES.items()
    }
    return Motion(
        path.stem,
        sensors,
        column("v_forward"),
        column("v_lateral"),
        np.unwrap(column("heading_rad")),
        np.array([int(_WAY_OF_LABEL[label]) for label in labels]),
        np.array([label.endswith("_run") for label in labels]),
    )


def stream(
    place: str,
    rows: FloatArray,
    *,
    rate_hz: float = RATE_HZ,
    mount_known: bool = True,
    time_s: FloatArray | None = None,
) -> Stream:
    """Return six columns as the stream of one sensor; a known mount is in the body's axes."""
    if time_s is None:
        time_s = np.arange(len(rows)) / rate_hz
    columns = {name: np.ascontiguousarray(rows[:, number]) for number, name in enumerate(AXES)}
    return Stream(place, "body" if mount_known else "sensor", time_s.copy(), columns, mount_known)


def recording(*streams: Stream, duration_s: float, sport: str | None = "running", name: str = "") -> Recording:
    """Return a recording as a reader would."""
    return Recording(
        "0" * 64,
        datetime(2026, 1, 1, tzinfo=UTC),
        streams,
        "validation",
        "1",
        duration_s=duration_s,
        sport=sport,
        title=name,
    )


def labelled(
    motion: Motion, place: str, streams: tuple[Stream, ...] | None = None, *, duration_s: float | None = None
) -> Labelled:
    """Return a motion as the recording of one sensor, with its truth."""
    streams = streams or (stream(place, motion.sensors[place]),)
    # Metres per second along the chest are the truth; smoothed over a step, because a body surges with every step.
    speed = np.abs(np.convolve(np.pad(motion.forward_mps, 25, mode="edge"), np.full(51, 1 / 51), mode="valid"))
    return Labelled(
        f"{motion.name} {place}",
        recording(*streams, duration_s=duration_s or len(motion) / RATE_HZ, name=motion.name),
        motion.way,
        motion.time_s,
        speed,
        changes_of(motion),
    )


def changes_of(motion: Motion, least_s: float = 0.5) -> tuple[tuple[float, Way], ...]:
    """Return when forward became backward or back again; each side lasts at least half a second to count."""
    told = np.where(np.isin(motion.way, (Way.FORWARD, Way.BACKWARD)), motion.way, -1)
    starts = np.flatnonzero(np.diff(told, prepend=-2))
    stretches = [
        (first, last, told[first])
        for first, last in zip(starts, [*starts[1:], len(told)], strict=True)
        if told[first] >= 0 and last - first >= least_s * RATE_HZ
    ]
    return tuple(
        (first / RATE_HZ, Way(way)) for (_, _, before), (first, _, way) in pairwise(stretches) if before != way
    )


def ipol(*, mount_known: bool) -> Iterator[Labelled]:
    """Yield the walks of five people with sensors on both feet and the low back: forward, a turn, forward again.

    How the sensors sat is not stated with the data. A known mount is read off here from gravity while they stand: on
    an instep x rises toward the ankle, on a back z looks behind; y is right of a foot and left of a back.
    """
    for path in sorted((data_folder() / "imu" / "ipol_gait").glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        for suffix, place, behind in (("lf", "foot_left", 0), ("rf", "foot_right", 0), ("lb", "waist", 2)):
            text = path.with_name(f"{path.stem}_{suffix}.txt").read_text(encoding="utf-8")
            rows = np.loadtxt(io.StringIO(text), skiprows=2)[:, 1:7]
            if mount_known:
                rest = rows[max(facts["TrialBoundaries"][0] - 250, 0) : facts["TrialBoundaries"][0] - 50, :3].mean(
                    axis=0
                )
                rows = levelled(rows, rest, -np.eye(3)[behind])
            yield _walk(f"ipol {path.stem} {place}", place, rows, facts, mount_known=mount_known)


def levelled(rows: FloatArray, rest_mps2: FloatArray, ahead: FloatArray) -> FloatArray:
    """Return six axes turned to right, ahead and up, from what gravity was at rest and which axis looks ahead.

    >>> standing = np.array([[0.0, 9.8, 0.0, 1.0, 0.0, 0.0]])  # y is up; z looks ahead
    >>> levelled(standing, standing[0, :3], np.array([0.0, 0.0, 1.0])).round(1).tolist()
    [[0.0, 0.0, 9.8, -1.0, 0.0, 0.0]]
    """
    up = rest_mps2 / np.linalg.norm(rest_mps2)
    ahead = ahead - (ahead @ up) * up
    ahead = ahead / np.linalg.norm(ahead)
    axes = np.column_stack([np.cross(ahead, up), ahead, up])
    return np.hstack([rows[:, :3] @ axes, rows[:, 3:] @ axes])


def _walk(name: str, place: str, rows: FloatArray, facts: Mapping[str, list], *, mount_known: bool) -> Labelled:
    count = len(rows)
    way = np.full(count, int(Way.STILL))
    first, last = facts["TrialBoundaries"]
    way[first:last] = Way.FORWARD
    turn_first, turn_last = facts["UTurnBoundaries"]
    way[turn_first:turn_last] = Way.TURNING
    contacts = sorted(event[1] for foot in ("LeftFootEvents", "RightFootEvents") for event in facts[foot])
    before = [contact for contact in contacts if contact < turn_first]
    cadence = 60.0 * RATE_HZ * (len(before) - 1) / (before[-1] - before[0]) if len(before) > 3 else None
    worn = stream(place, rows, mount_known=mount_known)
    return Labelled(
        name,
        recording(worn, duration_s=count / RATE_HZ, sport="walking", name=name),
        way,
        np.arange(count) / RATE_HZ,
        np.full(count, np.nan),
        (),
        cadence,
        {"first_s": before[0] / RATE_HZ if before else 0.0, "last_s": turn_first / RATE_HZ},
    )


def gaitmap_feet(*, mount_known: bool) -> Iterator[Labelled]:
    """Yield both feet of the gaitmap example, 204.8 Hz.

    On the level the mount is stated (x to the toes, y left, z up); on stairs it is not, so they have none known.
    """
    folder = data_folder() / "imu" / "gaitmap_foot"
    level = _gaitmap_table(folder / "imu_sample.csv")
    for side in ("left", "right"):
        x, y, z, rx, ry, rz = level[side].T
        turned = np.column_stack([-y, x, z, -ry, rx, rz])  # to x right, y forward, z up
        yield _forward(f"gaitmap level foot_{side}", f"foot_{side}", turned, 204.8, mount_known=mount_known)
    if mount_known:
        return
    for stairs in ("stair_up", "stair_down"):
        for side, rows in _gaitmap_table(folder / f"imu_sample_healthy_{stairs}.csv").items():
            yield _forward(f"gaitmap {stairs} foot_{side}", f"foot_{side}", rows, 204.8, mount_known=False)


def _gaitmap_table(path: Path) -> dict[str, FloatArray]:
    with path.open(newline="", encoding="utf-8") as file:
        sensors, axes, *rows = csv.reader(file)
    values = np.array([[float(cell) for cell in row] for row in rows])
    tables = {}
    for side in ("left", "right"):
        at = {axis: k for k, (sensor, axis) in enumerate(zip(sensors, axes, strict=True)) if sensor == f"{side}_sensor"}
        table = values[:, [at[f"{kind}_{axis}"] for kind in ("acc", "gyr") for axis in "xyz"]]
        table[:, 3:] = np.radians(table[:, 3:])
        tables[side] = table
    return tables


def mobgap_backs(*, mount_known: bool) -> Iterator[Labelled]:
    """Yield the low backs of three people, 100 Hz. The library states the mount: x up, y right, z ahead."""
    folder = data_folder() / "imu" / "mobgap_lowback" / "example_data" / "data_csv"
    for path in sorted(folder.rglob("*.csv")):
        table = np.loadtxt(path, delimiter=",", skiprows=1)[:, 1:7]
        table[:, :3] *= STANDARD_GRAVITY_MPS2
        table[:, 3:] = np.radians(table[:, 3:])
        if mount_known:
            table = table[:, [1, 2, 0, 4, 5, 3]]
        name = f"mobgap {path.parent.parent.name} {path.parent.name} {path.stem}"
        yield _forward(name, "waist", table, 100.0, mount_known=mount_known)


def _forward(name: str, place: str, rows: FloatArray, rate_hz: float, *, mount_known: bool) -> Labelled:
    count = len(rows)
    made = recording(
        stream(place, rows, rate_hz=rate_hz, mount_known=mount_known), duration_s=count / rate_hz, sport="walking"
    )
    truth = np.full(count, int(Way.FORWARD))
    return Labelled(name, made, truth, np.arange(count) / rate_hz, np.full(count, np.nan))


def activities() -> Iterator[tuple[str, Recording]]:
    """Yield the real activity files on foot without their plans, marks and step names: nobody in them went backward."""
    seen = set()
    for path in sorted((data_folder() / "activities").rglob("*")):
        if not path.is_file() or path.suffix in {".md", ".tsv"}:
            continue
        try:
            inner = [
                found for name, data in formats.unwrap(path.name, path.read_bytes()) for found in formats.read(data)
            ]
        except BackwardRunningError:
            continue  # tests/formats holds what must be readable
        for found in inner:
            if found.on_foot and found.activity_id not in seen and found.duration_s > 0:
                seen.add(found.activity_id)
                yield (
                    path.name,
                    replace(found, steps=(), marks=(), laps=tuple(replace(lap, label=None) for lap in found.laps)),
                )
