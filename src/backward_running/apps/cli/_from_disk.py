"""Files and folders as they lie on a disk: opened one at a time, and what cannot be opened told in a sentence."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from backward_running.core.counting import noun_of


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files, folders walked in order of name; of a folder that cannot be opened the folder itself."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        yield from _inside(path)


def _inside(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    walked = os.walk(folder, onerror=lambda problem: closed.append(Path(problem.filename)))
    for here, _, names in sorted(walked):
        yield from (Path(here) / name for name in sorted(names))
    yield from closed


def opened_each(files: Sequence[Path], say: Callable[[str], None] | None) -> Iterator[tuple[str, BinaryIO | str]]:
    """Open one file after the other, and close it when the next is asked for; why not, where it cannot be.

    Parameters
    ----------
    files : sequence of Path
        What there is.
    say : callable, optional
        Told after each file how far it is, how fast, and how long it will take.
    """
    sizes = [_size(path) for path in files] if say else []
    begun_s, done_bytes = time.monotonic(), 0
    for number, path in enumerate(files):
        why = _why_not(path)
        if why is not None:
            yield path.name, why
        else:
            try:
                file = path.open("rb")
            except OSError as problem:
                yield path.name, f"It cannot be opened: {problem.strerror or problem}."
            else:
                with file:
                    yield path.name, file
        if say:
            done_bytes += sizes[number]
            say(progress(number + 1, len(files), done_bytes, sum(sizes), time.monotonic() - begun_s))


def progress(number: int, count: int, done_bytes: int, all_bytes: int, spent_s: float) -> str:
    """Say how far an import is, how fast, and how long the rest takes at that rate.

    >>> progress(50, 200, 25_000_000, 100_000_000, 10.0)
    '50 of 200 files, 5.0 a second, about 30 s left'
    >>> progress(1, 1, 0, 0, 0.0)
    '1 of 1 file'
    """
    words = f"{number:,} of {count:,} {noun_of(count, 'file')}"
    if spent_s < 1.0 or number == count:
        return words
    words += f", {number / spent_s:.1f} a second"
    share = done_bytes / all_bytes if all_bytes else number / count
    if share <= 0:
        return words
    left_s = spent_s * (1 - share) / share
    return f"{words}, about {left_s:.0f} s left" if left_s < 90 else f"{words}, about {left_s / 60:.0f} min left"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _why_not(path: Path) -> str | None:
    """Say why a path is not opened; None where it may be. A pipe would wait for ever for somebody to write into it."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "It is a link to a file that is not there."
    except OSError as problem:
        return f"It cannot be opened: {problem.strerror or problem}."
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISDIR(mode):
        return "This folder cannot be opened: look at who may read it."
    return "It is no file but a pipe, a socket or a device."
