"""What one FIT file (of possibly several chained ones) holds, found but not yet interpreted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.formats._fit import profile
from backward_running.formats._fit.container import CHECKSUM, Segment, segments_of
from backward_running.formats._fit.decoder import Walk, walk
from backward_running.formats._fit.fields import FileId
from backward_running.formats._fit.records import Records, join, read_records
from backward_running.formats._fit.sensors import joined, read_sensors
from backward_running.formats._fit.strap import Strap, read_strap
from backward_running.formats._fit.values import Clock, Message, descriptions, messages
from backward_running.formats._inertial import Readings


@dataclass(frozen=True, slots=True)
class Content:
    """The messages of one file that matter for a recording."""

    losses: tuple[str, ...]
    records: Records
    plain: Mapping[int, tuple[Message, ...]]
    counts: Mapping[int, int]  #: of messages, by kind
    stopped_at: int
    inertial: tuple[Readings, ...]  #: on FIT's clock, in seconds
    strap: Strap | None = None  #: heart rate that a strap stored by itself

    def all(self, kind: int) -> tuple[Message, ...]:
        """Return the messages of a kind in file order."""
        return self.plain.get(kind, ())

    def first(self, kind: int) -> Message | None:
        """Return the first message of a kind, or None."""
        return next(iter(self.all(kind)), None)

    @property
    def file_type(self) -> int | None:
        """What the file says it is."""
        file_id = self.first(profile.FILE_ID)
        return None if file_id is None else file_id.integer(FileId.TYPE)

    def followed_by(self, other: Content) -> Content:
        """Return this and behind it what a chained file without an identity of its own holds."""
        both = [content.records for content in (self, other) if len(content.records)]
        return Content(
            losses=self.losses + other.losses,
            records=join(both) if len(both) > 1 else (both or [self.records])[0],
            plain={kind: self.all(kind) + other.all(kind) for kind in self.plain.keys() | other.plain.keys()},
            counts=Counter(self.counts) + Counter(other.counts),
            stopped_at=self.stopped_at,
            inertial=tuple(joined([*self.inertial, *other.inertial])),
            strap=self.strap or other.strap,
        )


def activities_in(data: bytes) -> list[Content]:
    """Return the activities chained in `data`.

    Raises
    ------
    NotAnActivity
        The file is a workout, settings, a course, …
    UnreadableFile
        There is no FIT header, or nothing readable behind it.
    """
    contents: list[Content] = []
    for segment in segments_of(data):
        content = _content_of(data, segment)
        if contents and not content.all(profile.FILE_ID):
            contents[-1] = contents[-1].followed_by(content)
        else:
            contents.append(content)
    activities, others = list[Content](), list[Content]()
    for content in contents:
        is_one = content.file_type in (None, profile.ACTIVITY_FILE) and _holds_anything(content)
        (activities if is_one else others).append(content)
    if not activities:
        _refuse(contents)
    # A broken file behind an activity is worth a word, a sound one of settings is not.
    beside = tuple(loss for other in others for loss in other.losses)
    return [*activities[:-1], replace(activities[-1], losses=activities[-1].losses + beside)]


def _holds_anything(content: Content) -> bool:
    return len(content.records) > 0 or bool(content.all(profile.SESSION)) or bool(content.inertial)


def _refuse(contents: list[Content]) -> None:
    first = contents[0]
    if first.file_type not in (None, profile.ACTIVITY_FILE):
        words = profile.FILE_TYPES.get(first.file_type or 0, f"something else (file type {first.file_type})")
        raise NotAnActivity(
            f"This FIT file holds {words}, not an activity: nothing was run in it.", kind=f"{words} (FIT)"
        )
    if not first.counts or first.losses:
        raise UnreadableFile(
            "The FIT file has a header, but no sample and no total in it can be read. Export it again.",
            offset=first.stopped_at,
        )
    raise NotAnActivity("This FIT file is marked as an activity, but it holds no sample and no total.")


def _content_of(data: bytes, segment: Segment) -> Content:
    found = walk(data, segment.start, segment.end)
    raw = np.frombuffer(data, np.uint8)
    clock = Clock(found, raw)
    described = descriptions(found, raw, clock)
    counts = Counter[int]()
    for layout in found.layouts:
        counts[layout.message] += layout.count()
    kinds = profile.PLAIN_FIELDS.keys() & counts.keys()
    inertial, losses = read_sensors(found, raw, clock)
    return Content(
        losses=(*segment.losses, *losses, *_walk_losses(segment, found)),
        records=read_records(found, raw, clock, described),
        plain={kind: tuple(messages(found, raw, clock, kind, described)) for kind in kinds},
        counts=counts,
        stopped_at=found.stopped_at,
        inertial=tuple(inertial),
        strap=read_strap(found, raw, clock) if counts[profile.HR] else None,
    )


def _walk_losses(segment: Segment, found: Walk) -> list[str]:
    losses = []
    if found.gaps:
        first, skipped = found.gaps[0][0], sum(end - start for start, end in found.gaps)
        often = "once" if len(found.gaps) == 1 else f"{len(found.gaps)} times"
        losses.append(
            f"The data is damaged {often}; what could be read around that is in. Where the device still has the run, "
            f"copy it once more ({skipped:,} bytes were skipped, the first of them at byte {first:,})."
        )
    left = segment.end - found.stopped_at
    if found.problem is not None and (segment.end_is_known or left > CHECKSUM):
        losses.append(
            "What stands behind a damaged place was left out. Where the device still has the run, copy it once more "
            f"({found.problem} at byte {found.stopped_at:,}; {left:,} bytes follow)."
        )
    return losses
