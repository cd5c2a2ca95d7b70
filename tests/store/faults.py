"""Faults at the driver of a database: a program that ends between any two statements, and is opened again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from backward_running.core.ports import Store


class Killed(BaseException):
    """The program ended here. No handler of errors may catch it, as none catches the end of a process."""


@contextmanager
def killed_at(store: Store, statement: int | None) -> Iterator[list[str]]:
    """End the program before its n-th statement, counting from 0, that of the commit included; None lets it live.

    Yields the statements that were sent: how many there are in all is known after a run that lived.
    """
    engine, sent = store._database.engine, []

    def count(words: str) -> None:
        if statement is not None and len(sent) == statement:
            raise Killed(words)
        sent.append(words)

    def executed(_connection: Any, _cursor: Any, words: str, *_more: Any) -> None:
        count(words)

    def committed(_connection: Any) -> None:
        count("COMMIT")

    event.listen(engine, "before_cursor_execute", executed)
    event.listen(engine, "commit", committed)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "commit", committed)
