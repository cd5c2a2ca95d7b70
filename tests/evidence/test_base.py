"""Numbers keep their interval; DOIs are found in text."""

from __future__ import annotations

import pytest

from backward_running.core.errors import BadValue
from backward_running.evidence import Number, dois_in
from backward_running.evidence.studies import williford1998


def test_a_number_lies_within_its_interval() -> None:
    with pytest.raises(BadValue, match="between its low and high"):
        Number("x_ratio", 2.0, "1", williford1998.RUN, low=1.0, high=1.5)


def test_a_number_without_interval_is_fine() -> None:
    assert Number("x_ratio", 2.0, "1", williford1998.RUN).low is None


def test_dois_end_before_the_full_stop() -> None:
    assert dois_in("See doi:10.1242/jeb.057562. And 10.1055/s-2004-820997, too.") == {
        "10.1242/jeb.057562",
        "10.1055/s-2004-820997",
    }
    assert dois_in(None) == set()
