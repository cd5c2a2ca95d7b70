"""All estimates of a ten-hour recording: energy of its bouts, session, steady heart rate, grade-adjusted pace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from backward_running import effort
from backward_running.core.athlete import Athlete, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout, BoutFacts
from benchmarks._measure import Row, median_ms, within

HOURS = 10
ASKED_MS = 50.0
BOUT_S = 300
RUNNER = Athlete(
    sex=Sex.FEMALE,
    mass_kg=60.0,
    resting_heart_rate_bpm=55.0,
    maximal_heart_rate_bpm=185.0,
    backward_experience_min=90.0,
)


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    working, facts, recording = _ten_hours()
    bouts = [fact.bout for fact in facts]
    pulse = effort.pulse_of(recording, working, bouts)
    assert pulse is not None
    own = effort.own_factor([pulse], RUNNER)

    def estimate() -> None:
        priced = effort.add_energy(working, facts, RUNNER, (), own)
        effort.session_estimates(working, priced, RUNNER, (), perceived_exertion_cr10=4.0, own=own)
        found = effort.pulse_of(recording, working, bouts)
        assert found is not None
        effort.own_factor([found], RUNNER)
        for way in (Direction.FORWARD, Direction.BACKWARD):
            effort.grade_adjusted(working, priced, (), way)

    note = f"{len(working):,} samples, {len(facts)} bouts, half of them backward"
    yield within("all estimates of a ten-hour recording", median_ms(estimate, repeats=15), ASKED_MS, note)


def _ten_hours() -> tuple[Stream, list[BoutFacts], Recording]:
    """Make ten hours at one sample a second on rolling ground, a new direction every five minutes."""
    rng = np.random.default_rng(5)
    count = HOURS * 3600
    time_s = np.arange(float(count))
    backward = (np.arange(count) // BOUT_S) % 2 == 1
    columns = {
        "speed_mps": np.where(backward, 2.1, 2.8) + rng.normal(0.0, 0.1, count),
        "grade_ratio": np.maximum(0.02 * np.sin(time_s / 600.0) + 0.02, 0.0),
        "heart_rate_bpm": np.where(backward, 152.0, 146.0) + rng.normal(0.0, 1.5, count),
    }
    facts = [
        BoutFacts(
            Bout(
                float(start),
                float(start + BOUT_S),
                Direction.BACKWARD if backward[start] else Direction.FORWARD,
                Gait.RUN,
                1.0,
                "paint",
            ),
            moving_s=float(BOUT_S),
        )
        for start in range(0, count, BOUT_S)
    ]
    recording = Recording(
        "b" * 64, datetime(2026, 5, 1, tzinfo=UTC), (), "benchmark", "1", duration_s=float(count), sport="running"
    )
    return Stream("wrist", "earth", time_s, columns), facts, recording


if __name__ == "__main__":
    for row in run():
        print(row)
