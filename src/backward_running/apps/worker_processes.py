"""Processes beside the program that read and judge files: one that dies, hangs or eats memory costs that one file.

Each does one thing at a time. It is started when it is first needed, ended when it took too long or too much, and
ends by itself when it had nothing to do for a while and when the program ends, however that was. Where no process can
be had, all is worked out here.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, ParamSpec, TypeVar

from backward_running.apps.worker_pipe import by_itself, receive, send
from backward_running.core.errors import BackwardRunningError, BrokeOff
from backward_running.core.faulted import told_of
from backward_running.core.work import Begun, InTurn

P = ParamSpec("P")
T = TypeVar("T")
_LOG = logging.getLogger(__name__)
#: One a core, as many as reading and judging keep busy beside the one that writes.
_MOST = 4
#: A worker that does not say that it is there in this time is none: a machine may be busy.
_STARTS_WITHIN_S = 60.0
#: Who dies once may have been chosen by a system that was short of memory: it is tried once more.
_TRIES = 2
#: What a worker has loaded before the first file comes.
_PRELOADED = "backward_running.apps.worker_preloaded"
_READY = "ready"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take. Our own: a day of a watch with every sensor takes a tenth of each."""

    memory_bytes: int = 2 << 30  #: above what a worker has before its first file
    cpu_s: int = 120
    wall_s: float = 900.0  #: however busy the machine is
    idle_s: float = 60.0  #: who has nothing to do for so long ends; the next file starts another


class NoProcess(BackwardRunningError):
    """No process can be had on this machine."""


