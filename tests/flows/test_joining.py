"""Files of one run are judged and imported together."""

from __future__ import annotations

import numpy as np
import pytest
from tests.flows.foot_logs import FOREIGN, as_table, foot_rows

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.flows import intake
from backward_running.flows.detect import detect
from backward_running.flows.joining import File, put_together

COLUMNS = {"time_s": "t"} | {f"{kind}_{axis}": f"{short}{axis}" for kind, short in (("acc", "a"), ("gyr", "w"))
           for axis in "xyz"}  # fmt: skip
TOLD = SuppliedMetadata(columns=COLUMNS, units={"acc": "mps2", "gyr": "radps"}, place="foot_left", mount_known=True)


def timed(rows, names, rate_hz=100.0, begins_s=0.0):
    time_s = begins_s + np.arange(len(rows)) / rate_hz
    return as_table(np.column_stack([time_s, rows]), ("t", *names))


def halves(**how):
    rows = foot_rows(**how)
    return (
        File("acc.csv", timed(rows[:, :3], FOREIGN[:3])),
        File("gyr.csv", timed(rows[:, 3:], FOREIGN[3:])),
        File("both.csv", timed(rows, FOREIGN)),
    )


def answer(found):
    (one,) = found
    return [(each.bout.direction, each.bout.start_s, each.bout.end_s) for each in one.bouts]


@pytest.mark.parametrize("backward", [True, False])
def test_two_files_of_one_sensor_are_judged_as_one_table_is(backward):
    acc, gyr, both = halves(backward=backward)
    whole = answer(detect(both.name, both.data, TOLD))
    assert (Direction.BACKWARD if backward else Direction.FORWARD) in {one[0] for one in whole}
    for files in ((acc, gyr), (gyr, acc)):
        name, data, told = put_together(files, TOLD)
        assert name == " + ".join(one.name for one in files)
        assert answer(detect(name, data, told)) == whole
    alone = answer(detect(acc.name, acc.data, SuppliedMetadata(columns={k: v for k, v in COLUMNS.items()
                          if "gyr" not in k}, units={"acc": "mps2"}, place="foot_left", mount_known=True)))  # fmt: skip
    assert {one[0] for one in alone} == {Direction.UNKNOWN}


def test_several_sensors_of_one_run_are_judged_together():
    left = foot_rows()
    right = foot_rows(place="foot_right")
    right[1500:] = right[1500]  # it stops after 15 s
    files = [
        File("left.csv", timed(left[:2000], FOREIGN), "foot_left"),
        File("right.csv", timed(right, FOREIGN), "foot_right"),
    ]
    name, data, told = put_together(files, SuppliedMetadata(columns=COLUMNS, units=TOLD.units, mount_known=True))
    (found,) = detect(name, data, told)
    assert found.name == "left.csv + right.csv"
    assert Direction.BACKWARD in {one.bout.direction for one in found.bouts}


def test_put_together_it_comes_in_as_one_run(store, now):
    acc, gyr, _ = halves()
    name, data, told = put_together([acc, gyr], TOLD)
    (entry,) = intake.import_file(store, name, data, now=now, told=told)
    assert entry.activity_ids
    assert store.row(entry.activity_ids[0]).backward_s > 35
    assert store.original(entry.file_key) == (name, data)
    (again,) = intake.import_file(store, name, data, now=now, told=told)
    assert again.status == "same"


def test_a_column_that_no_file_has_is_named():
    acc, gyr, _ = halves()
    with pytest.raises(BadValue, match="mag_x_ut=nose"):
        put_together([acc, gyr], SuppliedMetadata(columns=COLUMNS | {"mag_x_ut": "nose"}, units=TOLD.units))


def test_files_that_each_begin_at_their_own_zero_are_not_in_step():
    """A gyroscope that was switched on 0.25 s later turns a walk round: without a clock of both it is left out."""
    rows = foot_rows(backward=False)
    acc = timed(rows[:, :3], FOREIGN[:3])
    late = File("gyr.csv", timed(rows[25:, 3:], FOREIGN[3:]))
    name, data, told = put_together([File("acc.csv", acc), late], TOLD)
    (found,) = detect(name, data, told)
    assert {one.bout.direction for one in found.bouts} == {Direction.UNKNOWN}
    (loss,) = [one for one in found.losses if "gyroscope was left out" in one]
    assert "0.25 s apart" in loss and "export both" in loss
    on_one_clock = File("gyr.csv", timed(rows[25:, 3:], FOREIGN[3:], begins_s=7.25))
    name, data, told = put_together(
        [File("acc.csv", timed(rows[:, :3], FOREIGN[:3], begins_s=7.0)), on_one_clock], TOLD
    )
    assert Direction.FORWARD in {one[0] for one in answer(detect(name, data, told))}
