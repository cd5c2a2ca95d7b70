"""Write the generated pages of docs/reference, or check that they are up to date.

python docs/generate.py          writes them
python docs/generate.py --check  exits with 1 where one is stale
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from backward_running import effort, formats, gait, outcomes, places, plans, rehab
from backward_running.apps.cli import COMMANDS, backward
from backward_running.core.goals import GOALS
from backward_running.core.names import COLUMNS, QUANTITIES, Name
from backward_running.flows.sources import evidence_page
from backward_running.testing import conditions as testing_conditions
from backward_running.testing import detectors as testing_detectors
from backward_running.testing import formats as testing_formats
from backward_running.testing import models as testing_models
from backward_running.testing import outcomes as testing_outcomes
from backward_running.testing import places as testing_places
from backward_running.testing import protocols as testing_protocols
from backward_running.testing import rules as testing_rules
from backward_running.testing.base import Contract
from backward_running.testing.scale import Grade, grade_of

REFERENCE = Path(__file__).resolve().parent / "reference"
GOAL_WORDS = dict(GOALS)
CONTRACTS: tuple[type[Contract], ...] = (
    testing_formats.FormatContract,
    testing_detectors.DetectorContract,
    testing_models.ModelContract,
    testing_rules.RuleContract,
    testing_places.PlaceRuleContract,
    testing_conditions.ConditionContract,
    testing_protocols.ProtocolContract,
    testing_outcomes.OutcomeContract,
)
HEAD = "<!-- Written by docs/generate.py; change the source, then run `make docs`. -->\n\n"


def commands() -> Iterator[str]:
    """Yield the page of the command line."""
    yield "# Commands\n"
    yield "Every command takes `--help`; those that show something take `--json` (SI units inside). `--home DIR` or the"
    yield "variable `BACKWARD_HOME` choose another store; a `postgresql://` address is a store too.\n"
    yield "| exit code | means |\n|---|---|"
    yield "| 0 | done |\n| 1 | it could not be done; one sentence on stderr says why and what to do |"
    yield "| 2 | the call, or a value in it, could not be understood; nothing was changed |"
    yield "| 3 | done in part: some of the files could not be read |"
    yield "| 4 | the store cannot be used: locked, full, damaged, of a newer version |\n| 5 | the port is taken |\n"
    context = click.Context(backward, info_name="backward")
    for name in COMMANDS:
        command = backward.get_command(context, name)
        assert command is not None, name
        help_text = command.get_help(click.Context(command, info_name=name, parent=context, max_content_width=100))
        yield f"## backward {name}\n\n```text\n{help_text}\n```\n"


def names() -> Iterator[str]:
    """Yield the glossary of names."""
    yield "# Names\n"
    yield "The one dictionary: a name carries its unit as its last word. Missing is NaN, None or *unknown*, never 0.\n"
    for title, table in (("What a stream may hold", COLUMNS), ("Everything else that has a name", QUANTITIES)):
        yield f"## {title}\n\n| name | meaning | unit | plausible range |\n|---|---|---|---|"
        yield from (_name_row(key, entry) for key, entry in table.items())
        yield ""


def _name_row(key: str, entry: Name) -> str:
    return f"| `{key}` | {entry.meaning} | {entry.unit} | {entry.lowest:g} … {entry.highest:g} |"


def plugs() -> Iterator[str]:
    """Yield the page of everything that is plugged in."""
    yield "# Plugs\n"
    yield "One file, one plug. A new file in a room appears here and in the contract tests.\n"
    yield "## Formats\n\n| key | what | endings |\n|---|---|---|"
    yield from (
        f"| `{plug.key}` | {plug.title} | {', '.join(plug.endings)} |" for plug in formats.all_formats().values()
    )
    yield "\n## Detectors of direction\n\n| key | called | what it looks at | needs | rests on a known mount |\n|---|---|---|---|---|"
    for detector in gait.all_detectors().values():
        needs = ", ".join(f"`{name}`" for name in detector.needs)
        yield f"| `{detector.key}` | {detector.title} | {detector.explains} | {needs} | {'yes' if detector.uses_mount else 'no'} |"
    yield "\n## Models of effort\n\n| key | called | gives | valid for | outside |\n|---|---|---|---|---|"
    for model in effort.all_models().values():
        valid = ", ".join(f"{name} {low:g}…{high:g}" for name, (low, high) in model.valid.items())
        outside = "extrapolated" if model.may_extrapolate else "not known"
        yield f"| `{model.key}` | {model.title} | `{model.gives}` | {valid} | {outside} |"
    yield "\n## Rules before a plan\n\n| key | called | red flag |\n|---|---|---|"
    yield from (f"| `{r.key}` | {r.title} | {'yes' if r.is_red_flag else 'no'} |" for r in rehab.all_rules().values())
    yield "\n## Rules about a place\n"
    yield "A score is the mean of what the rules say, each 0…1, by these weights; what is not known counts as 0. The weights"
    yield "are our own proposal.\n"
    yield "| key | called | weight | rests on |\n|---|---|---|---|"
    for place_rule in places.all_rules().values():
        rests_on = place_rule.evidence[0].says
        yield f"| `{place_rule.key}` | {place_rule.title} | {place_rule.weight.value:g} | {_cell(rests_on)} |"
    yield "\n## Protocols\n\n| key | called | for whom | goals | rests first of all on |\n|---|---|---|---|---|"
    for protocol in plans.all_protocols().values():
        goals = ", ".join(GOAL_WORDS[goal] for goal in protocol.goals)
        cells = (protocol.full_title, protocol.for_whom, goals, protocol.evidence[0].study.citation)
        yield f"| `{protocol.key}` | " + " | ".join(_cell(cell) for cell in cells) + " |"
    yield from _outcomes()
    yield "\n## Conditions\n\n| key | called | verdict | how it is done | programmes |\n|---|---|---|---|---|"
    for condition in rehab.all_conditions().values():
        programmes = ", ".join(f"`{key}`" for key in condition.protocols) or "none"
        cells = (condition.title, condition.verdict_words, condition.modality, programmes)
        yield f"| `{condition.key}` | " + " | ".join(_cell(cell) for cell in cells) + " |"
    yield ""
    yield from _scale()


def _outcomes() -> Iterator[str]:
    """Yield the promises that somebody's own months answer, and the ways to experiment on oneself."""
    yield "\n## Promises\n\n| key | called | promise | unit | smallest change that matters |\n|---|---|---|---|---|"
    for outcome in outcomes.all_outcomes().values():
        cells = (outcome.title, outcome.promise, outcome.unit, f"{outcome.important.value:g}")
        yield f"| `{outcome.key}` | " + " | ".join(_cell(cell) for cell in cells) + " |"
    yield "\n## Experiments on oneself\n\n| key | called | how |\n|---|---|---|"
    yield from (f"| `{d.key}` | {d.title} | {_cell(d.says)} |" for d in outcomes.all_designs().values())


