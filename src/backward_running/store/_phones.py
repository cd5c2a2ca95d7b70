"""Phones that were paired."""

from __future__ import annotations

from sqlalchemy import Delete, delete, select

from backward_running.core.paired_phone import PairedPhone
from backward_running.store import _rows
from backward_running.store._bound import Bound
from backward_running.store.schema import paired_phone


class SqlPhones(Bound):
    """Who may deliver recordings from the local network."""

    def phones(self) -> tuple[PairedPhone, ...]:
        """Return the phones that are paired, oldest first."""
        wanted = select(paired_phone).where(self._mine(paired_phone))
        with self._reading() as connection:
            rows = connection.execute(wanted.order_by(paired_phone.c.paired_at, paired_phone.c.phone_id)).all()
        return tuple(PairedPhone(row.phone_id, row.name, row.paired_at, row.secret_sha256, row.seen_at) for row in rows)

    def put_phone(self, phone: PairedPhone) -> None:
        """Keep a phone, in place of the one of the same id."""
        values = {
            "phone_id": phone.phone_id,
            "name": _rows.plain(phone.name),
            "paired_at": phone.paired_at,
            "seen_at": phone.seen_at,
            "secret_sha256": phone.secret_sha256,
        }
        with self._changing() as connection:
            connection.execute(self._gone(phone.phone_id))
            self._insert(connection, paired_phone, [values])

    def forget_phone(self, phone_id: str) -> bool:
        """Forget a phone: it gets in no more. Say whether there was one of that id."""
        with self._changing() as connection:
            return bool(connection.execute(self._gone(_rows.plain(phone_id))).rowcount)

    def _gone(self, phone_id: str) -> Delete:
        return delete(paired_phone).where(self._mine(paired_phone), paired_phone.c.phone_id == phone_id)
