"""Whose pages a browser sees, where a store has several people: a cookie says it, and every token is of one person.

Two windows of a browser share their cookies: where one turns to somebody else, the other still shows who was before.
What that window sends is refused, since its token is of the person it shows; nothing of one is ever written down as of
another.
"""

from __future__ import annotations

import re
from typing import cast

from fastapi import Request

from backward_running.apps.web.demo_store import DemoStore, is_demo
from backward_running.core.ports import Store
from backward_running.core.ports.ground import Regions

_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
#: In place of an id, in the tokens of the demo's pages.
_DEMO = "demo"


def cookie_name(port: int | None) -> str:
    """Return the name of the cookie that says whose pages are shown.

    >>> cookie_name(8484)
    'backward_person_8484'
    """
    return f"backward_person_{port or 80}"


def cookie_of(request: Request) -> str:
    """Return the name of the cookie at the port of a request."""
    return cookie_name((request.scope.get("server") or (None, None))[1])


class Household:
    """The memories of all people of a store, each opened when it is first asked for.

    Parameters
    ----------
    store : Store
        The memory of who is shown where a browser did not choose.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.first = store.athlete_id  #: who is shown where a browser did not choose
        self._opened: dict[str, Store] = {store.athlete_id: store}

    def memory(self, athlete_id: str) -> Store:
        """Return somebody's memory; where they are gone, that of who is shown without a choice."""
        if all(who.athlete_id != athlete_id for who in self._store.people()):
            self._opened.pop(athlete_id, None)
            return self._store
        if athlete_id not in self._opened:
            self._opened[athlete_id] = self._store.of(athlete_id)
        return self._opened[athlete_id]


def shown(request: Request) -> str:
    """Return the id of who is shown, as far as the request says; tokens are of it."""
    if is_demo(request):
        return _DEMO
    chosen = request.cookies.get(cookie_of(request), "")
    return chosen if _ID.fullmatch(chosen) else cast(Household, request.app.state.household).first


def store_of(request: Request) -> Store:
    """Return the memory a request is about: of who is shown, or the demo's where this browser tries it."""
    app = request.app.state
    if is_demo(request):
        return cast(DemoStore, app.demo).store(app.now())
    athlete_id, household = shown(request), cast(Household, app.household)
    return cast(Store, app.store) if athlete_id == household.first else household.memory(athlete_id)


def regions_of(request: Request) -> Regions | None:
    """Return the prepared maps a request is about: of this store, or the demo's; None where there are none."""
    app = request.app.state
    if is_demo(request):
        return cast(DemoStore, app.demo).regions()
    return cast("Regions | None", app.regions)
