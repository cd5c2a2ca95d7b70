"""Fit how people move who go forward, whichever way time runs: what a bout is compared with before it gets a verdict.

Run it with ``python -m validation.fit_manner``; it writes ``gait/steps/time_even_reference.py``. Every person counts
equally, of a person every style, and nobody but people is fitted: no machine has any part in the numbers or in the
border. The border is where, of people left out of the fit, one window in a hundred lies beyond; of trunks four.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.gait.steps import time_even_reference as manner_known
from backward_running.gait.steps.novelty import People, far_squared
from backward_running.gait.steps.time_even_features import MEASURES
from backward_running.gait.steps.time_odd_features import OddMarks
from validation.fit_odd_marks import Part, chosen, measured

SHRUNK = 0.3  #: of the covariances off the diagonal so much is taken away: with ten people they are badly known
FEW_PEOPLE = 7  #: of fewer people none of them is believed
KEPT = 0.99  #: of the windows of people who are left out of the fit
KEPT_OF_TRUNKS = 0.96  #: machines and riders sway much as people do, and of people this costs styles of an actor only
SHAKEN_MPS2 = 0.4  #: where less is felt nothing moves
MODULE = Path(__file__).resolve().parent.parent / "src/backward_running/gait/steps/time_even_reference.py"
#: What is shipped, by the places that it is of.
SHIPPED = {
    ("foot", "shank"): manner_known.LOWER_LEG,
    ("thigh",): manner_known.THIGH,
    ("waist", "chest"): manner_known.TRUNK,
}
#: What is fitted: name, places, gait, and whose recordings they are.
GROUPS = (
    (
        "LOWER_LEG",
        ("foot", "shank"),
        None,
        "feet and shanks move, walking and running: a motion-captured man, an actor in eight styles, six walkers with "
        "real sensors",
    ),
    (
        "THIGH",
        ("thigh",),
        False,
        "thighs and trouser pockets move, walking: a motion-captured man, an actor in eight styles, four people with a "
        "real phone",
    ),
    (
        "TRUNK",
        ("waist", "chest"),
        False,
        "waists and chests move, walking: a motion-captured man, an actor in eight styles, eight walkers with real "
        "sensors",
    ),
)


def _of(part: Part) -> OddMarks | None:
    return measured(part, as_it_came=True)


def _moves(found: OddMarks) -> np.ndarray:
    return found.is_limb & (found.unrest_mps2 >= SHAKEN_MPS2)


def fitted(some: Sequence[Part], farthest: float) -> People:
    """Fit the forward parts of some people.

    Parameters
    ----------
    some : sequence of Part
        Only those that go forward are looked at.
    farthest : float
        The border that is kept.
    """
    groups: dict[tuple[str, str, str, bool], list[FloatArray]] = {}
    for part in some:
        found = _of(part)
        if part.forward and found is not None and _moves(found).any():
            rows = found.manner[:, _moves(found)]
            groups.setdefault((part.person, part.manner, part.place[:4], part.runs), []).append(rows)
    together = {key: np.concatenate(found, axis=1) for key, found in groups.items()}
    each = Counter(key[0] for key in together)
    weight = np.array([1.0 / each[key[0]] for key in together])
    weight /= weight.sum()
    means = np.stack([found.mean(axis=1) for found in together.values()], axis=1)
    mean = means @ weight
    off = means - mean[:, None]
    between = (off * weight) @ off.T * len(each) / max(len(each) - 1, 1)
    within = sum(
        share * np.atleast_2d(np.cov(found))
        for share, found in zip(weight, together.values(), strict=True)
        if found.shape[1] > len(MEASURES)
    )
    whole, shrunk = between + within, SHRUNK if len(each) >= FEW_PEOPLE else 1.0
    return _people(mean, (1.0 - shrunk) * whole + shrunk * np.diag(np.diag(whole)), farthest)


def _people(mean: FloatArray, covariance: FloatArray, farthest: float) -> People:
    source = own_proposal("validation.refit", "Fitted anew.")

    def numbers(values: FloatArray) -> tuple[Number, ...]:
        return tuple(Number(f"refit_{k}", float(value), "1", source) for k, value in enumerate(values))

    below = covariance[np.tril_indices(len(mean))]
    return People(numbers(mean), numbers(below), Number("refit_farthest", farthest, "1", source))


def left_out_distances(some: Sequence[Part], *, forward: bool = True) -> dict[str, FloatArray]:
    """Return of every person how far their windows lie from everybody else, squared."""
    found: dict[str, FloatArray] = {}
    for person in sorted({part.person for part in some}):
        others = fitted([part for part in some if part.person != person], 0.0)
        rows = [
            far_squared(marks.manner, _moves(marks), others)[_moves(marks)]
            for part in some
            if part.person == person and part.forward is forward and (marks := _of(part)) is not None
        ]
        if rows and len(np.concatenate(rows)):
            found[person] = np.concatenate(rows)
    return found


def border(distances: dict[str, FloatArray], kept: float = KEPT) -> float:
    """Return the squared distance within which so many of the windows lie, every person counted once."""
    rows = np.concatenate(list(distances.values()))
    weight = np.concatenate([np.full(len(far), 1.0 / len(far)) for far in distances.values()]) / len(distances)
    order = np.argsort(rows)
    return float(rows[order][min(np.searchsorted(np.cumsum(weight[order]), kept), len(rows) - 1)])


_HEAD = '''"""How people move who go forward: the fitted constants, and nothing else.

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


'''


def main() -> None:
    """Write the fit to everybody."""
    text = _HEAD
    for name, places, runs, who in GROUPS:
        some = chosen(places, runs=runs)
        kept = KEPT_OF_TRUNKS if name == "TRUNK" else KEPT
        farthest = round(border(left_out_distances(some), kept))
        people = fitted(some, farthest)
        says = (
            f"How {who}; each person counts once. Of people left out of the fit {100.0 * (1.0 - kept):.0f} % of the "
            "windows lie farther off than the border."
        )
        sentence = ' "\n    "'.join(textwrap.wrap(says, 110))
        text += f'{name} = _people(\n    "{name.lower()}",\n    "{sentence}",\n'
        for numbers in (people.typical, people.spread):
            written = ", ".join(f"{number.value:.4f}" for number in numbers)
            text += "    (\n" + textwrap.indent(textwrap.fill(written, 110), " " * 8) + ",\n    ),\n"
        text += f"    {farthest:.1f},\n)  # fmt: skip\n"
        print(name, farthest)
    MODULE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
