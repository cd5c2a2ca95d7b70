"""How people move who go forward: the fitted constants, and nothing else.

They come from ``python -m validation.fit_manner``, which writes this file. Of the covariances the lower triangle stands
here, row by row, in the order of :data:`backward_running.gait.steps.time_even_features.MEASURES`.
"""

from __future__ import annotations

from collections.abc import Sequence

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY
from backward_running.gait.steps.novelty import People


def _people(part: str, says: str, typical: Sequence[float], spread: Sequence[float], farthest: float) -> People:
    source = Evidence(f"manner.{part}", says, STUDY, Standing.OPINION, Tag.DERIVED)
    mean, covariance = (
        tuple(Number(f"manner_{part}_{kind}_{k}", value, "1", source) for k, value in enumerate(values))
        for kind, values in (("typical", typical), ("spread", spread))
    )
    return People(mean, covariance, Number(f"manner_{part}_farthest_squared", farthest, "1", source))


LOWER_LEG = _people(
    "lower_leg",
    "How feet and shanks move, walking and running: a motion-captured man, an actor in eight styles, six walkers "
    "with real sensors; each person counts once. Of people left out of the fit 1 % of the windows lie farther off "
    "than the border.",
    (
        0.4137, 2.2061, 1.3861, 0.9121, 1.1909, 2.7348, 2.5519, 1.1225, 0.5168, 0.3053, -0.4139, 0.1587, -1.8963,
        -1.2789, -3.0707,
    ),
    (
        0.0275, 0.0506, 0.3180, 0.0232, 0.1054, 0.0982, -0.0072, -0.0476, -0.0276, 0.0455, -0.0068, -0.0429, -0.0295,
        0.0168, 0.1119, 0.0070, 0.0279, 0.0147, -0.0070, -0.0014, 0.0172, 0.0114, 0.0273, 0.0128, -0.0006, -0.0002,
        0.0047, 0.0170, -0.0063, -0.0625, -0.0372, 0.0303, 0.0977, -0.0057, 0.0062, 0.2276, 0.0038, 0.0048, -0.0015,
        -0.0026, -0.0010, 0.0017, 0.0013, -0.0087, 0.0260, -0.0082, -0.0399, -0.0206, 0.0098, 0.0069, -0.0103,
        -0.0028, 0.0226, -0.0071, 0.0356, -0.0027, -0.0257, -0.0077, 0.0122, 0.0078, 0.0013, 0.0009, 0.0138, 0.0006,
        -0.0034, 0.0446, -0.0044, -0.0393, -0.0147, 0.0159, 0.0120, -0.0058, 0.0034, 0.0320, -0.0057, 0.0157, 0.0104,
        0.0483, 0.0108, 0.0950, 0.0214, -0.0415, -0.0329, 0.0197, -0.0055, -0.1031, 0.0279, -0.0457, -0.0201, -0.0586,
        0.4197, 0.0003, -0.0094, -0.0159, 0.0006, 0.0031, 0.0056, 0.0033, 0.0003, 0.0079, -0.0032, 0.0064, 0.0066,
        0.0444, 0.0889, 0.0043, -0.0012, 0.0157, 0.0061, 0.0011, 0.0079, 0.0189, 0.0473, -0.0042, 0.0101, 0.0037,
        0.0424, -0.0554, 0.0504, 0.5090,
    ),
    59.0,
)  # fmt: skip
THIGH = _people(
    "thigh",
    "How thighs and trouser pockets move, walking: a motion-captured man, an actor in eight styles, four people "
    "with a real phone; each person counts once. Of people left out of the fit 1 % of the windows lie farther off "
    "than the border.",
    (
        0.1657, 1.0124, 0.2813, 0.6101, 0.9991, 2.7761, 2.4627, 0.3883, 0.2331, 0.2551, 0.0529, -0.1952, -0.6541,
        -0.2549, -2.3284,
    ),
    (
        0.0201, 0.0000, 0.0954, 0.0000, 0.0000, 0.1320, 0.0000, 0.0000, 0.0000, 0.0658, 0.0000, 0.0000, 0.0000,
        0.0000, 0.0718, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0139, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
        0.0000, 0.0356, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.1358, 0.0000, 0.0000, 0.0000,
        0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0779, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
        0.0000, 0.0000, 0.0231, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
        0.0745, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0566,
        0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0269,
        0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
        0.1304, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
        0.0000, 0.0000, 0.7471,
    ),
    41.0,
)  # fmt: skip
TRUNK = _people(
    "trunk",
    "How waists and chests move, walking: a motion-captured man, an actor in eight styles, eight walkers with real "
    "sensors; each person counts once. Of people left out of the fit 4 % of the windows lie farther off than the "
    "border.",
    (
        0.3774, 0.5454, -0.7157, 0.5701, 1.2303, 2.7715, 2.6111, 0.8625, 0.0680, 0.2166, 0.1206, -0.0542, -0.6017,
        -0.0372, -1.3930,
    ),
    (
        0.1529, 0.0900, 0.2378, 0.0151, 0.0496, 0.1177, -0.0129, -0.0217, 0.0023, 0.0615, -0.0584, -0.1109, -0.0290,
        0.0200, 0.2923, 0.0015, -0.0089, -0.0105, -0.0057, 0.0108, 0.0262, 0.0770, 0.0642, 0.0012, -0.0066, -0.0402,
        0.0045, 0.0998, -0.0254, -0.0766, -0.0247, 0.0145, 0.2319, 0.0083, -0.0142, 0.5396, -0.0407, -0.0694, -0.0092,
        0.0158, 0.0270, -0.0022, -0.0254, 0.0055, 0.1133, 0.0163, 0.0084, 0.0116, 0.0109, 0.0068, -0.0032, 0.0165,
        0.0158, 0.0012, 0.0624, 0.0187, 0.0282, 0.0193, -0.0023, 0.0020, -0.0053, 0.0095, 0.0219, -0.0101, 0.0070,
        0.0706, 0.0094, -0.0068, 0.0003, 0.0063, 0.0275, -0.0014, 0.0033, 0.0404, 0.0003, 0.0049, 0.0166, 0.0665,
        0.0405, 0.0497, 0.0090, -0.0326, -0.0354, 0.0035, 0.0289, -0.0205, -0.0269, -0.0001, 0.0114, -0.0037, 0.0806,
        -0.0035, -0.0087, -0.0585, -0.0168, 0.0095, 0.0149, 0.0056, 0.0122, 0.0129, -0.0144, -0.0122, 0.0100, 0.0019,
        0.2270, 0.0768, 0.0656, -0.0227, -0.0268, -0.0432, 0.0021, 0.0744, 0.0014, -0.0014, 0.0141, 0.0091, -0.0015,
        0.0435, 0.0713, 0.3836,
    ),
    24.0,
)  # fmt: skip
