"""A watch that writes once a second: it answers nothing alone, so its probability is measured. Simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from backward_running.core.direction import Direction
from backward_running.core.habits import Habits
from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.gait import find_bouts, traits_of
from backward_running.signals import working_stream
from validation import _scores as scores
from validation._labelled import data_folder
from validation._spliced import a_runner, real_forward_runs, spliced
from validation._tables import curve_table, number, reached, table

SHARES = (0.0, 0.05, 0.15, 0.4)
SEED = 2024
NEEDS = ("activities",)  #: folders of the shared data
INTRODUCTION = """# Which way: a watch at 1 Hz without marks

**Simulated.** {runs} real forward runs of {hours:.1f} h are cut in two. The first half stays as it is and teaches what
the runner's own steps and heart are like; into the second half backward stretches of 20 to 180 s are spliced with the
slower speed, quicker steps, faster heart and shorter contact that studies report, and the lower bounce that follows
from them. What is measured holds as far as those ratios do. Nothing is fitted on these runs: the program fits a
mixture to a recording from several starts and weighs them by what studies say. How they are made, and that speed counts
for a third in weighing them, was settled with all of the runs in sight. No recording of a watch on somebody who ran
backward was at hand.

A watch carries no sign, so the program answers "unknown" and asks the runner; what is measured is the probability with
which it asks. *Always forward* states 0 for every second; *always the share* states the true share of backward
seconds: a guesser who knows how much, and has no way to know which.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Probability of backward and the truth, for the seconds about which something was said."""

    stated: FloatArray
    backward: npt.NDArray[np.bool_]
    moving_s: float
    answered_s: float  #: seconds that were called forward or backward, which a watch alone must not

    @property
    def curve(self) -> tuple[scores.Reliability, ...]:
        """Reliability of the stated probability of backward."""
        return scores.reliability(self.stated, self.backward)


def page() -> str:
    """Return the page as Markdown."""
    halves = _halves()
    hours = sum(one.duration_s for _, one, _ in halves) * 2 / 3600
    rows, every = [], []
    for taught in (True, False):
        whole = [asked(share, taught=taught) for share in SHARES]
        every.append(everything(taught=taught))
        rows += [_row(taught, f"{100 * share:.0f} % backward", one) for share, one in zip(SHARES, whole, strict=True)]
        rows.append(_row(taught, "**all together**", every[-1]))
    columns = (
        "habits", "runs", "heard", "Brier", "always forward", "always the share", "calibration error", "reached",
        "called a direction",
    )  # fmt: skip
    parts = [
        INTRODUCTION.format(runs=len(halves), hours=hours),
        "## Asked for and got",
        table(columns, rows),
        "Asked: a Brier score better than *always forward* and an expected calibration error of at most 0.05. *Heard*: "
        "the share of the moving seconds about which a probability was stated.",
        "## Reliability, habits known",
        curve_table(every[0].curve),
        "## Reliability, the first recording of a stranger",
        curve_table(every[1].curve),
    ]
    return "\n\n".join(parts) + "\n"


def _row(taught: bool, name: str, one: Asked) -> tuple[str, ...]:
    got, share = scores.brier(one.stated, one.backward), float(one.backward.mean())
    error = scores.expected_calibration_error(one.curve)
    better = got < share if share > 0 else None
    return (
        "learned" if taught else "none",
        name,
        f"{100 * len(one.stated) / one.moving_s:.0f} %",
        number(got, 4),
        number(share, 4),
        number(share * (1 - share), 4),
        number(error, 3),
        reached(None if better is None else better and error <= 0.05),
        f"{100 * one.answered_s / one.moving_s:.1f} %",
    )


@cache
def _halves() -> tuple[tuple[str, Recording, Habits], ...]:
    """Return the second half of each run, with the habits that the first half taught."""
    halves = []
    for name, one in real_forward_runs(data_folder() / "activities"):
        first, second = _part(one, 0.0, 0.5), _part(one, 0.5, 1.0)
        if first is None or second is None:
            continue
        working = working_stream(first)
        traits = traits_of(replace(first, simulated=True), working, find_bouts(first, working))
        if traits is not None:
            halves.append((name, second, Habits().with_traits(replace(traits, activity_id="taught"))))
    return tuple(halves)


def _part(one: Recording, begin: float, end: float) -> Recording | None:
    """Return a part of a recording as a recording of its own."""
    main = one.streams[0]
    begin_s, end_s = begin * one.duration_s, end * one.duration_s
    kept = (main.time_s >= begin_s) & (main.time_s < end_s)
    if kept.sum() < 60:
        return None
    columns = {
        name: values[kept] for name, values in main.columns.items() if name not in {"latitude_deg", "longitude_deg"}
    }
    stream = Stream(main.place, main.frame, main.time_s[kept] - begin_s, columns, main.mount_known)
    return replace(one, streams=(stream,), laps=(), steps=(), marks=(), pauses=(), duration_s=end_s - begin_s)


@cache
def asked(share: float, *, taught: bool) -> Asked:
    """Return what the program says of every second run with one share of backward time."""
    return _together(list(_every(share, taught)))


def everything(*, taught: bool) -> Asked:
    """Return what the program says of the runs with every share of backward time."""
    return _together([asked(share, taught=taught) for share in SHARES])


def _every(share: float, taught: bool) -> Iterator[Asked]:
    rng = np.random.default_rng([SEED, round(1000 * share)])
    for name, half, habits in _halves():
        one = spliced(name, half, a_runner(rng), rng, share)
        if one is None:
            continue
        main = one.recording.streams[0]
        bouts = find_bouts(one.recording, working_stream(one.recording), habits if taught else None)
        stated, called = np.full(len(main), np.nan), np.zeros(len(main), dtype=bool)
        for bout in bouts:
            inside = (main.time_s >= bout.start_s) & (main.time_s < bout.end_s)
            if bout.direction in (Direction.FORWARD, Direction.BACKWARD):
                called |= inside
            if bout.hint is not None:
                share_backward = bout.hint.probability_share
                stated[inside] = share_backward if bout.hint.direction is Direction.BACKWARD else 1.0 - share_backward
        with np.errstate(invalid="ignore"):
            moving = main.columns["speed_mps"] > 0.5
        heard = moving & np.isfinite(stated)
        yield Asked(stated[heard], one.backward[heard], float(moving.sum()), float((called & moving).sum()))


def _together(every: list[Asked]) -> Asked:
    return Asked(
        np.concatenate([one.stated for one in every]),
        np.concatenate([one.backward for one in every]),
        sum(one.moving_s for one in every),
        sum(one.answered_s for one in every),
    )
