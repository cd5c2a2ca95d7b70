"""A run on a card to share: what was done, by direction, and the track without what lies in a privacy zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backward_running.core.ports import ActivityRow, SharedRuns
from backward_running.core.session import BoutFacts
from backward_running.flows.activity import chart_data
from backward_running.flows.views import ChartData

#: Enough for a picture of some hundred points.
_SAMPLES = 2400


@dataclass(frozen=True, slots=True)
class RunCard:
    """All that a card shows of a run."""

    row: ActivityRow
    bouts: Sequence[BoutFacts]
    track: ChartData | None  #: None where its runner wants no map on it


def run_card(store: SharedRuns, activity_id: str, *, with_map: bool = True) -> RunCard:
    """Gather what a card shows of a run. Raises NotFound."""
    data = chart_data(store, activity_id, samples_most=_SAMPLES)
    return RunCard(store.row(activity_id), data.bouts, data if with_map else None)
