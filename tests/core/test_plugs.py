import sys
import types
from dataclasses import dataclass

import pytest

from backward_running.core.errors import DuplicateKey
from backward_running.core.plugs import ENTRY_POINT_GROUP, discover, forget_found, left_out, outside_modules


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


# Of third parties -----------------------------------------------------------------------------------------------------


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a package with one module beside the program, as an installer does, and forget it afterwards."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    names = []

    def put(package: str, code: str, *, points_at: str | None = None) -> None:
        module = package.replace("-", "_")
        names.append(module)
        (site / f"{module}.py").write_text(code)
        info = site / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\n{module} = {points_at or module}\n")
        forget_found()

    yield put
    for name in names:
        sys.modules.pop(name, None)
    monkeypatch.undo()
    forget_found()


def test_a_third_partys_plug_is_found_beside_those_of_the_house(room, install):
    install("stranger", "from plug_kind import Plug\nPLUG = Plug('m')\n")
    assert list(discover(room[0], Plug)) == ["a", "m", "z"]
    assert [(one.package, one.module.__name__) for one in outside_modules()] == [("stranger 1.0", "stranger")]
    assert left_out(room[0], Plug) == ()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import no_such_module\n", "importing it raised ModuleNotFoundError (No module named 'no_such_module')"),
        ("raise RuntimeError('two\\nlines.')\n", "importing it raised RuntimeError (two lines)"),
        ("import sys\nsys.exit()\n", "importing it raised SystemExit"),
        ("def (\n", "importing it raised SyntaxError"),
    ],
)
def test_a_plug_that_raises_at_import_is_named_in_one_line_and_left_out(room, install, code, says):
    install("broken", code)
    install("sound", "from plug_kind import Plug\nPLUG = Plug('m')\n")
    assert list(discover(room[0], Plug)) == ["a", "m", "z"]
    (line,) = map(str, left_out(room[0], Plug))
    assert line.startswith(f"Left out: the module broken of broken 1.0: {says}")
    assert line.endswith("; mend or uninstall it.") and "\n" not in line


def test_an_entry_point_that_names_no_module_is_left_out(room, install):
    install("pointer", "from plug_kind import Plug\nPLUG = Plug('m')\n", points_at="pointer:PLUG")
    assert list(discover(room[0], Plug)) == ["a", "z"]
    assert "names no module" in str(left_out(room[0], Plug)[0])


def test_the_house_keeps_its_key_and_the_third_party_is_told(room, install):
    install("stranger", "from plug_kind import Plug\nTAKEN, FREE = Plug('z'), Plug('free')\n")
    found = discover(room[0], Plug)
    assert list(found) == ["a", "free", "z"]
    assert found["z"] is sys.modules["room_under_test.zebra"].PLUG
    (line,) = map(str, left_out(room[0], Plug))
    assert line == (
        "Left out: the Plug 'z' of stranger 1.0: two Plugs claim the key 'z': room_under_test.zebra and stranger; "
        "the first is asked."
    )


def test_of_two_third_parties_with_one_key_the_first_by_name_is_asked(room, install):
    install("second", "from plug_kind import Plug\nPLUG = Plug('m')\n")
    install("first", "from plug_kind import Plug\nPLUG = Plug('m')\n")
    assert discover(room[0], Plug)["m"] is sys.modules["first"].PLUG
    assert [one.package for one in left_out(room[0], Plug)] == ["second 1.0"]


def test_a_plug_that_is_only_imported_by_another_module_is_no_second_one(room, install):
    install("stranger", "from room_under_test.zebra import PLUG\n")
    assert list(discover(room[0], Plug)) == ["a", "z"]
    assert left_out(room[0], Plug) == ()


def test_a_plug_in_a_folder_of_the_room_is_found_by_its_one_file(room):
    module, folder = room
    (folder / "cell").mkdir()
    (folder / "cell" / "__init__.py").write_text("")
    (folder / "cell" / "bee.py").write_text("from plug_kind import Plug\nPLUG = Plug('b')\n")
    (folder / "cell" / "_inner.py").write_text("from plug_kind import Plug\nPLUG = Plug('hidden')\n")
    assert list(discover(module, Plug)) == ["a", "b", "z"]
