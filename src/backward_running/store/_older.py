"""What older versions wrote as a sentence and this one keeps as a field: put right while it is read.

The text in the store stays as it was written. A row that is understood anew is written in today's form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backward_running.core.session import Estimate

_LEFT_OUT = "Left out: "


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


#: Noun → how its older text becomes today's.
TODAY: dict[type, Callable[[dict[str, Any]], dict[str, Any]]] = {Estimate: _left_out_of_caveats}
