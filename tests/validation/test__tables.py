from __future__ import annotations

import xml.etree.ElementTree as ET

from validation._scores import Reliability
from validation._tables import calibration_table, curve_svg, curve_table, reached, worst_words

CURVE = (Reliability(0.6, 0.7, 10, 0.65, 0.6), Reliability(0.9, 1.0, 90, 0.95, 1.0))


def test_the_drawing_is_well_formed_and_holds_every_point():
    root = ET.fromstring(curve_svg([("all", CURVE)]))
    assert len([one for one in root if one.tag.endswith("circle")]) == len(CURVE)


def test_the_curve_as_a_table():
    assert curve_table(CURVE).splitlines()[-1] == "| 0.9–1.0 | 90 | 0.950 | 1.000 |"


def test_a_miss_cannot_be_overread():
    assert [reached(one) for one in (True, False, None)] == ["yes", "**NO**", "–"]


def test_the_worst_place_is_named_and_stands_first():
    groups = {
        "foot, walk": [Reliability(0.9, 1.0, 900, 0.95, 0.95)],
        "waist, run": [Reliability(0.9, 1.0, 60, 0.95, 0.55)],
        "wrist, run": [Reliability(0.9, 1.0, 5, 0.95, 0.0)],  # too little to judge by
        "chest, run": [],
    }
    pooled = [Reliability(0.9, 1.0, 965, 0.95, 0.92)]
    words = worst_words(groups, pooled)
    assert words == "Calibration error 0.030 over all 965 s; the worst is **waist, run**: 0.400 over 60 s."
    assert worst_words({"chest, run": []}, pooled).endswith("long enough to judge it by itself.")
    rows = calibration_table(groups).splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| wrist, run", "| waist, run", "| foot, walk", "| chest, run"]
    assert rows[1].endswith("| 0.400 | **NO** |")
    assert rows[2].endswith("| yes |")
    assert rows[3].endswith("| 0 | – | – |")
