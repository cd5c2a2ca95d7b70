"""What a memory keeps beside the runs themselves: what was deleted or edited, notes, shoes, photos, and secrets."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from backward_running.core.derivation import Derivation, Lesson
from backward_running.core.keepsakes import PhotoHead, RecordingEdit, RunNote, Shoe, ShoeSums, Trashed
from backward_running.core.paired_phone import PairedPhone
from backward_running.core.ports.rows import ActivityRow
from backward_running.core.recording import Recording
from backward_running.core.session import Session


class Trash(Protocol):
    """What was deleted, and how it comes back."""

    def trash_activity(self, activity_id: str, at: datetime) -> None:
        """Put an activity into the trash with all that goes with it. Raises NotFound."""
        ...

    def trash(self) -> tuple[Trashed, ...]:
        """Return what was deleted and can be restored, newest first."""
        ...

    def restore_activity(self, activity_id: str) -> None:
        """Put a deleted activity back as it was. Raises NotFound, BadValue where it came in again meanwhile."""
        ...

    def empty_trash(self, before: datetime | None = None) -> int:
        """Forget for good what was deleted before a moment, or all of it; return how many."""
        ...


class Edits(Protocol):
    """Recordings that were changed by hand. What they were lies aside, whole."""

    def edits(self) -> tuple[RecordingEdit, ...]:
        """Return the edits that stand, oldest first."""
        ...

    def begin_edit(self, made: RecordingEdit) -> None:
        """Keep that recordings are edited, and lay them aside. Raises NotFound."""
        ...

    def put_activity(
        self, recording: Recording, session: Session, row: ActivityRow, derivation: Derivation, lesson: Lesson
    ) -> None:
        """Keep one more activity of a file that is here, as an edit made it. Raises BadValue where its id is taken."""
        ...

    def undo_edit(self, edit_id: str) -> RecordingEdit:
        """Put back what an edit laid aside, in place of what it made. Raises NotFound."""
        ...


class Notes(Protocol):
    """What is written beside a run."""

    def note(self, activity_id: str) -> RunNote:
        """Return what is written beside an activity."""
        ...

    def put_note(self, activity_id: str, said: RunNote) -> None:
        """Keep what is written beside an activity, in place of what was. Raises NotFound."""
        ...


class Shoes(Protocol):
    """Shoes, and what was run in them."""

    def shoes(self) -> tuple[Shoe, ...]:
        """Return all shoes."""
        ...

    def put_shoe(self, said: Shoe) -> None:
        """Keep a pair of shoes, in place of what was said of it before."""
        ...

    def shoe_sums(self) -> dict[str, ShoeSums]:
        """Return what was run in each pair of shoes, by its id."""
        ...


class Photos(Protocol):
    """Photos of runs."""

    def photos(self, activity_id: str) -> tuple[PhotoHead, ...]:
        """Return the photos of an activity, without their bytes."""
        ...

    def photo(self, activity_id: str, photo_id: str) -> tuple[PhotoHead, bytes]:
        """Return a photo. Raises NotFound."""
        ...

    def add_photo(self, activity_id: str, media_type: str, data: bytes) -> str:
        """Keep a photo beside an activity; the same one is kept once. Return its id. Raises NotFound."""
        ...

    def delete_photo(self, activity_id: str, photo_id: str) -> None:
        """Forget a photo; nothing happens where there is none."""
        ...


class Phones(Protocol):
    """Phones that may fetch sessions and deliver recordings."""

    def phones(self) -> tuple[PairedPhone, ...]:
        """Return the phones that are paired, oldest first."""
        ...

    def put_phone(self, phone: PairedPhone) -> None:
        """Keep a phone, in place of the one of the same id."""
        ...

    def forget_phone(self, phone_id: str) -> bool:
        """Forget a phone: it gets in no more. Say whether there was one of that id."""
        ...


class Secrets(Protocol):
    """What opens doors elsewhere. It lies in files of their owner beside the store, and in no copy of the database."""

    def secret(self, name: str) -> str | None:
        """Return a secret of this person; None where there is none."""
        ...

    def put_secret(self, name: str, value: str | None) -> None:
        """Keep a secret of this person; None forgets it. Raises StoreError where it cannot be written."""
        ...
