"""A watch that writes once a second: it answers nothing alone, so its probability is measured. Simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.core.direction import Direction
from backward_running.core.habits import Habits, Traits
from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.flows.asked_backward import asked as asked_backward
from backward_running.gait import find_bouts, measure, traits_of
from backward_running.signals import working_stream
from validation import _scores as scores
from validation._labelled import data_folder
from validation._spliced import a_runner, real_forward_runs, spliced
from validation._tables import curve_table, number, reached, table

SHARES = (0.0, 0.05, 0.15, 0.4)
SEED = 2024
QUESTION_PER_H = 20.0
NEEDS = ("activities",)  #: folders of the shared data
INTRODUCTION = """# Which way: a watch at 1 Hz without marks

**Simulated.** {runs} real forward runs of {hours:.1f} h, of as many people, are cut in four. Each quarter is judged
once as a recording of a runner whose other three are known, and once as the first recording of a stranger. Each runner
is given a cadence and a heart of their own, drawn from the spread between people (8.5 and 15 %), and each quarter a day
of its own (1.2 and 5 %). Backward stretches of 20 to 180 s are spliced in with the slower speed, quicker steps, faster
heart and shorter contact that studies report, and the lower bounce that follows from them. What is measured holds as
far as those ratios do. Nothing is fitted on these runs: whoever is judged is left out of all that is known but their
own other quarters. How they are made, and that speed counts for a third in weighing them, was settled with all of the
runs in sight. No recording of a watch on somebody who ran backward was at hand.

A watch carries no sign, so the program answers "unknown" and asks the runner; what is measured is the probability with
which it asks. *Always forward* states 0 for every second; *always the share* states the true share of backward
seconds: a guesser who knows how much, and has no way to know which. Of a stranger no more than 0.6 is ever stated:
where much of a recording is backward that is too little, and where all of it is forward it keeps the question away.
"""
#: Parts of a run; each is judged by the others.
PARTS = 4
#: Between people and between days, natural logarithms: level of cadence, of heart rate.
PEOPLE_SPREAD, DAYS_SPREAD = (0.085, 0.15), (0.012, 0.05)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Probability of backward and the truth, for the seconds about which something was said."""

    stated: FloatArray
    backward: BoolArray
    moving_s: float
    answered_s: float  #: seconds that were called forward or backward, which a watch alone must not
    duration_s: float = 0.0
    questions: int = 0  #: how often the runner would be asked "Was this backward?"

    @property
    def curve(self) -> tuple[scores.Reliability, ...]:
        """Reliability of the stated probability of backward."""
        return scores.reliability(self.stated, self.backward)


def page() -> str:
    """Return the page as Markdown."""
    quarters = _quarters()
    hours = sum(recording.duration_s for _, recording, _ in quarters) / 3600
    rows, every, forward = [], [], []
    for taught in (True, False):
        whole = [asked(share, taught=taught) for share in SHARES]
        every.append(everything(taught=taught))
        forward.append(whole[0])
        rows += [_row(taught, f"{100 * share:.0f} % backward", said) for share, said in zip(SHARES, whole, strict=True)]
        rows.append(_row(taught, "**all together**", every[-1]))
    columns = (
        "habits", "runs", "heard", "Brier", "always forward", "always the share", "calibration error", "reached",
        "called a direction",
    )  # fmt: skip
    parts = [
        INTRODUCTION.format(runs=len({name for name, _, _ in quarters}), hours=hours),
        "## Asked for and got",
        table(columns, rows),
        "Asked: a Brier score better than *always forward* and an expected calibration error of at most 0.05. *Heard*: "
        "the share of the moving seconds about which a probability was stated.",
        "## How often a forward runner is asked",
        table(("habits", "forward running", "questions", "asked for", "reached"), _questions(forward)),
        "## Reliability, habits known",
        curve_table(every[0].curve),
        "## Reliability, the first recording of a stranger",
        curve_table(every[1].curve),
    ]
    return "\n\n".join(parts) + "\n"


def _questions(forward: list[Asked]) -> Iterator[tuple[str, ...]]:
    for name, said in zip(("three runs known", "none"), forward, strict=True):
        hours = said.duration_s / 3600
        fits = said.questions <= max(hours / QUESTION_PER_H, 1.0)
        yield name, f"{hours:.1f} h", str(said.questions), f"at most one in {QUESTION_PER_H:.0f} h", reached(fits)


