"""The pytest plugin: which grade of the quality scale each plug reached (``pytest --grades``)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from backward_running.testing import CONTRACTS
from backward_running.testing.scale import Grade, grade_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What a report carries from the process that ran a test to the one that prints.
PROPERTY = "backward_running_plug"

#: kind and key of a plug → grade → outcomes of its tests
Outcomes = dict[tuple[str, str], dict[Grade, list[str]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--grades``."""
    group = parser.getgroup("backward_running", "contract tests of backward_running")
    group.addoption("--grades", action="store_true", help="say which grade each plug reached: bronze, silver, gold")


def pytest_configure() -> None:
    """Let a broken contract show both sides of what it compared."""
    pytest.register_assert_rewrite(*CONTRACTS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave gold out where no page is published: it is a grade to reach, not a test to fail."""
    asked = [item for item in items if not _is_gold_without_page(item)]
    if len(asked) < len(items):
        kept = set(asked)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = asked


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Write down whose contract a test belongs to; the report carries it on."""
    grade, plug = grade_of(getattr(item, "function", None)), _plug_of(item)
    if grade is not None and plug is not None:
        item.user_properties.append((PROPERTY, (item.cls.kind, plug.key, int(grade))))  # type: ignore[attr-defined]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the grades."""
    if not config.getoption("--grades"):
        return
    stats = terminalreporter.stats
    reports = [report for name in ("passed", "failed", "skipped", "error") for report in stats.get(name, ())]
    terminalreporter.section("grades of plugs")
    for line in lines_of(outcomes_of(reports)):
        terminalreporter.write_line(line)


def outcomes_of(reports: Iterable[Any]) -> Outcomes:
    """Gather the outcomes of contract tests by plug and grade."""
    found: Outcomes = defaultdict(lambda: defaultdict(list))
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == PROPERTY:
                kind, key, grade = value
                found[kind, key][Grade(grade)].append(report.outcome)
    return found


def lines_of(outcomes: Outcomes) -> Iterator[str]:
    """Yield a line for each plug with the grade it reached, then what every grade asks."""
    for (kind, key), by_grade in sorted(outcomes.items()):
        reached = reached_by(by_grade)
        yield f"{kind} {key}: {'no grade' if reached is None else reached.name.lower()}"
    yield from (f"{grade.name.lower()} asks: {grade.asks}" for grade in Grade)


def reached_by(by_grade: dict[Grade, list[str]]) -> Grade | None:
    """Return the highest grade all of whose tests, and those below it, were run and passed."""
    reached = None
    for grade in Grade:
        outcomes = by_grade.get(grade, [])
        if not outcomes or any(outcome != "passed" for outcome in outcomes):
            break
        reached = grade
    return reached


def _plug_of(item: pytest.Item) -> Any:
    params = getattr(getattr(item, "callspec", None), "params", {})
    return next((params[name] for name in ("plug", "telling", "mounted") if name in params), None)


def _is_gold_without_page(item: pytest.Item) -> bool:
    if grade_of(getattr(item, "function", None)) is not Grade.GOLD:
        return False
    plug = _plug_of(item)
    return plug is not None and plug.key not in item.cls.published  # type: ignore[attr-defined]
