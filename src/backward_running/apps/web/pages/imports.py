"""Import: drop files or a folder; a log says what came of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import SEEK_END
from typing import Any, BinaryIO

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from backward_running.apps.web.cards.metadata_form import choices, waiting_url
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.pages.metadata import checked
from backward_running.apps.web.pages.statements import said_parts
from backward_running.apps.web.responses import as_json, go, is_fragment, now_of, show, store_of, wants_json
from backward_running.apps.web.under_way import UnderWay
from backward_running.apps.words.phrases import STATUS
from backward_running.core.errors import BackwardRunningError, BadValue
from backward_running.core.ports import ImportEntry
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED
from backward_running.flows import intake
from backward_running.flows.joining import File, put_together

router = APIRouter()


@router.get("/import")
def import_page(request: Request) -> Response:
    """Show the door for files."""
    return _page(request, {}, None)


def _page(request: Request, typed: Mapping[str, str], problem: str | None) -> Response:
    return show(
        request,
        "import.html",
        status_code=422 if problem else 200,
        section="import",
        entries=intake.import_log(store_of(request), 8),
        status=STATUS,
        problem=problem,
        **_under_way(request),
        **said_parts(store_of(request), {}),
        **choices(typed),
    )


@router.get("/import/under-way")
def under_way_part(request: Request) -> Response:
    """Show how far the import is that is under way, or what came of the last one."""
    if not is_fragment(request):
        return go("/import")
    return show(request, "_import_under_way.html", status=STATUS, **_under_way(request))


@router.post("/import/under-way")
def steer(request: Request, form: Form) -> Response:
    """Hold the import that is under way, let it go on, or stop it."""
    found, asked = request.app.state.imports.of(store_of(request)), fields(form).get("now", "")
    if asked not in ("hold", "go_on", "stop"):
        raise BadValue("now", "be one of hold, go_on and stop", asked)
    if found is not None and found.is_going:
        getattr(found, asked)()
    return go("/import")


def _under_way(request: Request) -> dict[str, Any]:
    found: UnderWay | None = request.app.state.imports.of(store_of(request))
    return {"under_way": found, "left_s": None if found is None else found.left_s()}


@router.get("/import/log")
def log_page(request: Request) -> Response:
    """Show what came of every file."""
    asked = request.query_params
    counts = {name: int(asked[name]) for name in STATUS if re.fullmatch(r"\d{1,6}", asked.get(name, ""))}
    entries = intake.import_log(store_of(request))
    said = said_parts(store_of(request), {})
    return show(request, "import_log.html", section="import", entries=entries, status=STATUS, counts=counts, **said)


def _taken_in(request: Request, form: Form) -> list[ImportEntry]:
    """Take the files of a form in. It goes on when who sent them is gone, until it is done or stopped."""
    told, store, workers = checked(request, fields(form)), store_of(request), request.app.state.workers
    entries: list[ImportEntry] = []
    with request.app.state.imports.files(store) as (under_way, key):
        at_hand: list[BinaryIO] = []

        def files() -> Iterator[tuple[str, BinaryIO]]:
            for name, file in _files(form):
                under_way.at_hand[key], at_hand[:] = (name, None), [file]
                yield name, file

        came = intake.import_many(
            store, files(), now=now_of(request), told=told, workers=workers, goes_on=under_way.goes_on
        )
        for entry in came:
            entries.append(entry)
            under_way.came(entry, key, _share(at_hand[0]) if at_hand else None)
    return entries


def _share(file: BinaryIO) -> float | None:
    """Return how much of a file was gone through; None where it has no length."""
    try:
        at = file.tell()
        size = file.seek(0, SEEK_END)
        file.seek(at)
    except (OSError, ValueError):
        return None
    return at / size if size else None


@router.post("/import")
def take_files(request: Request, form: Form) -> Response:
    """Take a whole form of files in, without script."""
    try:
        entries = _taken_in(request, form)
        if not entries:
            hint = "Choose FIT, TCX or GPX files, or a zip of them."
            raise BadValue("files", "be at least one recording", "none", hint)
    except BadValue as problem:
        if wants_json(request):
            raise
        return _page(request, fields(form), str(problem))
    fresh = [entry for entry in entries if entry.activity_ids and entry.status in ("new", "partly")]
    if len(entries) == 1 and entries[0].status == "waiting":
        return go(waiting_url(entries[0].file_key, fields(form)))
    if len(entries) == 1 and fresh:
        return go(f"/runs/{fresh[0].activity_ids[0]}")
    counts = "&".join(f"{name}={sum(entry.status == name for entry in entries)}" for name in STATUS)
    return go(f"/import/log?{counts}")


@router.post("/import/together")
def take_together(request: Request, form: Form) -> Response:
    """Take the files of one run in as one recording: a phone's two sensors, one on each foot."""
    files = [File(name, file.read()) for name, file in _files(form)]
    try:
        if len(files) < 2:
            hint = "Choose the two files of your phone, or one of each sensor."
            raise BadValue("files", "be at least two of one run", len(files), hint)
        name, data, told = put_together(files, NOTHING_SUPPLIED)
    except BackwardRunningError as problem:
        if wants_json(request):
            raise
        return _page(request, {}, str(problem))
    (entry,) = intake.import_file(
        store_of(request), name, data, now=now_of(request), told=told, workers=request.app.state.workers
    )
    if entry.status == "failed":
        return _page(request, {}, entry.message)
    return go(f"/runs/{entry.activity_ids[0]}#sensor")


@router.post("/import/file")
def take_one(request: Request, form: Form) -> Response:
    """Take one file in and say as JSON what came of it; the page sends files one by one to show progress."""
    entries = _taken_in(request, form)
    return as_json(
        {
            "entries": [
                {
                    "file_name": entry.file_name,
                    "status": entry.status,
                    "words": STATUS.get(entry.status, entry.status),
                    "message": entry.message,
                    "activity_ids": list(entry.activity_ids),
                    "ask_url": waiting_url(entry.file_key, fields(form)) if entry.status == "waiting" else None,
                }
                for entry in entries
            ]
        }
    )


def _files(form: FormData) -> Iterator[tuple[str, BinaryIO]]:
    """Hand on the uploads one after the other, as they lie in a temporary file; only one member is in memory."""
    for _, upload in form.multi_items():
        if isinstance(upload, UploadFile) and upload.filename:
            yield upload.filename, upload.file
            upload.file.close()
