import sys
import types
from dataclasses import dataclass

import pytest

from backward_running.core.errors import DuplicateKey
from backward_running.core.plugs import discover


@dataclass(frozen=True)
class Plug:
    key: str


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room on disk with two plugs, a contract file and an inner file."""
    folder = tmp_path / "room_under_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    stand_in = types.ModuleType("plug_kind")
    stand_in.Plug = Plug
    monkeypatch.setitem(sys.modules, "plug_kind", stand_in)
    for name, key in (("zebra", "z"), ("ant", "a"), ("base", "base"), ("_inner", "inner")):
        (folder / f"{name}.py").write_text(f"from plug_kind import Plug\nPLUG = Plug({key!r})\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("room_under_test")]:
        monkeypatch.delitem(sys.modules, name)
    import room_under_test

    return room_under_test, folder


def test_plugs_are_found_by_key_and_inner_files_are_not(room):
    module, _ = room
    assert list(discover(module, Plug)) == ["a", "z"]


def test_two_plugs_with_one_key_are_refused(room):
    module, folder = room
    (folder / "another.py").write_text("from plug_kind import Plug\nPLUG = Plug('z')\n")
    with pytest.raises(DuplicateKey, match="'z'.*another.*zebra"):
        discover(module, Plug)


def test_a_plug_in_a_folder_of_the_room_is_found_by_its_one_file(room):
    module, folder = room
    (folder / "cell").mkdir()
    (folder / "cell" / "__init__.py").write_text("")
    (folder / "cell" / "bee.py").write_text("from plug_kind import Plug\nPLUG = Plug('b')\n")
    (folder / "cell" / "_inner.py").write_text("from plug_kind import Plug\nPLUG = Plug('hidden')\n")
    assert list(discover(module, Plug)) == ["a", "b", "z"]
