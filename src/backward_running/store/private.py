"""Folders and files that only their owner may read.

On Windows the profile of the user holds others off already, and modes say nothing: there nothing is done.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

#: What only the owner may enter, and what only the owner may read.
FOLDER, FILE = 0o700, 0o600

#: Anything that somebody else may do.
_OTHERS = 0o077

#: Whether the modes of files say who may read them.
HAS_MODES = os.name == "posix"


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for its owner alone; one that is there stays as it is. Raises OSError."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        with suppress(FileExistsError):
            folder.mkdir(mode=FOLDER)
            folder.chmod(FOLDER)  # whatever the umask takes away or leaves


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone; one that is there stays as it is. Raises OSError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def write(path: Path, content: bytes) -> None:
    """Put a file for its owner alone in place of what stood there, whole or not at all. Raises OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def close_to_others(path: Path) -> None:
    """Take from a file of ours what others may do with it. Where that cannot be (read-only media), it stays."""
    if not HAS_MODES:
        return
    with suppress(OSError):
        found = path.stat()
        if found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)


def open_to_others(folder: Path) -> bool:
    """Whether somebody else on this machine may look into a folder."""
    return HAS_MODES and folder.is_dir() and bool(folder.stat().st_mode & _OTHERS)
