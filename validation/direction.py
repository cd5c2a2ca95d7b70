"""Which way, from inertial sensors: asked for and got, per detector, body site, speed and condition."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np

from backward_running.core.recording import Stream
from backward_running.gait import all_detectors
from validation import _faults as faults
from validation import _labelled as data
from validation import _scenes as scenes
from validation import false_alarms, watch
from validation._judge import ALWAYS, Outcome, judge, together
from validation._labelled import SITES, Labelled, Motion
from validation._scores import Way, brier, expected_calibration_error
from validation._tables import curve_svg, curve_table, number, pair, reached, table

DRAWING = Path(__file__).resolve().parent.parent / "docs" / "validation" / "direction_reliability.svg"
BANDS = ((0.0, 1.0), (1.0, 1.6), (1.6, 2.5), (2.5, 9.0))
RUNNING_MPS = 2.0
SURE = 0.8  #: what is stated from here on and wrong is a confident mistake
SEEDS = range(1, 7)
NEEDS = ("imu", "activities")  #: folders of the shared data
INTRODUCTION = """# Which way: direction from inertial sensors

Measured by the second, while moving. Made by `make validate`; nothing here passes or fails.

**The only backward data is one man.** His motion capture (ACCAD Open Motion Project, CC BY 3.0) was turned into
*virtual* sensors at six places of the body: 100 Hz, about 12 Hz of bandwidth, no impacts of the feet. Nobody has
measured what is written here on a second person, or with a real sensor going backward.

- **Clips**: every clip alone, as captured, 1 to 12 seconds: start-up and borders weigh heavily.
- **Medley** (simulated): loops of the clips with an odd number, 8 to 20 s each, forward and backward in turn, standing
  now and then, and clips with a real change of direction whole. {medley_s:.0f} s. More seconds, not more steps.
- **Outdoors** (simulated): the same loops with a satellite fix a second and half turns of the body, two thirds
  forward, {outdoors_s:.0f} s.
- A cell reads *balanced accuracy of what is answered · coverage*. "Unknown" is no answer; "still" while moving is a
  wrong one. Every second counts, those in which the direction changes too, where
  it is not said otherwise.
- {split}
"""
SPLIT = (
    "Detectors were to be built on mechanics and fitted, if at all, on clips with an even number; the odd ones are "
    "held out here. Both are of the same man. For the trunk the odd clips were seen while its running signs, the "
    "border between walk and run and a threshold were chosen, and for the feet while six seconds of contradiction were "
    "set: there they are not strictly held out. The turn of a body is counted as over when it ends, not when it is "
    "half done. How hard a sensor is shaken walking and running was read off this man's sensors, on these loops."
)


def page() -> str:
    """Return the page as Markdown, and write its drawing."""
    medley, outdoors = scenes.medley(), scenes.outdoors()
    head = INTRODUCTION.format(
        medley_s=len(medley) / data.RATE_HZ, outdoors_s=len(outdoors.motion) / data.RATE_HZ, split=SPLIT
    )
    DRAWING.parent.mkdir(parents=True, exist_ok=True)
    DRAWING.write_text(curve_svg([("all places, known mount", known_mount().curve)]), encoding="utf-8")
    parts = [
        head,
        "## Asked for and got",
        table(("source", "asked", "got", "reached", "seconds of change too", "single clips"), asked_for()),
        ASKED_NOTE,
        "## Per place and detector, mount known",
        table(PER_DETECTOR, _per_detector()),
        "Outdoors, mount unknown; *facing against course* is given the heading of the chest, with 10° of noise.",
        table(PER_DETECTOR, _per_detector_outdoors()),
        "## Confusion, all places, mount known, medley",
        _confusion(known_mount()),
        "## Per speed, mount known, medley, without seconds of change",
        table(("place", *(f"{low:g}–{high:g} m/s" for low, high in BANDS)), _per_band()),
        "## Mount unknown",
        UNKNOWN_NOTE,
        table(
            ("place", "medley, no satellites", "outdoors", "outdoors, half backward", "outdoors, mount known"),
            _unknown_mount(),
        ),
        "## One way walked, the other run, mount unknown",
        ONE_GAIT_EACH_NOTE,
        table(ONE_GAIT_EACH, _one_gait_each()),
        "## Conditions, mount known, medley",
        table(("condition", *SITES), _conditions()),
        MEANING,
        "## Is the stated probability honest?",
        f"Expected calibration error {number(known_mount().calibration_error, 3)} over all places, mount known.",
        curve_table(known_mount().curve),
        f"![Reliability of the stated probability]({DRAWING.name})",
    ]
    return "\n\n".join(parts) + "\n"


ASKED_NOTE = """*Got* is measured on the medley, lines with GNSS outdoors. A second in which the direction itself
changes has no one true answer: borders are measured by the delay, and *got* leaves those seconds out. The column
*seconds of change too* counts them, with what most of the second was: a change every 12 s costs some 3 %.