class WorkerProcesses:
    """Some processes, started when first needed. It may be asked from several threads.

    Parameters
    ----------
    count : int, optional
        How many; without, one for each core that this program may use, and at most four.
    limits : Limits
        What one file may take.

    Examples
    --------
    >>> with WorkerProcesses(0) as here:  # none: it is worked out here
    ...     here.begin(divmod, 7, 2)()
    (3, 1)
    """

    def __init__(self, count: int | None = None, limits: Limits = Limits()) -> None:
        self._count = max(0, min(_MOST, _cores()) if count is None else count)
        self._limits = limits
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: set[_Worker] = set()
        self._guard = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._closed = False

    def __enter__(self) -> WorkerProcesses:
        if self._count:
            self.begin(_nothing)  # it starts while the program does
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def at_once(self) -> int:
        """So many files are read beside the one that is written; 0 where no process can be had."""
        return self._count

    @property
    def pids(self) -> tuple[int, ...]:
        """Return the ids of the processes that are there now."""
        with self._guard:
            return tuple(sorted(worker.pid for worker in self._all))

    def begin(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Begun[T]:
        """Begin to work out a function of a module beside the program; see :class:`.core.work.Workers`."""
        if self._count == 0:
            return InTurn(lambda: function(*args, **kwargs))
        with self._guard:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self._count, "worker process")
        return _Begun(self._threads.submit(self._work, function, args, kwargs))

    def close(self) -> None:
        """End all of them; what is still worked out is given up."""
        self._closed = True
        with self._guard:
            workers, threads = list(self._all), self._threads
        for worker in workers:
            self._end(worker)
        if threads is not None:
            threads.shutdown(wait=True, cancel_futures=True)
        for worker in list(self._all):
            self._end(worker)

    def _work(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        for last in (False,) * (_TRIES - 1) + (True,):
            try:
                worker = self._worker()
            except NoProcess as problem:
                _LOG.warning("%s", problem)
                self._count = 0
                return function(*args, **kwargs)
            try:
                done, value = worker.asked((function, tuple(map(by_itself, args)), kwargs), self._limits)
            except _Died as death:
                self._end(worker)
                if last or death.final or self._closed:
                    raise BrokeOff(str(death)) from None
                continue
            except BaseException:
                self._end(worker)
                raise
            if done is not None and self._fits(worker):
                self._idle.put(worker)
            else:
                self._end(worker)
            if done:
                return value  # type: ignore[no-any-return]
            raise value
        raise AssertionError("the last try returns or raises")

    def _fits(self, worker: _Worker) -> bool:
        return worker.is_alive and not self._closed

    def _worker(self) -> _Worker:
        with suppress(queue.Empty):
            while True:
                worker = self._idle.get_nowait()
                if worker.is_alive:
                    return worker
                self._end(worker)
        worker = _Worker(self._limits)
        with self._guard:
            self._all.add(worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        with self._guard:
            self._all.discard(worker)
        worker.end()


@dataclass(frozen=True, slots=True)
class _Begun(Generic[T]):
    """What is worked out in a worker."""

    future: Future[T]

    @property
    def is_done(self) -> bool:
        return self.future.done()

    def __call__(self) -> T:
        return self.future.result()


class _Died(Exception):
    """A worker did not answer. `final`: it would not the next time, either."""

    def __init__(self, words: str, *, final: bool) -> None:
        self.final = final
        super().__init__(words)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, limits: Limits) -> None:
        context = _context()
        try:
            self._pipe, theirs = context.Pipe()
            self._process: BaseProcess = context.Process(
                target=_serve, args=(theirs, limits), name="backward worker", daemon=True
            )
            with _bare_main():
                self._process.start()
            theirs.close()
            if not self._pipe.poll(_STARTS_WITHIN_S) or self._pipe.recv() != _READY:
                raise OSError("it does not answer")
        except (OSError, EOFError, ValueError, AssertionError, RuntimeError) as problem:
            raise NoProcess(f"No process beside the program can be had ({problem}); files are read in it.") from problem
        self.pid = self._process.pid or 0

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def asked(self, work: Any, limits: Limits) -> tuple[bool, Any]:
        """Return whether it worked, and what it gave or raised. Raises _Died."""
        began_s = time.monotonic()
        try:
            send(self._pipe, work)
            if not self._pipe.poll(limits.wall_s):
                raise _too_long(limits.wall_s)
            done, value = receive(self._pipe)
        except (EOFError, OSError) as problem:
            self._process.join(5.0)
            if self._process.exitcode == -getattr(signal, "SIGXCPU", 0):
                raise _too_long(limits.cpu_s) from problem
            raise _Died(
                f"What reads this file died after {time.monotonic() - began_s:.0f} s"
                f"{_how(self._process.exitcode)}; please report the file, the others are not touched.",
                final=False,
            ) from problem
        if done is None:
            raise _Died(
                f"Reading this file took more than {limits.memory_bytes / 1e9:.1f} GB of memory and was stopped; "
                "cut it into parts, the others are not touched.",
                final=True,
            )
        return done, value

    def end(self) -> None:
        """End it, whatever it does."""
        with suppress(OSError):
            self._pipe.close()
        with suppress(ValueError, OSError):
            self._process.kill()
            self._process.join(5.0)


def _nothing() -> None:
    """Be there."""


def _too_long(limit_s: float) -> _Died:
    return _Died(
        f"Reading this file took more than {limit_s:.0f} s and was stopped; please report it, the others are not "
        "touched.",
        final=True,
    )


def _how(exitcode: int | None) -> str:
    return "" if exitcode is None or exitcode >= 0 else f" (signal {-exitcode})"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> Any:
    """Fork from a server that has all loaded, where the system has one: this program has threads and an open store."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_PRELOADED])
        return context
    return multiprocessing.get_context("spawn")


class _bare_main:  # noqa: N801 - a context manager, used as a word
    """Hide where the program was started from: a worker needs nothing of it, and would run it again to find it."""

    _only = threading.Lock()

    def __enter__(self) -> None:
        self._only.acquire()
        self._main = sys.modules.get("__main__")
        sys.modules["__main__"] = type(sys)("__main__")

    def __exit__(self, *_: object) -> None:
        if self._main is not None:
            sys.modules["__main__"] = self._main
        self._only.release()


def _serve(pipe: Connection, limits: Limits) -> None:
    """Work out what comes through the pipe until it closes. This is the whole life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this
    __import__(_PRELOADED)
    _bound_memory(limits.memory_bytes)
    pipe.send(_READY)
    with suppress(EOFError, OSError):
        while pipe.poll(limits.idle_s):
            function, args, kwargs = receive(pipe)
            _bound_time(limits.cpu_s)
            send(pipe, _answer(function, args, kwargs))


def _answer(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[bool | None, Any]:
    try:
        return True, function(*args, **kwargs)
    except MemoryError:
        return None, None
    except BackwardRunningError as problem:
        return False, problem
    except Exception as problem:  # noqa: BLE001 - whatever it is goes to who asked
        what = f"The reader broke off ({type(problem).__name__}); please report the file, the others are not touched."
        return False, BrokeOff(what, where=told_of(problem))


def _bound_memory(limit_bytes: int) -> None:
    """Let this process take so much more than it has, where the system can hold it to that."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
            has_bytes = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (has_bytes + limit_bytes, resource.RLIM_INFINITY))
    except (ImportError, OSError, ValueError):
        return  # no such limit here: time alone is bounded


def _bound_time(limit_s: int) -> None:
    """Let this process compute for so many seconds from now, where the system can hold it to that."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until_s = int(used.ru_utime + used.ru_stime) + 1 + limit_s
        resource.setrlimit(resource.RLIMIT_CPU, (until_s, resource.RLIM_INFINITY))
    except (ImportError, OSError, ValueError):
        return
