"""A flow's signature tells what it touches: it asks for the smallest port that has what it needs, and none for all."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from backward_running import flows
from backward_running.core import ports
from backward_running.core.ports import beside, memory, roles, runner, store

FOLDER = Path(flows.__file__).parent
#: Ports that are no sum of others, and the one that is the sum of all.
SMALL = vars(memory).keys() | vars(beside).keys() | vars(runner).keys() | vars(store).keys()

#: Flows that take the whole store, each with its reason.
TAKE_ALL: dict[str, str] = {}


def members(port: type) -> frozenset[str]:
    """Return what a port offers, that of the ports it is made of included."""
    ours = [kind for kind in port.__mro__ if kind.__module__.startswith(ports.__name__)]
    return frozenset(name for kind in ours for name in vars(kind) if not name.startswith("_"))


PORTS = {
    name: members(port)
    for room in (memory, beside, store, runner, roles)
    for name, port in vars(room).items()
    if isinstance(port, type) and port.__module__ == room.__name__
}


@dataclass(frozen=True)
class Asks:
    """A function that takes a port."""

    where: str
    name: str
    parameter: str
    port: str
    node: ast.FunctionDef
    aliases: dict[str, str]  #: name in the module → module of flows

    @property
    def module(self) -> str:
        return self.where.partition(".")[0]


def _asks() -> list[Asks]:
    found = []
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module]
        aliases = {
            name.asname or name.name: (name.name if one.module == flows.__name__ else one.module.rpartition(".")[2])
            for one in imported
            if one.module.startswith(flows.__name__)
            for name in one.names
        }
        named = {name.name for one in imported if one.module == ports.__name__ for name in one.names} & PORTS.keys()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                for one in arguments:
                    if isinstance(one.annotation, ast.Name) and one.annotation.id in named:
                        where = f"{path.stem}.{node.name}"
                        found.append(Asks(where, node.name, one.arg, one.annotation.id, node, aliases))
    return found


ASKS = _asks()


def _needs(asked: Asks) -> frozenset[str]:
    """Return what a function asks of its port, and what those ask for whom it hands it on to."""
    needed: set[str] = set()
    for part in ast.walk(asked.node):
        if isinstance(part, ast.Attribute) and _is(part.value, asked.parameter):
            needed.add(part.attr)
        elif isinstance(part, ast.Call) and any(_is(one, asked.parameter) for one in _given(part)):
            needed |= PORTS[_called(part.func, asked).port]
    return frozenset(needed)


def _given(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(one.value for one in call.keywords)]


def _is(part: ast.expr, name: str) -> bool:
    return isinstance(part, ast.Name) and part.id == name


def _called(function: ast.expr, asked: Asks) -> Asks:
    """Find the flow that is called: of this module, of one that is imported, or a method in this one."""
    name = function.id if isinstance(function, ast.Name) else function.attr
    holder = name if isinstance(function, ast.Name) else getattr(function.value, "id", None)
    module = asked.aliases.get(holder, asked.module)
    found = [one for one in ASKS if one.module == module and one.name == name]
    assert found, f"{asked.where} hands its port on to {ast.unparse(function)}, which asks for none"
    return found[0]


def test_the_store_is_the_sum_of_its_ports():
    alone = {name: port for name, port in PORTS.items() if name in SMALL and name != "Store"}
    assert sum(map(len, alone.values())) == len(frozenset().union(*alone.values()))  # nothing is in two
    assert PORTS["Store"] == frozenset().union(*alone.values(), {"close"})


def test_no_flow_takes_the_whole_store_but_those_with_a_reason():
    assert len(ASKS) > 100
    assert {one.where for one in ASKS if one.port == "Store"} == set(TAKE_ALL)


@pytest.mark.parametrize("asked", ASKS, ids=[one.where for one in ASKS])
def test_a_flow_asks_for_the_smallest_port(asked):
    if asked.where in TAKE_ALL:
        return
    needed, got = _needs(asked), PORTS[asked.port]
    assert needed <= got
    smaller = [name for name, port in PORTS.items() if needed <= port and len(port) < len(got)]
    assert not smaller, f"{asked.where} asks for {asked.port}; {' or '.join(smaller)} would do"


def test_every_role_is_asked_for():
    asked = {one.port for one in ASKS}
    assert {name for name in PORTS if name in vars(roles) and name not in SMALL} <= asked
