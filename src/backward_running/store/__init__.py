"""Store: memory, the only room with a disk and a database. One file is one backend."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from backward_running.core.errors import StoreError

if TYPE_CHECKING:
    from backward_running.core.ports import Store

__all__ = ["default_home", "file_place", "folder_beside", "open_store"]

#: How long to wait for another program before saying that it holds the store.
BUSY_TIMEOUT_S = 5.0


def default_home() -> Path:
    """Return the folder of the runner's memory: ``BACKWARD_HOME``, else the platform's place for data.

    Returns
    -------
    Path
        It need not exist yet.
    """
    chosen = os.environ.get("BACKWARD_HOME")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("backward-running", appauthor=False))


def open_store(url_or_path: str | Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Store:
    """Open the memory; make it where there is none, bring it up to date where it is older.

    A new one, and one of before several people, is that of one person; ``store.of`` leads to others in it.

    Parameters
    ----------
    url_or_path : str or Path
        A folder (the memory is ``backward.db`` in it), a file, or ``postgresql://user@host/database``.
    busy_timeout_s : float
        How long to wait for another program that holds it.

    Raises
    ------
    StoreTooNew
        It was written by a newer version of the program.
    StoreBusy, StoreFull, StoreError
        Another program holds it; the disk is full; it cannot be used. Nothing was changed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = open_store(folder)
    ...     store.counts()
    ...     store.close()
    Counts(activities=0, simulated=0, files=0)
    """
    address = str(url_or_path)
    scheme, _, rest = address.partition("://")
    place = file_place(url_or_path)
    if place is not None:
        return _open_file(place, busy_timeout_s)
    if scheme in ("postgresql", "postgresql+psycopg", "postgres"):
        from backward_running.store.postgresql import open_postgresql
        from backward_running.store.sql_store import opened

        database = open_postgresql(f"postgresql://{rest}", busy_timeout_s=busy_timeout_s)
        return opened(database, _beside(url_or_path))
    raise StoreError(
        f"A store is a folder, a file or postgresql://host/database; got an address that begins with {scheme}://."
    )


def folder_beside(url_or_path: str | Path) -> Path:
    """Return the folder of this user that goes with a store: its own, and the default one for a store on a server.

    It is made where there is none, for its owner alone.
    """
    from backward_running.store.private import make_folder

    folder = _beside(url_or_path)
    with suppress(OSError):
        make_folder(folder)
    return folder


def _beside(url_or_path: str | Path) -> Path:
    from backward_running.store.sqlite import file_of

    return file_of(file_place(url_or_path) or default_home()).parent


def file_place(url_or_path: str | Path) -> str | Path | None:
    """Return the folder or file that an address means; None where it means something else."""
    scheme, separator, rest = str(url_or_path).partition("://")
    if not separator:
        return url_or_path
    return rest.removeprefix("/") if scheme == "sqlite" else None


def _open_file(place: str | Path, busy_timeout_s: float) -> Store:
    from backward_running.store.sqlite import open_sqlite

    def keep(path: Path, name: str) -> None:
        from backward_running.store import copies

        copies.keep(path, name, busy_timeout_s=busy_timeout_s)

    database = open_sqlite(place, busy_timeout_s=busy_timeout_s, keep=keep)  # first, for its errors need nothing heavy

    from backward_running.store.sql_store import opened

    return opened(database, _beside(place))
