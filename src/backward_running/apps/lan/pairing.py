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

    def new_code(self) -> Code:
        """Make a code; one of before is dead."""
        with self._lock:
            self._code = Code("".join(secrets.choice("0123456789") for _ in range(DIGITS)), self._now() + LASTS)
            self._tries = 0
            return self._code

    def code(self) -> Code | None:
        """Return the code that can still be used; None where there is none."""
        with self._lock:
            return self._code if self._code is not None and self._now() < self._code.ends_at else None

    def use(self, typed: str) -> None:
        """Use a code up.

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
                self._code = None
                return
            self._tries += 1
            if self._tries >= TRIES:
                self._code = None
                raise Stopped(f"That was wrong {TRIES} times, so the code is dead; {_ANEW}")
        raise Stopped("That is not the code on the laptop’s screen; look at it again.")
