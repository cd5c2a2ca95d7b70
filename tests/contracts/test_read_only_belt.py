"""Nothing in this program starts a belt, makes it faster or tilts it: the one thing that is ever written is *stop*."""

from __future__ import annotations

import ast
from pathlib import Path

import backward_running
from backward_running.apps.live import bluetooth

SOURCE = Path(backward_running.__file__).parent
HOME = "apps/live/bluetooth.py"
#: Everything of bleak's client that could change something on a device, and its own way to reach past them.
CHANGES = {"write_gatt_char", "write_gatt_descriptor", "pair", "unpair", "_backend"}


def _trees():
    """The modules in whose text a word of Bluetooth stands at all; the others need not be read as trees."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if any(word in text.lower() for word in ("bleak", "gatt", "2ad9")):
            yield path.relative_to(SOURCE).as_posix(), ast.parse(text)


def _names(node):
    """Every name, attribute and text in a piece of the program, so that getattr("write…") is no way round."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_bleak_is_known_in_one_file_alone():
    users = {
        name for name, tree in _trees() for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "bleak" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "bleak")
    }  # fmt: skip
    assert users == {HOME}


def test_one_write_exists_and_it_says_stop():
    tree = dict(_trees())[HOME]
    said = [_names(node) for node in ast.walk(tree)]
    assert said.count("write_gatt_char") == 1 and not (CHANGES - {"write_gatt_char"}) & set(filter(None, said))
    (call,) = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _names(node.func) == "write_gatt_char"]
    assert [_names(argument) for argument in call.args] == ["CONTROL_POINT", "STOP"]
    assert bytes((0x08, 0x01)) == bluetooth.STOP, "Stop or Pause, with the parameter Stop"
    stores = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in ("STOP", "CONTROL_POINT")]
    assert sum(isinstance(node.ctx, ast.Store) for node in stores) == 2, "neither is ever set anew"
    elsewhere = {name for name, other in _trees() if name != HOME for node in ast.walk(other)
                 if _names(node) in ("write_gatt_char", "write_gatt_descriptor", "2ad9", bluetooth.CONTROL_POINT)}  # fmt: skip
    assert not elsewhere
