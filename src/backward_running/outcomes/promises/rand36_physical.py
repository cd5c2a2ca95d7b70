"""Physical functioning, asked in the words of the RAND 36-Item Health Survey 1.0."""

from __future__ import annotations

from typing import Final

from backward_running.evidence import proposed_number
from backward_running.evidence.studies.hays1993 import SCORING
from backward_running.outcomes.base import Item, Outcome, Questionnaire, measured

IMPORTANT = proposed_number(
    "rand36_important_points",
    10.0,
    "1",
    "A scale of the RAND 36 matters from ten points of a hundred on: two answers of ten, one step better; no study of "
    "it was read.",
)
CREDIT: Final = (
    "From the RAND 36-Item Health Survey 1.0, developed at RAND as part of the Medical Outcomes Study; RAND permits "
    "its use. One scale of eight stands here, its words and its scoring unchanged."
)
_LIMITED = (("Yes, limited a lot", 0.0), ("Yes, limited a little", 50.0), ("No, not limited at all", 100.0))
_ACTIVITIES = (
    "Vigorous activities, such as running, lifting heavy objects, participating in strenuous sports",
    "Moderate activities, such as moving a table, pushing a vacuum cleaner, bowling, or playing golf",
    "Lifting or carrying groceries",
    "Climbing several flights of stairs",
    "Climbing one flight of stairs",
    "Bending, kneeling, or stooping",
    "Walking more than a mile",
    "Walking several blocks",
    "Walking one block",
    "Bathing or dressing yourself",
)
OUTCOME = Outcome(
    key="rand36_physical",
    title="Physical functioning (RAND 36)",
    promise="The article does not promise it; it is what somebody who treats you may ask.",
    unit="",
    better=1,
    important=IMPORTANT,
    measurement_error=None,
    series=measured("rand36_physical"),
    evidence=(IMPORTANT.evidence, SCORING),
    lowest=0.0,
    highest=100.0,
    questionnaire=Questionnaire(
        asks=(
            "The following items are about activities you might do during a typical day. Does your health now limit "
            "you in these activities? If so, how much?"
        ),
        items=tuple(Item(text, _LIMITED) for text in _ACTIVITIES),
        credit=CREDIT,
    ),
    how="Ten questions, two minutes; 0 to 100, and 100 is the best.",
    warning="Who runs easily is near 100 and cannot get better on it.",
)
