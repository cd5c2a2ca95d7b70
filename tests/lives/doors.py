"""The doors through which a plan leaves, read as strangers read them: only what they say of sessions to come."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.errors import BackwardRunningError
from backward_running.flows import coach, export_plan, feed
from tests.lives import read_outside
from tests.lives.facts import Content, moved_to

_EVENT = re.compile(r"BEGIN:VEVENT.*?END:VEVENT", re.S)
_SHORT = 15


@dataclass(frozen=True, slots=True)
class Said:
    """What one door says is to come: day and backward seconds by session (None where it does not say)."""

    door: str
    sessions: dict[tuple[str, date], float | None]
    refused: str | None = None


def all_doors(store, now: datetime) -> Iterator[Said]:
    """Ask every door that shows the whole plan."""
    today = now.date()
    yield _asked("feed", lambda: _events(feed.calendar(store, now=now), today))
    yield _asked("export ics", lambda: _events(export_plan.plan_ics(store, now=now)[1], today))
    yield _asked("export csv", lambda: _table(call(export_plan.plan_csv, store, now)[1], today))
    yield _asked("export json", lambda: _json(export_plan.plan_json(store, today=today)[1], today))


def whole(store, now: datetime, page: tuple[Content, ...]) -> Iterator[tuple[str, Callable[[], Iterable[Content]]]]:
    """Yield every door through which the whole plan leaves, and how its sessions are read there."""

    def calendar() -> Iterable[Content]:
        said = _events(feed.calendar(store, now=now), now.date())
        own = {one.workout_id: one for one in page}
        return [moved_to(own[name], on) for name, on in said if name in own]

    def table() -> Iterable[Content]:
        return read_outside.on_the_page(read_outside.of_table(call(export_plan.plan_csv, store, now)[1]), page)

    yield "feed, by itself", calendar
    yield "export csv, by itself", table
    yield (
        "export json, by itself",
        lambda: read_outside.of_plan(json.loads(export_plan.plan_json(store, today=now.date())[1])),
    )
    yield "terminal plan", lambda: read_outside.of_plan(read_outside.terminal(store, now, "plan"))


def parts(store, now: datetime, workout_id: str, week: int) -> Iterator[Said]:
    """Ask the doors that give one session, one week or paper."""
    for ending in ("fit", "numbered", "zwo", "txt"):
        yield _asked(f"export workout {ending}", lambda ending=ending: _one(store, now, workout_id, ending))
    yield _asked("export week", lambda: _week(store, now, week))
    yield _asked("workout page", lambda: _page(store, now, workout_id))


def paper(store, now: datetime) -> Said:
    """Ask for the plan on paper: slow where it is given, so only asked where it must not be."""

    def asked() -> dict[tuple[str, date], float | None]:
        call(export_plan.plan_pdf, store, now, speed_words=str)
        return {("paper", now.date()): None}

    return _asked("export pdf", asked)


def call(flow: Callable, store, now: datetime, *given: object, **named: object):
    """Call a flow with the moment, where it asks for one."""
    asks = flow.__code__.co_varnames[: flow.__code__.co_argcount + flow.__code__.co_kwonlyargcount]
    told = {"now": now} if "now" in asks else {"today": now.date()} if "today" in asks else {}
    return flow(store, *given, **told, **named)


def _asked(door: str, ask: Callable[[], dict[tuple[str, date], float | None]]) -> Said:
    try:
        return Said(door, ask())
    except BackwardRunningError as refused:
        return Said(door, {}, str(refused))


def _events(data: bytes, today: date) -> dict[tuple[str, date], float | None]:
    text = data.decode().replace("\r\n ", "").replace("\n ", "")
    found: dict[tuple[str, date], float | None] = {}
    for event in _EVENT.findall(text):
        uid = re.search(r"UID:(\S+?)@", event)
        on = re.search(r"DTSTART[^:]*:(\d{8})", event)
        assert uid and on, event
        day = datetime.strptime(on[1], "%Y%m%d").date()  # noqa: DTZ007 -- a day
        if day >= today and "STATUS:CANCELLED" not in event:
            found[uid[1], day] = None
    return found


def _table(data: bytes, today: date) -> dict[tuple[str, date], float | None]:
    found: dict[tuple[str, date], float | None] = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        day = date.fromisoformat(row["on"])
        if day >= today:
            key = (f"{row['week']}-{row['session']}", day)
            back = float(row["duration_s"] or 0) if row["direction"] == "backward" else 0.0
            found[key] = (found.get(key) or 0.0) + back
    return found


def _json(data: bytes, today: date) -> dict[tuple[str, date], float | None]:
    told = json.loads(data)
    workouts = [one for week in told.get("weeks", ()) for one in week["workouts"]]
    return {
        (one["workout_id"], date.fromisoformat(one["on"])): _seconds(one["pieces"])
        for one in workouts
        if date.fromisoformat(one["on"]) >= today
    }


def _seconds(pieces: list[dict]) -> float | None:
    back = 0.0
    for piece in pieces:
        for step in piece.get("steps", [piece]):
            if step["direction"] == "backward":
                if not step["duration_s"]:
                    return None  # by distance
                back += piece.get("times", 1) * step["duration_s"]
    return back


def _one(store, now: datetime, workout_id: str, ending: str) -> dict[tuple[str, date], float | None]:
    name, data = call(export_plan.workout_file, store, now, workout_id, ending)
    return {(workout_id, date.fromisoformat(name[:10])): None} if data else {}


def _week(store, now: datetime, week: int) -> dict[tuple[str, date], float | None]:
    _, data = call(export_plan.week_zip, store, now, week)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    days = [(name, date.fromisoformat(name[:10])) for name in names]
    return {(name, day): None for name, day in days if day >= now.date()}


def _page(store, now: datetime, workout_id: str) -> dict[tuple[str, date], float | None]:
    one = call(coach.workout, store, now, workout_id)
    return {(workout_id, one.on): None}


def asked_of(answers: Mapping[str, object]) -> dict[str, object]:
    """Leave out what this version of the program does not ask about."""
    asked = {one.key: {key for key, _ in one.choices} for one in coach.questions()}
    health = [one for one in answers["health"] if one in asked["health"]]  # type: ignore[attr-defined]
    return {**answers, "health": health or ["none"]}
