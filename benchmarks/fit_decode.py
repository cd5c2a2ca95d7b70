"""Decoding FIT: ours against two independent decoders, one hour and ten, to see that the cost is linear."""

from __future__ import annotations

import io
from collections.abc import Iterator

from benchmarks._data import simulated_fit
from benchmarks._measure import Row, best_ms


def _fitdecode(data: bytes) -> int:
    import fitdecode

    with fitdecode.FitReader(io.BytesIO(data)) as reader:
        return sum(1 for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record")


def _native(data: bytes) -> object:
    import pyfitparsernative

    return pyfitparsernative.parse_fit_bytes(data)


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    from backward_running import formats

    ours = {hours: best_ms(lambda h=hours: formats.read(simulated_fit(h))) for hours in (1, 10)}
    theirs = best_ms(lambda: _fitdecode(simulated_fit(1)), repeats=2, warm=1)
    yield Row(
        "FIT → Recording, 1 h at 1 Hz",
        f"{ours[1]:.2f} ms",
        "≤ 5 ms",
        f"{len(simulated_fit(1)) / 1e3:.0f} kB",
        ours[1] <= 5,
    )
    yield Row(
        "FIT → Recording, 10 h",
        f"{ours[10]:.2f} ms",
        "≤ 10.5 × 1 h",
        f"× {ours[10] / ours[1]:.1f}",
        ours[10] <= 10.5 * ours[1],
    )
    yield Row("the same hour with fitdecode", f"{theirs:.0f} ms", "", f"{theirs / ours[1]:.0f} × ours")
    native = best_ms(lambda: _native(simulated_fit(1)), repeats=3)
    yield Row("the same hour with pyfitparsernative", f"{native:.1f} ms", "", f"{native / ours[1]:.1f} × ours")
