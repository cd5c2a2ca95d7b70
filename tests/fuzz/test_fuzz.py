"""Fuzzing that runs everywhere: the kept inputs, and what Hypothesis makes of them. Atheris goes further (`make fuzz`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase
from tests.fuzz.targets import MOST_BYTES, READ, REFUSED, TARGETS, seeds

from backward_running import formats

#: What Hypothesis found once is tried first, on every machine: the folder is kept.
KEPT = DirectoryBasedExampleDatabase(Path(__file__).with_name("kept"))
SEEDS = [(target, path) for target in sorted(TARGETS) for path in seeds(target)]


@pytest.mark.parametrize(("target", "path"), SEEDS, ids=[f"{target}/{path.name}" for target, path in SEEDS])
def test_a_kept_input_keeps_its_promise(target: str, path: Path) -> None:
    assert path.stat().st_size <= MOST_BYTES
    assert TARGETS[target](path.read_bytes()) in (READ, REFUSED)


@pytest.mark.parametrize("target", ["readers", "catalogues"])
def test_what_a_sound_input_is_kept_for_still_reads_it(target: str) -> None:
    """A corpus that every reader refuses at its first byte finds nothing."""
    plugs = {**formats.all_formats(), **formats.all_catalogues()}
    sound = [path for path in seeds(target) if target == "catalogues" or path.name in plugs]
    assert [path.name for path in sound if TARGETS[target](path.read_bytes()) != READ] == []
    if target == "readers":
        assert {path.name for path in sound} == set(formats.all_formats())


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_target_has_inputs_to_begin_with(target: str) -> None:
    assert len(seeds(target)) >= 3


@st.composite
def mutated(draw: st.DrawFn, kept: list[bytes]) -> bytes:
    """A kept input with pieces flipped, cut, doubled and put in from another one."""
    data = bytearray(draw(st.sampled_from(kept)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 40)))
        change = draw(st.sampled_from(("flip", "cut", "double", "noise", "other")))
        if change == "flip" and at < len(data):
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif change == "cut":
            del data[at:end]
        elif change == "double":
            data[at:at] = data[at:end]
        elif change == "noise":
            data[at:end] = draw(st.binary(max_size=16))
        elif change == "other":
            other = draw(st.sampled_from(kept))
            data[at:end] = other[at : at + draw(st.integers(0, 200))]
    return bytes(data[:MOST_BYTES])


@pytest.mark.parametrize("target", sorted(TARGETS))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    database=KEPT,
)
@given(data=st.data())
def test_what_is_made_of_kept_inputs_keeps_the_promise(target: str, data: st.DataObject) -> None:
    made = data.draw(mutated([path.read_bytes() for path in seeds(target)]))
    note(f"{target}: {made!r}")
    assert TARGETS[target](made) in (READ, REFUSED)
