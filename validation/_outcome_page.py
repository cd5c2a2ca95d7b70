"""The page of simulated lives, from what was counted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from validation import _outcome_experiments as registered
from validation import _outcome_rivals as rivals
from validation._outcome_lives import AFTER, BEFORE, CELLS, LOOKS
from validation._tables import reached, table

OURS = "this program"
WEEKS = 6
EXACT = ("plain", "AR 0.3", "AR 0.8", "trend")
#: Limits that were set before anything was counted.
HELD_LOW, HELD_HIGH, HELD_CONFOUNDED, FALSE_MOST, BIAS_MOST = 0.93, 0.97, 0.90, 0.10, 0.25


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share after Wilson.

    >>> [round(end, 3) for end in wilson(95, 100)]
    [0.888, 0.978]
    """
    if not of:
        return 0.0, 1.0
    z, share = 1.959964, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def written(counts: Mapping[tuple[str, float, int, str], Any]) -> str:
    """Return the page as Markdown."""
    return "\n\n".join(
        [
            "# Does it work, for me: simulated lives",
            _head(counts),
            "## Asked and got",
            _gates(counts),
            "## Does the 95 % interval hold the truth, and is a change made up?",
            _cells(counts),
            "## What others say of the same lives",
            _others(counts),
            "## Power by weeks",
            _power(counts),
            "## Experiments that were written down before",
            _experiments(),
            "## What is not so",
            _misses(counts),
            "",
        ]
    )


def _head(counts: Mapping[tuple[str, float, int, str], Any]) -> str:
    lives = [count.lives for count in _ours(counts) if count.weeks == WEEKS]
    return (
        f"All lives on this page are **simulated**: nobody lived them. {sum(lives):,} lives, {min(lives)} to "
        f"{max(lives)} in a cell, of {BEFORE} days before the first backward session and {AFTER} after, a third of the "
        "days missing. They do not follow the estimator's picture: they wander in waves and feasts, noise has heavy "
        "tails, effects grow as an S some days behind the minutes. Effects are in smallest important changes: 0, ½, 1 "
        "and 2. A cell adds one thing that misleads:\n\n"
        + "\n".join(f"- **{cell}**: {words}" for cell, words in CELLS.items())
        + "\n\nA change is *said* where it is called probable (97.5 %); the word *works* is said of registered "
        "experiments alone, in a table of their own below. Brackets hold the 95 % interval of a share (Wilson)."
    )


def _ours(counts: Mapping[tuple[str, float, int, str], Any]) -> list[Any]:
    return [count for key, count in counts.items() if key[3] == OURS]


def _at(counts: Mapping[tuple[str, float, int, str], Any], cell: str, truth: float, method: str = OURS) -> Any:
    return counts.get((cell, truth, WEEKS, method))


def _share(hits: int, of: int) -> str:
    if not of:
        return "–"
    low, high = wilson(hits, of)
    return f"{100 * hits / of:.1f} ({100 * low:.0f}…{100 * high:.0f})"


def _together(counts: Mapping[tuple[str, float, int, str], Any], cell: str) -> tuple[int, int]:
    """Return how often the interval held over all truths of a cell, and of how many."""
    found = [count for count in _ours(counts) if count.cell == cell and count.weeks == WEEKS]
    return sum(count.held for count in found), sum(count.told for count in found)


def _gates(counts: Mapping[tuple[str, float, int, str], Any]) -> str:
    rows = []
    for cell in CELLS:
        held, told = _together(counts, cell)
        low, high = (HELD_LOW, HELD_HIGH) if cell in EXACT else (HELD_CONFOUNDED, 1.0)
        if not told:
            continue
        none = _at(counts, cell, 0.0)
        bias = max(
            (abs(count.error / count.told) for count in _ours(counts) if count.cell == cell and count.weeks == WEEKS),
            default=math.nan,
        )
        rows.append(
            (
                cell,
                f"{100 * low:.0f}–{100 * high:.0f} %",
                _share(held, told),
                reached(low <= held / told <= high),
                _share(none.better, none.told),
                reached(none.better / none.told <= FALSE_MOST),
                f"{bias:.2f}",
                reached(bias < BIAS_MOST),
            )
        )
    return (
        f"Asked: the interval holds the truth as the second column says, over all truths; a change for the better is "
        f"said where there is none in at most {100 * FALSE_MOST:.0f} % of any cell; the bias of the worst truth stays "
        f"below {BIAS_MOST} important changes.\n\n"
        + table(("cell", "asked", "held, %", "so", "false “better”, %", "so", "worst bias", "so"), rows)
    )


