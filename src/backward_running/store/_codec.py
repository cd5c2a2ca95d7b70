"""One stream as one block of bytes: fixed point → difference → byte shuffle → zstd, channel by channel.

Every channel is written on the coarsest grid of its list on which all its samples already lie (the grid its device
counts on: FIT semicircles, centimetres, whole beats). Samples that lie on no such grid are rounded to the finest one,
which is below anything a sensor can tell. What cannot be rounded at all (infinities, numbers too large, times that
would fall together, names without a list) is kept as it is, 64 bits a sample.

Resolution of the finest grid, so the error is at most half of it (and the last bit of a float64):

=========================  ====================  ==============================================
channel                    finest grid           coarser grids tried first
=========================  ====================  ==============================================
time                       1 µs                  1 s, 1 ms
latitude, longitude        1e-9 deg (0.1 mm)     FIT semicircle (180/2³¹ deg), 1e-6 and 1e-7 deg
altitude                   1 mm                  0.2 m, 0.1 m, 1 cm
distance                   0.1 mm                1 m, 1 cm, 1 mm
speed                      1e-6 m/s              1 mm/s
heart rate                 0.001 min⁻¹           1 min⁻¹
cadence                    0.001 min⁻¹           1 and 1/64 min⁻¹
power                      0.001 W               1 W
temperature                0.001 °C              1 and 0.01 °C
oscillation, step length   1 µm                  1 mm, 0.1 mm
contact time               1 µs                  1 ms, 0.1 ms
grade                      1e-6                  1e-4
course, heading            1e-4 deg              1 and 0.01 deg
acceleration               1e-5 m/s²             0.01 and 0.001 m/s²
angular rate               1e-6 rad/s            0.001 rad/s
magnetic field             0.001 µT              0.1 µT
=========================  ====================  ==============================================

A missing sample (NaN) is a bit in a mask, never a number.

Layout, little-endian: magic ``BRS`` and the codec's version (1 byte), CRC-32 of all that follows, number of samples,
number of channels; then for each channel its heading and name; then the bodies one after the other. Each body can be
read alone.
"""

from __future__ import annotations

import struct
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from backward_running.core.arrays import IntArray
from backward_running.core.errors import StoreError
from backward_running.core.recording import FloatArray

MAGIC = b"BRS"
CODEC_VERSION = 1

#: zstd level: 3 is 1 % larger than 9 on an hour of a watch, and eight times as fast.
LEVEL = 3

_SEMICIRCLE = (2**31, 180)
_ANGLE = (_SEMICIRCLE, (10**6, 1), (10**7, 1), (10**9, 1))
_SMALL = ((10**3, 1), (10**4, 1), (10**6, 1))

#: Name → grids to try, coarsest first, as (counts, per unit): a sample x is written as round(x · counts / unit).
GRIDS: dict[str, tuple[tuple[int, int], ...]] = {
    "time_s": ((1, 1), (10**3, 1), (10**6, 1)),
    "latitude_deg": _ANGLE,
    "longitude_deg": _ANGLE,
    "altitude_m": ((5, 1), (10, 1), (100, 1), (1000, 1)),
    "distance_m": ((1, 1), (100, 1), (1000, 1), (10**4, 1)),
    "speed_mps": ((1000, 1), (10**6, 1)),
    "heart_rate_bpm": ((1, 1), (1000, 1)),
    "cadence_spm": ((1, 1), (64, 1), (1000, 1)),
    "power_w": ((1, 1), (1000, 1)),
    "temperature_degc": ((1, 1), (100, 1), (1000, 1)),
    "vertical_oscillation_m": _SMALL,
    "contact_time_s": _SMALL,
    "step_length_m": _SMALL,
    "grade_ratio": ((10**4, 1), (10**6, 1)),
    "oxygen_uptake_ml_per_kg_min": ((100, 1), (1000, 1)),
    "carbon_dioxide_output_ml_per_kg_min": ((100, 1), (1000, 1)),
    "course_deg": ((1, 1), (100, 1), (10**4, 1)),
    "heading_deg": ((1, 1), (100, 1), (10**4, 1)),
    "live_forward_share": ((10**3, 1), (10**6, 1)),
    **{f"acc_{axis}_mps2": ((100, 1), (1000, 1), (10**5, 1)) for axis in "xyz"},
    **{f"gyr_{axis}_radps": ((1000, 1), (10**6, 1)) for axis in "xyz"},
    **{f"mag_{axis}_ut": ((10, 1), (1000, 1)) for axis in "xyz"},
    **{f"quat_{axis}_ratio": ((10**4, 1), (10**6, 1)) for axis in "wxyz"},
}

#: A sample lies on a grid when it is this near to it, in steps: far below a step, far above what arithmetic leaves.
#: Nearer still where that would be more than rounding to the finest grid costs.
ON_GRID_STEPS = 1e-3

#: Counts beyond this no longer fit a float64 without loss.
_LARGEST_COUNT = 2.0**52

#: How many samples are looked at to choose the order of differences.
_GUIDE_SAMPLES = 512

