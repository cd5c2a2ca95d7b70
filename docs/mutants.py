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
KILLED = ("killed", "timeout", "caught by type check")
NAME = re.compile(r"backward_running\.(?P<module>.+)\.(?:x_|xǁ)(?P<function>.+?)__mutmut_\d+$")

#: What the changed line has to look like → why no test can or need notice it.
ARGUED: tuple[tuple[str, str], ...] = (
    (r">= .*_SLACK", "Differs only where a sum hits the rounding guard of a millionth to the last bit."),
    (r"planned_s or 1\.0", "A step of unknown length is a break of its own; what it adds to a sum is never read."),
    (r"default=(None|1\.0)|, \)$", "The list is empty only where nothing is asked of its maximum."),
    (r"and False|or True\)", "The branch that is cut away gives the same value there."),
    (r'or "XXXX"', "Stands in for a cue that is missing; no word is looked for in it."),
    (r"words=None", "None is as false as False."),
    (r"if (self\.first_on|.*first_on)", "Asked only of a case that has a first day."),
    (r"distance_m and False", "The same words come out of the duration."),
    (r"errstate\(invalid=None", "Only whether numpy warns of what is not a number; the numbers are the same."),
    (r"strict=(None|False)|\], \):?$", "A guard: the lists are of one length by the lines above."),
    (r"dtype=None|\], \)$", "The numbers are whole as they come."),
    (r"reshape\(-2, 2\)", "Any negative number asks numpy for the length that fits."),
)


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


def argument_for(after: str) -> str:
    """Return why a survivor may live."""
    return next((why for pattern, why in ARGUED if re.search(pattern, after)), "Not argued yet: write a test.")


def page(every: list[Mutant]) -> Iterator[str]:
    """Yield the page."""
    yield "<!-- Written by `make mutants`. -->\n"
    yield "# Mutants\n"
    yield "`make mutants` breaks the code that decides what somebody may do, what a metre costs and which way somebody went, in one"
    yield "place at a time, and runs the tests that reach it. A change that no test notices is a *survivor*: killed by a new test, or argued here. At least"
    yield f"{LEAST_KILLED_SHARE:.0%} have to be killed, by our own proposal.\n"
    yield "| module | mutants | killed | survived | not reached |\n|---|---|---|---|---|"
    for module in sorted({mutant.module for mutant in every}):
        yield _row(module, [mutant for mutant in every if mutant.module == module])
    yield _row("all", every)
    yield "\n## Survivors\n\n| where | before | after | why it may live |\n|---|---|---|---|"
    for mutant in every:
        if mutant.status == "survived":
            before, after = change_of(mutant)
            yield f"| `{mutant.module}.{mutant.function}` | {_code(before)} | {_code(after)} | {argument_for(after)} |"
    yield ""


def _row(name: str, some: list[Mutant]) -> str:
    killed = sum(mutant.status in KILLED for mutant in some)
    counts = Counter(mutant.status for mutant in some)
    share = killed / len(some)
    return f"| {name} | {len(some)} | {killed} ({share:.1%}) | {counts['survived']} | {counts['no tests']} |"


def _code(line: str) -> str:
    return "`` " + line.replace("|", "\\|") + " ``"


def main() -> int:
    """Write the page and judge."""
    every = list(mutants())
    if not every:
        print("There are no mutants; run `make mutants`.")
        return 1
    PAGE.write_text("\n".join(page(every)), encoding="utf-8")
    share = sum(mutant.status in KILLED for mutant in every) / len(every)
    print(f"{len(every)} mutants, {share:.1%} killed; {PAGE.name} says which were not.")
    return 0 if share >= LEAST_KILLED_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
