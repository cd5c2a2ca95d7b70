"""The folder that is watched while the app is open."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.watched import folder_of
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, show, store_of
from backward_running.core.errors import BadValue
from backward_running.flows import watching

router = APIRouter()
PAGE = "/settings/folder"


@router.get(PAGE)
def folder_page(request: Request) -> Response:
    """Show which folder is watched."""
    folder = watching.folder(store_of(request))
    return show(request, "watched.html", section="settings", folder=folder, typed=folder or "", problem=None)


@router.post(PAGE)
def put_folder(request: Request, form: Form) -> Response:
    """Watch a folder, or none."""
    store, typed = store_of(request), fields(form).get("folder", "").strip()
    try:
        watching.put_folder(store, str(folder_of(typed)) if typed else None)
    except BadValue as refused:
        words = refused.hint or str(refused)
        kept = watching.folder(store)
        return show(
            request, "watched.html", status_code=422, section="settings", folder=kept, typed=typed, problem=words
        )
    return go(PAGE)