_HEAD = struct.Struct("<3sBIIH")
_CRC_FROM = 8  # what the checksum covers starts behind the checksum itself
_CHANNEL = struct.Struct("<BBBQIqII")  # width, order, name length, counts, per unit, first, mask bytes, body bytes

_Ints = IntArray


@dataclass(frozen=True, slots=True)
class _Channel:
    """The heading of one channel. ``width`` is bytes per sample; counts 0 means: float64 as it is."""

    name: str
    width: int
    order: int
    counts: int
    per_unit: int
    first: int
    mask_bytes: int
    body_bytes: int

    def packed(self) -> bytes:
        name = self.name.encode()
        return (
            _CHANNEL.pack(
                self.width,
                self.order,
                len(name),
                self.counts,
                self.per_unit,
                self.first,
                self.mask_bytes,
                self.body_bytes,
            )
            + name
        )


class _Zstd(threading.local):
    """A compressor for each thread: making one anew for each channel costs more than the work."""

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        compressor = zstd.ZstdCompressor(level=LEVEL)
        self.pack: Callable[[bytes], bytes] = lambda data: compressor.compress(data, zstd.ZstdCompressor.FLUSH_FRAME)
        self.unpack: Callable[[bytes], bytes] = zstd.decompress
        self.error: type[Exception] = zstd.ZstdError


_ZSTD = _Zstd()


def pack(data: bytes) -> bytes:
    """Compress bytes with zstd."""
    return _ZSTD.pack(data)


def unpack(data: bytes) -> bytes:
    """Give back what :func:`pack` got. Raises StoreError where the bytes are damaged."""
    try:
        return _ZSTD.unpack(data)
    except _ZSTD.error as error:
        raise _damaged(str(error)) from error


def encode(time_s: FloatArray, columns: Mapping[str, FloatArray]) -> bytes:
    """Write one stream as one block of bytes.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
        Seconds, strictly rising.
    columns : mapping of name to ndarray, shape (n,)
        Named in :data:`backward_running.core.names.COLUMNS`.

    Returns
    -------
    bytes
        See the head of this file for the layout and the resolution.

    >>> blob = encode(np.arange(3.0), {"heart_rate_bpm": np.array([120.0, np.nan, 121.0])})
    >>> decode(blob)[1]["heart_rate_bpm"]
    array([120.,  nan, 121.])
    """
    headings, bodies = [], []
    for name, values in (("time_s", time_s), *columns.items()):
        channel, body = _encode_channel(name, np.asarray(values, dtype=np.float64))
        headings.append(channel.packed())
        bodies.append(body)
    rest = struct.pack("<IH", len(time_s), len(headings)) + b"".join(headings) + b"".join(bodies)
    return MAGIC + bytes([CODEC_VERSION]) + struct.pack("<I", zlib.crc32(rest)) + rest


def decode(blob: bytes, names: Iterable[str] | None = None) -> tuple[FloatArray, dict[str, FloatArray]]:
    """Read a stream back: its time and its columns (or only those of `names` that it holds).

    Raises
    ------
    StoreError
        The bytes are damaged, or were written by a newer codec.
    """
    count, channels = _headings(blob)
    wanted = None if names is None else {"time_s", *names}
    found: dict[str, FloatArray] = {}
    for channel, offset in channels:
        if wanted is None or channel.name in wanted:
            found[channel.name] = _decode_channel(blob, channel, offset, count)
    return found.pop("time_s"), found


def names_in(blob: bytes) -> tuple[str, ...]:
    """Say which columns a block holds, without reading them."""
    return tuple(channel.name for channel, _ in _headings(blob)[1] if channel.name != "time_s")


def _damaged(why: str) -> StoreError:
    return StoreError(
        f"A stored stream is damaged ({why}); the original file is kept beside it: export it and import it again."
    )


def _headings(blob: bytes) -> tuple[int, list[tuple[_Channel, int]]]:
    """Check the block and return the number of samples, and each channel with the place of its body."""
    if len(blob) < _HEAD.size:
        raise _damaged(f"{len(blob)} bytes are too few")
    magic, version, checksum, count, channels_count = _HEAD.unpack_from(blob)
    if magic != MAGIC or version < 1:
        raise _damaged("it does not begin as one")
    if version > CODEC_VERSION:
        raise StoreError(
            f"A stored stream is of layout {version}, but this program reads up to {CODEC_VERSION}: update the program."
        )
    if zlib.crc32(memoryview(blob)[_CRC_FROM:]) != checksum:
        raise _damaged("its checksum does not match")
    at = _HEAD.size
    headings = []
    for _ in range(channels_count):
        width, order, name_bytes, *numbers = _CHANNEL.unpack_from(blob, at)
        at += _CHANNEL.size
        headings.append(_Channel(blob[at : at + name_bytes].decode(), width, order, *numbers))
        at += name_bytes
    placed = []
    for heading in headings:
        placed.append((heading, at))
        at += heading.mask_bytes + heading.body_bytes
    return count, placed


