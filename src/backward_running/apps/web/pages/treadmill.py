"""On the treadmill: find the devices, see the steps and what the belt says, save it as an indoor run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.demo_store import is_demo
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of, units_of
from backward_running.apps.words import treadmill as words
from backward_running.core.direction import Direction
from backward_running.core.errors import BackwardRunningError, BadValue, NotFound, Stopped
from backward_running.core.plan import Workout
from backward_running.flows import treadmill

if TYPE_CHECKING:
    from backward_running.apps.live.treadmill_desk import TreadmillDesk

router = APIRouter()
PAGE = "/plan/treadmill"
_CLOSED = "Nothing is recorded here: this is not the app that `backward serve` opened, or it is the demo."
_SAID = {"forward": Direction.FORWARD, "backward": Direction.BACKWARD}


@router.get(PAGE)
def treadmill_page(request: Request) -> Response:
    """Show the session that goes on, or how to begin one."""
    return _page(request)


@router.get(f"{PAGE}/now")
def stands(request: Request) -> Response:
    """Show how it stands at this moment."""
    return show(request, "_treadmill_now.html", **_standing(request))


@router.post(f"{PAGE}/look")
def look(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Look for devices for some seconds."""
    desk = _desk(request)
    if desk is None:
        return _page(request, problem=_CLOSED)
    try:
        found = desk.look()
    except NotFound as refused:
        return _page(request, problem=str(refused))
    if not found:
        return _page(
            request, problem="Nothing that speaks was found: switch the devices on, wear the strap, look again."
        )
    return go(PAGE)


@router.post(PAGE)
def begin(request: Request, form: Form) -> Response:
    """Begin a session."""
    desk, typed = _desk(request), fields(form)
    if desk is None:
        return _page(request, problem=_CLOSED)
    chosen = [str(address) for address in form.getlist("device")]
    try:
        workout = treadmill.chosen(store_of(request), typed.get("session", ""), now=now_of(request))
        desk.begin(store_of(request), chosen, workout, now=now_of(request))
    except (BadValue, NotFound) as refused:
        return _page(request, problem=str(refused), session=typed.get("session", ""), chosen=chosen)
    return go(PAGE)


@router.post(f"{PAGE}/do")
def do(request: Request, form: Form) -> Response:
    """Skip, pause, go on, or say which way."""
    what = fields(form).get("what", "")
    desk = _desk(request)
    if desk is None:
        return _page(request, problem=_CLOSED)
    try:
        session = desk.session_of(store_of(request))
        if what in _SAID:
            session.say(_SAID[what])
        elif what in ("skip", "pause", "resume"):
            getattr(session, what)()
        else:
            raise BadValue("what", f"be one of {', '.join(('skip', 'pause', 'resume', *_SAID))}", what)
    except BackwardRunningError as refused:
        return _page(request, problem=str(refused))
    return go(PAGE)


@router.post(f"{PAGE}/stop")
def stop(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Ask the belt to stop: nothing else is ever sent to it."""
    desk = _desk(request)
    if desk is None:
        return _page(request, problem=_CLOSED)
    try:
        return _page(request, said=desk.stop_belt(store_of(request)))
    except NotFound as refused:
        return _page(request, problem=str(refused))


@router.post(f"{PAGE}/end")
def end(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """End it, and take in what came."""
    desk = _desk(request)
    if desk is None:
        return _page(request, problem=_CLOSED)
    try:
        entry = desk.end(store_of(request), now=now_of(request), workers=request.app.state.workers)
    except BackwardRunningError as refused:
        return _page(request, problem=str(refused))
    return go(f"/runs/{entry.activity_ids[0]}") if entry.activity_ids else _page(request, problem=entry.message)


def _desk(request: Request) -> TreadmillDesk | None:
    return None if is_demo(request) else cast("TreadmillDesk | None", request.app.state.treadmill)


def _standing(request: Request) -> dict[str, Any]:
    desk, units = _desk(request), units_of(request)
    now = None if desk is None else desk.now(store_of(request))
    if desk is None or now is None:
        return {"stands": None, "troubles": []}
    key, sound, said = words.cue_of(now, units)
    return {
        "stands": now,
        "troubles": desk.troubles(),
        "big": words.big_word(now),
        "left": words.left_words(now, units),
        "step": words.step_words(now.step, units) if now.step else "",
        "following": words.step_words(now.following, units) if now.following else "",
        "waits": words.WAITS[now.waits] if now.waits else "",
        "cue": {"key": key, "sound": sound, "words": said, "count": words.count_of(now)},
    }


def _sessions(request: Request) -> tuple[tuple[Workout, ...], str | None]:
    try:
        return treadmill.offered(store_of(request), now=now_of(request)), None
    except Stopped as refused:
        return (), str(refused)


def _page(
    request: Request,
    *,
    problem: str | None = None,
    said: str | None = None,
    session: str = "",
    chosen: list[str] | None = None,
) -> Response:
    desk = _desk(request)
    sessions, stopped = _sessions(request)
    return show(
        request,
        "treadmill.html",
        status_code=422 if problem else 200,
        section="plan",
        desk=desk,
        found=desk.found if desk else [],
        sessions=sessions,
        stopped=stopped,
        session=session,
        chosen=chosen,
        problem=problem,
        said=said,
        **_standing(request),
    )
