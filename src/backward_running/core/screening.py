"""The dictionary of screening words: red flags, conditions and outcomes, as keys and as a runner reads them.

A key travels in answers and in :class:`~backward_running.core.athlete.CheckIn`; what follows from it is decided by the
rules of ``rehab``. Nothing here diagnoses: each line only says whom to see.
"""

from __future__ import annotations

from typing import NamedTuple


class RedFlag(NamedTuple):
    """A sign that stops all coaching until a professional has looked at it."""

    key: str
    words: str
    whom_to_see: str
    emergency: bool


RED_FLAGS: tuple[RedFlag, ...] = (
    RedFlag(
        "groin_or_hip_pain",
        "Pain in the groin or the front of the hip that gets worse with load or at night",
        "a sports doctor within days; do not run until then",
        emergency=False,
    ),
    RedFlag(
        "bone_tenderness",
        "One spot on a bone that hurts when pressed, after you ran a lot more than usual",
        "a sports doctor within days; do not run until then",
        emergency=False,
    ),
    RedFlag(
        "night_pain_or_fever",
        "Pain at night or at rest, fever, or weight loss you cannot explain",
        "a doctor this week",
        emergency=False,
    ),
    RedFlag(
        "saddle_numbness",
        "Numbness around the seat, or a change in bladder or bowel control",
        "an emergency department, now",
        emergency=True,
    ),
    RedFlag(
        "calf_swelling",
        "A calf that is swollen and warm",
        "an emergency department, now",
        emergency=True,
    ),
    RedFlag(
        "calf_kick",
        "A sudden “kick” in the calf, after which you cannot rise onto your toes",
        "a doctor today",
        emergency=False,
    ),
    RedFlag(
        "chest_pain",
        "Chest pain, fainting, or a heart that races or stumbles",
        "the emergency number, now",
        emergency=True,
    ),
    RedFlag(
        "locked_knee",
        "A knee that locks or gives way",
        "a doctor or physiotherapist within days",
        emergency=False,
    ),
    RedFlag(
        "head_strike",
        "A blow to the head, or headache, confusion or vomiting after a fall",
        "a doctor today, not alone; the emergency number if it gets worse",
        emergency=False,
    ),
    RedFlag(
        "stroke_signs",
        "All at once a drooping face, a weak or numb arm or leg, or slurred speech",
        "the emergency number, now",
        emergency=True,
    ),
    RedFlag(
        "dizziness",
        "New dizziness or loss of vision",
        "a doctor today; the emergency number if it came suddenly",
        emergency=False,
    ),
)

#: The red flag of a blow to the head, and what is asked after every fall. Any yes is that flag.
HEAD_STRIKE = "head_strike"
CONCUSSION_QUESTION = "Did you hit your head, or have you had a headache, confusion, vomiting or new dizziness since?"

#: What a runner may be or have that decides what they may be offered. (key, words)
#: What follows from each is decided by the rules of ``rehab``; every one of them is asked, whoever asks.
CONDITIONS: tuple[tuple[str, str], ...] = (
    ("neuropathy", "Nerve trouble in the legs or feet (neuropathy), or feet that feel numb"),
    ("seizures_or_fainting", "Seizures or fainting, now or in the past"),
    ("concussion_3_months", "A concussion in the last 3 months"),
    ("vertigo", "Vertigo, or a balance (inner ear) problem"),
    ("sight", "A sight problem that glasses do not correct"),
    ("stiff_neck", "A neck that cannot turn to look over the shoulder"),
    ("parkinson_or_stroke", "Parkinson’s disease, or a stroke in the past"),
    ("osteoporosis", "Osteoporosis (thin bones), without a broken bone"),
    ("fragility_fracture", "Osteoporosis with a broken bone"),
    ("acute_calf_or_foot", "Fresh pain in the Achilles tendon, calf, sole or forefoot"),
    ("frail", "I am weaker than I was, or unsteady when I stand or walk"),
    ("pregnancy_first_trimester", "Pregnant, first trimester (up to week 13)"),
    ("pregnancy", "Pregnant, second or third trimester"),
    ("beta_blocker", "A beta-blocker (for the heart, blood pressure or migraine)"),
    ("anticoagulation", "Blood thinners"),
    ("vestibular_or_visual", "A balance (inner ear) or sight problem"),
)

#: Conditions that are no longer asked, as they were parted in two; answers that were given before still count.
ASKED_BEFORE: frozenset[str] = frozenset({"vestibular_or_visual"})

#: Asks for the 3-metre backward walk test. (key, words)
RECENT_FALL: tuple[str, str] = ("fell_12_months", "I fell in the last 12 months")

#: Answers about that test: the seconds it took, the day on which it was done. And the day on which a fall without a day
#: was told.
WALK_TEST_S, WALK_TEST_ON, FALL_TOLD_ON = "backward_walk_test_s", "backward_walk_test_on", "fall_told_on"

#: Said on purpose, so that "not answered" and "nothing applies" stay two things. (key, words)
NOTHING_APPLIES: tuple[str, str] = ("none", "None of these")

_MEDICINES = ("beta_blocker", "anticoagulation")
_PREGNANCY = ("pregnancy_first_trimester", "pregnancy")

#: The health question in short groups, a heading and its keys each. "None of these" stands behind them all.
HEALTH_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Right now", tuple(flag.key for flag in RED_FLAGS)),
    (
        "Balance, nerves and bones",
        (
            RECENT_FALL[0],
            *(key for key, _ in CONDITIONS if key not in {*_MEDICINES, *_PREGNANCY, *ASKED_BEFORE}),
        ),
    ),
    ("Pregnancy and medicines", (*_PREGNANCY, *_MEDICINES)),
)

#: Where the PAR-Q+ is answered: used whole and unchanged, only its outcome comes back. (key, words)
#: And the answer with that outcome, and the day on which it was told.
PARQ, PARQ_TOLD_ON = "parq", "parq_told_on"
PARQ_LINK = "https://eparmedx.com/"
#: An outcome that is no longer offered: it does not say whether running is allowed. It still counts, for walking.
PARQ_CLEARED = "cleared"
PARQ_OUTCOMES: tuple[tuple[str, str], ...] = (
    ("all_no", "Done: every answer was no"),
    ("cleared_running", "Done: I answered yes to something, and a professional cleared me, running included"),
    ("cleared_walking", "Done: I answered yes to something, and a professional cleared me; running not, or not asked"),
    ("yes_any", "Done: I answered yes to something"),
    ("not_done", "Not done yet"),
)
