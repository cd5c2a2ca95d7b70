"""False alarms: seconds called backward in real recordings of people who all went forward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import cache

from scipy.special import gammaincinv

from backward_running.core.direction import Direction
from backward_running.core.recording import Recording
from backward_running.core.session import Bout
from backward_running.gait import all_detectors
from backward_running.gait.base import Role
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.signals import working_stream
from validation import _labelled as data
from validation import _people as people
from validation._judge import detectors_for
from validation._left_out import left_out
from validation._scores import false_backward_s, per_hour
from validation._tables import number, reached, table
from validation.fit_odd_marks import person_of

NEEDS = ("imu", "activities")  #: folders of the shared data
INTRODUCTION = """# False alarms: backward seconds in real forward recordings

Real sensors on real people, all forward. Made by `make validate`. Whatever is called backward here is wrong. What is
learnt of people is fitted anew without whoever walks; so few hours bound the rate, and do not prove it.

- **ipol**: five people, both feet and low back, 100 Hz, 10 m, a turn, 10 m back. The mount is not stated: it is handed
  over as unknown, and once more as known, read off from gravity while they stand.
- **gaitmap**: both feet of one person, 204.8 Hz, level (mount stated) and stairs. **mobgap**: low backs of three
  people.
- **activities**: files of watches and phones on foot, about a fix a second, without plans, marks and names of laps.
- **pockets**: four people with a phone in the trouser pocket, any way round (MobiFall), walking and jogging.
- *At most* is what the hours allow to say: with so few recordings, a rate of false bouts below that cannot be told from
  none (95 %, Poisson, one-sided). Where none was seen that is three divided by the hours, the rule of three.
"""


def page() -> str:
    """Return the page as Markdown."""
    sources = _sources()
    columns = (
        "source",
        "recordings",
        "hours",
        "backward",
        "backward per hour",
        "asked",
        "reached",
        "false bouts, at most",
        "forward",
        "unknown",
    )
    rows = [_row(name, asked, recordings) for name, asked, recordings in sources]
    parts = [
        INTRODUCTION,
        "## As the program is used: all detectors together",
        table(columns, rows),
        "Each source alone is short: one second in the feet's half hour is 2 s per hour. *Forward* and *unknown* are "
        "shares of the whole time, standing included.",
        "## Each detector alone",
        table(("source", "detector", "backward", "backward per hour"), _alone(sources)),
    ]
    return "\n\n".join(parts) + "\n"


#: A recording and who walks; nobody where nothing was fitted on them.
Walked = tuple[str, Recording]
#: Name, seconds an hour that are asked for, recordings.
Source = tuple[str, float, list[Walked]]


def pooled() -> Iterator[tuple[str, float, float, str]]:
    """Yield for feet, backs, pockets and watches what was asked and got, in backward seconds an hour, and its bound."""
    for ending in (
        "feet, mount known", "feet, mount unknown", "low backs, mount known", "low backs, mount unknown", "pockets",
        "activities",
    ):  # fmt: skip
        these = [(asked, walked) for source, asked, every in _sources() if source.endswith(ending) for walked in every]
        found = [_bouts(*walked, None) for _, walked in these]
        whole_s = sum(recording.duration_s for _, (_, recording) in these)
        said = f"{_at_most(found, whole_s)} (95 %, {number(whole_s / 3600.0)} h)"
        yield ending, these[0][0], per_hour(sum(map(false_backward_s, found)), whole_s), said


def _at_most(found: Sequence[Sequence[Bout]], whole_s: float) -> str:
    """Return how many false bouts an hour the recordings allow: the upper end of an exact Poisson interval of 95 %."""
    count = sum(bout.direction is Direction.BACKWARD for bouts in found for bout in bouts)
    return f"≤ {float(gammaincinv(count + 1.0, 0.95)) * 3600.0 / whole_s:.1f} bouts an hour"


@cache
def _sources() -> list[Source]:
    def of(
        make: Callable[..., Iterator[data.Labelled]], place: str, *, mount_known: bool
    ) -> list[tuple[str, Recording]]:
        every = make(mount_known=mount_known)
        worn = [labelled for labelled in every if labelled.recording.streams[0].place.startswith(place)]
        return [(person_of(labelled.name), labelled.recording) for labelled in worn]

    feet = [(name, make) for name, make in (("ipol", data.ipol), ("gaitmap", data.gaitmap_feet))]
    backs = [(name, make) for name, make in (("ipol", data.ipol), ("mobgap", data.mobgap_backs))]
    sources: list[Source] = []
    for known in (True, False):
        said = "known" if known else "unknown"
        sources += [(f"{name} feet, mount {said}", 2.0, of(make, "foot", mount_known=known)) for name, make in feet]
        sources += [
            (f"{name} low backs, mount {said}", 5.0, of(make, "waist", mount_known=known)) for name, make in backs
        ]
    walked, jogged = (
        [(f"pocket {person}", recording.recording) for person, recording in people.pockets(jogging=way)]
        for way in (False, True)
    )
    sources += [("walking pockets", 5.0, walked), ("jogging pockets", 5.0, jogged)]
    sources.append(("activities", 5.0, [("", recording) for _, recording in data.activities()]))
    return sources


def _row(name: str, asked: float, recordings: Sequence[Walked]) -> tuple[object, ...]:
    found = [_bouts(*walked, None) for walked in recordings]
    whole_s = sum(recording.duration_s for _, recording in recordings)
    backward_s = sum(map(false_backward_s, found))
    shares = [
        sum(bout.duration_s for bouts in found for bout in bouts if bout.direction is way) / whole_s
        for way in (Direction.FORWARD, Direction.UNKNOWN)
    ]
    rate = per_hour(backward_s, whole_s)
    return (
        name,
        len(recordings),
        number(whole_s / 3600),
        f"{number(backward_s, 1)} s",
        f"{number(rate, 1)} s",
        f"≤ {asked:g} s",
        reached(rate <= asked),
        _at_most(found, whole_s),
        *(f"{100 * share:.0f} %" for share in shares),
    )


def _alone(sources: Sequence[Source]) -> Iterator[tuple[str, ...]]:
    for name, _, recordings in sources:
        whole_s = sum(recording.duration_s for _, recording in recordings)
        for key in sorted(key for key, detector in all_detectors().items() if detector.role is Role.DIRECTION):
            found = [_bouts(*walked, key) for walked in recordings]
            if any(bout.found_by == key for bouts in found for bout in bouts):
                wrong_s = sum(map(false_backward_s, found))
                yield name, key, f"{number(wrong_s, 1)} s", f"{number(per_hour(wrong_s, whole_s), 1)} s"


@cache
def _bouts(person: str, recording: Recording, key: str | None) -> tuple[Bout, ...]:
    """Find bouts by detectors that know nothing of who walks."""
    with left_out(person) if person else nullcontext():
        return find_bouts_with(detectors_for(key), recording, working_stream(recording))
