"""Cells that are missing one by one: bridged where they are few, unknown where they are many, no confident mistakes."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.mark.parametrize(
    ("place", "share", "least_covered", "most_wrong"),
    [
        ("waist", 0.3, 0.3, 0.03),
        ("foot_left", 0.3, 0.7, 0.03),
        ("foot_left", 0.7, 0.0, 0.02),
        ("waist", 0.7, 0.0, 0.02),
    ],
)
def test_missing_cells_turn_nothing_over(place, share, least_covered, most_wrong):
    """One man, virtual sensors; without a missing cell 2 % (waist) and 1 % (foot) of the seconds are wrong."""
    labelled, scenes, judging = (
        pytest.importorskip(f"validation.{name}", reason="validation/ is not here")
        for name in ("_labelled", "_scenes", "_judge")
    )
    if not (labelled.data_folder() / "imu" / "virtual_male1").is_dir():
        pytest.skip("no motion capture; name its folder in BACKWARD_DATA")
    motion = scenes.medley()
    rows = motion.sensors[place].copy()
    rows[np.random.default_rng(5).random(rows.shape) < share] = np.nan
    got = judging.judge(labelled.labelled(motion, place, (labelled.stream(place, rows),))).pure
    moving = np.isin(got.truth, (0, 1))
    wrong = moving & np.isin(got.answer, (0, 1)) & (got.truth != got.answer)
    assert got.coverage >= least_covered
    assert wrong.sum() <= most_wrong * moving.sum()
