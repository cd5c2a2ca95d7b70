"""Addresses that were renamed: a bookmark of the old one leads to the new one."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

router = APIRouter()
RENAMED = {
    "/plan/take-along": "/plan/export",
    "/check-in/kept": "/check-in/saved",
}


def lead_on(request: Request) -> Response:
    """Send the browser on for good, with what was asked."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(RENAMED[request.url.path] + query, status_code=308)


for old in RENAMED:
    router.add_api_route(old, lead_on, methods=["GET"])
