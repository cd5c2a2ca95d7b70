"""Which way, on one man in detail: per detector, body site, speed and condition, changes of direction included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np

from backward_running.core.recording import Stream
from backward_running.gait import all_detectors
from validation import _faults as faults
from validation import _labelled as data
from validation import _scenes as scenes
from validation._judge import ALWAYS, Outcome, judge, together
from validation._labelled import SITES, Labelled, Motion
from validation._scores import Way
from validation._tables import curve_svg, curve_table, number, pair, table

DRAWING = Path(__file__).resolve().parent.parent / "docs" / "validation" / "direction_reliability.svg"
BANDS = ((0.0, 1.0), (1.0, 1.6), (1.6, 2.5), (2.5, 9.0))
SURE = 0.8  #: what is stated from here on and wrong is a confident mistake
SEEDS = range(1, 7)
NEEDS = ("imu",)  #: folders of the shared data
DETAIL = """# Which way: one man in detail

Made by `make validate`; what was asked for, and everybody else, stands in [direction](direction.md). Measured by the
second, while moving, on loops of clips with an odd number. A cell reads *balanced accuracy of what is answered ·
coverage*; every second counts, those in which the direction changes too, where it is not said otherwise.

- **Medley** (simulated): 8 to 20 s each, forward and backward in turn, standing now and then, and clips with a real
  change of direction whole. {medley_s:.0f} s. More seconds, not more steps. Foot and shank swing by weights of this
  man.
- **Outdoors** (simulated): the same loops with a satellite fix a second and half turns of the body, two thirds
  forward, {outdoors_s:.0f} s. No word of the runner."""


def page() -> str:
    """Return the page as Markdown, and write its drawing."""
    medley, outdoors = scenes.medley(), scenes.outdoors()
    DRAWING.parent.mkdir(parents=True, exist_ok=True)
    DRAWING.write_text(curve_svg([("all places, known mount", known_mount().curve)]), encoding="utf-8")
    parts = [
        DETAIL.format(medley_s=len(medley) / data.RATE_HZ, outdoors_s=len(outdoors.motion) / data.RATE_HZ),
        "## Per place and detector, mount known",
        table(PER_DETECTOR, _per_detector()),
        "## Confusion, all places, mount known, medley",
        _confusion(known_mount()),
        "## Per speed, mount known, medley, without seconds of change",
        table(("place", *(f"{low:g}–{high:g} m/s" for low, high in BANDS)), _per_band()),
        "## Mount unknown",
        UNKNOWN_NOTE,
        table(("place", "medley, no satellites", "outdoors", "outdoors, mount known"), _unknown_mount()),
        "## One way walked, the other run, mount unknown",
        ONE_GAIT_EACH_NOTE,
        table(ONE_GAIT_EACH, _one_gait_each()),
        "## Conditions, mount known, medley",
        table(("condition", *SITES), _conditions()),
        MEANING,
        "## Is the stated probability honest?",
        f"Expected calibration error {number(known_mount().calibration_error, 3)} over all places of the one man, "
        "mount known, changes of direction included.",
        curve_table(known_mount().curve),
        f"![Reliability of the stated probability]({DRAWING.name})",
    ]
    return "\n\n".join(parts) + "\n"


UNKNOWN_NOTE = """Each sensor turned by three random rotations and handed over as a guessed mount. Yaw against course
tells two directions apart; which is which comes from the sensor itself where it knows, or from a word, and is unknown
otherwise."""
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
    return together(judge(data.labelled(run.motion, place, (run.fixes, sensor)), key) for sensor in worn)


@cache
def on_unknown(place: str) -> Outcome:
    """Return what was answered on the medley to a sensor turned by three random rotations."""
    motion = scenes.medley()
    plain = data.stream(place, motion.sensors[place])
    return together(judge(data.labelled(motion, place, (worn,))) for worn in _turned_thrice(plain))


def _turned_thrice(plain: Stream) -> list[Stream]:
    return [faults.turned(plain, np.random.default_rng(seed)) for seed in (11, 12, 13)]


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
            on_outdoors(place, mount_known=True),
        )
        yield place, *(pair(outcome.accuracy, outcome.coverage) for outcome in every)


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
    return lambda worn, _: faults.at_rate(worn, rate_hz)


CONDITIONS: dict[str, Callable[[Stream, np.random.Generator], Stream]] = {
    "25 Hz": _rate(25.0),
    "50 Hz": _rate(50.0),
    "100 Hz, as it is": lambda worn, _: worn,
    "200 Hz (interpolated)": _rate(200.0),
    "holes of 0.1–2 s, 5 % of the time": faults.with_gaps,
    "white noise 0.5 m/s², 0.1 rad/s": faults.with_noise,
    "bias 0.5 m/s², 0.05 rad/s": faults.with_bias,
    "clock 0.1 % slow": faults.with_drifting_clock,
    "clipped at ±4 g, ±500 °/s": faults.saturated,
    "sits askew by 10°": lambda worn, rng: faults.turned(worn, rng, np.radians(10.0), mount_known=True),
    "sits askew by 25°": lambda worn, rng: faults.turned(worn, rng, np.radians(25.0), mount_known=True),
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