def _cells(counts: Mapping[tuple[str, float, int, str], Any]) -> str:
    rows = []
    for cell in CELLS:
        for count in (_at(counts, cell, truth) for truth in (0.0, 0.5, 1.0, 2.0)):
            if count is None or not count.told:
                continue
            rows.append(
                (
                    cell,
                    f"{count.truth:g}",
                    f"{count.told} of {count.lives}",
                    _share(count.held, count.told),
                    _share(count.better, count.told),
                    f"{100 * count.worse / count.told:.1f}",
                    f"{100 * count.always_better / count.told:.1f}",
                    f"{count.error / count.told:+.2f}",
                    f"{count.width / count.told:.1f}",
                )
            )
    header = (
        "cell",
        "truth",
        "answered",
        "held, %",
        "“better”, %",
        "“worse”, %",
        "better at every look, %",
        "bias",
        "width",
    )
    return table(header, rows)


def _others(counts: Mapping[tuple[str, float, int, str], Any]) -> str:
    rows = []
    for cell in CELLS:
        for name in (OURS, *rivals.METHODS):
            none, two = _at(counts, cell, 0.0, name), _at(counts, cell, 2.0, name)
            if none is None or two is None or not none.told or not two.told:
                continue
            rows.append(
                (
                    cell,
                    name,
                    none.told,
                    _share(none.held, none.told),
                    _share(none.better, none.told),
                    _share(two.better, two.told),
                )
            )
    return (
        "The same lives, in the same run. Power is how often a true effect of two important changes is called better; "
        "it means nothing where false claims are many. The state-space model (statsmodels, by maximum likelihood) was "
        "asked of one life in twenty.\n\n"
        + table(("cell", "method", "n", "held without an effect, %", "false “better”, %", "power at 2, %"), rows)
    )


def _power(counts: Mapping[tuple[str, float, int, str], Any]) -> str:
    rows = [
        (
            cell,
            weeks,
            *(
                "–" if (count := counts.get((cell, truth, weeks, OURS))) is None else _share(count.better, count.told)
                for truth in (0.0, 0.5, 1.0, 2.0)
            ),
        )
        for cell in ("plain", "slow effect")
        for weeks in (6, 12, 26)
    ]
    return (
        "How often a change is called probably better after so many weeks of backward running, in percent:\n\n"
        + table(("cell", "weeks", "truth 0", "½", "1", "2"), rows)
    )


def _experiments() -> str:
    rows = [
        (asked.design, asked.units, f"{truth:g}", answered, _share(works, answered), _share(held, answered))
        for asked, truth, answered, works, held in registered.rows()
    ]
    return (
        "Readings of two days of three, with noise that remembers 0.8 of the day before and a slope; the lot is drawn "
        "anew for each. *Works* asks for p ≤ 0.05, the better direction and an interval without no change; asked: at "
        "most 5 % where there is no effect. Units are possible days of the start, or pairs of weeks.\n\n"
        + table(("design", "units", "truth", "n", "“works”, %", "95 % held, %"), rows)
    )


def _misses(counts: Mapping[tuple[str, float, int, str], Any]) -> str:
    lines = [
        "- Fewer lives than the 2,000 a cell that were asked for; the brackets say what that leaves open.",
        "- Two looks are taken of 18 pairs of weeks or more; their error is worked out by quadrature, not simulated. A "
        "start by lot is answered once: half way no start of 60 could be rare enough.",
        "- CausalImpact and a PyMC model were not asked: their ports bring TensorFlow, a compiler or a sampler, and no "
        "number of theirs stands here.",
        "- Power is low: a true effect of one important change is found after six weeks in about one life of four. Who "
        "does not want to be told what is not so pays with waiting.",
        "- An effect that goes on growing for months looks like a slope of its own, and power falls with the weeks: "
        "the rows *slow effect*.",
        f"- The word is said at a single look. Over {len(LOOKS)} looks it stays below the limit; the interval that "
        "holds at every look stands beside it, at the price in power that the tables print.",
    ]
    for cell in CELLS:
        held, told = _together(counts, cell)
        low, high = (HELD_LOW, HELD_HIGH) if cell in EXACT else (HELD_CONFOUNDED, 1.0)
        if told and not low <= held / told <= high:
            where = "less often than asked" if held / told < low else "more often than asked, so it is too wide"
            lines.append(f"- **{cell}**: the interval holds {where}, {_share(held, told)} %.")
        biases = [count for count in _ours(counts) if count.cell == cell and count.weeks == WEEKS and count.told]
        worst = max(biases, key=lambda count: abs(count.error / count.told), default=None)
        if worst is not None and abs(worst.error / worst.told) >= BIAS_MOST:
            lines.append(
                f"- **{cell}**: biased by {worst.error / worst.told:+.2f} important changes towards the better (truth "
                f"{worst.truth:g})."
            )
    return "\n".join(lines)
