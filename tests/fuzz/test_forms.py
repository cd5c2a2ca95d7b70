"""No form and no address is answered with a fault, whatever is sent. `python -m tests.fuzz.forms` sends far more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.apps.conftest import make_filled
from tests.fuzz import forms

#: So many in the daily run; BACKWARD_FORM_REQUESTS=50000 sends what is sent before a release.
REQUESTS = int(os.environ.get("BACKWARD_FORM_REQUESTS", "600"))


@pytest.mark.slow
def test_no_form_is_answered_with_a_fault(tmp_path: Path):
    statuses, broken = forms.run(make_filled(tmp_path), REQUESTS, 8484)
    assert broken == []
    assert statuses[200] > REQUESTS / 20 and statuses[303] and statuses[422] and statuses[404], statuses