def _encode_channel(name: str, values: FloatArray) -> tuple[_Channel, bytes]:
    missing = np.isnan(values)
    mask = b""
    known = values
    if missing.any():
        known = values[~missing]
        mask = pack(np.packbits(missing).tobytes())
    grid = _grid_for(name, known)
    if grid is None:
        body = pack(_shuffled(np.ascontiguousarray(values, dtype="<f8"), 8))
        return _Channel(name, 8, 0, 0, 1, 0, 0, len(body)), body
    counts = np.rint(_on_grid(known, grid)).astype(np.int64)
    first = int(counts[0]) if len(counts) else 0
    order, small = _differences(counts - first)
    folded = _zigzag(small)
    width = _width(folded)
    body = pack(_shuffled(folded.astype(f"<u{width}"), width))
    return _Channel(name, width, order, *grid, first, len(mask), len(body)), mask + body


def _decode_channel(blob: bytes, channel: _Channel, offset: int, count: int) -> FloatArray:
    body_at = offset + channel.mask_bytes
    raw = _unshuffled(unpack(blob[body_at : body_at + channel.body_bytes]), channel.width)
    if not channel.counts:
        return raw.view("<f8").astype(np.float64)
    small = raw.view(f"<u{channel.width}").astype(np.uint64)
    counts = (small >> np.uint64(1)).astype(np.int64) ^ -(small & np.uint64(1)).astype(np.int64)
    for _ in range(channel.order):
        counts = np.cumsum(counts)
    counts += channel.first
    known: FloatArray = counts.astype(np.float64) * float(channel.per_unit) / float(channel.counts)
    if not channel.mask_bytes:
        return known
    bits = np.frombuffer(unpack(blob[offset:body_at]), np.uint8)
    missing = np.unpackbits(bits, count=count).view(np.bool_)
    values = np.full(count, np.nan)
    values[~missing] = known
    return values


def _on_grid(values: FloatArray, grid: tuple[int, int]) -> FloatArray:
    return values * float(grid[0]) / float(grid[1])


def _grid_for(name: str, known: FloatArray) -> tuple[int, int] | None:
    """Choose the coarsest grid all samples lie on, else the finest that holds them, else None."""
    grids = GRIDS.get(name)
    if grids is None:
        return None
    largest = float(np.abs(known).max(initial=0.0))
    fitting = [grid for grid in grids if largest * grid[0] / grid[1] < _LARGEST_COUNT]
    if not fitting:
        return None
    rounded = grids[-1] if fitting[-1] == grids[-1] else None
    grid = next((grid for grid in fitting if _lies_on(known, grid, grids[-1])), rounded)
    if grid is None or (name == "time_s" and not _keeps_order(known, grid)):
        return None
    return grid


def _lies_on(values: FloatArray, grid: tuple[int, int], finest: tuple[int, int]) -> bool:
    """Say whether all samples are so near to a grid that it serves them as well as the finest would."""
    nearest_steps = min(ON_GRID_STEPS, 0.25 * (finest[1] / finest[0]) / (grid[1] / grid[0]))
    for some in (values[:64], values):  # most grids are refused by a glance at a few samples
        steps = _on_grid(some, grid)
        if not (np.abs(steps - np.rint(steps)) < nearest_steps).all():
            return False
    return True


def _keeps_order(time_s: FloatArray, grid: tuple[int, int]) -> bool:
    return bool((np.diff(np.rint(_on_grid(time_s, grid))) > 0).all())


def _differences(counts: _Ints) -> tuple[int, _Ints]:
    """Take differences once or twice where that makes the numbers smaller, judged by a stretch in the middle."""
    middle = len(counts) // 2
    stretch = counts[max(0, middle - _GUIDE_SAMPLES // 2) : middle + _GUIDE_SAMPLES // 2]
    sizes = [float(np.abs(np.diff(stretch, times)).mean(dtype=np.float64)) for times in (0, 1, 2) if len(stretch) > 2]
    order = int(np.argmin(sizes)) if sizes else 0
    for _ in range(order):
        counts = _difference(counts)
    return order, counts


def _difference(counts: _Ints) -> _Ints:
    """As np.diff with a leading zero, in a third of the time."""
    out = np.empty_like(counts)
    out[:1] = counts[:1]
    np.subtract(counts[1:], counts[:-1], out=out[1:])
    return out


def _zigzag(numbers: _Ints) -> npt.NDArray[np.uint64]:
    """Map 0, −1, 1, −2 … to 0, 1, 2, 3 …, so that small numbers of both signs have empty high bytes."""
    return ((numbers << 1) ^ (numbers >> 63)).view(np.uint64)


def _width(numbers: npt.NDArray[np.uint64]) -> int:
    largest = int(numbers.max(initial=0))
    return next(width for width in (1, 2, 4, 8) if largest < 1 << (8 * width))


def _shuffled(numbers: npt.NDArray[Any], width: int) -> bytes:
    """Put all first bytes together, then all second bytes …: like goes to like, and zstd sees it."""
    return numbers.view(np.uint8).reshape(-1, width).T.tobytes()


def _unshuffled(data: bytes, width: int) -> npt.NDArray[np.uint8]:
    planes = np.frombuffer(data, np.uint8).reshape(width, -1)
    return np.ascontiguousarray(planes.T).reshape(-1)
