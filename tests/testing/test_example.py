"""The example plug as a stranger would have it: a package of its own, installed beside the program, asked and credited."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "backward-running-tally"
MINUTES_5 = 300.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the example was installed, without a network."""
    folder = tmp_path_factory.mktemp("site")
    source = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("source") / EXAMPLE.name)
    uv = Path(sys.executable).with_name("uv")
    command = [uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--python", sys.executable, "--target", folder, source], check=True)
    return folder


def run(*words: str | Path, beside: Path | None = None, cwd: Path = EXAMPLE) -> subprocess.CompletedProcess[str]:
    env = os.environ | ({"PYTHONPATH": str(beside)} if beside else {})
    return subprocess.run([sys.executable, *words], env=env, cwd=cwd, capture_output=True, text=True, check=False)


def backward(*words: str | Path, beside: Path | None = None) -> subprocess.CompletedProcess[str]:
    return run("-c", "from backward_running.apps.cli import main; main()", *words, beside=beside)


def stranger(folder: Path, name: str, code: str) -> Path:
    """Put one more package beside the program."""
    (folder / f"{name}.py").write_text(code)
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[backward_running.plugs]\n{name} = {name}\n")
    return folder


def test_its_format_is_read_and_its_detector_asked_and_credited(site: Path) -> None:
    ran = backward("detect", "run.tally", "--json", beside=site)
    assert ran.returncode == 0, ran.stderr
    (found,) = json.loads(ran.stdout)
    bouts = [one["bout"] for one in found["bouts"]]
    assert [one["direction"] for one in bouts] == ["forward", "backward", "forward"]
    assert {one["found_by"] for one in bouts} == {"companion_tally"}
    assert bouts[1]["start_s"] == pytest.approx(MINUTES_5, abs=2.0)
    assert ran.stderr == ""


def test_its_model_is_asked_before_that_of_the_house_and_named(site: Path) -> None:
    asks = "import backward_running as br; found = br.cost(1.0); print(found['model'][0], found['oxygen_uptake_ml_per_kg_min'][0])"
    assert run("-c", asks, beside=site).stdout.split() == ["oxygen_uptake_backward_walk_tally", "12.5"]
    assert run("-c", asks).stdout.split()[0] == "oxygen_uptake_backward_walk_scaled_looney"


def test_without_it_nobody_reads_its_files() -> None:
    ran = backward("detect", "run.tally", "--json")
    assert ran.returncode == 1
    assert "Tally" not in ran.stdout + ran.stderr


def test_its_evidence_is_printed_with_the_package_that_answers_for_it(site: Path) -> None:
    page = json.loads(backward("evidence", "--json", beside=site).stdout)
    (number,) = [one for one in page["numbers"] if one["key"] == "companion_right_share"]
    assert number["used_in"] == "backward-running-tally 1.0: backward_running_tally"
    assert number["standing"] == "opinion"
    assert "backward_running_tally" in {one["key"] for one in page["studies"]}


def test_it_holds_to_the_contracts_and_reaches_silver(site: Path) -> None:
    ran = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "--grades", "tests", beside=site)
    assert ran.returncode == 0, ran.stdout
    assert "format tally: silver" in ran.stdout
    assert "detector companion_tally: silver" in ran.stdout
    assert "model oxygen_uptake_backward_walk_tally: silver" in ran.stdout


def test_a_plug_that_raises_is_told_at_the_start_and_the_rest_goes_on(site: Path, tmp_path: Path) -> None:
    beside = stranger(Path(shutil.copytree(site, tmp_path / "site")), "broken", "import no_such_module\n")
    ran = backward("detect", "run.tally", "--json", beside=beside)
    assert ran.returncode == 0
    (line,) = ran.stderr.splitlines()
    assert line.startswith("Left out: the module broken of broken 1.0: importing it raised ModuleNotFoundError")
    assert json.loads(ran.stdout)[0]["bouts"]


def test_two_plugs_with_one_key_are_told_at_the_start_of_any_command(site: Path, tmp_path: Path) -> None:
    code = (
        "from dataclasses import replace\nfrom backward_running_tally import FORMAT as THEIRS\nMINE = replace(THEIRS)\n"
    )
    beside = stranger(Path(shutil.copytree(site, tmp_path / "site")), "zealot", code)
    ran = backward("--home", tmp_path / "home", "runs", beside=beside)
    assert ran.returncode == 0
    (line,) = ran.stderr.splitlines()
    assert line == (
        "Left out: the Format 'tally' of zealot 1.0: two Formats claim the key 'tally': backward_running_tally and "
        "zealot; the first is asked."
    )
