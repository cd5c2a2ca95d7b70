from __future__ import annotations

import pickle

import pytest
from tests.store.regions import park

from backward_running.core.work import InTurn
from backward_running.flows import region
from backward_running.store.osm_extract import OsmExtract
from backward_running.store.region_file import RegionFile


class Beside:
    """Workers that take what they are given as a process would, and finish in any order."""

    at_once = 1

    def __init__(self):
        self.begun = 0

    def begin(self, function, /, *args):
        self.begun += 1
        function, args = pickle.loads(pickle.dumps((function, args)))
        return InTurn(lambda: function(*args))


def made(path, tmp_path, workers):
    target = tmp_path / f"{workers is None}.region"
    with RegionFile.make(target) as making:
        head = region.prepare(making, OsmExtract(path), "park", workers=workers)
    with RegionFile.open(target) as opened:
        return head, opened.stretches(head.box)


@pytest.mark.parametrize("worth", [1, 10_000])
def test_processes_find_the_same_stretches_in_the_same_order(tmp_path, monkeypatch, worth):
    monkeypatch.setattr(region, "WORTH_PROCESSES", worth)
    monkeypatch.setattr(region, "CELL_DEG", 0.0001)  # the park has many pieces then
    path, workers = park(tmp_path), Beside()
    assert made(path, tmp_path, workers) == made(path, tmp_path, None)
    assert (workers.begun > 5) is (worth == 1)
