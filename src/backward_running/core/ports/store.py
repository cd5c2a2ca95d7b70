"""The whole memory of one person, and the one port that knows of more than one: each leads to the other."""

from __future__ import annotations

from typing import Protocol

from backward_running.core.person import Person
from backward_running.core.ports.beside import Edits, Notes, Phones, Photos, Secrets, Shoes, Trash
from backward_running.core.ports.memory import (
    Activities,
    Derivations,
    HabitsMemory,
    ImportLog,
    Integrity,
    LoadHistory,
    Originals,
    Paints,
    ProgramSettings,
    Recordings,
    Sessions,
    Settings,
    Simulated,
    Straights,
    Transactions,
)
from backward_running.core.ports.runner import (
    CheckIns,
    Clearances,
    Measurements,
    Plans,
    Profile,
    RunCheckIns,
    SessionsSaidDone,
    Statements,
)


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


class Store(
    Activities,
    Recordings,
    Sessions,
    Paints,
    LoadHistory,
    Straights,
    Originals,
    Integrity,
    ImportLog,
    Profile,
    CheckIns,
    RunCheckIns,
    Clearances,
    Measurements,
    SessionsSaidDone,
    Statements,
    Plans,
    HabitsMemory,
    Transactions,
    Derivations,
    Trash,
    Edits,
    Notes,
    Shoes,
    Photos,
    Phones,
    Settings,
    Secrets,
    ProgramSettings,
    Simulated,
    People,
    Protocol,
):
    """The whole memory of one person. Flows that ask for all of it are listed, with reasons, in the contract tests."""

    def close(self) -> None:
        """Let go, for everybody."""
        ...
