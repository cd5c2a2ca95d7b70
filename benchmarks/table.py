"""A table of nine columns at 100 Hz: what reading it takes, in memory and processor time, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks._measure import Row

#: Megabytes: the largest that is taken in, and what took 4.7 GB once.
SIZES_MB = (190, 490)
NAMES = "time_s,latitude_deg,longitude_deg,speed_mps,heart_rate_bpm,acc_x_mps2,acc_y_mps2,acc_z_mps2"
#: What holds the bytes, the numbers once, and a piece as text.
MOST_MB_A_MB = 2.5
_READ = """
import resource, sys, time
from backward_running.formats._table import read_table
data = open(sys.argv[1], "rb").read()
began = time.process_time()
table = read_table(data, what="This table")
print(len(table), time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        for size_mb in SIZES_MB:
            path = Path(folder) / f"{size_mb}.csv"
            _write(path, size_mb * 1_000_000)
            ran = subprocess.run(
                [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True
            ).stdout.split()
            rows, took_s, most_mb = int(ran[0]), float(ran[1]), int(ran[2]) * 1024 / 1e6
            asked = f"≤ {MOST_MB_A_MB * size_mb:.0f} MB"
            yield Row(f"table of {size_mb} MB read to the end", f"{most_mb:.0f} MB at most", asked,
                      f"{rows:,} rows, {took_s:.1f} s of computing; above 201 MB it is refused before it is read",
                      most_mb <= MOST_MB_A_MB * size_mb)  # fmt: skip
            path.unlink()


def _write(path: Path, size: int) -> None:
    """Write rows until they are so many bytes; each is as long as those of a sensor app."""
    rows = "".join(
        f"{number / 100:.2f},42.5{number % 9973:07d},1.5{number % 7919:07d},2.{number % 97:02d},15{number % 10},"
        f"{number % 31 / 10:.4f},-{number % 37 / 10:.4f},9.{number % 9999:04d}\n"
        for number in range(100_000)
    )
    with path.open("w", encoding="ascii") as file:
        file.write(NAMES + "\n")
        for _ in range(size // len(rows) + 1):
            file.write(rows)
    with path.open("r+b") as file:
        file.truncate(size)


if __name__ == "__main__":
    for row in run():
        print(row)
