"""What older versions wrote as a sentence and this one keeps as a field: put right while it is read.

The text in the store stays as it was written. A row that is understood anew is written in today's form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from backward_running.core.plan import Reason, Step
from backward_running.core.recording import Recording
from backward_running.core.session import Estimate

_LEFT_OUT = "Left out: "
_NO_DATE = "The file does not say when it was recorded; it is filed under 1 January 1970."
_EPOCH = "1970-01-01T00:00:00+00:00"
_KIND = {"accelerometer": "acc", "gyroscope": "gyr", "magnetometer": "mag"}
_LOOK = "Look over a shoulder every 5–8 steps"
#: Key of a statement → how it began.
_STATEMENTS = (
    (
        "first_run",
        re.compile(r"(?:Your|The) first backward running(?: of this plan)? is in week (\d+)\."),
    ),
    (
        "walks",
        re.compile(r"You walk backward throughout; nothing here is run\.|As the plan stands now you walk backward"),
    ),
    ("holds", re.compile(r"From week (\d+) on the plan holds: ")),
)
_SENSOR_LEFT_OUT = re.compile(r"The (accelerometer|gyroscope|magnetometer) was left out: (.+)\.")


def _left_out_of_caveats(content: dict[str, Any]) -> dict[str, Any]:
    """Part the caveats of an estimate from what is not in it.

    >>> _left_out_of_caveats({"caveats": ["Left out: It was dark.", "It was level."]})
    {'caveats': ['It was level.'], 'left_out': ['It was dark.']}
    """
    if "left_out" in content or not any(said.startswith(_LEFT_OUT) for said in content.get("caveats", ())):
        return content
    left_out = [said.removeprefix(_LEFT_OUT) for said in content["caveats"] if said.startswith(_LEFT_OUT)]
    caveats = [said for said in content["caveats"] if not said.startswith(_LEFT_OUT)]
    return {**content, "caveats": caveats, "left_out": left_out}


def _named_in_losses(content: dict[str, Any]) -> dict[str, Any]:
    """Read off the losses of a recording whether it has a date, and which sensors were refused.

    >>> today = _named_in_losses({"started_at": "1970-01-01T00:00:00+00:00", "losses": [
    ...     "The gyroscope was left out: it is dead.", _NO_DATE]})
    >>> today["refused"], today["dated"]
    ({'gyr': 'it is dead'}, False)
    """
    if "dated" in content or not content.get("losses"):
        return content
    found = (_SENSOR_LEFT_OUT.fullmatch(loss) for loss in content["losses"])
    refused = {_KIND[matched[1]]: matched[2] for matched in found if matched is not None}
    undated = content["started_at"] == _EPOCH and _NO_DATE in content["losses"]
    return {**content, "refused": refused, "dated": not undated}


def _known_by_words(content: dict[str, Any]) -> dict[str, Any]:
    """Give the reason of an older plan the key of the statement that it makes.

    >>> _known_by_words({"text": "From week 5 on the plan holds: your cap is 12 min a week."})
    {'text': 'From week 5 on the plan holds: your cap is 12 min a week.', 'key': 'holds', 'names_week': 5}
    """
    if "key" in content:
        return content
    matches = ((key, pattern.match(content["text"])) for key, pattern in _STATEMENTS)
    key, found = next(((key, found) for key, found in matches if found is not None), ("", None))
    if found is None:
        return content
    return {**content, "key": key, "names_week": int(found[1]) if found.groups() else None}


def _looks_round_by_cue(content: dict[str, Any]) -> dict[str, Any]:
    """Read off the cue of a step whether it asks for a look over the shoulder.

    >>> _looks_round_by_cue({"cue": "Look over a shoulder every 5–8 steps, left and right in turn."})["looks_round"]
    True
    """
    return content if "looks_round" in content else {**content, "looks_round": _LOOK in (content.get("cue") or "")}


#: Noun → how its older text becomes today's.
TODAY: dict[type, Callable[[dict[str, Any]], dict[str, Any]]] = {
    Estimate: _left_out_of_caveats,
    Reason: _known_by_words,
    Recording: _named_in_losses,
    Step: _looks_round_by_cue,
}
