"""A throw-away PostgreSQL server on a socket in a folder of its own: for tests, and for what measures stores."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoServer(Exception):
    """There is none that could be started here, and why."""


def _program(name: str) -> Path | None:
    """Find a program of the PostgreSQL server: Debian keeps them off the PATH."""
    own = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name)
    return own[0] if own else Path(found) if found else None


def _as_someone_else() -> list[str]:
    """The server refuses to run as root: run it as somebody who is not."""
    if os.geteuid() != 0:
        return []
    user = next((name for name in ("postgres", "nobody") if _has_user(name)), None)
    if user is None or shutil.which("runuser") is None:
        raise NoServer("PostgreSQL does not run as root, and there is no other user to run it as")
    return ["runuser", "-u", user, "--"]


def _has_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0


def _run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


#: A throw-away server has nothing to keep: it may answer before anything is on a disk.
_NOTHING_TO_KEEP = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"


def _in_memory() -> str | None:
    """Return a folder in memory with room for some databases, where there is one: each is four hundred files."""
    folder = Path("/dev/shm")
    has_room = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 2 << 30
    return str(folder) if has_room else None


@contextmanager
def database_on(server: str, template: str = "template1") -> Iterator[str]:
    """Lend the address of a new database that is a copy of a template; it is dropped at the end."""
    name = f"store_{os.getpid()}_{next(_numbers)}"
    _tell(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield f"postgresql://runner@/{name}?host={server}"
    _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


def _tell(server: str, statement: str) -> None:
    """Say one thing to a server, over a connection of its own: some tests end every other."""
    import psycopg

    with psycopg.connect(f"host={server} user=runner dbname=postgres", autocommit=True) as connection:
        connection.execute(statement)


_numbers = itertools.count()


@contextmanager
def throw_away_server() -> Iterator[str]:
    """Start a throw-away server on a socket in a folder of its own; lend the socket's folder. Raises NoServer."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        raise NoServer("there is no PostgreSQL server here (initdb, pg_ctl): install postgresql")
    prefix = _as_someone_else()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_in_memory()))  # not tmp_path: the path of a socket must be short
    try:
        if prefix:
            shutil.chown(folder, prefix[2])
        data = folder / "data"
        _run(*prefix, initdb, "-D", data, "-A", "trust", "-U", "runner", "-E", "UTF8", "--no-sync", cwd=folder)
        options = f"-k {folder} -c listen_addresses='' {_NOTHING_TO_KEEP}"
        log = folder / "log"
        # pg_ctl's own output must not be a pipe: the server would inherit it and never let go.
        start = [*prefix, pg_ctl, "-D", data, "-w", "-l", log, "-o", options, "start"]
        subprocess.run(list(map(str, start)), check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield str(folder)
        finally:
            _run(*prefix, pg_ctl, "-D", data, "-m", "immediate", "stop", cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
