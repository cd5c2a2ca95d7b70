"""What does not match is said on the side, and judged anew when it is asked for."""

from __future__ import annotations

import pytest
from tests.apps.browsing import NOW, track_file

from backward_running.apps.cli import PARTLY, main
from backward_running.core.athlete import Athlete
from backward_running.flows import intake
from backward_running.store import open_store

ALL_MATCH = "All stored numbers match what is known."


@pytest.fixture
def home(new_home):
    store = open_store(new_home)
    intake.import_file(store, "hill.fit", track_file(), now=NOW)
    store.close()
    return str(new_home)


def _say(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


def test_a_change_says_what_follows_and_recompute_does_it(home, capsys):
    assert _say(capsys, "--home", home, "recompute")[:2] == (0, f"{ALL_MATCH}\n")
    code, _, aside = _say(capsys, "--home", home, "about", "--resting-heart-rate", "50")
    assert code == 0
    assert "1 of 1 activity is being judged anew" in aside
    assert "backward recompute" in aside
    assert "judged anew" in _say(capsys, "--home", home, "runs")[2]
    code, out, _ = _say(capsys, "--home", home, "recompute", "--check")
    assert code == PARTLY
    assert "of another profile" in out
    code, out, _ = _say(capsys, "--home", home, "recompute")
    assert (code, out.splitlines()[-1]) == (0, "1 activity was judged anew.")
    assert _say(capsys, "--home", home, "recompute", "--check")[:2] == (0, f"{ALL_MATCH}\n")
    assert _say(capsys, "--home", home, "runs")[2] == ""


def test_it_speaks_json(home, capsys):
    store = open_store(home)
    store.put_athlete(Athlete(resting_heart_rate_bpm=50.0))
    (row,) = store.activities()
    store.close()
    assert '"why": "profile"' in _say(capsys, "--home", home, "recompute", "--check", "--json")[1]
    assert f'"activity_id": "{row.activity_id}"' in _say(capsys, "--home", home, "recompute", "--json")[1]