def _scale() -> Iterator[str]:
    """Yield what bronze, silver and gold ask of a plug, and the tests that ask it."""
    yield "## The quality scale\n"
    yield "How far a plug is checked. Where the lines lie is our own proposal. `pytest --grades` says which grade a plug reached"
    yield "([how to run the contracts over your own](../how-to/extend.md)); a higher grade asks all of the lower ones, too.\n"
    yield "| grade | asks |\n|---|---|"
    yield from (f"| {grade.name.lower()} | {grade.asks} |" for grade in Grade)
    for contract in CONTRACTS:
        yield f"\n### {contract.kind.capitalize()}\n\n{(contract.__doc__ or '').strip()}\n\n| grade | test | asks |\n|---|---|---|"
        tests = [(grade, name, test) for name, test in _tests_of(contract) if (grade := grade_of(test)) is not None]
        for grade, name, test in sorted(tests, key=lambda row: row[0]):
            words = name.removeprefix("test_").replace("_", " ")
            yield f"| {grade.name.lower()} | {words} | {_cell((test.__doc__ or '').strip())} |"
    yield ""


def _tests_of(contract: type[Contract]) -> Iterator[tuple[str, object]]:
    """Yield the tests of a contract, those that every plug has first."""
    for owner in (Contract, contract):
        yield from ((name, thing) for name, thing in vars(owner).items() if name.startswith("test_"))


def evidence() -> Iterator[str]:
    """Yield the page of all numbers, sources and claims."""
    page = evidence_page()
    yield "# Evidence\n"
    yield "Every number the program uses. Tags: **A** read in the abstract or an official page, **B** from memory or a"
    yield "secondary source, **D** derived here, **P** a proposal of this project.\n"
    yield "## The article's claims\n\n| # | it says | verdict | the studies say | what this program does |\n|---|---|---|---|---|"
    for claim in page.claims:
        cells = (claim.article_says, f"**{claim.verdict_words}**", claim.studies_say, claim.we_do)
        yield f"| {claim.ordinal} | " + " | ".join(_cell(cell) for cell in cells) + " |"
    yield "\n## Numbers and findings\n\n| number | value | unit | tag | standing | finding | source | where |\n|---|---|---|---|---|---|---|---|"
    for number in page.numbers:
        value = "" if number.value is None else f"{number.value:g}"
        if number.low is not None and number.high is not None:
            value += f" ({number.low:g} … {number.high:g})"
        where = number.used_in.rsplit(":", 1)[0]
        cells = (
            number.key,
            value,
            number.unit,
            number.tag.value,
            number.standing.value,
            number.says,
            number.citation,
            where,
        )
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"
    yield "\n## Sources\n\n| source | who was measured | n | what was read | DOI |\n|---|---|---|---|---|"
    for study in page.studies:
        cells = (study.citation, study.who, study.n if study.n is not None else "", study.read, study.doi or "")
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"
    yield ""


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


PAGES = {"commands.md": commands, "names.md": names, "plugs.md": plugs, "evidence.md": evidence}


def main() -> int:
    """Write or check."""
    checking = "--check" in sys.argv[1:]
    stale = []
    for name, page in PAGES.items():
        text = HEAD + "\n".join(page())
        path = REFERENCE / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not checking:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if checking and stale:
        print(f"Stale: {', '.join(stale)}. Run `make docs` and commit what it writes.")
        return 1
    print(f"{len(PAGES)} pages, {len(stale)} {'stale' if checking else 'written'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
