"""Fuzz the doors with a fixed budget: ``python -m tests.fuzz --runs 2000 --seed 8484``.

With Atheris, which follows what the code does with the bytes; where its wheel does not exist, Hypothesis alone fuzzes
(``test_fuzz.py``). A budget is a number of runs, not of seconds: the same seed does the same on every machine. What is
found is written to ``build/fuzz``; mend the code and put the file into ``tests/fuzz/corpus/<target>``. One reader alone,
a million times: ``python -m tests.fuzz --target readers --reader fit --runs 1000000``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.targets import CORPUS, MOST_BYTES, TARGETS, alone, seeds

FOUND = ROOT / "build" / "fuzz"
#: What Atheris looks into. Rooms whose every line runs for any bytes would drown the rest.
LOOKED_INTO = ("backward_running.formats", "backward_running.plans.answers", "backward_running.flows.screening")


def _silent(aim: Callable[[bytes], str]) -> Callable[[bytes], None]:
    """Return a target that says nothing: the fuzzer takes what comes back for a word of its own."""

    def silent(data: bytes) -> None:
        aim(data)

    return silent


def main() -> int:
    """Fuzz each target in a process of its own: libFuzzer ends the one it runs in."""
    ask = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    ask.add_argument("--runs", type=int, default=2000, help="of each target")
    ask.add_argument("--seed", type=int, default=8484)
    ask.add_argument("--target", choices=sorted(TARGETS), help="this one alone, in this process")
    ask.add_argument("--reader", help="of the target `readers`, this reader alone: each run is one of it")
    told = ask.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("Atheris has no wheel here: Hypothesis alone fuzzes, in tests/fuzz/test_fuzz.py.")
        return 0
    if told.target:
        return fuzz(told.target, told.runs, told.seed, told.reader)
    failed = [one for one in sorted(TARGETS) if not _in_a_process(one, told.runs, told.seed)]
    print(
        f"Fuzzed {', '.join(sorted(TARGETS))}: {told.runs} runs each, seed {told.seed}; found: {', '.join(failed) or 'nothing'}."
    )
    return 1 if failed else 0


def _in_a_process(target: str, runs: int, seed: int) -> bool:
    command = [sys.executable, "-m", "tests.fuzz", "--target", target, "--runs", str(runs), "--seed", str(seed)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        print(f"{target}, seed {seed}:\n{ran.stdout[-2000:]}{ran.stderr[-6000:]}")
    return ran.returncode == 0


def fuzz(target: str, runs: int, seed: int, reader: str | None = None) -> int:
    """Let Atheris feed one target. What it comes upon on the way is thrown away: the kept corpus is chosen by hand."""
    import atheris

    with atheris.instrument_imports(include=list(LOOKED_INTO), enable_loader_override=False):
        from backward_running import formats
        from backward_running.flows import screening  # noqa: F401

        formats.all_formats()
    FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as grown, tempfile.TemporaryDirectory() as own:
        for path in seeds(target) if reader else ():
            name, _, inner = path.read_bytes().partition(b"\n")
            if name.decode("latin-1") == reader:
                (Path(own) / path.name).write_bytes(inner)
        arguments = [
            sys.argv[0], grown, own if reader else str(CORPUS / target), f"-runs={runs}", f"-seed={seed}",
            f"-max_len={MOST_BYTES}", f"-artifact_prefix={FOUND / (reader or target)}-", "-rss_limit_mb=4096",
            "-timeout=60", "-print_final_stats=1",
        ]  # fmt: skip
        atheris.Setup(arguments, _silent(alone(reader) if reader else TARGETS[target]))
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
