"""What a running server leaves beside its store: its secret, and a page for its owner that opens the browser.

The address with the key is handed to the browser in a file and not as an argument: the arguments of a program can be
read by every user of the machine.
"""

from __future__ import annotations

from contextlib import suppress
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from backward_running.store import private

if TYPE_CHECKING:
    from backward_running.apps.web.keys import Keys

_PAGE = (
    '<!doctype html><meta charset="utf-8"><title>Backward</title>'
    '<meta http-equiv="refresh" content="0; url={address}"><p><a href="{address}">Open Backward</a></p>\n'
)
_LENGTH = 32


def keys_of(folder: Path, *, renew: bool) -> Keys:
    """Return the keys of this launch, signed with the secret that lies in a folder; a new one where there is none.

    Where nothing can be written, the secret is that of this launch alone.
    """
    from backward_running.apps.web.keys import Keys, new_secret

    path = folder / "backward.secret"
    private.close_to_others(path)
    with suppress(OSError):
        kept = path.read_bytes()
        if len(kept) == _LENGTH and not renew:
            return Keys(kept)
    made = new_secret()
    with suppress(OSError):
        private.write(path, made)
    return Keys(made)


def page_of(folder: Path, port: int) -> Path:
    """Return where the page lies that opens the server at a port."""
    return folder / f"backward.open-{port}.html"


def leave_page(folder: Path, port: int, address: str) -> Path | None:
    """Leave the page; None where nothing can be written."""
    path = page_of(folder, port)
    try:
        private.write(path, _PAGE.format(address=escape(address)).encode())
    except OSError:
        return None
    return path


def take_away(page: Path | None) -> None:
    """Take the page away: its key opens nothing any more."""
    if page is not None:
        with suppress(OSError):
            page.unlink()


def address_in(page: Path) -> str | None:
    """Read the address from a page that a running server left; None where there is none."""
    try:
        found = page.read_text(encoding="utf-8").partition('href="')[2].partition('"')[0]
    except OSError:
        return None
    return found or None
