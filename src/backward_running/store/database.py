"""One database, its connections and its transactions; what goes wrong there is said in one sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from backward_running.core.errors import StoreError

#: The transactions that are open here, in this thread and whatever it calls, by database.
_OPEN: ContextVar[Mapping[int, Connection]] = ContextVar("open transactions", default={})  # noqa: B039 - never changed


class Database:
    """An engine that may be used from many threads.

    Parameters
    ----------
    engine : Engine
    name : str
        What messages call it; never holds a password.
    explain : callable
        Turns an error of the driver into one of ours.
    hold : callable or None
        Makes other writers of the same thing wait until the transaction ends. None where the database lets only one
        write at a time anyway, as SQLite does: then the writers of this process queue here, because its own way of
        waiting is to sleep and try again, which is slow and not fair.
    reader : Engine or None
        The same database for who only looks, where that is done otherwise.
    count_rows : callable or None
        Lets the database look at how its rows are spread, after many came at once: a server that was not told plans for
        the rows of before, and takes hundreds of times as long. None where it asks its indexes as they are.
    put_back : str
        SQL for a number that is another after a copy was put back, where that can happen while the store is open.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        *,
        explain: Callable[[BaseException], StoreError],
        hold: Callable[[Connection, str], None] | None,
        reader: Engine | None = None,
        count_rows: Callable[[Connection], None] | None = None,
        put_back: str = "0",
    ) -> None:
        self.engine = engine
        self._reader = engine if reader is None else reader
        self.name = name
        self.put_back = put_back
        self._explain = explain
        self._hold = hold
        self._count_rows = count_rows
        self._turn: AbstractContextManager[object] = threading.Lock() if hold is None else nullcontext()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open here: what it sees may still be taken back."""
        return id(self) in _OPEN.get()

    @contextmanager
    def reading(self, *, long: bool = False) -> Iterator[Connection]:
        """Lend a connection for questions; inside a transaction they see what that has written, too.

        On a file all of them see one state; on a server each sees that of its moment. A `long` answer is read piece by
        piece, in a transaction of its own.
        """
        open_ = _OPEN.get().get(id(self))
        if open_ is not None:
            with self.explaining():
                yield open_
            return
        with self.explaining(), (self.engine if long else self._reader).connect() as connection:
            yield connection

    @contextmanager
    def writing(self, thing: str | None = None) -> Iterator[Connection]:
        """Lend a connection in a transaction that is kept whole, or not at all. One inside another is part of it.

        Of two that change the same `thing` at once, the second begins when the first is done.
        """
        with self.explaining(), self._transaction() as connection:
            if self._hold is not None and thing is not None:
                self._hold(connection, thing)
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        outer = _OPEN.get().get(id(self))
        if outer is not None:
            yield outer
            return
        with (
            self._turn,
            self.engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            before = _OPEN.set({**_OPEN.get(), id(self): connection})
            try:
                yield connection
            finally:
                _OPEN.reset(before)

    def after_many(self, connection: Connection) -> None:
        """Let the database know, within their transaction, that many rows came at once."""
        if self._count_rows is not None:
            self._count_rows(connection)

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Raise what the driver says as one sentence of ours."""
        try:
            yield
        except DBAPIError as error:
            raise self._explain(error.orig or error) from error
        except SQLAlchemyError as error:
            raise StoreError(f"The store {self.name} cannot be used: {error}") from error

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()
