"""One database, its connections and its transactions; what goes wrong there is said in one sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from backward_running.core.errors import StoreError


class Database:
    """An engine that may be used from many threads.

    Parameters
    ----------
    engine : Engine
    name : str
        What messages call it; never holds a password.
    explain : callable
        Turns an error of the driver into one of ours.
    one_writer : bool
        Whether writers of this process queue here. SQLite lets one write at a time, and its own way of waiting is to
        sleep and try again, which is slow and not fair.
    """

    def __init__(
        self, engine: Engine, name: str, explain: Callable[[BaseException], StoreError], *, one_writer: bool
    ) -> None:
        self.engine = engine
        self.name = name
        self._explain = explain
        self._turn: AbstractContextManager[object] = threading.Lock() if one_writer else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection that sees one consistent state."""
        with self.explaining(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection in a transaction that is kept whole, or not at all."""
        with (
            self.explaining(),
            self._turn,
            self.engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection

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
