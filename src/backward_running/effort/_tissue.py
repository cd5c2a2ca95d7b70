"""What a tissue declares: its model, what is multiplied, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from backward_running.core.tissue import Confidence
from backward_running.effort.base import Model
from backward_running.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Tissue:
    """A tissue, the model of its factor, and how sure that is. Its model is found with it."""

    key: str  #: "knee"
    title: str
    means: str  #: what is multiplied, in a few words
    model: Model
    confidence: Confidence
    ordinal: int  #: where it stands in a table
    downhill: str | None = None  #: why nothing is said downhill; None where the factor is kept, with a caveat

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What stands behind its model."""
        return self.model.evidence
