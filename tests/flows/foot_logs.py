"""A foot's log as a table whose columns nobody here named."""

from __future__ import annotations

import numpy as np
from tests.gait.legs import Leg

FOREIGN = ("ax", "ay", "az", "wx", "wy", "wz")
OURS = tuple(f"{kind}_{axis}" for kind in ("acc", "gyr") for axis in "xyz")
COLUMNS = dict(zip(OURS, FOREIGN, strict=True))
UNITS = {"acc": "mps2", "gyr": "radps"}


def foot_rows(*, backward=True, seconds=40.0, rate_hz=100.0, place="foot_left") -> np.ndarray:
    """(n, 6): what a foot's sensor says, with a little noise."""
    time_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    rows = Leg.walks(backward=backward).sensor(place, time_s).T
    return rows + np.random.default_rng(3).normal(0.0, 0.05, rows.shape)


def as_table(rows: np.ndarray, names=FOREIGN) -> bytes:
    """The rows below a line of names."""
    body = "\n".join(",".join(f"{value:.4f}" for value in row) for row in rows)
    return f"{','.join(names)}\n{body}\n".encode()


def foot_table(**how) -> bytes:
    """A table without a time."""
    return as_table(foot_rows(**how))