def _row(taught: bool, name: str, said: Asked) -> tuple[str, ...]:
    got, share = scores.brier(said.stated, said.backward), float(said.backward.mean())
    error = scores.expected_calibration_error(said.curve)
    better = got < share if share > 0 else None
    return (
        "learned" if taught else "none",
        name,
        f"{100 * len(said.stated) / said.moving_s:.0f} %",
        number(got, 4),
        number(share, 4),
        number(share * (1 - share), 4),
        number(error, 3),
        reached(None if better is None else better and error <= 0.05),
        f"{100 * said.answered_s / said.moving_s:.1f} %",
    )


@cache
def _quarters() -> tuple[tuple[str, Recording, Habits], ...]:
    """Return the quarters of each run, with the habits that the other three taught."""
    rng = np.random.default_rng(SEED)
    found = []
    for name, recording in real_forward_runs(data_folder() / "activities"):
        own = rng.normal(0.0, PEOPLE_SPREAD)
        parts = [_part(recording, at / PARTS, (at + 1) / PARTS) for at in range(PARTS)]
        days = [part if part is None else _moved(part, own + rng.normal(0.0, DAYS_SPREAD)) for part in parts]
        taught = [None if day is None else _taught(day, f"{at}") for at, day in enumerate(days)]
        for at, day in enumerate(days):
            habits = Habits()
            for other, traits in enumerate(taught):
                habits = habits if traits is None or other == at else habits.with_traits(traits)
            if day is not None and len(habits.traits) == PARTS - 1:
                found.append((name, day, habits))
    return tuple(found)


def _taught(day: Recording, name: str) -> Traits | None:
    working = working_stream(day)
    traits = traits_of(replace(day, simulated=True), working, find_bouts(day, working))
    return None if traits is None else replace(traits, activity_id=name)


def _moved(recording: Recording, by_nat: FloatArray) -> Recording:
    """Return a recording as of somebody who steps and whose heart beats so much more often."""
    (main,) = recording.streams
    columns = dict(main.columns)
    for name, nat, power in (
        ("cadence_spm", by_nat[0], 1.0), ("step_length_m", by_nat[0], -1.0), ("heart_rate_bpm", by_nat[1], 1.0),
    ):  # fmt: skip
        if name in columns:
            columns[name] = columns[name] * np.exp(power * nat)
    return replace(recording, streams=(Stream(main.place, main.frame, main.time_s, columns, main.mount_known),))


def _part(recording: Recording, begin: float, end: float) -> Recording | None:
    """Return a part of a recording as a recording of its own."""
    main = recording.streams[0]
    begin_s, end_s = begin * recording.duration_s, end * recording.duration_s
    kept = (main.time_s >= begin_s) & (main.time_s < end_s)
    if kept.sum() < 60:
        return None
    columns = {
        name: values[kept] for name, values in main.columns.items() if name not in {"latitude_deg", "longitude_deg"}
    }
    stream = Stream(main.place, main.frame, main.time_s[kept] - begin_s, columns, main.mount_known)
    return replace(recording, streams=(stream,), laps=(), steps=(), marks=(), pauses=(), duration_s=end_s - begin_s)


@cache
def asked(share: float, *, taught: bool) -> Asked:
    """Return what the program says of every quarter with one share of backward time."""
    return _together(list(_every(share, taught)))


def everything(*, taught: bool) -> Asked:
    """Return what the program says of the runs with every share of backward time."""
    return _together([asked(share, taught=taught) for share in SHARES])


def _every(share: float, taught: bool) -> Iterator[Asked]:
    rng = np.random.default_rng([SEED, round(1000 * share)])
    for name, quarter, habits in _quarters():
        made = spliced(name, quarter, a_runner(rng), rng, share)
        if made is None:
            continue
        main = made.recording.streams[0]
        working, known = working_stream(made.recording), habits if taught else Habits()
        bouts = find_bouts(made.recording, working, known)
        questions = len(asked_backward(measure(made.recording, working, bouts), known))
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
        yield Asked(
            stated[heard],
            made.backward[heard],
            float(moving.sum()),
            float((called & moving).sum()),
            made.recording.duration_s,
            questions,
        )


def _together(every: list[Asked]) -> Asked:
    return Asked(
        np.concatenate([said.stated for said in every]),
        np.concatenate([said.backward for said in every]),
        sum(said.moving_s for said in every),
        sum(said.answered_s for said in every),
        sum(said.duration_s for said in every),
        sum(said.questions for said in every),
    )
