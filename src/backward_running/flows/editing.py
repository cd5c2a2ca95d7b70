"""Change a recording by hand: cut off its ends, part it in two, join several. Each is undone with one word.

What came in stays as it came, to the byte: the file is kept, and the recordings that were changed lie aside, whole.
What is shown from then on follows from what became of them, as though it had come in so.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from backward_running import gait, signals
from backward_running.core.clock import RunClock
from backward_running.core.derivation import Lesson
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.keepsakes import RecordingEdit, RunNote, RunSource
from backward_running.core.ports import (
    Activities,
    ActivityRow,
    Editing,
    Edits,
    Judging,
    LabelledRuns,
    Notes,
    Paints,
    Settings,
)
from backward_running.core.recording import Recording, Span
from backward_running.core.session import Paint
from backward_running.flows import source_rules
from backward_running.flows.analyse import analyse
from backward_running.flows.days import kept_clock, placed
from backward_running.flows.deriving import Derived, derivation_of, derive, given_of, keep_derived, settled
from backward_running.flows.habits import lesson_of
from backward_running.signals.same_run import SameRun

#: What an edit leaves is at least so long. Our own proposal: in less nothing can be understood.
SHORTEST_S = 10.0
#: Parts that edits make are numbered from here: no file holds so many.
_FIRST_NUMBER = 1000
#: The kind of edit that two recordings of one run become one by, and the setting that names pairs which are two.
SAME, APART = "same", "runs_apart"


def trim(store: Editing, activity_id: str, start_s: float, end_s: float, *, now: datetime) -> RecordingEdit:
    """Keep only a stretch of a recording. Its id, title, notes and photos stay; labels are cut with it.

    Raises
    ------
    NotFound
        There is no such run.
    BadValue
        The stretch lies outside, is too short, or is all of it.
    """
    recording = store.recording(activity_id)
    kept = _stretch(recording, start_s, end_s)
    if kept.start_s == 0.0 and kept.end_s >= recording.duration_s:
        raise BadValue(
            "stretch", "leave something out", (start_s, end_s), "This is all of the run: nothing is cut off."
        )
    return _replaced(
        store, "trim", (activity_id,), (kept,), now, lambda: [_part(store, recording, kept, recording.part)]
    )


def split(store: Editing, activity_id: str, at_s: float, *, now: datetime) -> RecordingEdit:
    """Part a recording in two. The first keeps id, note and photos; both keep the title. Raises as :func:`trim`."""
    recording = store.recording(activity_id)
    spans = _stretch(recording, 0.0, at_s), _stretch(recording, at_s, recording.duration_s)

    def made() -> list[_Made]:
        numbers = recording.part, _free_number(store, recording)
        return [_part(store, recording, span, number) for span, number in zip(spans, numbers, strict=True)]

    return _replaced(store, "split", (activity_id,), spans, now, made)


def merge(store: Editing, activity_ids: Sequence[str], *, now: datetime) -> RecordingEdit:
    """Join recordings that follow each other; the pauses between them are pauses. The first gives id and title.

    Raises
    ------
    NotFound
        One of them is not there.
    BadValue
        There are fewer than two, they overlap, or they are of different sports.
    """
    recordings = sorted(map(store.recording, dict.fromkeys(activity_ids)), key=lambda recording: recording.started_at)
    joined = signals.joined(recordings)  # refused before anything is laid aside
    ids = tuple(recording.activity_id for recording in recordings)

    def made() -> list[_Made]:
        paints = [paint for recording in recordings for paint in _moved(store, recording, joined)]
        return [_Made(joined, store.row(ids[0]), tuple(paints))]

    return _replaced(store, "merge", ids, (), now, made)


def join_same(
    store: Editing, activity_ids: tuple[str, str], alike: SameRun, *, now: datetime
) -> tuple[RecordingEdit, tuple[str, ...]]:
    """Join two recordings of the same run: one leads, keeps its id and title, and is lent what it lacks.

    Which one, the runner's rule of their sources says; without one the richer leads, and they are asked.

    Returns
    -------
    (RecordingEdit, tuple of str)
        The edit that parts them again when it is undone, and what was lent.
    """
    recordings = tuple(map(store.recording, activity_ids))
    may_lead = not any(map(signals.only_moves, recordings))
    ruled = source_rules.leading(store, recordings) if may_lead else None
    at = signals.richest(recordings) if ruled is None else ruled
    lead, other = recordings[at], recordings[1 - at]
    rows = [store.row(recording.activity_id) for recording in (lead, other)]
    lag_s = alike.lag_s if at == 0 else -alike.lag_s
    later_s = (rows[1].started_at - rows[0].started_at).total_seconds() + lag_s
    joined, lent = signals.with_lent(lead, other, later_s)

    def made() -> list[_Made]:
        paints = (
            *_strokes(store, lead),
            *_within(_shifted(_strokes(store, other), later_s), Span(0.0, lead.duration_s)),
        )
        return [_Made(joined, store.row(lead.activity_id), paints)]

    by = _source(lead, rows[0], leads=True), _source(other, rows[1], lent=lent)
    edit = _replaced(store, SAME, (lead.activity_id, other.activity_id), (), now, made, by)
    if may_lead:
        source_rules.ask(store, recordings)
    return edit, lent


def _source(recording: Recording, row: ActivityRow, *, leads: bool = False, lent: tuple[str, ...] = ()) -> RunSource:
    device = " ".join(filter(None, (recording.device.maker, recording.device.product)))
    return RunSource(row.file_name, device or None, leads, lent)


def recorded_by(store: Edits, activity_id: str) -> tuple[RunSource, ...]:
    """Return which recordings a run that counts once was made of, the one that leads first; empty where it is one."""
    edits = [edit for edit in store.edits() if edit.kind == SAME and edit.recorded_by]

    def sources(of: str) -> Iterator[RunSource]:
        for edit in edits:
            if of in edit.results:
                yield from edit.recorded_by
                for source in edit.sources:
                    yield from sources(source) if source != of else ()

    found = list(sources(activity_id))
    leading = found[0].file_name if found else None  # whoever leads gives its id
    named = {source.file_name: source for source in found if source.file_name != leading}
    return (*found[:1], *(replace(source, leads=False) for source in named.values()))


def _shifted(strokes: Iterable[Paint], by_s: float) -> Iterable[Paint]:
    for stroke in strokes:
        yield replace(stroke, start_s=stroke.start_s + by_s, end_s=stroke.end_s + by_s)


def taken_apart(store: Settings) -> list[list[str]]:
    """Return the pairs that were joined as the same run and that their runner parted: they are not joined again."""
    return list(json.loads(store.setting(APART) or "[]"))


def edit_of(store: Edits, activity_id: str) -> RecordingEdit | None:
    """Return the newest edit that made a run what it is; None where it is as it came in."""
    return next((edit for edit in reversed(store.edits()) if activity_id in edit.results), None)


def undo(store: Editing, activity_id: str) -> RecordingEdit:
    """Take the newest edit of a run back: what it was before comes back whole.

    Raises
    ------
    NotFound
        It was never edited.
    BadValue
        What the edit made beside it was edited since: that is to be undone first.
    """
    edit = edit_of(store, activity_id)
    if edit is None:
        raise NotFound("This run is as it came in; there is no edit to take back.")
    for result in edit.results:
        later = edit_of(store, result)
        if later is None or later.edit_id != edit.edit_id:
            raise BadValue("edit", "be the newest", result, "Another part of it was edited since; undo that first.")
    return settled(store, lambda: _undoing(store, edit))


def _undoing(store: Editing, edit: RecordingEdit) -> Callable[[], RecordingEdit]:
    """Gather what was said since of what an edit made; return what takes it back and says that of what was before."""
    # The whole holds what was deleted of it, too.
    left = [activity_id for activity_id in edit.results if _is_there(store, activity_id)]
    results = [store.recording(activity_id) for activity_id in left]
    late = [[paint for paint in store.paints(activity_id) if _is_since(paint, edit.made_at)] for activity_id in left]
    text = "\n\n".join(note for activity_id in left if (note := store.note(activity_id).text))
    photos = [store.photo(activity_id, head.photo_id) for activity_id in left for head in store.photos(activity_id)]

    def keep() -> RecordingEdit:
        store.undo_edit(edit.edit_id)
        if edit.kind == SAME:
            store.put_setting(APART, json.dumps([*taken_apart(store), sorted(edit.sources)]))
        first, *others = edit.sources
        if not others:  # what several were joined into has their notes already, and they have them back
            store.put_note(first, replace(store.note(first), text=text[:4000] or None))
        for head, data in photos:
            store.add_photo(first, head.media_type, data)
        for source in edit.sources:
            _say_since(store, source, zip(results, late, strict=True))
        return edit

    return keep


def _is_since(paint: Paint, moment: datetime) -> bool:
    return paint.painted_at is not None and paint.painted_at > moment


def _say_since(store: Judging, activity_id: str, said: Iterable[tuple[Recording, list[Paint]]]) -> None:
    """Put labels of parts on the whole again, on its own clock."""
    whole = store.recording(activity_id)
    strokes = [
        stroke
        for recording, paints in said
        for stroke in _within(_later(_explicit(recording, paints), recording, whole), Span(0.0, whole.duration_s))
    ]
    for stroke in strokes:
        store.add_paint(activity_id, stroke)
    if strokes:
        keep_derived(store, derive(store, activity_id, found=store.session(activity_id).found))


class _Made:
    """A recording that an edit makes, the row it follows, and its labels."""

    def __init__(self, recording: Recording, row: ActivityRow, paints: tuple[Paint, ...]) -> None:
        self.recording, self.row, self.paints = recording, row, paints


def _replaced(
    store: Editing,
    kind: str,
    sources: tuple[str, ...],
    kept: tuple[Span, ...],
    now: datetime,
    made: Callable[[], list[_Made]],
    recorded_by: tuple[RunSource, ...] = (),
) -> RecordingEdit:
    """Lay the sources aside and put what they became in their place, whole or not at all."""

    def attempt() -> Callable[[], RecordingEdit]:
        results = made()
        ids = tuple(result.recording.activity_id for result in results)
        edit = RecordingEdit(secrets.token_hex(8), now, kind, sources, ids, kept, recorded_by)
        understood = [_understood(store, result) for result in results]
        notes = [store.note(source) for source in sources]
        photos = [store.photo(source, head.photo_id) for source in sources for head in store.photos(source)]

        def keep() -> RecordingEdit:
            store.begin_edit(edit)
            for result, derived in zip(results, understood, strict=True):
                store.put_activity(
                    result.recording, derived.session, derived.row, derived.derivation, derived.lesson or Lesson()
                )
                for paint in result.paints:
                    store.add_paint(result.recording.activity_id, paint)
            _put_keepsakes(store, ids, notes)
            for head, data in photos:
                store.add_photo(ids[0], head.media_type, data)
            return edit

        return keep

    return settled(store, attempt)


def _put_keepsakes(store: Notes, ids: Sequence[str], notes: Sequence[RunNote]) -> None:
    """Let the first result have what was written, and all of them the shoes."""
    texts = "\n\n".join(note.text for note in notes if note.text)
    shoe_id = next((note.shoe_id for note in notes if note.shoe_id), None)
    for number, activity_id in enumerate(ids):
        store.put_note(activity_id, RunNote(texts[:4000] or None if number == 0 else None, shoe_id))


def _understood(store: Judging, made: _Made) -> Derived:
    recording, habits = made.recording, store.habits().without(made.recording.activity_id)
    given = given_of(store, recording, paints=made.paints, row=made.row)
    session, row = analyse(recording, given, habits=habits, title=made.row.title, file_name=made.row.file_name)
    lesson = lesson_of(habits, recording, session)
    return Derived(session, placed(row, _clock(made)), derivation_of(recording, given), lesson)


def _clock(made: _Made) -> RunClock:
    """Return the clock of the row, begun when the part began: a clock put right by hand stays so."""
    return replace(kept_clock(made.row), started_at=made.row.started_at)


def _part(store: LabelledRuns, recording: Recording, span: Span, number: int) -> _Made:
    row = store.row(recording.activity_id)
    cut = signals.part(recording, span, number)
    began = row.started_at + (cut.started_at - recording.started_at)
    return _Made(cut, replace(row, started_at=began), tuple(_within(_strokes(store, recording), span)))


def _moved(store: Paints, recording: Recording, into: Recording) -> Iterable[Paint]:
    return _later(_strokes(store, recording), recording, into)


def _later(strokes: Iterable[Paint], recording: Recording, into: Recording) -> Iterable[Paint]:
    """Put labels from the clock of one recording on that of another."""
    by_s = (recording.started_at - into.started_at).total_seconds()
    return _shifted(strokes, by_s)


def _strokes(store: Paints, recording: Recording) -> tuple[Paint, ...]:
    return _explicit(recording, store.paints(recording.activity_id))


def _explicit(recording: Recording, paints: Sequence[Paint]) -> tuple[Paint, ...]:
    """Return labels as stretches: a pattern of laps would mean others once laps are cut off."""
    return tuple(gait.as_strokes(recording, paints)) if paints else ()


def _within(strokes: Iterable[Paint], span: Span) -> Iterable[Paint]:
    for stroke in strokes:
        start_s, end_s = max(stroke.start_s, span.start_s), min(stroke.end_s, span.end_s)
        if end_s > start_s:
            yield replace(stroke, start_s=start_s - span.start_s, end_s=end_s - span.start_s)


def _stretch(recording: Recording, start_s: float, end_s: float) -> Span:
    end_s = min(end_s, recording.duration_s)
    if not start_s >= 0.0 or end_s - start_s < SHORTEST_S:
        raise BadValue(
            "stretch",
            f"lie between 0 and {recording.duration_s:.0f} s and be at least {SHORTEST_S:.0f} s long",
            (start_s, end_s),
        )
    return Span(start_s, end_s)


def _free_number(store: Editing, recording: Recording) -> int:
    """Return a part of the file that nothing is called: neither what is here nor what an edit laid aside."""
    taken = {source for edit in store.edits() for source in (*edit.sources, *edit.results)}
    number = _FIRST_NUMBER
    while (name := replace(recording, part=number).activity_id) in taken or _is_there(store, name):
        number += 1
    return number


def _is_there(store: Activities, activity_id: str) -> bool:
    try:
        store.row(activity_id)
    except NotFound:
        return False
    return True
