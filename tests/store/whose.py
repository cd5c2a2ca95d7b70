"""A watch over the statements of a store: each must say, of every table of people it touches, whose rows it means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, CompoundSelect, Insert, Select, Table, event
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BindParameter, TextClause

from backward_running.core.ports import Store


@contextmanager
def watched(store: Store) -> Iterator[None]:
    """Fail where a statement reaches a table without saying that it means the rows of this person. Memory has none."""
    database = getattr(store, "_database", None)
    if database is None:
        yield
        return

    def sent(_connection: Any, statement: Any, many: Any, one: Any, _options: Any) -> None:
        if isinstance(statement, TextClause):  # nothing is asked of tables in plain text
            assert "pg_advisory_xact_lock" in statement.text, f"whose rows? {statement}"
            return
        check(statement, many or [one], store.athlete_id)

    event.listen(database.engine, "before_execute", sent)
    try:
        yield
    finally:
        event.remove(database.engine, "before_execute", sent)


def check(statement: Any, rows: list[dict[str, Any]], athlete_id: str) -> None:
    """Fail where one statement forgets whose rows it means."""
    if isinstance(statement, CompoundSelect):
        for part in statement.selects:
            check(part, rows, athlete_id)
        return
    if isinstance(statement, Insert):
        if _is_of_people(statement.table):
            assert all(row["athlete_id"] == athlete_id for row in rows), f"whose rows are these? {statement}"
        return
    tables, told, joined = _read(statement, athlete_id)
    while more := {other for pair in joined if pair & told for other in pair} - told:
        told |= more
    assert tables <= told, f"whose rows of {', '.join(sorted(tables - told))}? {statement}"


def _is_of_people(table: Any) -> bool:
    return isinstance(table, Table) and "athlete_id" in table.c and table.name != "person"


def _read(statement: Any, athlete_id: str) -> tuple[set[str], set[str], list[set[str]]]:
    """Return the tables of people in a statement, those of which it says whose, and pairs of which both are of one."""
    tables, told, joined = set(), set(), []
    joins = statement.get_final_froms() if isinstance(statement, Select) else [statement.table]
    for part in (*visitors.iterate(statement), *(part for one in joins for part in visitors.iterate(one))):
        if isinstance(part, Column):
            part = part.table  # noqa: PLW2901 -- the table it stands for
        if _is_of_people(part):
            tables.add(part.name)
        elif getattr(part, "operator", None) is operators.eq and _whose(part.left):
            if _whose(part.right):
                joined.append({part.left.table.name, part.right.table.name})
            elif isinstance(part.right, BindParameter) and part.right.value == athlete_id:
                told.add(part.left.table.name)
    return tables, told, joined


def _whose(part: Any) -> bool:
    return isinstance(part, Column) and part.name == "athlete_id"
