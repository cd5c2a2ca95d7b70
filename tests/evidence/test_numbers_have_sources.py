"""Every number has a source, or a reason to need none; and the check can fail."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from tools.naked_numbers import check, naked_in, stale_allowances
from tools.numbers_allowed import ALLOWED

from tools import naked_numbers

HEAD = """
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY
SAID = Evidence("this_project.x", "It is so.", STUDY, Standing.OPINION, Tag.PROPOSED)
"""


@pytest.fixture
def room(tmp_path):
    """Make a package of one module out of a text, as a room is one."""

    def make(text: str, name: str = "a_room_for_a_test"):
        home = tmp_path / name
        home.mkdir(exist_ok=True)
        (home / "__init__.py").write_text('"""A room."""\n')
        (home / "rule.py").write_text(text)
        for part, path in ((name, home / "__init__.py"), (f"{name}.rule", home / "rule.py")):
            where = [str(home)] if part == name else None
            spec = importlib.util.spec_from_file_location(part, path, submodule_search_locations=where)
            module = importlib.util.module_from_spec(spec)
            sys.modules[part] = module
            spec.loader.exec_module(module)
        return sys.modules[name]

    yield make
    for name in [one for one in sys.modules if one.startswith("a_room_for_a_test")]:
        del sys.modules[name]


def test_every_number_has_a_source():
    checked = check()
    assert checked.problems == ()
    assert checked.numbers_count > 300


def test_every_allowance_is_needed_and_says_why():
    assert stale_allowances() == ()
    assert all(one.reason for one in ALLOWED.values())


@pytest.mark.parametrize(
    "text",
    [
        "CAP_MPS = 2.9",
        "CAPS: tuple[float, ...] = (0.55, 0.65)",
        "CAP_MPS = 2.9  # a comment is no source here",
        "def capped(speed_mps):\n    return min(speed_mps, 2.9)",
        "def capped(speed_mps, *, cap_mps=2.9):\n    return min(speed_mps, cap_mps)",
        "def sessions():\n    return 5",
        "class Rule:\n    cap_mps: float = 2.9",
        "def hidden():\n    return {'cap': Number('cap_mps', 2.9, 'm s⁻¹', SAID)}",
        "def steps():\n    return np.linspace(0.0, 2.9, 11)",
        "def share(x):\n    return 12.5 * x ** 2",
    ],
)
def test_a_number_without_a_source_is_found_in_the_rooms_that_decide(text):
    assert len(naked_in(text, "plans/x.py", strict=True)) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "CAP = Number('cap_mps', 2.9, 'm s⁻¹', SAID, low=2.5, high=3.1)",
        "CAP = proposal('cap_mps', 2.9, 'm s⁻¹', 'It is so.')",
        "TABLE = (Row(5, 45.0),)\nDOSES = dose_numbers('x', TABLE, SAID)",
        "def _cap(v):\n    return Number('cap_mps', v, 'm s⁻¹', SAID)\nCAP = _cap(2.9)",
        "def hours(seconds_s):\n    return seconds_s / 3600.0 % 24",
        "def third(rows):\n    return rows[7], rows[5:9]",
        "def squared(x):\n    return x ** 2.5 + 1e-9",
        "def bins(x):\n    return np.zeros(17), round(x, 6)",
        "def words(x):\n    return f'{x:.12f}'",
    ],
)
def test_what_has_a_source_or_measures_nothing_is_passed_over(text):
    assert naked_in(text, "plans/x.py", strict=True) == ()


def test_where_samples_are_worked_on_a_comment_beside_a_name_is_enough():
    assert naked_in("WINDOW_S = 0.8", "gait/x.py", strict=False)
    assert naked_in("WINDOW_S = 0.8  # of a stride", "gait/x.py", strict=False) == ()
    assert naked_in("def f(x):\n    return 0.8 * x  # of a stride", "gait/x.py", strict=False)


def test_the_place_is_the_file_and_the_line():
    found = naked_in("\n\nCAP_MPS = 2.9\n", "plans/x.py", strict=True)
    assert [(one.where, one.scope) for one in found] == [("plans/x.py:3", "plans/x.py:CAP_MPS")]


def test_an_allowance_allows_its_own_numbers_and_no_others():
    scope = "gait/steps/walk_or_run.py:forward_run_nat"
    assert ALLOWED[scope].allows(0.2)
    assert not ALLOWED[scope].allows(0.3)


def test_a_source_that_does_not_say_who_was_measured_is_found(room):
    text = HEAD + (
        "from dataclasses import replace\n"
        "MUTE = replace(SAID, study=replace(STUDY, who='', read=''))\n"
        "CAP = Number('cap_mps', 2.9, 'm s⁻¹', MUTE)\n"
    )
    says = {one.says for one in check((room(text),), ()).problems}
    assert says == {"cap_mps lacks who was measured.", "cap_mps lacks what was read."}


def test_the_tool_fails_and_names_file_and_line(room, monkeypatch, capsys):
    good = room(HEAD + "CAP = Number('cap_mps', 2.9, 'm s⁻¹', SAID)\n")
    monkeypatch.setattr(naked_numbers, "STRICT", (good,))
    monkeypatch.setattr(naked_numbers, "LENIENT", ())
    assert naked_numbers.main() == 0
    said = capsys.readouterr().out
    assert "1 numbers with a source, 0 without one" in said
    assert "Not seen:" in said
    monkeypatch.setattr(naked_numbers, "STRICT", (room(HEAD + "CAP_MPS = 2.9\n"),))
    assert naked_numbers.main() == 1
    assert "a_room_for_a_test/rule.py:6: 2.9 in CAP_MPS has no source." in capsys.readouterr().out
