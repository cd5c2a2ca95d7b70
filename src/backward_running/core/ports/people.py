"""Who is in a store: the one port that knows of more than one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from backward_running.core.person import Person

if TYPE_CHECKING:
    from backward_running.core.ports.memory import Store


class People(Protocol):
    """Whose memory it is, and whose else there is in the same store."""

    @property
    def athlete_id(self) -> str:
        """Whose memory this is."""
        ...

    def of(self, athlete_id: str) -> Store:
        """Return the memory of another person in the same store. Raises NotFound."""
        ...

    def people(self) -> tuple[Person, ...]:
        """Return everybody in the store, by name; of them all only who they are."""
        ...

    def add_athlete(self, name: str | None = None) -> str:
        """Make room for one more person in the store, and return their id."""
        ...

    def name_athlete(self, athlete_id: str, name: str) -> None:
        """Give somebody a name. Raises NotFound."""
        ...

    def open_first(self, athlete_id: str) -> None:
        """Open the store for this person from now on, where nobody is named. Raises NotFound."""
        ...

    def erase_athlete(self, athlete_id: str) -> None:
        """Forget a person and everything of theirs for good, secrets included.

        Raises
        ------
        NotFound
            Nobody is known under that id.
        ValueError
            The store opens for them: another has to be first before.
        """
        ...
