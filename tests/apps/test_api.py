"""The door for programs: what it names, what it gives, and that it decides nothing by itself."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import ROOT

import backward_running as br
from backward_running.apps.api import read
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.core.plan import Plan
from backward_running.flows import coach
from backward_running.store import open_store
from backward_running.testing.scenes import Scene

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
ANSWERS = {
    "health": ["none"], "parq": "all_no", "birth_year": 1988, "goal": "try", "have": ["spotter", "known_spot"],
    "forward_runs_per_week": 4, "easy_speed_mps": 3.0, "longest_run_s": 2880, "backward_experience_min": 0,
    "days": ["0", "2", "4"], "starts_on": "2026-05-04",
}  # fmt: skip
TABLE = b"time_s,speed_mps\n" + b"".join(b"%d,2.4\n" % s for s in range(30))


def in_a_new_python(code: str) -> str:
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


# Names ----------------------------------------------------------------------------------------------------------------


def test_every_name_is_there_and_on_the_page() -> None:
    page = (ROOT / "docs" / "how-to" / "program.md").read_text()
    for name in br.__all__:
        assert getattr(br, name) is not None
        assert f"`br.{name}" in page, name
    assert set(br.__all__) <= set(dir(br))


def test_importing_the_package_imports_none_of_it() -> None:
    loaded = in_a_new_python(
        "import sys, backward_running; print([m for m in sys.modules if m.startswith(('backward_running.', 'numpy'))])"
    )
    assert loaded == "[]"


def test_a_name_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(AttributeError, match="find_bouts"):
        _ = br.find_bout  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "before", ["", "import backward_running.evidence;", "from backward_running import evidence, effort;"]
)
def test_evidence_answers_as_a_verb_and_stays_a_room(before: str) -> None:
    said = in_a_new_python(
        f"{before}import backward_running as br; from backward_running import evidence; "
        "print(len(br.evidence('backward_net_factor_ratio')), len(evidence.all_studies()) > 50)"
    )
    assert said == "1 True"


# Reading and judging --------------------------------------------------------------------------------------------------


def test_a_path_and_its_bytes_give_the_same(tmp_path: Path) -> None:
    file = tmp_path / "run.csv"
    file.write_bytes(TABLE)
    assert br.read(file).key == br.read(str(file)).key == br.read(TABLE).key


def test_several_recordings_are_not_taken_for_one(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", TABLE)
        archive.writestr("b.csv", TABLE + b"30,2.5\n")
    assert len(br.read_all(tmp_path / "two.zip")) == 2
    with pytest.raises(UnreadableFile, match="2 came"):
        br.read(tmp_path / "two.zip")


def test_what_is_told_has_to_be_something_that_can_be() -> None:
    with pytest.raises(BadValue, match="place"):
        read(TABLE, colour="blue")
    assert br.read(TABLE, sport="walking").sport == "walking"


@pytest.mark.parametrize(("gap_deg", "way"), [(0.0, "forward"), (180.0, "backward")])
def test_bouts_say_which_way_and_rows_agree_with_seconds(gap_deg: float, way: str) -> None:
    bouts = br.find_bouts(Scene(gap_deg=gap_deg, words="").recording())
    assert set(bouts["direction"]) == {way}
    assert bouts["start_s"][0] == 0.0 and bouts["end_s"][-1] == len(bouts.seconds)
    assert {state.split("_")[0] for state in bouts.seconds["state"]} == {way}
    assert bouts.unknown_because is None
    assert len(bouts.facts) == len(bouts)


def test_laps_that_are_stated_count() -> None:
    seen = Scene(words="").recording()
    recording = replace(seen, streams=(replace(seen.main, columns={"speed_mps": seen.main.columns["speed_mps"]}),))
    bouts = br.find_bouts(recording, laps="even-backward")
    assert bouts["direction"].tolist() == ["forward", "backward"] * 3
    with pytest.raises(BadValue, match="laps"):
        br.find_bouts(recording, laps="sometimes")


def test_contacts_lie_in_the_bouts_that_they_are_said_to_lie_in() -> None:
    from tests.contracts.test_detectors import LegScene

    recording = LegScene(place="foot", backward=True).recording()
    bouts = br.find_bouts(recording)
    steps = br.steps(recording, bouts)
    assert len(steps) > 100
    assert (np.diff(steps["contact_s"]) > 0).all()
    assert set(steps["state"]) == {"backward_run"}
    assert steps.found_by == "foot_right" and steps.steps_per_contact == 2.0
    ends_s = bouts["end_s"]
    at = np.searchsorted(ends_s, steps["contact_s"], side="right")
    assert [f"{bouts['direction'][k]}_{bouts['gait'][k]}" for k in at] == steps["state"].tolist()


def test_without_a_sensor_there_is_no_step() -> None:
    steps = br.steps(br.read(TABLE))
    assert len(steps) == 0 and steps.found_by == "nothing"
    assert steps.columns == ("contact_s", "contact_time_s", "flight_time_s", "cadence_spm", "state")


# Prices and plans -----------------------------------------------------------------------------------------------------


def test_a_price_is_that_of_the_calculator(new_home: Path) -> None:
    from backward_running.core.direction import Direction
    from backward_running.flows.cost import calculate
    from backward_running.flows.cost_views import Asked

    store = open_store(new_home)
    view = calculate(store, Asked(2.4, 0.02, Direction.BACKWARD, None))
    store.close()
    (row,) = br.cost(2.4, grade_ratio=0.02)
    assert row["cost_j_per_kg_m"] == view.backward.cost.value
    assert (row["cost_low_j_per_kg_m"], row["cost_high_j_per_kg_m"]) == (
        view.backward.cost.low,
        view.backward.cost.high,
    )
    assert row["model"] == view.backward.oxygen_uptake.model
    assert row["not_known"] is None


def test_speeds_and_slopes_go_together() -> None:
    assert br.cost([2.0, 2.4], direction="forward", grade_ratio=[0.0, 0.1])["grade_ratio"].tolist() == [0.0, 0.1]
    assert len(br.cost(2.4, grade_ratio=[0.0, 0.05, 0.1])) == 3
    assert np.isnan(br.cost(6.4)["power_w_per_kg"][0])
    with pytest.raises(BadValue, match="speed"):
        br.cost(99.0)


def test_a_missing_speed_is_not_known_and_the_others_keep_their_price() -> None:
    """A column of speeds has holes; a speed that nobody can have is a mistake of whoever asks."""
    found = br.cost([2.4, np.nan, 2.4], grade_ratio=[0.0, 0.0, np.nan])
    assert found["not_known"].tolist() == [None, "No speed is given.", "No grade is given."]
    assert found["cost_j_per_kg_m"][0] == br.cost(2.4)["cost_j_per_kg_m"][0]
    assert np.isnan(found["cost_j_per_kg_m"][1:]).all() and np.isnan(found["power_low_w_per_kg"][1:]).all()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda: br.cost("fast"), "`speed_mps` must be a number"),
        (lambda: br.cost(2.4, grade_ratio="steep"), "`grade_ratio` must be a number"),
        (lambda: br.cost([[2.4, 2.5], [2.6, 2.7]]), "`speed_mps` must be a number, or a row"),
        (lambda: br.cost([2.4, 2.5, 2.6], grade_ratio=[0.0, 0.1]), "one number, or 3 as the speeds are; got 2"),
        (lambda: br.find_bouts("run.fit"), "`recording` must be a Recording, as `read` gives it; got 'run.fit'"),
        (lambda: br.steps(None), "`recording` must be a Recording"),
        (lambda: br.plan(None), "`answers` must be a mapping of the keys of questions; got nothing"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_words(asked: Callable[[], object], words: str) -> None:
    with pytest.raises(BadValue, match=re.escape(words)):
        asked()


def test_tab_names_what_is_there_and_nothing_that_python_needed() -> None:
    assert {name for name in dir(br) if not name.startswith("__")} == set(br.__all__)


def test_practice_makes_it_cheaper_and_nobody_has_a_default_body() -> None:
    novice = br.cost(2.6, athlete=br.Athlete(backward_experience_min=0.0))
    skilled = br.cost(2.6, athlete=br.Athlete(backward_experience_min=3000.0))
    assert skilled["cost_j_per_kg_m"][0] < br.cost(2.6)["cost_j_per_kg_m"][0] < novice["cost_j_per_kg_m"][0]


@pytest.mark.parametrize("changes", [{}, {"goal": "economy"}, {"birth_year": 1950, "backward_walk_test_s": 3.0}])
def test_a_plan_is_that_of_the_app(new_home: Path, changes: dict[str, object]) -> None:
    store = open_store(new_home)
    made = coach.start_plan(store, ANSWERS | changes, now=NOW)
    store.close()
    sessions = br.plan(ANSWERS | changes, now=NOW)
    if isinstance(made, Plan):
        assert sessions.plan is not None and sessions.plan.weeks == made.weeks
        assert sessions["on"].tolist() == [one.on for one in made.workouts()]
    else:
        assert len(sessions) == 0 and [gate.key for gate in sessions.why_not] == [gate.key for gate in made.why]


def test_a_warning_sign_is_enough_and_leaves_no_session() -> None:
    sessions = br.plan({"health": ["chest_pain"]}, now=NOW)
    assert len(sessions) == 0 and sessions.plan is None
    assert sessions.why_not[0].is_red_flag and sessions.instead


def test_answers_that_are_missing_are_named() -> None:
    with pytest.raises(BadValue, match="easy_speed_mps"):
        br.plan({key: value for key, value in ANSWERS.items() if key != "easy_speed_mps"}, now=NOW)
    assert {"easy_speed_mps", "health"} <= set(br.questions()["key"])


def test_a_programme_that_does_not_fit_is_refused_by_name() -> None:
    with pytest.raises(BadValue, match="does not fit"):
        br.plan(ANSWERS | {"protocol": "uthoff_2020"}, now=NOW)


def test_what_is_plugged_in_is_listed_with_who_brings_it() -> None:
    plugs = br.plugs()
    assert set(plugs["kind"]) == {
        "format", "catalogue", "detector", "model", "tissue", "rule", "condition", "place rule", "protocol", "outcome",
        "design", "study", "claim table",
    }  # fmt: skip
    assert set(plugs["package"]) == {"backward-running"}


def test_a_simulated_recording_says_that_it_is() -> None:
    runs = br.simulate(weeks=1, until=date(2026, 5, 31))
    assert runs and all(run.simulated for run in runs)


# Tables ---------------------------------------------------------------------------------------------------------------


def test_a_table_gives_pandas_and_arrow_with_what_is_missing_missing() -> None:
    table = br.Table(speed_mps=[2.0, None], count=[1, 2], words=["a", None], nothing_s=[None, None])
    frame, arrow = table.to_pandas(), table.to_arrow()
    assert frame["speed_mps"].isna().tolist() == [False, True]
    assert [str(frame[name].dtype) for name in ("speed_mps", "count", "nothing_s")] == ["float64", "int64", "float64"]
    assert arrow["speed_mps"].null_count == 1 and arrow["words"].null_count == 1 and arrow["nothing_s"].null_count == 2
    assert list(table)[1] == {"speed_mps": None, "count": 2, "words": None, "nothing_s": None}


@pytest.mark.parametrize(("package", "call"), [("pandas", "to_pandas"), ("pyarrow", "to_arrow")])
def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch, package: str, call: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        ImportError, match=rf"needs {package}; install it with: pip install 'backward-running\[tables\]'"
    ):
        getattr(br.Table(speed_mps=[1.0]), call)()


def test_columns_are_read_only_of_one_length_and_asked_for_by_name() -> None:
    table = br.Table(speed_mps=[1.0, 2.0])
    with pytest.raises(ValueError, match="read-only"):
        table["speed_mps"][0] = 3.0
    with pytest.raises(BadValue, match="speed_mps"):
        _ = table["speed"]
    with pytest.raises(BadValue, match="one length"):
        br.Table(a=[1], b=[1, 2])
    assert len(br.Table()) == 0 and list(br.Table()) == []


def test_a_notebook_shows_rows_and_runs_nothing_that_a_file_said() -> None:
    shown = br.Table(title=["<script>"] * 25, speed_mps=[None] * 25)._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "5 more rows" in shown
