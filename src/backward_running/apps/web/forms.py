"""What a page sends: read in pieces, within limits of each kind, and no file of it before its token was seen."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Mapping
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from backward_running.apps.refusals import Refused, Turned
from backward_running.apps.web.keys import Keys
from backward_running.apps.web.whose import shown

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MULTIPART, URL_ENCODED = "multipart/form-data", "application/x-www-form-urlencoded"

#: Our own limits: more files than any folder of a watch has, more fields than the longest form, and more text in all
#: of them together than anybody types.
FILES_LIMIT, FIELDS_LIMIT, TEXT_LIMIT_BYTES = 20_000, 1000, 2 * 1024 * 1024

STALE = "This page is out of date, so nothing was changed. Go back, reload it and try again."


async def guard_changes(request: Request) -> None:
    """Refuse every change without a valid token in the header or in the form. A dependency of the whole app.

    A part of a page brings its token, too, when it is only looked at: it is not given to a page of somebody else.
    """
    if request.method in SAFE_METHODS:
        if of_another(request):
            raise Turned
        return
    if fits(request, request.headers.get(HEADER)):
        return
    form = await read_form(request)
    token = form.get(FIELD)
    if not fits(request, token if isinstance(token, str) else None):
        raise Refused(STALE)


def of_another(request: Request) -> bool:
    """Whether a page asks that shows somebody else, or is of another visit, than this browser by now."""
    given = request.headers.get(HEADER)
    return bool(given) and not fits(request, given)


def fits(request: Request, token: str | None) -> bool:
    """Whether a token is that of this visit, and of the person it shows."""
    keys = cast(Keys, request.app.state.keys)
    visit: str = request.state.visit
    return bool(visit) and keys.fits(visit, token, shown(request))


async def read_form(request: Request) -> FormData:
    """Read the form once; large files go to a temporary file as they come.

    Raises
    ------
    Refused
        It holds more than a form may, a file comes before a valid token, or the temporary folder is full.
    """
    kept: FormData | None = getattr(request.state, "form", None)
    if kept is not None:
        return kept
    try:
        form = await _parsed(request)
    except MultiPartException as error:
        raise HTTPException(400, "What the page sent broke off or is no form.") from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refused(
            f"The temporary folder {tempfile.gettempdir()} is full, so nothing was taken in: make room there, or "
            "use `backward import`, which needs none.",
            507,
        ) from error
    request.state.form = form
    return form


async def _parsed(request: Request) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == MULTIPART:
        return await _Parts(request).parse()
    if kind == URL_ENCODED:
        limits = {"max_fields": FIELDS_LIMIT, "max_part_size": TEXT_LIMIT_BYTES}
        return await FormParser(request.headers, request.stream(), **limits).parse()
    return FormData()


class _Parts(MultiPartParser):
    """Reads a form with files: its token comes first, or in the header."""

    def __init__(self, request: Request) -> None:
        limits = {"max_files": FILES_LIMIT, "max_fields": FIELDS_LIMIT, "max_part_size": TEXT_LIMIT_BYTES}
        super().__init__(request.headers, request.stream(), **limits)
        self._request = request
        self._admitted = fits(request, request.headers.get(HEADER))
        self._text_bytes = 0

    def on_headers_finished(self) -> None:
        """Look at the token before the first byte of a file is taken."""
        if b"filename" in (self._current_part.content_disposition or b"") and not self._is_admitted():
            raise Refused(STALE)
        super().on_headers_finished()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Count the text of all fields together."""
        if self._current_part.file is None:
            self._text_bytes += end - start
            if self._text_bytes > TEXT_LIMIT_BYTES:
                raise Refused("That is more text than a form of this app has; nothing was changed.", 413)
        super().on_part_data(data, start, end)

    def _is_admitted(self) -> bool:
        if not self._admitted:
            tokens = (value for name, value in self.items if name == FIELD and isinstance(value, str))
            self._admitted = fits(self._request, next(tokens, None))
        return self._admitted


Form = Annotated[FormData, Depends(read_form)]


def fields(form: FormData) -> Mapping[str, str]:
    """Return the plain fields of a form, without files and token."""
    return {key: value for key, value in form.items() if isinstance(value, str) and key != FIELD}
