"""Sessions to come as a link that the phone's app opens: everything stands behind the #, which no server ever sees.

What stands there is JSON, deflated and written in the letters of base64 that an address may hold. It is described in
docs/how-to/phone.md, so that another program can make such a link.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Repeat, Step, Workout

VERSION = 1
#: What stands before the sessions in the address.
MARK = "#s="
_PARTS = {Part.WARM_UP: "u", Part.WORK: "w", Part.RECOVERY: "r", Part.COOL_DOWN: "d"}
_DIRECTIONS = {Direction.FORWARD: "f", Direction.BACKWARD: "b", Direction.SIDEWAYS: "s", Direction.STILL: "n"}
_GAITS = {Gait.WALK: "w", Gait.RUN: "r"}


def write_fragment(
    workouts: Sequence[Workout],
    *,
    made_on: date,
    last_on: date,
    unit: str = "km",
    lanes: Mapping[str, str] | None = None,
) -> str:
    """Return what stands behind the address of the app.

    Parameters
    ----------
    workouts : sequence of Workout
        The sessions, in the order of their days.
    made_on, last_on : date
        When the link was made, and the last day on which its sessions may be begun: later the plan may say otherwise.
    unit : str
        ``km`` or ``mi``: in what the phone says a pace.
    lanes : mapping, optional
        Identifier of a session → the place that its runner ticked for it, in words; of others there is none.

    Returns
    -------
    str
        Beginning with ``#s=``; letters, digits, ``-`` and ``_``.
    """
    words: list[str] = []
    told = {
        "v": VERSION,
        "made": made_on.isoformat(),
        "until": last_on.isoformat(),
        "unit": unit,
        "sessions": [_session(workout, words, (lanes or {}).get(workout.workout_id)) for workout in workouts],
        "words": words,
    }
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()) + packer.flush()
    return MARK + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_fragment(fragment: str) -> dict[str, Any]:
    """Return what a link holds, as it was written: for tests, and for who wants to see what leaves the machine."""
    text = fragment.removeprefix(MARK)
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    told: dict[str, Any] = json.loads(zlib.decompress(packed, -zlib.MAX_WBITS))
    return told


def _session(workout: Workout, words: list[str], lane: str | None) -> dict[str, Any]:
    return {
        "id": workout.workout_id,
        "on": workout.on.isoformat(),
        "title": workout.title,
        "where": workout.place.value,
        "with": workout.with_whom,
        "indoor": workout.place is Place.TREADMILL,
        "pieces": [_piece(piece, words) for piece in workout.pieces],
        **({} if lane is None else {"lane": lane}),
    }


def _piece(piece: Step | Repeat, words: list[str]) -> list[Any]:
    if isinstance(piece, Repeat):
        return [piece.times, [_step(step, words) for step in piece.steps]]
    return _step(piece, words)


def _step(step: Step, words: list[str]) -> list[Any]:
    """Return name, part, direction, gait, seconds, metres, fastest m/s, heart rate, its cue of the words, looks."""
    return [
        step.name,
        _PARTS[step.part],
        _DIRECTIONS.get(step.direction, "-"),
        _GAITS[step.gait],
        step.duration_s,
        step.distance_m,
        None if step.speed_high_mps is None else round(step.speed_high_mps, 3),
        step.heart_rate_high_bpm,
        None if step.cue is None else _index(step.cue, words),
        int(step.looks_round),
    ]


def _index(word: str, words: list[str]) -> int:
    if word not in words:
        words.append(word)
    return words.index(word)
