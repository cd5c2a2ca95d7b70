"""People beside the one motion-captured man: an actor in eight styles, and phones in trouser pockets.

Bandai-Namco Research Motion Dataset 1 (CC BY-NC 4.0) and MobiFall v2 are read where they lie and are never copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from backward_running.core.arrays import FloatArray
from validation._bvh import motion_of
from validation._labelled import Labelled, Motion, data_folder, recording, stream
from validation._scores import Way

STYLES = ("active", "angry", "childish", "giant", "masculinity", "musical", "normal", "old")
POCKET_HZ = 100.0
LONGEST_POCKET_S = 300.0
JOGGERS = range(2, 6)  #: MobiFall's numbers of the people who are there
#: What the actor's clips are called, and whether they run; a dash is a run.
KINDS = {"walk": False, "run": True, "dash": True, "walk-back": False}


@cache
def actor(style: str, kind: str) -> Motion:
    """Return a clip of the actor, as six virtual sensors with the truth beside them.

    Parameters
    ----------
    style : str
        One of :data:`STYLES`.
    kind : str
        One of :data:`KINDS`.

    Returns
    -------
    Motion
    """
    path = data_folder() / "mocap" / "bandai_styles" / f"dataset-1_{kind}_{style}_001.bvh"
    return motion_of(path.read_text(encoding="utf-8"), f"{style} {kind}", runs=KINDS[kind])


def pockets(*, jogging: bool) -> Iterator[tuple[int, Labelled]]:
    """Yield what real phones in trouser pockets measured, mounting unknown, all forward, with whose pocket it was.

    Parameters
    ----------
    jogging : bool
        Whether they jog (three times half a minute each) or walk (five minutes).
    """
    folder = data_folder() / "imu" / "mobifall_pocket"
    for person in JOGGERS:
        for path in sorted(folder.glob(f"{'JOG' if jogging else 'WAL'}_acc_{person}_*.txt")):
            rows = _on_one_clock(path, path.with_name(path.name.replace("_acc_", "_gyro_")))
            name = f"pocket {re.sub('_acc', '', path.stem)}"
            made = recording(
                stream("pocket", rows, rate_hz=POCKET_HZ, mount_known=False),
                duration_s=len(rows) / POCKET_HZ,
                sport="running" if jogging else "walking",
                name=name,
            )
            count = len(rows)
            truth = np.full(count, int(Way.FORWARD))
            yield person, Labelled(name, made, truth, np.arange(count) / POCKET_HZ, np.full(count, np.nan))


def _on_one_clock(force: Path, rate: Path) -> FloatArray:
    """Return six columns at 100 Hz; the accelerometer writes some 98 Hz, the gyroscope 200, on one clock of ns."""
    tables = [_table(path) for path in (force, rate)]
    begin_s, end_s = max(table[0, 0] for table in tables) + 1.0, min(table[-1, 0] for table in tables) - 1.0
    time_s = np.arange(begin_s, min(end_s, begin_s + LONGEST_POCKET_S), 1.0 / POCKET_HZ)
    return np.column_stack([np.interp(time_s, table[:, 0], table[:, axis]) for table in tables for axis in (1, 2, 3)])


def _table(path: Path) -> FloatArray:
    text = path.read_text(encoding="latin-1").split("@DATA")[-1]
    rows = np.array(text.replace(",", " ").split(), dtype=float).reshape(-1, 4)
    rows[:, 0] *= 1e-9
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    return np.asarray(rows[np.concatenate([[True], np.diff(rows[:, 0]) > 0])])