Where a line says **NO**, the program does not reach on this data what was asked for. Speed and memory are in
[benchmarks](../benchmarks.md), false alarms in detail in [false alarms](false_alarms.md), the watch in
[watch](watch.md), steps in [cadence](cadence.md), what other libraries answer in [peers](peers.md)."""


UNKNOWN_NOTE = """Each sensor turned by three random rotations and handed over as a guessed mount. Yaw against course
tells two directions apart, and needs something else to tell which is which: speed, cadence, the share of time. Here
the man runs faster forward; where somebody does not, *unknown* is the right answer."""
ONE_GAIT_EACH_NOTE = f"""Outdoors, simulated, six runs a line, fixes once a second: whoever walks one way only and runs
the other way only gives nothing to compare, so that the right answer is *unknown*, and a question. Where the forward
run is faster than people run backward it may be told. A *confident mistake* is a moving second answered the wrong way
round with {100 * SURE:.0f} % or more; none is allowed."""
MEANING = """## How to read this

- Running backward rests on one clip of two seconds (C07), its loops, and what is in two short changes of direction:
  a line at running speed says how that one stretch was judged, over and over.
- What is sound on loops may be so because every round is the same. Single clips are the other extreme.
- Virtual sensors have no impacts. A real waist or pocket shakes; nobody knows yet what that does going backward.
- Standing is not in *balanced accuracy*: how much of it is called moving stands in the confusion table."""


def with_mount(motion: Motion, place: str) -> Labelled:
    return data.labelled(motion, place)


@cache
def on_medley(place: str, key: str | None = None) -> Outcome:
    """Return what was answered on the medley to one place."""
    return judge(with_mount(scenes.medley(), place), key)


@cache
def on_clips(place: str, key: str | None = None) -> Outcome:
    """Return what was answered on the held-out clips, each alone."""
    return together(judge(with_mount(clip, place), key) for clip in data.held_out_clips())


@cache
def known_mount() -> Outcome:
    """Return what was answered on the medley, all places end to end."""
    return together(on_medley(place) for place in SITES)


@cache
def on_outdoors(
    place: str, *, mount_known: bool, pattern: str = "FFB", key: str | None = None, seed: int = 3
) -> Outcome:
    """Return what was answered outdoors: with three random rotations, or with a known mount."""
    run = scenes.outdoors(seed, pattern=pattern)
    plain = data.stream(place, run.motion.sensors[place])
    worn = [plain] if mount_known else _turned_thrice(plain)
    return together(judge(data.labelled(run.motion, place, (run.fixes, one)), key) for one in worn)


@cache
def on_unknown(place: str) -> Outcome:
    """Return what was answered on the medley to a sensor turned by three random rotations."""
    motion = scenes.medley()
    plain = data.stream(place, motion.sensors[place])
    return together(judge(data.labelled(motion, place, (one,))) for one in _turned_thrice(plain))


def _turned_thrice(plain: Stream) -> list[Stream]:
    return [faults.turned(plain, np.random.default_rng(seed)) for seed in (11, 12, 13)]


Line = tuple[str, str, str, str, str, str]


def asked_for() -> Iterator[Line]:
    """Yield one line for each number that was asked for."""
    for name, places, accuracy, covered in (
        ("foot", ("foot_left", "foot_right"), 0.98, 0.95),
        ("shank", ("shank_left",), 0.98, 0.95),
        ("thigh or pocket, known mounting", ("thigh_right",), 0.95, 0.90),
        ("waist, known mounting", ("waist",), 0.92, 0.85),
    ):
        got, alone = (together(one(place) for place in places) for one in (on_medley, on_clips))
        yield _line(name, got, accuracy, covered, alone)
    waist = on_medley("waist")
    yield _line("waist, known mounting, at running speed", waist.where(waist.speed_mps >= RUNNING_MPS), 0.88, 0.85)
    for place in SITES:
        name = f"{place}, unknown mounting, gyroscope and GNSS"
        yield _line(name, on_outdoors(place, mount_known=False), 0.97, 0.90)
    for place in ("waist", "chest"):
        unknown = 1 - on_unknown(place).coverage
        said = f"unknown {100 * unknown:.0f} %"
        yield f"{place}, unknown mounting, no GNSS", "unknown > 90 %", said, reached(unknown > 0.9), "", ""
    error, delay = known_mount().calibration_error, known_mount().delay_s
    yield "expected calibration error, fused", "≤ 0.05", number(error, 3), reached(error <= 0.05), "", ""
    yield "median delay, all places, mount known", "≤ 0.7 s", f"{number(delay)} s", reached(delay <= 0.7), "", ""
    yield from _elsewhere()


def _elsewhere() -> Iterator[Line]:
    """Yield the lines that are measured on other pages."""
    for name, asked, found in false_alarms.pooled():
        yield (
            f"false backward, {name}",
            f"≤ {asked:g} s per hour",
            f"{number(found, 1)} s",
            reached(found <= asked),
            "",
            "",
        )
    for taught in (True, False):
        one = watch.everything(taught=taught)
        got, always = brier(one.stated, one.backward), float(one.backward.mean())
        error = expected_calibration_error(one.curve)
        who = "1 Hz watch without marks, " + ("habits known (simulated)" if taught else "a stranger (simulated)")
        said = f"{number(got, 3)} against {number(always, 3)}, ECE {number(error, 3)}"
        yield who, "Brier < always forward, ECE ≤ 0.05", said, reached(got < always and error <= 0.05), "", ""


def _line(name: str, got: Outcome, accuracy: float, covered: float, alone: Outcome | None = None) -> Line:
    pure = got.pure
    ok = None if math.isnan(pure.coverage) else pure.accuracy >= accuracy and pure.coverage >= covered
    asked = f"≥ {accuracy:g} · ≥ {100 * covered:.0f} %"
    clips = pair(alone.pure.accuracy, alone.pure.coverage) if alone else ""
    return name, asked, pair(pure.accuracy, pure.coverage), reached(ok), pair(got.accuracy, got.coverage), clips


PER_DETECTOR = (
    "place", "detector", "accuracy · coverage", "single clips", "forward → f, b, ?", "backward → f, b, ?",
    "calibration error", "median delay", "changes missed",
)  # fmt: skip


def _per_detector() -> Iterator[tuple[str, ...]]:
    for place in SITES:
        for key in [None, *sorted(all_detectors())]:
            if key == ALWAYS:
                continue
            got = on_medley(place, key)
            if key is None or got.coverage > 0:
                yield _detector_line(place, key or "**all together**", got, on_clips(place, key))


def _per_detector_outdoors() -> Iterator[tuple[str, ...]]:
    for place in SITES:
        yield _detector_line(place, "**all together**", on_outdoors(place, mount_known=False))
        yield _detector_line(
            place, "yaw_against_course", on_outdoors(place, mount_known=False, key="yaw_against_course")
        )
    run = scenes.outdoors()
    facing = judge(data.labelled(run.motion, "chest", (scenes.with_heading(run),)), "facing_against_course")
    yield _detector_line("chest", "facing_against_course", facing)


def _detector_line(place: str, name: str, got: Outcome, alone: Outcome | None = None) -> tuple[str, ...]:
    return (
        place,
        name,
        pair(got.accuracy, got.coverage),
        pair(alone.accuracy, alone.coverage) if alone else "",
        *_told_apart(got),
        number(got.calibration_error, 3),
        f"{number(got.delay_s)} s",
        f"{got.missed} of {len(got.delays_s)}",
    )


def _confusion(outcome: Outcome) -> str:
    matrix = outcome.matrix
    names = [way.name.lower() for way in Way]
    return table(
        ("true ↓ answered →", *names),
        ((names[way], *matrix[way].tolist()) for way in Way if matrix[way].any()),
    )


def _per_band() -> Iterator[tuple[str, ...]]:
    for place in SITES:
        got = on_medley(place).pure
        cells = [got.where((got.speed_mps >= low) & (got.speed_mps < high)) for low, high in BANDS]
        yield place, *(pair(cell.accuracy, cell.coverage) for cell in cells)


def _unknown_mount() -> Iterator[tuple[str, ...]]:
    for place in SITES:
        every = (
            on_unknown(place),
            on_outdoors(place, mount_known=False),
            on_outdoors(place, mount_known=False, pattern="FFBB"),
            on_outdoors(place, mount_known=True),
        )
        yield place, *(pair(one.accuracy, one.coverage) for one in every)


ONE_GAIT_EACH = ("what is done", "place", "forward → f, b, ?", "backward → f, b, ?", "confident mistakes")


def _one_gait_each() -> Iterator[tuple[str, ...]]:
    for name, pattern in (("walks forward, runs backward", "FB"), ("runs forward, walks backward", "BF")):
        for place in ("thigh_right", "waist"):
            got = together(on_outdoors(place, mount_known=False, pattern=pattern, seed=seed) for seed in SEEDS).pure
            yield name, place, *_told_apart(got), f"{confident_mistakes_s(got)} s"


def confident_mistakes_s(got: Outcome) -> int:
    """Return how many moving seconds were answered the wrong way round, and surely so."""
    way = {int(Way.FORWARD), int(Way.BACKWARD)}
    both = np.isin(got.truth, list(way)) & np.isin(got.answer, list(way)) & (got.truth != got.answer)
    return int(np.count_nonzero(both & (got.share >= SURE)))


def _told_apart(got: Outcome) -> list[str]:
    """Return what forward and backward seconds were answered: forward, backward, unknown."""
    return [
        ", ".join(str(got.matrix[true, said]) for said in (Way.FORWARD, Way.BACKWARD, Way.UNKNOWN))
        for true in (Way.FORWARD, Way.BACKWARD)
    ]


def _rate(rate_hz: float) -> Callable[[Stream, np.random.Generator], Stream]:
    return lambda one, _: faults.at_rate(one, rate_hz)


CONDITIONS: dict[str, Callable[[Stream, np.random.Generator], Stream]] = {
    "25 Hz": _rate(25.0),
    "50 Hz": _rate(50.0),
    "100 Hz, as it is": lambda one, _: one,
    "200 Hz (interpolated)": _rate(200.0),
    "holes of 0.1–2 s, 5 % of the time": faults.with_gaps,
    "white noise 0.5 m/s², 0.1 rad/s": faults.with_noise,
    "bias 0.5 m/s², 0.05 rad/s": faults.with_bias,
    "clock 0.1 % slow": faults.with_drifting_clock,
    "clipped at ±4 g, ±500 °/s": faults.saturated,
    "sits askew by 10°": lambda one, rng: faults.turned(one, rng, np.radians(10.0), mount_known=True),
    "sits askew by 25°": lambda one, rng: faults.turned(one, rng, np.radians(25.0), mount_known=True),
}


def _conditions() -> Iterator[tuple[str, ...]]:
    motion = scenes.medley()
    for name, change in CONDITIONS.items():
        cells = []
        for rank, place in enumerate(SITES):
            worn = change(data.stream(place, motion.sensors[place]), np.random.default_rng(100 + rank))
            length_s = max(len(motion) / data.RATE_HZ, float(worn.time_s[-1]))
            got = judge(data.labelled(motion, place, (worn,), duration_s=length_s))
            cells.append(pair(got.accuracy, got.coverage))
        yield name, *cells
    cells = []
    for place in SITES:
        name, rows = faults.mirrored(motion, place)
        got = judge(data.labelled(motion, place, (data.stream(name, rows),)))
        cells.append(pair(got.accuracy, got.coverage))
    yield "the other side of the body (mirrored)", *cells
