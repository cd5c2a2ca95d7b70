"""Settings: of a person, and of the program itself."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, insert, select, update
from sqlalchemy.engine import Connection

from backward_running.core.glance import once
from backward_running.store import _rows
from backward_running.store._bound import Bound
from backward_running.store._machine import machine_zone
from backward_running.store.schema import meta, setting


class SqlSettings(Bound):
    """What was set."""

    @once
    def setting(self, name: str) -> str | None:
        """Return a setting of this person; None where it was never set."""
        return self._all_settings().get(_rows.plain(name))

    @once
    def _all_settings(self) -> dict[str, str]:
        """Return all settings of this person: they are few and small, and a page asks for half of them."""
        wanted = select(setting.c.name, setting.c.value).where(self._mine(setting))
        with self._reading() as connection:
            return {name: str(value) for name, value in connection.execute(wanted)}

    def put_setting(self, name: str, value: str) -> None:
        """Keep a setting of this person."""
        changed = update(setting).where(self._named(name)).values(value=_rows.plain(value))
        with self._changing() as connection:
            if not connection.execute(changed).rowcount:
                self._insert(connection, setting, [{"name": _rows.plain(name), "value": _rows.plain(value)}])

    def program_setting(self, name: str) -> str | None:
        """Return what the program keeps for itself, of nobody; None where it was never kept."""
        return self._value(meta, meta.c.name == name)

    def put_program_setting(self, name: str, value: str) -> None:
        """Keep something of the program itself."""
        with self._database.writing("meta") as connection:
            put_meta(connection, name, value)

    def machine_zone(self) -> str:
        """Return the IANA name of the time zone of the machine this runs on."""
        return machine_zone()

    def _named(self, name: str) -> ColumnElement[bool]:
        return self._mine(setting) & (setting.c.name == _rows.plain(name))

    def _value(self, table: Table, wanted: ColumnElement[bool]) -> str | None:
        with self._reading() as connection:
            value: str | None = connection.scalar(select(table.c.value).where(wanted))
            return value


def put_meta(connection: Connection, name: str, value: str) -> None:
    """Keep something of the store itself."""
    if not connection.execute(update(meta).where(meta.c.name == name).values(value=value)).rowcount:
        connection.execute(insert(meta), {"name": name, "value": value})
