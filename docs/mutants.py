"""Write what the last `make mutants` found into docs/reference/mutants.md; exits with 1 where too few were killed.

A survivor is a change of the code that no test noticed. Each is killed by a new test, or argued in ARGUED.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parent / "reference" / "mutants.md"
MUTMUT = (sys.executable, "-m", "mutmut")
LEAST_KILLED_SHARE = 0.85
OPEN = "not checked"
KILLED = ("killed", "timeout", "caught by type check")
NAME = re.compile(r"backward_running\.(?P<module>.+)\.(?:x_|xǁ)(?P<function>.+?)__mutmut_\d+$")

#: What function and changed line have to look like → why no test can or need notice it.
ARGUED: tuple[tuple[str, str], ...] = (
    (r">= .*_SLACK|>= .*0\.01", "Differs only where a sum hits the rounding guard to the last bit."),
    (
        r"planned_s or 1\.0|duration_s or 1\)",
        "A step of unknown length is a break of its own; what it adds is never read.",
    ),
    (
        r"default=(None|1\.0|1)\b|, \)$",
        "The list is empty only where nothing is asked of its maximum.",
    ),
    (r"and False|hint\.change_nat.*or True", "The branch that is cut away gives the same value there."),
    (r'"XXXX"', "Stands in for a cue or a note that is missing; no word is looked for in it."),
    (r"words=None", "None is as false as False."),
    (r"if (self\.first_on|.*first_on)", "Asked only of a case that has a first day."),
    (r"distance_m and False", "The same words come out of the duration."),
    (r"errstate\(", "Only whether numpy warns of what is not a number; the numbers are the same."),
    (r"strict=(None|False)|\], \)+:?$", "A guard: the lists are of one length by the lines above."),
    (r"dtype=None|astype\(None\)|\], \)$", "The numbers are of that kind as they come."),
    (r"reshape\(-2, 2\)", "Any negative number asks numpy for the length that fits."),
    (r"_means: .*counts >= 0", "0 over 0 is NaN, too."),
    (r"_shares: .*scores \+ scores\.max", "The same shares: what all scores have in common cancels out."),
    (r"-1e\+300", "The same number."),
    (r"_part: ", "Only unknown pieces are cut, and these have neither gait nor share."),
    (r"_as_bouts: .*np\.zeros\(1\)", "A border at 0 s is where the first bout begins anyway."),
    (r"_as_bouts: .*end_s >= start_s|duration_s >= 0\.0", "No piece is empty; a recording of no length gives none."),
    (r"prepend=-2", "No label is below 0."),
    (r"find_bouts_with: seen|_after_hearing: ", "Held by the tests of the detectors, which this run does not select."),
    (r"bridge: bridged\[left \+ 1 : right \+ 2\]", "The cell behind a silence is known anyway."),
    (r"_united: ", "Two pauses that touch are laid one after the other: the same."),
    (r"with_hints: change_nat .*zeros\(1\)", "Without turns it is never read."),
    (r"speed_high_mps or 1 ", "A sprint without a cap is a break of its own."),
    (r"_allowed_share: .*else 2\.0", "It is held to 1 where it is read."),
    (r"append\(\(workout\.on, _backward_s\(workout\), True\)\)", "Of these only day and seconds are read."),
    (r"_before_setback_s: first .*week >= 1", "Of the first whole week both are its begin."),
    (r"_before_setback_s: last ", "Nothing after the day of the setback is counted anyway."),
    (r"_by_course: .*np\.clip", "No dip lies so near an end of the recording."),
    (r"_by_course: turned", "The same angle, a whole turn further."),
    (r"near_share = .*, 2\.0\)$", "Of more than one nothing is said anyway: its logarithm is below 0."),
    (r"_binned: if np\.array_equal\(None", "Only quicker: the same means come out of the cells."),
    (r"_same: alike = .* or bout", "Only quicker: all of both is compared after it."),
    (r"_edges: .*len\(edges\) == 1", "Edges come in pairs."),
    (r"_edges: taken = np\.diff\(moved, \)", "The first edge never lies before the recording."),
    (r"_dips: after = ", "The slice ends with the array anyway."),
    (r"summed: .*nan_to_num\(said, posinf", "0 is what numpy puts for NaN."),
    (r"summed: total .*weight == 2\.0", "A sum times one is the sum, and no weight is 2."),
    (r"span_of_unknown: own = .*or True", "What prices asks again whether the factor rests on enough."),
    (r"_with_own: .*take\(\*\*known\), \)", "The numbers are of that kind as they come."),
    (r"backward_share: .*change_nat: float = 1\.0", "It is given wherever turns are looked at."),
)
BORDER = "Differs only where two measured numbers are equal to the last bit."


class Mutant(NamedTuple):
    """One change of the code, and what came of it."""

    module: str
    function: str
    status: str
    name: str


def mutants() -> Iterator[Mutant]:
    """Yield all of the last run."""
    said = subprocess.run([*MUTMUT, "results", "--all", "true"], capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        name, _, status = line.strip().rpartition(": ")
        found = NAME.match(name)
        if found:
            yield Mutant(found["module"], found["function"].replace("ǁ", "."), status, name)


def change_of(mutant: Mutant) -> tuple[str, str]:
    """Return the line before and after."""
    said = subprocess.run([*MUTMUT, "show", mutant.name], capture_output=True, text=True, check=True).stdout
    lines = [line for line in said.splitlines() if not line.startswith(("---", "+++"))]
    before, after = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return before, after


def argument_for(function: str, before: str, after: str) -> str:
    """Return why a survivor may live."""
    told = next((why for pattern, why in ARGUED if re.search(pattern, f"{function}: {after}")), None)
    if told is not None:
        return told
    plain = (re.sub(r"([<>])=", r"\1", line) for line in (before, after))
    return BORDER if len(set(plain)) == 1 else "Not argued yet: write a test."


def page(every: list[Mutant]) -> Iterator[str]:
    """Yield the page."""
    yield "<!-- Written by `make mutants`. -->\n"
    yield "# Mutants\n"
    yield "`make mutants` breaks the code that decides what somebody may do, what a metre costs and which way somebody went, in one"
    yield "place at a time, and runs the tests that reach it. A change that no test notices is a *survivor*: killed by a new test, or argued here. At least"
    yield f"{LEAST_KILLED_SHARE:.0%} have to be killed, by our own proposal.\n"
    open_ones = sum(mutant.status == OPEN for mutant in every)
    if open_ones:
        yield f"This is no whole run: {open_ones:,} of {len(every):,} were not tried, and the shares are of those tried.\n"
    yield "| module | mutants | tried | killed | survived | not reached |\n|---|---|---|---|---|---|"
    for module in sorted({mutant.module for mutant in every}):
        yield _row(module, [mutant for mutant in every if mutant.module == module])
    yield _row("all", every)
    yield "\n## Survivors\n\n| where | before | after | why it may live |\n|---|---|---|---|"
    for mutant in every:
        if mutant.status == "survived":
            before, after = change_of(mutant)
            why = argument_for(mutant.function, before, after)
            yield f"| `{mutant.module}.{mutant.function}` | {_code(before)} | {_code(after)} | {why} |"
    yield ""


def _row(name: str, some: list[Mutant]) -> str:
    killed, tried = killed_and_tried(some)
    counts = Counter(mutant.status for mutant in some)
    share = f"{killed} ({killed / tried:.1%})" if tried else "–"
    return f"| {name} | {len(some)} | {tried} | {share} | {counts['survived']} | {counts['no tests']} |"


def killed_and_tried(some: list[Mutant]) -> tuple[int, int]:
    """Count the killed, and those that were tried at all."""
    return sum(mutant.status in KILLED for mutant in some), sum(mutant.status != OPEN for mutant in some)


def _code(line: str) -> str:
    return "`` " + line.replace("|", "\\|") + " ``"


def main() -> int:
    """Write the page and judge."""
    every = list(mutants())
    if not every:
        print("There are no mutants; run `make mutants`.")
        return 1
    PAGE.write_text("\n".join(page(every)), encoding="utf-8")
    killed, tried = killed_and_tried(every)
    share = killed / max(tried, 1)
    print(f"{len(every)} mutants, {tried} tried, {share:.1%} of them killed; {PAGE.name} says which were not.")
    return 0 if share >= LEAST_KILLED_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
