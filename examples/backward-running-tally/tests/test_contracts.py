"""The plugs of this package under the contracts of the house: that is all a plug needs to be trusted like its own."""

from datetime import UTC, datetime

from backward_running_tally import DETECTOR, FORMAT, MODEL

from backward_running.core.direction import Direction
from backward_running.testing import DetectorContract, FormatContract, ModelContract, Sample, Scene

STRETCHES = 60
DATA = "".join(
    ["tally 1 2026-05-01T06:00:00+00:00\n"]
    + [f"{s} {2 + s / 100} {'heels' if s % 2 else 'toes'} first\n" for s in range(STRETCHES)]
    + [f"{STRETCHES}\n"]
)


class TestTally(FormatContract):
    plugs = (FORMAT,)
    samples = {
        "tally": Sample(
            DATA.encode(),
            "speed_mps",
            [2 + s / 100 for s in [*range(STRETCHES), STRETCHES - 1]],
            sport="running",
            started_at=datetime(2026, 5, 1, 6, tzinfo=UTC),
        )
    }


class TestCompanion(DetectorContract):
    plugs = (DETECTOR,)
    scenes = {
        "companion_tally": lambda way: Scene(words="heels first" if way is Direction.BACKWARD else "toes first"),
    }


class TestPrice(ModelContract):
    plugs = (MODEL,)
