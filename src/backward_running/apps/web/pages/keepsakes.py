"""What is kept beside a run: a note, shoes, photos; and the page of shoes."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, show, store_of, today_of, units_of
from backward_running.apps.words.units import read_number
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.flows import keepsakes

router = APIRouter()
SHOES = "/shoes"


@router.post("/runs/{activity_id}/note")
def put_note(request: Request, activity_id: str, form: Form) -> Response:
    """Keep the note and the shoes of a run."""
    store, typed = store_of(request), fields(form)
    keepsakes.wear(store, activity_id, typed.get("shoe_id", ""))
    keepsakes.write_note(store, activity_id, typed.get("note", ""))
    return go(f"/runs/{activity_id}#beside")


@router.post("/runs/{activity_id}/photos")
def add_photos(request: Request, activity_id: str, form: Form) -> Response:
    """Keep photos beside a run, without where they were made."""
    store = store_of(request)
    files = [sent for _, sent in form.multi_items() if isinstance(sent, UploadFile) and sent.filename]
    if not files:
        raise UnreadableFile("No photo was chosen; choose a JPEG, PNG or WebP file.")
    for file in files:
        keepsakes.add_photo(store, activity_id, file.file.read(keepsakes.LARGEST_PHOTO_BYTES + 1))
        file.file.close()
    return go(f"/runs/{activity_id}#beside")


@router.get("/runs/{activity_id}/photos/{photo_id}")
def photo(request: Request, activity_id: str, photo_id: str) -> Response:
    """Give a photo."""
    head, data = store_of(request).photo(activity_id, photo_id)
    return Response(data, 200, {"Cache-Control": "no-store"}, head.media_type)


@router.post("/runs/{activity_id}/photos/remove")
def remove_photo(request: Request, activity_id: str, form: Form) -> Response:
    """Forget a photo."""
    store_of(request).delete_photo(activity_id, fields(form).get("photo_id", ""))
    return go(f"/runs/{activity_id}#beside")


@router.get(SHOES)
def shoes_page(request: Request) -> Response:
    """Show all shoes and what was run in them."""
    return _shoes(request, {}, None)


def _shoes(request: Request, typed: Mapping[str, str], problem: str | None) -> Response:
    return show(
        request,
        "shoes.html",
        status_code=422 if problem else 200,
        section="settings",
        shoes=keepsakes.shoes(store_of(request)),
        typed={"name": "", "start": "", **typed},
        problem=problem,
    )


@router.post(SHOES)
def add_shoe(request: Request, form: Form) -> Response:
    """Add a pair of shoes."""
    typed, units = fields(form), units_of(request)
    try:
        start = typed.get("start", "").strip()
        hint = "Write what the shoes have run so far as a number, or leave it empty."
        start_m = read_number(start, name="distance", hint=hint) * units.long_m if start else 0.0
        keepsakes.add_shoe(store_of(request), typed.get("name", ""), start_m)
    except BadValue as problem:
        return _shoes(request, typed, problem.hint or str(problem))
    return go(SHOES)


@router.post(f"{SHOES}/retire")
def retire(request: Request, form: Form) -> Response:
    """Take a pair out of use, or into use again."""
    typed = fields(form)
    on = None if typed.get("again") else today_of(request)
    keepsakes.retire(store_of(request), typed.get("shoe_id", ""), on)
    return go(SHOES)
