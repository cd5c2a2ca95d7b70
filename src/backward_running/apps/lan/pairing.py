"""The one-time code with which a phone is paired: short-lived, and dead after a few wrong tries."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backward_running.core.errors import Stopped

#: Our own proposals: long enough to walk to the phone and back, and eight digits that nobody guesses in five tries.
LASTS, DIGITS, TRIES = timedelta(minutes=10), 8, 5
_ANEW = "make a new one on the laptop: Today, “Run it with the phone”."


@dataclass(frozen=True, slots=True)
class Code:
    """What pairs one phone, once."""

    digits: str
    ends_at: datetime
    athlete_id: str  #: whose phone it pairs


class Pairing:
    """The code of now, if there is one.

    Parameters
    ----------
    now : callable
        The clock: returns an aware datetime.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._code: Code | None = None
        self._tries = 0
        self._lock = threading.Lock()

    def new_code(self, athlete_id: str) -> Code:
        """Make a code for a phone of somebody; one of before is dead."""
        with self._lock:
            digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
            self._code = Code(digits, self._now() + LASTS, athlete_id)
            self._tries = 0
            return self._code

    def code(self, athlete_id: str) -> Code | None:
        """Return the code of somebody that can still be used; None where there is none."""
        with self._lock:
            code = self._code
            is_theirs = code is not None and code.athlete_id == athlete_id and self._now() < code.ends_at
            return code if is_theirs else None

    def use(self, typed: str) -> str:
        """Use a code up, and return whose phone it pairs.

        Raises
        ------
        Stopped
            It is none, it is too old, or it was tried too often.
        """
        digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
        with self._lock:
            if self._code is None:
                raise Stopped(f"No phone is being paired now; {_ANEW}")
            if not self._code.ends_at - LASTS <= self._now() < self._code.ends_at:
                self._code = None
                raise Stopped(f"This code is more than {LASTS.seconds // 60} minutes old; {_ANEW}")
            if hmac.compare_digest(self._code.digits, digits):
                athlete_id, self._code = self._code.athlete_id, None
                return athlete_id
            self._tries += 1
            if self._tries >= TRIES:
                self._code = None
                raise Stopped(f"That was wrong {TRIES} times, so the code is dead; {_ANEW}")
        raise Stopped("That is not the code on the laptop’s screen; look at it again.")
