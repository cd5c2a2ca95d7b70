from __future__ import annotations

import pytest

from validation import __main__ as command


def test_without_data_the_published_page_is_kept(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("BACKWARD_DATA", str(tmp_path))
    monkeypatch.setattr(command, "FOLDER", tmp_path / "pages")
    assert command.main(["direction"]) == 0
    assert "set BACKWARD_DATA" in capsys.readouterr().err
    assert list((tmp_path / "pages").iterdir()) == []


@pytest.mark.parametrize("name", ["nothing", "fit_swing"])
def test_what_is_no_page_is_refused(name, capsys):
    assert command.main([name]) == 2
    assert "There is no page" in capsys.readouterr().err
