"""How the odd marks of people who go forward lie: the fitted constants, and nothing else.

They come from ``python -m validation.fit_odd_marks``: forward recordings of twelve people, each counted once. What is
reported of a person on the page of validation comes from a fit without that person.
"""

from __future__ import annotations

from collections.abc import Sequence

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, proposed_number
from backward_running.evidence.studies.this_project import STUDY
from backward_running.gait.steps import time_even_reference as manner_known
from backward_running.gait.steps.time_odd_log_odds import Known


def _fitted(part: str, says: str, kind: str, values: Sequence[float]) -> tuple[Number, ...]:
    source = Evidence(f"odd_marks.{part}", says, STUDY, Standing.OPINION, Tag.DERIVED)
    return tuple(Number(f"odd_marks_{part}_{kind}_{k}", value, "1", source) for k, value in enumerate(values))


_LOWER_LEG = (
    "Marks A, D and E of feet and shanks, walking and running forward: one motion-captured man, one actor in eight "
    "styles, six walkers with real sensors; each person counts once."
)
_THIGH = (
    "Marks A and C of thighs and trouser pockets, walking forward: one motion-captured man, one actor in eight styles, "
    "four people with a real phone in the pocket; each person counts once."
)
LOWER_LEG = Known(
    ("A", "D", "E"),
    _fitted("lower_leg", _LOWER_LEG, "typical", (-0.218, 0.432, 0.466)),
    _fitted("lower_leg", _LOWER_LEG, "spread", (0.0108, 0.0003, 0.0447, -0.0045, 0.0086, 0.0195)),
    proposed_number(
        "odd_marks_lower_leg_pooled_s", 6.0, "s", "Six seconds of a foot or a shank, some five strides, are pooled."
    ),
    proposed_number(
        "odd_marks_lower_leg_calm_mps2", 1.5, "m s⁻²", "A walking foot or shank is shaken by 1.8 m/s² and more."
    ),
    proposed_number(
        "odd_marks_lower_leg_still_radps", 0.8, "rad s⁻¹", "A foot or shank that swings by less than 0.8 rad/s rests."
    ),
    proposed_number(
        "odd_marks_lower_leg_hurried_mps3",
        200.0,
        "m s⁻³",
        "Walking and running are alike for feet and shanks; a running foot reaches 110 m/s² times its swings a second.",
    ),
    proposed_number(
        "odd_marks_lower_leg_in_step_s",
        0.040,
        "s",
        "An accelerometer 0.05 s behind the gyroscope begins to turn the marks of a foot round, at 0.07 s it has.",
    ),
    manner_known.LOWER_LEG,
)
MOUNTED_IN_STEP = proposed_number(
    "odd_marks_mounted_leg_in_step_s",
    0.07,
    "s",
    "In a known mounting strides answer and odd marks only object: a foot or a shank is asked up to 0.07 s. A running "
    "foot without impacts was wrong, and sure of it, with 0.071 s.",
)
THIGH_WALKING = Known(
    ("A", "C"),
    _fitted("thigh_walking", _THIGH, "typical", (-0.061, 0.410)),
    _fitted("thigh_walking", _THIGH, "spread", (0.0227, -0.0054, 0.0224)),
    proposed_number(
        "odd_marks_thigh_pooled_s", 11.0, "s", "Of a pocket ten windows are pooled: some ten strides of a walk."
    ),
    proposed_number("odd_marks_thigh_calm_mps2", 0.8, "m s⁻²", "A walking thigh is shaken by 1 m/s² and more."),
    proposed_number(
        "odd_marks_thigh_still_radps", 0.4, "rad s⁻¹", "A thigh that swings by less than 0.4 rad/s does not walk."
    ),
    proposed_number(
        "odd_marks_thigh_hurried_mps3",
        6.6,
        "m s⁻³",
        "A pocket is shaken by up to 5.9 m/s² times its swings a second walking (four people with a phone, two on "
        "motion capture), and from 7.2 on running: running, it shows no mark that people agree on.",
    ),
    None,
    manner_known.THIGH,
)
#: Of a thigh whose gyroscope was moved by the lag that it tells: that lag is a little off in each person.
THIGH_IN_STEP = THIGH_WALKING._replace(
    typical=_fitted("thigh_in_step", _THIGH, "typical", (-0.022, 0.376)),
    spread=_fitted("thigh_in_step", _THIGH, "spread", (0.0192, -0.0090, 0.0357)),
)
