"""What every file format must do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backward_running import formats
from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnknownFormat, UnreadableFile
from backward_running.core.names import NAMES
from backward_running.core.recording import Recording
from backward_running.formats import Format
from backward_running.testing.base import Contract
from backward_running.testing.scale import Grade, asks

#: What is no recording, or one of another kind.
STRANGERS = {
    "nothing": b"",
    "zeros": bytes(4096),
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "zip": b"PK\x03\x04" + bytes(60),
    "text": b"The .FIT, <gpx> and TrainingCenterDatabase of yesterday.\n" * 9,
    "web page": b"<!DOCTYPE html><html><body><gpx/></body></html>",
    "other xml": b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>',
    "json": b'{"gpx": {"trk": []}}',
}
#: The same test runs for several classes; how long an example takes says how busy the machine is.
_CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole, sound file of a format, and what it says."""

    data: bytes
    column: str  #: a column of its main stream, of core.names
    values: Sequence[float]  #: what that column says
    sport: str | None = None
    started_at: datetime | None = None  #: None where the format writes no date
    losses: tuple[str, ...] = ()  #: what such a file can never say
    tolerance: float = 1e-9


def check_recordings(runs: Sequence[Recording], data: bytes) -> None:
    """Check what holds for every recording, whole or partial."""
    assert len(runs) >= 1
    assert [run.part for run in runs] == list(range(len(runs)))
    for run in runs:
        assert run.key == hashlib.sha256(data).hexdigest()
        assert run.started_at.tzinfo is not None
        assert run.duration_s >= 0
        assert set(run.stated) <= set(NAMES)
        assert all(isinstance(loss, str) and loss.strip() and "\n" not in loss for loss in run.losses)
        assert all(pause.end_s > pause.start_s for pause in run.pauses)
        for stream in run.streams:
            assert np.all(np.diff(stream.time_s) > 0)
            assert np.isfinite(stream.time_s).all()
            assert len(stream) == 0 or run.duration_s >= stream.time_s[-1]
            for name, values in stream.columns.items():
                assert not values.flags.writeable
                assert not np.isinf(values).any(), name
    assert all(run.reader and run.reader_version for run in runs)


def _reads_or_refuses(form: Format, data: bytes) -> None:
    """Read damaged bytes: recordings that hold together, or an error of the family in one line."""
    try:
        check_recordings(form.read(data), data)
    except BackwardRunningError as refusal:
        assert "\n" not in str(refusal)


class FormatContract(Contract):
    """Bytes in, recordings out; whatever the bytes."""

    kind = "format"
    samples: ClassVar[Mapping[str, Sample]] = {}

    def sample_of(self, plug: Format) -> Sample:
        """Return the sample of a format."""
        assert plug.key in self.samples, f"the format {plug.key} needs a sample in `samples`"
        return self.samples[plug.key]

    @asks(Grade.BRONZE)
    def test_it_describes_itself(self, plug: Format) -> None:
        """Its endings begin with a dot in lower case, and it has a version."""
        assert plug.endings and all(ending.startswith(".") and ending == ending.lower() for ending in plug.endings)
        assert plug.version

    @asks(Grade.BRONZE)
    def test_it_knows_its_own_bytes(self, plug: Format) -> None:
        """It knows its sample, and no other format takes it."""
        data = self.sample_of(plug).data
        assert plug.looks_like(data)
        assert [key for key, other in formats.all_formats().items() if key != plug.key and other.looks_like(data)] == []

    @asks(Grade.BRONZE)
    @pytest.mark.parametrize("stranger", sorted(STRANGERS))
    def test_it_refuses_foreign_bytes(self, plug: Format, stranger: str) -> None:
        """What is no such file is refused in one line."""
        assert not plug.looks_like(STRANGERS[stranger])
        with pytest.raises((UnreadableFile, UnknownFormat)) as refusal:
            plug.read(STRANGERS[stranger])
        assert "\n" not in str(refusal.value)

    @asks(Grade.BRONZE)
    def test_it_reads_its_sample_whole(self, plug: Format) -> None:
        """The sample's one recording says what the sample says."""
        sample = self.sample_of(plug)
        installed = formats.all_formats().get(plug.key) is plug
        runs = formats.read(sample.data) if installed else plug.read(sample.data)
        check_recordings(runs, sample.data)
        (run,) = runs
        assert (run.reader, run.reader_version) == (plug.key, plug.version)
        assert (run.sport, run.losses) == (sample.sport, sample.losses)
        assert sample.started_at is None or run.started_at == sample.started_at
        assert run.main is not None
        assert run.main.columns[sample.column].tolist() == pytest.approx(list(sample.values), abs=sample.tolerance)

    @asks(Grade.BRONZE)
    def test_the_same_bytes_give_the_same_recording(self, plug: Format) -> None:
        """Reading twice gives the same."""
        data = self.sample_of(plug).data
        for once, other in zip(plug.read(data), plug.read(bytes(bytearray(data))), strict=True):
            assert (once.activity_id, once.started_at) == (other.activity_id, other.started_at)
            for stream, again in zip(once.streams, other.streams, strict=True):
                assert list(stream.columns) == list(again.columns)
                assert all(np.array_equal(stream.columns[n], again.columns[n], equal_nan=True) for n in stream.columns)

    @asks(Grade.SILVER)
    @pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99])
    def test_a_cut_file_gives_a_part_that_says_so_or_a_refusal(self, plug: Format, share: float) -> None:
        """Most of a cut file comes in, and says that something was lost."""
        whole = self.sample_of(plug)
        cut = whole.data[: int(len(whole.data) * share)]
        try:
            runs = plug.read(cut)
        except UnreadableFile as refusal:
            assert not isinstance(refusal, NotAnActivity) or share < 0.1
            assert share <= 0.2, "most of a file must not be thrown away"
            return
        check_recordings(runs, cut)
        assert all(run.losses for run in runs)
        assert runs[0].main is not None
        assert len(runs[0].main) >= len(whole.values) * (share - 0.2)

    @asks(Grade.SILVER)
    @settings(max_examples=120, deadline=None, suppress_health_check=_CALM)
    @given(data=st.data())
    def test_flipped_bits_and_cuts_stay_in_the_family(self, plug: Format, data: st.DataObject) -> None:
        """Damage gives recordings that hold together, or one sentence."""
        broken = bytearray(self.sample_of(plug).data)
        for _ in range(data.draw(st.integers(1, 4))):
            broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        if data.draw(st.booleans()):
            del broken[data.draw(st.integers(0, len(broken))) :]
        _reads_or_refuses(plug, bytes(broken))

    @asks(Grade.SILVER)
    @settings(max_examples=60, deadline=None, suppress_health_check=_CALM)
    @given(noise=st.binary(max_size=400))
    def test_noise_behind_a_sound_beginning_stays_in_the_family(self, plug: Format, noise: bytes) -> None:
        """Noise after a sound beginning does the same."""
        sample = self.sample_of(plug).data
        for start in (0, 14, len(sample) // 3):
            _reads_or_refuses(plug, sample[:start] + noise)
