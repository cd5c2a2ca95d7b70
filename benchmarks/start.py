"""Starting: the command, and the server until its first answer."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from benchmarks._letting_in import cookie_of
from benchmarks._measure import Row, median_ms, within

COMMAND = str(Path(sys.executable).parent / "backward")


def free_port() -> int:
    """Return a port nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(home: Path) -> tuple[subprocess.Popen[bytes], int, float]:
    """Start the server and wait for its first page. Return process, port, milliseconds."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [COMMAND, "--home", str(home), "serve", "--port", str(port), "--no-open"], stdout=subprocess.DEVNULL
    )
    while time.perf_counter() - began < 20:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/", headers={"Cookie": cookie_of(home, port)})
            if connection.getresponse().status == 200:
                return process, port, 1000.0 * (time.perf_counter() - began)
        except (OSError, RuntimeError):
            time.sleep(0.005)
    process.kill()
    raise RuntimeError("the server did not answer within 20 s")


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    version = median_ms(lambda: subprocess.run([COMMAND, "--version"], check=True, capture_output=True), repeats=9)
    python = median_ms(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), repeats=9)
    yield within("backward --version", version, 100.0, f"of which Python itself {python:.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for _ in range(4):
            process, _, took = start_server(Path(folder))
            process.terminate()
            process.wait()
            times.append(took)
        yield Row("server, first start with a new store", f"{times[0]:.0f} ms")
        later = sorted(times[1:])[1]
        yield within("server, start to first page", later, 1500.0)
