"""Phones that were paired: who is let in from the local network, and what is given to them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from backward_running.core.errors import BadValue, NotFound
from backward_running.core.paired_phone import PairedPhone
from backward_running.core.ports import Phones

#: More phones than anybody owns are somebody else's. Our own limit.
MOST_PHONES = 12
_LONGEST_NAME = 40
#: That a phone was here is noted so often; a piece of a recording comes every few hundred milliseconds.
_NOTED_EVERY = timedelta(minutes=1)


def pair(store: Phones, name: str, *, now: datetime) -> tuple[PairedPhone, str]:
    """Pair a phone; return it and the secret that lets it in, which is kept nowhere but on the phone.

    Raises
    ------
    BadValue
        So many phones are paired already that one of them has to be forgotten first.
    """
    if len(store.phones()) >= MOST_PHONES:
        advice = "Forget one of them on the page “Run it with the phone”, then pair this one."
        raise BadValue("phones", f"be at most {MOST_PHONES}", MOST_PHONES, advice)
    secret = secrets.token_urlsafe(32)
    called = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[:_LONGEST_NAME]
    phone = PairedPhone(secrets.token_hex(8), called or "A phone", now, _hash(secret), now)
    store.put_phone(phone)
    return phone, secret


def known(store: Phones, secret: str, *, now: datetime) -> PairedPhone:
    """Return the phone that has a secret, and note that it was here.

    Raises
    ------
    NotFound
        None has it: it was never paired, or was forgotten.
    """
    wanted = _hash(secret)
    found = [phone for phone in store.phones() if hmac.compare_digest(phone.secret_sha256, wanted)]
    if not found:
        raise NotFound("This phone is not paired with this laptop, or was forgotten there: pair it anew.")
    phone = replace(found[0], seen_at=now)
    if found[0].seen_at is None or abs(now - found[0].seen_at) >= _NOTED_EVERY:
        store.put_phone(phone)
    return phone


def _hash(secret: str) -> str:
    """Hash a secret. It is random and long, so nothing has to make guessing slow."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
