from __future__ import annotations

import xml.etree.ElementTree as ET

from validation._scores import Reliability
from validation._tables import curve_svg, curve_table, reached

CURVE = (Reliability(0.6, 0.7, 10, 0.65, 0.6), Reliability(0.9, 1.0, 90, 0.95, 1.0))


def test_the_drawing_is_well_formed_and_holds_every_point():
    root = ET.fromstring(curve_svg([("all", CURVE)]))
    assert len([one for one in root if one.tag.endswith("circle")]) == len(CURVE)


def test_the_curve_as_a_table():
    assert curve_table(CURVE).splitlines()[-1] == "| 0.9–1.0 | 90 | 0.950 | 1.000 |"


def test_a_miss_cannot_be_overread():
    assert [reached(one) for one in (True, False, None)] == ["yes", "**NO**", "–"]
