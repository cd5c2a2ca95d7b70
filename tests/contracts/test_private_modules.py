"""The contract that keeps private modules private sees what it must see."""

from __future__ import annotations

from grimp import ImportGraph
from tests.contracts.private_modules import PrivateModules


def reached(*imports: tuple[str, str]) -> list[tuple[str, str]]:
    graph = ImportGraph()
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    contract = PrivateModules("private", session_options={}, contract_options={})
    return contract.check(graph, verbose=False).metadata["reached"]


def test_a_private_module_is_open_to_its_own_folder_and_those_within():
    assert (
        reached(
            ("house.room.file", "house.room._inner"),
            ("house.room", "house.room._inner"),
            ("house.room.cell.file", "house.room._inner"),
            ("house.room._inner.one", "house.room._inner.other"),
            ("house.room.file", "__future__"),
        )
        == []
    )


def test_another_room_may_not_reach_for_it():
    one, other = ("house.hall.file", "house.room._inner"), ("house.room.file", "house.room.cell._inner")
    assert reached(one, other) == sorted([one, other])


def test_neither_may_a_room_reach_into_a_private_folder():
    beyond = ("house.hall.file", "house.room._inner.part")
    assert reached(beyond) == [beyond]
