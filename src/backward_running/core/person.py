"""Somebody whose runs are in a store."""

from __future__ import annotations

from dataclasses import dataclass

#: The setting in which stands what a store calls a person.
NAME_SETTING = "person_name"
#: What who has no name yet is called. Whoever is alone in a store never needed one.
UNNAMED = "Me"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people of a store."""

    athlete_id: str
    name: str  #: `UNNAMED` where none was given
    is_named: bool
    opens_first: bool  #: the store opens for them where nobody is named
