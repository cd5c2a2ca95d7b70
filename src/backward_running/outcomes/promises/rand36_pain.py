"""Pain of the last four weeks, asked in the words of the RAND 36-Item Health Survey 1.0."""

from __future__ import annotations

from backward_running.evidence.studies.hays1993 import SCORING
from backward_running.outcomes.base import Item, Outcome, Questionnaire, measured
from backward_running.outcomes.promises.rand36_physical import CREDIT, IMPORTANT

_HOW_MUCH = ("None", "Very mild", "Mild", "Moderate", "Severe", "Very severe")
_HOW_FAR = ("Not at all", "A little bit", "Moderately", "Quite a bit", "Extremely")
OUTCOME = Outcome(
    key="rand36_pain",
    title="Pain of four weeks (RAND 36)",
    promise="Less pain, asked as clinics ask it.",
    unit="",
    better=1,
    important=IMPORTANT,
    measurement_error=None,
    series=measured("rand36_pain"),
    evidence=(IMPORTANT.evidence, SCORING),
    lowest=0.0,
    highest=100.0,
    questionnaire=Questionnaire(
        asks="Two questions about the past 4 weeks.",
        items=(
            Item(
                "How much bodily pain have you had during the past 4 weeks?",
                tuple(zip(_HOW_MUCH, (100.0, 80.0, 60.0, 40.0, 20.0, 0.0), strict=True)),
            ),
            Item(
                "During the past 4 weeks, how much did pain interfere with your normal work (including both work "
                "outside the home and housework)?",
                tuple(zip(_HOW_FAR, (100.0, 75.0, 50.0, 25.0, 0.0), strict=True)),
            ),
        ),
        credit=CREDIT,
    ),
    how="Two questions; 0 to 100, and 100 is no pain. Ask yourself every four weeks: it looks back so far.",
    warning="It is no check-in: pain on a day is told there, and only there does the plan hear of it.",
)
