"""Every error that is raised on purpose.

BackwardRunningError
├── UnreadableFile       the bytes are not what their format promises
│   └── NotAnActivity    the file is sound, but holds no activity (settings, a route without times, …)
├── UnknownFormat        no reader recognises the bytes
│   └── UnnamedColumns   they are a table of numbers, and nothing says which column is what
├── BadValue             a value breaks the rule printed in the message
├── NotEnoughData        the rule is fine, the recording is too short or too sparse
│   └── Stopped          a sign that somebody must look at stands: nothing that holds training is given out
├── OutsideValidRange    a model was asked where it has no data
├── DuplicateKey         two plugs claim the same key
├── NotFound             nothing is stored under that id
├── BrokeOff             work beside the program died, or took too long or too much memory
├── ServiceError         a service elsewhere does not answer, or refuses
└── StoreError           the memory cannot be used
    ├── StoreTooNew      it was written by a newer version of the program
    ├── StoreBusy        another program holds it
    ├── StoreFull        the disk is full; nothing was changed
    └── StoreReadOnly    it lies where nothing can be written; all of it can be looked at

Every message says what was wanted, what came and what to do, in one sentence a runner can read.
"""

from __future__ import annotations

from datetime import date
from typing import Any


class BackwardRunningError(Exception):
    """Base of all errors raised on purpose. They pass from one process to another as they are."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(kind: type[BackwardRunningError], args: tuple[Any, ...], said: dict[str, Any]) -> BackwardRunningError:
    """Make an error from its parts: what it is made with is not what it says."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(said)
    return error


class UnreadableFile(BackwardRunningError, ValueError):
    """The bytes are not what their format promises."""

    def __init__(self, message: str, *, offset: int | None = None) -> None:
        self.offset = offset
        super().__init__(message if offset is None else f"{message} It went wrong at byte {offset:,}.")


class NotAnActivity(UnreadableFile):
    """The file is sound, but it holds no activity."""

    def __init__(self, message: str, *, kind: str = "") -> None:
        self.kind = kind  #: what it holds instead, in few words: "all-day monitoring"
        super().__init__(message)


class UnknownFormat(BackwardRunningError, ValueError):
    """No reader recognises the bytes."""

    def __init__(self, message: str, *, kind: str = "") -> None:
        self.kind = kind  #: what they seem to be, in few words: "a JPEG picture"
        super().__init__(message)


class UnnamedColumns(UnknownFormat):
    """They are a table of numbers, and nothing says which column is what."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        named = ", ".join(columns[:24]) + (", …" if len(columns) > 24 else "")
        super().__init__(f"This is a table with the columns {named}; say which column is what.")


class BadValue(BackwardRunningError, ValueError):
    """A value breaks the rule printed in the message. `instead` names another value that would do as well."""

    def __init__(self, name: str, rule: str, got: object, hint: str = "", *, instead: str = "") -> None:
        self.name, self.rule, self.got, self.hint, self.instead = name, rule, got, hint, instead
        super().__init__(f"`{name}` must {rule}; got {_said(got)}." + (f" {hint}" if hint else ""))


def _said(got: object) -> str:
    """Say what came as a person wrote it.

    >>> _said("6,5"), _said(None), _said(date(2026, 11, 1))
    ("'6,5'", 'nothing', '2026-11-01')
    """
    if got is None:
        return "nothing"
    return got.isoformat() if isinstance(got, date) else repr(got)


class NotEnoughData(BackwardRunningError, ValueError):
    """The recording is too short or too sparse."""


class Stopped(NotEnoughData):
    """A sign that somebody must look at stands: nothing that holds or suggests training is given out."""


class OutsideValidRange(BackwardRunningError, ValueError):
    """A model was asked where it has no data."""


class DuplicateKey(BackwardRunningError, ValueError):
    """Two plugs claim the same key."""


class NotFound(BackwardRunningError, LookupError):
    """Nothing is stored under that id."""


class BrokeOff(BackwardRunningError, RuntimeError):
    """Work beside the program died, or took too long or too much memory; nothing was changed by it."""

    def __init__(self, message: str, *, where: str = "") -> None:
        self.where = where  #: what a log may say of it
        super().__init__(message)


class ServiceError(BackwardRunningError, RuntimeError):
    """A service elsewhere, to which something was to be sent, does not answer or refuses."""


class StoreError(BackwardRunningError, RuntimeError):
    """The memory cannot be used."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of the program."""


class StoreBusy(StoreError):
    """Another program holds the store."""


class StoreFull(StoreError):
    """The disk is full; nothing was changed."""


class StoreReadOnly(StoreError):
    """The store lies where nothing can be written; nothing was changed, and all of it can be looked at."""
