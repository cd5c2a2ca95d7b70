"""What is kept beside a run: a note, the shoes it was run in, photos."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date

from backward_running.core.errors import BadValue, NotFound
from backward_running.core.keepsakes import LONGEST_NOTE, PhotoHead, RunNote, Shoe, ShoeSums
from backward_running.core.ports import Keepsakes, Notes, Photos, Shoes
from backward_running.formats.photo import LARGEST_PHOTO_BYTES, without_metadata

__all__ = [
    "LARGEST_PHOTO_BYTES", "MOST_PHOTOS", "KeepsakesView", "ShoeView", "add_photo", "add_shoe", "of_run", "retire",
    "shoes", "wear", "write_note",
]  # fmt: skip

#: Photos beside one run. Our own proposal: the store is no album.
MOST_PHOTOS = 12

#: A name of shoes is no longer than this.
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ShoeView:
    """A pair of shoes and what was run in it. Distances in metres; None: of no run is it known."""

    shoe: Shoe
    runs: int
    distance_m: float | None  #: what it had run before it came here counted
    backward_m: float | None


@dataclass(frozen=True, slots=True)
class KeepsakesView:
    """What is kept beside one run, and what can be chosen."""

    note: RunNote
    photos: tuple[PhotoHead, ...]
    shoes: tuple[Shoe, ...]  #: those in use, and the one it was run in


def of_run(store: Keepsakes, activity_id: str) -> KeepsakesView:
    """Return what is kept beside a run."""
    note = store.note(activity_id)
    shoes = tuple(shoe for shoe in store.shoes() if shoe.retired_on is None or shoe.shoe_id == note.shoe_id)
    return KeepsakesView(note, store.photos(activity_id), shoes)


def write_note(store: Notes, activity_id: str, text: str) -> RunNote:
    """Write a note; an empty one takes it away. Raises NotFound, BadValue where it is too long."""
    said = text.replace("\r\n", "\n").strip()
    if len(said) > LONGEST_NOTE:
        raise BadValue("note", f"have at most {LONGEST_NOTE} letters", len(said), "Write a shorter note.")
    note = replace(store.note(activity_id), text=said or None)
    store.put_note(activity_id, note)
    return note


def wear(store: Keepsakes, activity_id: str, shoe_id: str) -> RunNote:
    """Say in which shoes a run was; an empty id takes that back. Raises NotFound."""
    if shoe_id:
        _shoe(store, shoe_id)
    note = replace(store.note(activity_id), shoe_id=shoe_id or None)
    store.put_note(activity_id, note)
    return note


def shoe_name(typed: str) -> str:
    """Return the name that shoes get: what was typed, cut."""
    return typed.strip()[:_LONGEST_NAME]


def add_shoe(store: Shoes, name: str, start_m: float = 0.0) -> Shoe:
    """Add a pair of shoes. Raises BadValue where it has no name or is here already."""
    name = shoe_name(name)
    if any(other.name == name and other.retired_on is None for other in store.shoes()):
        raise BadValue("name", "be new", name, "Shoes of this name are here already; give these another.")
    shoe = Shoe(secrets.token_hex(4), name, start_m)
    store.put_shoe(shoe)
    return shoe


def retire(store: Shoes, shoe_id: str, on: date | None) -> Shoe:
    """Say that shoes are run no more, from a day on; None takes them into use again. Raises NotFound."""
    shoe = replace(_shoe(store, shoe_id), retired_on=on)
    store.put_shoe(shoe)
    return shoe


def shoes(store: Shoes) -> tuple[ShoeView, ...]:
    """Return all shoes with what was run in them; those in use first."""
    sums = store.shoe_sums()
    views = [_view(shoe, sums.get(shoe.shoe_id, ShoeSums(0, None, None))) for shoe in store.shoes()]
    return tuple(sorted(views, key=lambda view: (view.shoe.retired_on is not None, view.shoe.name)))


def _view(shoe: Shoe, sums: ShoeSums) -> ShoeView:
    known = sums.distance_m is not None or shoe.start_m > 0
    distance_m = (sums.distance_m or 0.0) + shoe.start_m if known else None
    return ShoeView(shoe, sums.runs, distance_m, sums.backward_m)


def add_photo(store: Photos, activity_id: str, data: bytes) -> str:
    """Keep a photo beside a run, without where and by what it was made; return its id.

    Raises
    ------
    UnreadableFile
        It is no photo that can be kept.
    BadValue
        There are as many as are kept.
    NotFound
        There is no such run.
    """
    media_type, bare = without_metadata(data)
    if len(store.photos(activity_id)) >= MOST_PHOTOS:
        raise BadValue("photos", f"be at most {MOST_PHOTOS}", MOST_PHOTOS + 1, "Remove one of them first.")
    return store.add_photo(activity_id, media_type, bare)


def _shoe(store: Shoes, shoe_id: str) -> Shoe:
    for shoe in store.shoes():
        if shoe.shoe_id == shoe_id:
            return shoe
    raise NotFound("There are no such shoes; the page of shoes lists them.")
