"""The template environment: what every template may call, and the addresses of static files."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from backward_running.apps.web.drawing.ribbon import ribbon
from backward_running.apps.web.drawing.svg import ribbon_svg, steps_svg
from backward_running.apps.words import phrases, units
from backward_running.apps.words.changes import summary_of
from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Estimate

STATIC = Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def make_environment() -> Environment:
    """Make the template environment: everything is escaped, always; an unknown name is an error.

    One per process, for it keeps the compiled templates and nothing of an app.
    """
    environment = Environment(
        loader=PackageLoader("backward_running.apps.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "Direction": Direction,
        "Gait": Gait,
        "asset": asset,
        "preloads": preloads,
        "clock": units.clock,
        "minutes": units.minutes,
        "whole": units.whole,
        "grade": units.grade,
        "share": units.share,
        "percent_change": units.percent_change,
        "change_summary": summary_of,
        "letter": phrases.LETTER.__getitem__,
        "movement": phrases.movement,
        "likely_words": phrases.likely_words,
        "tap_minutes": phrases.tap_minutes,
        "when": phrases.when,
        "when_short": phrases.when_short,
        "long_day": phrases.long_day,
        "short_day": phrases.short_day,
        "relative_day": phrases.relative_day,
        "plural": phrases.plural,
        "hours": phrases.hours,
        "ribbon": ribbon,
        "ribbon_svg": ribbon_svg,
        "steps_svg": steps_svg,
        "is_estimate": lambda thing: isinstance(thing, Estimate),
        "GAP": units.GAP,
    }
    return environment


@lru_cache(maxsize=64)
def _digest(name: str, modified_ns: int) -> str:
    """Return the hash of a file's content; asked again when the file was changed."""
    del modified_ns
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of a static file, with its content's hash so that browsers may keep it for ever."""
    path = STATIC / name
    return f"/static/{name}?v={_digest(name, path.stat().st_mtime_ns)}" if path.is_file() else f"/static/{name}"


def preloads(name: str) -> list[str]:
    """Return the addresses of what a script imports at once, so that a page can ask for all of it together."""
    path = STATIC / "preload.json"
    if not path.is_file():
        return []  # the front end is not built: the pages work without it
    return [f"/static/{wanted}" for wanted in _preloads(path.stat().st_mtime_ns).get(name, ())]


@lru_cache(maxsize=2)
def _preloads(changed_ns: int) -> dict[str, list[str]]:  # noqa: ARG001 - part of the key: a new build is read anew
    found: dict[str, list[str]] = json.loads((STATIC / "preload.json").read_text(encoding="utf-8"))
    return found
