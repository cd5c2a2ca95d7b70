"""The contract tests of plugs, for whoever writes one: a format, a detector, a model, a rule, and so on.

A test class of your own names your plugs and inherits the contract::

    from backward_running.testing import FormatContract, Sample

    class TestTally(FormatContract):
        plugs = (tally.FORMAT,)
        samples = {"tally": Sample(DATA, "speed_mps", SPEEDS)}

The house's own plugs are held to the very same classes. ``pytest --grades`` says which grade of the quality scale each
plug reached (:mod:`backward_running.testing.scale`). Needs the extra ``testing``: pytest and Hypothesis.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backward_running.testing.conditions import ConditionContract
    from backward_running.testing.detectors import DetectorContract
    from backward_running.testing.formats import FormatContract, Sample
    from backward_running.testing.models import ModelContract
    from backward_running.testing.outcomes import OutcomeContract
    from backward_running.testing.places import PlaceRuleContract
    from backward_running.testing.protocols import ProtocolContract
    from backward_running.testing.rules import RuleContract
    from backward_running.testing.scale import Grade
    from backward_running.testing.scenes import Scene

__all__ = [
    "ConditionContract",
    "DetectorContract",
    "FormatContract",
    "Grade",
    "ModelContract",
    "OutcomeContract",
    "PlaceRuleContract",
    "ProtocolContract",
    "RuleContract",
    "Sample",
    "Scene",
]

_HOMES = {
    "ConditionContract": "conditions",
    "DetectorContract": "detectors",
    "FormatContract": "formats",
    "Grade": "scale",
    "ModelContract": "models",
    "OutcomeContract": "outcomes",
    "PlaceRuleContract": "places",
    "ProtocolContract": "protocols",
    "RuleContract": "rules",
    "Sample": "formats",
    "Scene": "scenes",
}
#: Modules whose assertions say both sides of what they compared.
CONTRACTS = tuple(f"{__name__}.{home}" for home in dict.fromkeys(("base", *_HOMES.values())) if home != "scale")


def __getattr__(name: str) -> Any:
    """Import a contract when it is asked for: the plugin is loaded by every pytest and must cost it nothing."""
    if name not in _HOMES:
        raise AttributeError(f"{__name__} has no {name!r}; it has {', '.join(__all__)}.")
    try:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as problem:
        if problem.name not in ("pytest", "hypothesis"):
            raise
        raise ImportError(
            f"The contract tests need {problem.name}; install it with: pip install 'backward-running[testing]'"
        ) from problem
