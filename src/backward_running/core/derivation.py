"""From what a stored number was derived: what does not match any more is derived anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from backward_running.core.habits import Pulse, Traits

#: Letters of a fingerprint: 64 bits, so that two of a person's lifetime are never the same by chance.
FINGERPRINT_LENGTH = 16


def fingerprint(*things: object) -> str:
    """Return letters that say whether things are the same, by how they are written.

    >>> fingerprint("a", 1.0) == fingerprint("a", 1.0), fingerprint("a", 1.0) == fingerprint("a", 1.5)
    (True, False)
    """
    return hashlib.sha256("\n".join(map(repr, things)).encode()).hexdigest()[:FINGERPRINT_LENGTH]


@dataclass(frozen=True, slots=True)
class Derivation:
    """What the session of one recording was derived from.

    The first two are the same for all recordings of a person at any time, so one look at an index finds all that do
    not match. The third is of the recording alone.
    """

    recipe: str  #: fingerprint of the program, its detectors and its models, with their versions
    profile: str  #: fingerprint of what is known of who runs; empty where what it is priced with changed since
    inputs: str  #: fingerprint of everything that went in, by value, the two above included

    @property
    def basis(self) -> str:
        """The part that is the same for all recordings of a person."""
        return self.recipe + self.profile


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one understood recording teaches of its runner; None where it teaches nothing."""

    traits: Traits | None = None
    pulse: Pulse | None = None

    @property
    def prices(self) -> bool:
        """Whether it can say what backward running costs its runner: the heart beat in both directions."""
        return self.pulse is not None and self.pulse.forward.seconds_s > 0.0 and self.pulse.backward.seconds_s > 0.0
