"""The app for the phone as static files: for any host that speaks HTTPS, and nothing of anybody is in them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from PIL import Image, ImageDraw

from backward_running import __version__
from backward_running.apps.words.body_sites import sites
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.screening import CONCUSSION_QUESTION, RED_FLAGS
from backward_running.flows.export_plan import ARCHIVE_TIME
from backward_running.flows.phone_limits import phone_limits

_BUILT = ("app.js", "style.css")
_WORKER = "sw.js"
#: Under which licences what others wrote is in it: they travel with it, and no phone has to keep them.
_NOTICES = "third-party-notices.txt"
#: The page loads what lies beside it, and asks nobody for anything.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
#: Sides of the icons in pixels; 180 is what an iPhone's home screen takes.
_ICONS = (180, 192, 512)
_PAPER, _FORWARD, _BACKWARD = (250, 248, 244), (15, 108, 176), (200, 80, 10)


def build(folder: Path) -> tuple[str, ...]:
    """Write the app into a folder.

    Parameters
    ----------
    folder : Path
        It is made where it is not there. Files of an app that was built before are replaced; others are left alone.

    Returns
    -------
    tuple of str
        The names of the files.

    Raises
    ------
    BadValue
        There is a file where the folder should be, or nothing can be written there.
    NotFound
        The front end was not built.
    """
    made = files_of_app()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
    except OSError as problem:
        raise BadValue("DIR", "be a folder that can be written", str(folder), problem.strerror or "") from problem
    return tuple(made)


def archive() -> bytes:
    """Return the app as a ZIP, the same for the same files. Raises NotFound where the front end was not built."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files_of_app().items():
            packed.writestr(zipfile.ZipInfo(name, ARCHIVE_TIME), content)
    return held.getvalue()


def files_of_app(*, beside_laptop: bool = False) -> dict[str, bytes]:
    """Return the files of the app, by name.

    Parameters
    ----------
    beside_laptop : bool
        Whether the laptop itself serves it: then it can be paired, fetches sessions and brings recordings home.

    Raises
    ------
    NotFound
        The front end was not built.
    """
    static = files("backward_running.apps.web") / "static" / "phone"
    try:
        made = {name: (static / name).read_bytes() for name in _BUILT}
        worker = (static / _WORKER).read_bytes()
        notices = (files("backward_running.apps.web") / "static" / _NOTICES).read_bytes()
    except FileNotFoundError:
        raise NotFound("The app for the phone was not built; `make run` or `make test` builds it.") from None
    made |= {f"icon-{side}.png": _icon(side) for side in _ICONS}
    made["manifest.webmanifest"] = _manifest()
    made["index.html"] = _page(beside_laptop=beside_laptop)
    digest = hashlib.sha256(b"".join(made[name] for name in sorted(made))).hexdigest()[:16]
    kept = {"name": f"backward-{digest}", "files": ["./", *sorted(made)]}
    made[_NOTICES] = notices
    made[_WORKER] = f"const KEPT={json.dumps(kept)};\n".encode() + worker
    return made


def _page(*, beside_laptop: bool) -> bytes:
    environment = Environment(
        loader=PackageLoader("backward_running.apps.web"), undefined=StrictUndefined, autoescape=select_autoescape()
    )
    flags = [
        {"key": flag.key, "words": flag.words, "whomToSee": flag.whom_to_see, "emergency": flag.emergency}
        for flag in RED_FLAGS
    ]
    # Inside a script of data a "<" could end it.
    told = {
        "flags": flags, "sites": sites(), "concussion": CONCUSSION_QUESTION, "version": __version__,
        "limits": asdict(phone_limits(sites())),
        "besideLaptop": beside_laptop,
    }  # fmt: skip
    words = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return environment.get_template("phone_app.html").render(words=words, policy=_POLICY).encode()


def _manifest() -> bytes:
    told = {
        "name": "Backward: running backward, guided",
        "short_name": "Backward",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#faf8f4",
        "theme_color": "#faf8f4",
        "icons": [
            {"src": f"icon-{side}.png", "sizes": f"{side}x{side}", "type": "image/png", "purpose": "any maskable"}
            for side in _ICONS
        ],
    }
    return json.dumps(told, indent=1).encode()


def _icon(side: int) -> bytes:
    """Draw two chevrons back to back: forward in one colour, backward in the other."""
    drawn = Image.new("RGB", (4 * side, 4 * side), _PAPER)
    pen = ImageDraw.Draw(drawn)
    unit = 4 * side / 32
    for colour, corners in (
        (_BACKWARD, ((14, 9), (8, 16), (14, 23))),
        (_FORWARD, ((18, 9), (24, 16), (18, 23))),
    ):
        pen.line([(x * unit, y * unit) for x, y in corners], fill=colour, width=round(2.6 * unit), joint="curve")
    packed = io.BytesIO()
    drawn.resize((side, side), Image.Resampling.LANCZOS).save(packed, "PNG", optimize=True)
    return packed.getvalue()
