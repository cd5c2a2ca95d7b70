"""What a beginner looks up: what the words mean, and how it is done, drawn."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import show

router = APIRouter()


@router.get("/words")
def words(request: Request) -> Response:
    """Show what the words on the screens mean."""
    return show(request, "words.html", section="evidence")


@router.get("/how")
def how(request: Request) -> Response:
    """Show how to run backward, turn, look round, start on a treadmill and fall softly."""
    return show(request, "how.html", section="plan")
