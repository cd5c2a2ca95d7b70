"""Whether what is stored is still as it was kept; what can be put back is put back, and nothing is made up.

An original comes back from a copy of the store, where its bytes still have the SHA-256 under which they are kept. A
recording is read again from its original, and a session is judged anew from its recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from backward_running.core.errors import BackwardRunningError, StoreError
from backward_running.core.load_month import months_of
from backward_running.core.ports import Damage, Damaged, Integrity, LoadHistory, Recordings, Repairing
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED, SuppliedMetadata
from backward_running.flows import editing
from backward_running.flows.anew import derive_anew, mismatches
from backward_running.flows.deriving import analyse_again, judge_stored
from backward_running.flows.reading import read_as_told

#: Where the bytes of an original are looked for; None where they are nowhere.
Elsewhere = Callable[[str], bytes | None]


#: Why what was worked out does not match → what is said of it.
_WHY = {
    "recipe": "its numbers were worked out by another version of the program",
    "profile": "its numbers are of before your profile was changed",
    "inputs": "its numbers do not follow from what is stored of it",
}


def check(store: Repairing) -> Iterator[Damage]:
    """Look at everything that is stored; yield what is not as it was kept, or does not follow from what is."""
    is_sound = True
    for damage in store.damages():
        is_sound = False
        yield damage
    if is_sound:  # what follows from a damaged recording cannot be told
        for mismatch in mismatches(store):
            yield Damage(
                Damaged.DERIVED, mismatch.activity_id, store.row(mismatch.activity_id).title, _WHY[mismatch.why]
            )
        for first in _wrong_months(store):
            yield Damage(Damaged.LOADS, first.isoformat(), f"{first:%B %Y}", _WHY["inputs"])


def _wrong_months(store: LoadHistory) -> list[date]:
    """Return the months of which the kept sums are not what the loads of their activities come to."""
    rows = store.load_rows()
    summed = [
        month
        for simulated in (False, True)
        for month in months_of([row for row in rows if row.simulated is simulated], simulated=simulated)
    ]
    kept = {(month.first, month.simulated): month for month in store.load_months() if month.sessions}
    ours = {(month.first, month.simulated): month for month in summed}
    wrong = {key[0] for key in kept.keys() ^ ours.keys()}
    wrong |= {key[0] for key in kept.keys() & ours.keys() if not np.array_equal(kept[key].cells, ours[key].cells)}
    return sorted(wrong)


def repair(store: Repairing, damages: tuple[Damage, ...], elsewhere: Elsewhere) -> Iterator[tuple[Damage, str | None]]:
    """Put back what can be; yield each damage with why it stays, None where it is mended.

    Originals come first, for recordings are read from them, and then what rests on recordings.
    """
    if any(damage.kind is Damaged.DERIVED for damage in damages):
        for _ in derive_anew(store):
            pass  # what cannot be done is asked for once more below, and told
    for kind in Damaged:
        for damage in damages:
            if damage.kind is kind:
                yield damage, _why_not(store, damage, elsewhere)


def _why_not(store: Repairing, damage: Damage, elsewhere: Elsewhere) -> str | None:
    try:
        if damage.kind is Damaged.DATABASE:
            return "put back a copy with `backward restore`"
        if damage.kind is Damaged.ORIGINAL:
            return _put_back(store, damage.thing, elsewhere)
        if damage.kind is Damaged.LOADS:
            store.sum_load_months(anyway=True)
            return None
        if damage.kind is Damaged.RECORDING:
            _read_again(store, damage.thing)
        if damage.kind is Damaged.DERIVED:
            analyse_again(store, damage.thing)
        else:
            judge_stored(store, damage.thing)
    except BackwardRunningError as problem:
        return str(problem)
    return None


def _put_back(store: Integrity, key: str, elsewhere: Elsewhere) -> str | None:
    data = elsewhere(key)
    if data is None:
        return "no copy of the store holds it; import the file again from where you keep it"
    store.put_original(key, data)
    return None


def _read_again(store: Repairing, activity_id: str) -> None:
    if editing.edit_of(store, activity_id) is not None:
        raise StoreError("It was trimmed, split or merged; take that back, and do it again.")
    data = store.original(store.row(activity_id).file_key)[1]
    told = _told(store, activity_id)
    for recording in read_as_told(data, NOTHING_SUPPLIED if told is None else told):
        if recording.activity_id == activity_id:
            store.put_recording(recording if told is None else replace(recording, told=told))
            return
    raise StoreError("Its file is read otherwise now; delete the run and import the file again.")


def _told(store: Recordings, activity_id: str) -> SuppliedMetadata | None:
    """Return what the runner told of a recording, where that can still be read."""
    try:
        return store.recording_heads([activity_id])[0].told
    except (StoreError, IndexError):
        return None
