"""Tables of body sensors that wait for a word on their columns, and where the sensor of a run sat."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.metadata_form import choices, metadata_of
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of
from backward_running.core.errors import BackwardRunningError, StoreError
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.flows import days, intake
from backward_running.flows.metadata_check import check_metadata
from backward_running.flows.sensors import set_mount

router = APIRouter()

OF_SENSORS = ("place", "mount", "top", "screen")


def checked(request: Request, typed: Mapping[str, str]) -> SuppliedMetadata:
    """Gather what was typed of files, and refuse what can be true of none before the first is read. Raises BadValue."""
    metadata = metadata_of(typed, days.own_zone(store_of(request)))
    check_metadata(metadata, now=now_of(request), athlete=store_of(request).athlete())
    return metadata


@router.get("/import/waiting/{key}")
def waiting_page(request: Request, key: str) -> Response:
    """Show the columns of a table that waits, and ask what they are."""
    return _waiting(request, key, request.query_params, None)


@router.post("/import/waiting/{key}")
def take_waiting(request: Request, key: str, form: Form) -> Response:
    """Take a table in that waited; where it cannot be, say why and keep what was typed."""
    typed = fields(form)
    try:
        entry = intake.import_waiting(store_of(request), key, checked(request, typed), now=now_of(request))
    except StoreError:
        raise
    except BackwardRunningError as problem:
        return _waiting(request, key, typed, str(problem))
    return go(f"/runs/{entry.activity_ids[0]}")


def _waiting(request: Request, key: str, typed: Mapping[str, str], problem: str | None) -> Response:
    store = store_of(request)
    ids = store.activity_ids_of(key)
    if ids:
        return go(f"/runs/{ids[0]}")
    file = intake.waiting_file(store, key)
    reply = show(request, "import_waiting.html", section="import", file=file, problem=problem, **choices(typed))
    if problem is not None:
        reply.status_code = 422
    return reply


@router.post("/runs/{activity_id}/sensor")
def wear(request: Request, activity_id: str, form: Form) -> Response:
    """Say where the sensor of a run sat, and judge it anew."""
    metadata = metadata_of({name: value for name, value in fields(form).items() if name in OF_SENSORS})
    set_mount(store_of(request), activity_id, metadata.place, mount_known=metadata.mount_known, axes=metadata.axes)
    return go(f"/runs/{activity_id}#bouts")
