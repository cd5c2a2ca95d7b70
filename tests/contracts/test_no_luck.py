"""No test waits on luck or speed: what a busy machine, another day or an unlucky draw would turn red is found here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.work import lines_run

import backward_running

TESTS = ROOT / "tests"
#: Functions that ask a clock or let time pass, by the last two words of the call.
CLOCKS = {
    "time.sleep", "time.time", "time.perf_counter", "time.monotonic", "time.process_time", "perf_counter",
    "sleep", "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "page.wait_for_timeout",
}  # fmt: skip
#: Where that is meant: waiting for what comes, and a lower bound that no load can break.
MEANT = {
    # A certificate is checked by the real day: nobody else has a clock. Until another is shown it is waited.
    "apps/lan/test_listening.py": {"datetime.now", "time.monotonic", "time.sleep"},
    "journeys/expecting.py": {"time.monotonic", "page.wait_for_timeout"},
    "journeys/serve_at.py": {"time.monotonic"},
    "journeys/conftest.py": {"time.sleep"},
    "apps/test_worker_processes.py": {"time.monotonic", "time.sleep"},
    "apps/work_done_beside.py": {"time.sleep", "time.process_time"},  # what is to be ended
    "apps/cli/test_killed.py": {"time.monotonic"},  # which moment it is; what is asserted holds at any
    "store/test_open.py": {"time.monotonic"},
    "lives/__main__.py": {"time.monotonic"},  # says how long it took, and judges nothing by it
}
#: What a page says at this moment. Right after an action it may not be there yet: `expect` and `until` ask again.
READ_AT_ONCE = {
    "inner_text", "text_content", "inner_html", "content", "title", "input_value", "get_attribute", "count", "evaluate",
    "is_visible", "is_hidden", "is_checked", "is_enabled", "bounding_box", "all_inner_texts", "all_text_contents",
    "eval_on_selector_all",
}  # fmt: skip
FILES = sorted(TESTS.rglob("*.py"))


def _name(call: ast.Call) -> str:
    """Return the last two words of what is called."""
    words = ast.unparse(call.func).split(".")
    return ".".join(words[-2:])


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def clocks_in(source: str) -> set[str]:
    """Return the clocks that a test asks."""
    return {name for call in _calls(ast.parse(source)) if (name := _name(call)) in CLOCKS}


def script_clocks_in(source: str) -> list[str]:
    """Return the clocks that TypeScript asks, and what lets time pass."""
    return re.findall(r"performance\.now\(\)|Date\.now\(\)|new Date\(\)|setTimeout\(", source)


def reads_at_once(source: str) -> list[int]:
    """Return the lines of a journey that assert what a page says at one moment only."""
    asserts = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert)]
    return [
        call.lineno
        for one in asserts
        for call in _calls(one.test)
        if isinstance(call.func, ast.Attribute) and call.func.attr in READ_AT_ONCE and _of_a_page(call.func.value)
    ]


def _of_a_page(node: ast.AST) -> bool:
    """Whether something is a page or a part of one: text has a `count`, too."""
    words = ast.unparse(node)
    return words.startswith(("page", "box", "ledger", "spot", "lock", "words", "form")) or ".locator(" in words


def loops_in(source: str) -> list[int]:
    """Return the lines that open an event loop where a browser of the same worker may already run one."""
    loops = {"asyncio.run", "asyncio.Runner", "anyio.run"}
    return [call.lineno for call in _calls(ast.parse(source)) if _name(call) in loops]


def hurried_settings(source: str) -> list[int]:
    """Return the lines where a property test would be judged by its speed, whatever the profile says."""
    found = []
    for call in _calls(ast.parse(source)):
        if _name(call).split(".")[-1] != "settings":
            continue
        given = {one.arg: ast.unparse(one.value) for one in call.keywords}
        checks = given.get("suppress_health_check", "too_slow")
        if given.get("deadline", "None") != "None" or not ("too_slow" in checks or checks == "list(HealthCheck)"):
            found.append(call.lineno)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_a_test_waits_on_no_clock_and_no_speed(path: Path) -> None:
    source, name = path.read_text(encoding="utf-8"), str(path.relative_to(TESTS))
    assert clocks_in(source) - MEANT.get(name, set()) == set()
    assert hurried_settings(source) == []
    assert loops_in(source) == [], "tests.loops.run_alone does it whichever tests came before in this worker"
    if name.startswith("journeys/"):
        assert reads_at_once(source) == []


@pytest.mark.parametrize("path", sorted((ROOT / "frontend" / "test").rglob("*.ts")), ids=lambda path: path.name)
def test_a_test_of_the_front_end_asks_no_clock(path: Path) -> None:
    assert script_clocks_in(path.read_text(encoding="utf-8")) == []


def test_the_check_can_fail() -> None:
    assert script_clocks_in("const began = performance.now();") == ["performance.now()"]
    assert clocks_in("import time\ntime.sleep(1)\nx = datetime.now(UTC)") == {"time.sleep", "datetime.now"}
    assert reads_at_once("assert page.locator('x').first.is_visible()\nassert 'a' in page.inner_text('main')") == [1, 2]
    assert reads_at_once("assert out.count('x') == 1\nexpect(page.locator('x')).to_be_visible()") == []
    assert loops_in("import asyncio\nasyncio.run(f())\npool.submit(asyncio.run, f())") == [2]
    slow = "@settings(deadline=200)\ndef f(): ...\n@settings(suppress_health_check=[HealthCheck.data_too_large])\ndef g(): ..."
    assert hurried_settings(slow) == [1, 3]


def test_a_loop_over_samples_counts_as_work() -> None:
    inside = Path(backward_running.__file__).with_name("made_up.py")
    code = compile(
        "def looped(n):\n    for _ in range(n):\n        pass\n    return [k + 1 for k in range(n)]", inside, "exec"
    )
    made: dict[str, Any] = {}
    exec(code, made)
    assert lines_run(lambda: made["looped"](1000)) > 9 * lines_run(lambda: made["looped"](100))
