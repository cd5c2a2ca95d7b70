"""A metabolic cart's file: read, compared with every model, and worth more than any of them."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from backward_running.apps.cli import backward
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import NotEnoughData, UnreadableFile
from backward_running.core.recording import Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
from backward_running.core.standing import Standing
from backward_running.effort import add_energy, power_energy
from backward_running.flows.validate_cost import validate_cost
from backward_running.formats.metabolic_cart import read_cart

BACKWARD = Direction.BACKWARD


def cart(uptake: float = 31.33, *, mass: bool = True, relative: bool = False, speed_kmh: float = 8.04) -> bytes:
    """A COSMED-like export, decimal commas and a line of units: five minutes of 75 kg, breath by breath."""
    head = "Weight (Kg);75\n" if mass else "Subject;1\n"
    names = "t;Rf;VO2;VCO2;HR;Speed;Grade" + (";VO2/kg" if relative else "")
    units = "hh:mm:ss;1/min;mL/min;mL/min;bpm;km/h;%" + (";mL/min/Kg" if relative else "")
    rows = []
    for breath in range(100):
        at = 3 * breath
        settled = uptake * (1.0 - 0.8 * np.exp(-at / 25.0))
        row = [f"00:{at // 60:02}:{at % 60:02}", "30", settled * 75, settled * 75 * 0.92, "150", speed_kmh, 0]
        rows.append(";".join(str(cell).replace(".", ",") for cell in [*row, *([settled] if relative else [])]))
    return (head + names + "\n" + units + "\n" + "\n".join(rows) + "\n").encode()


def test_every_model_is_compared_with_what_was_measured() -> None:
    (found,) = validate_cost(cart(), BACKWARD)
    assert found.stage.oxygen_uptake_ml_per_kg_min == pytest.approx(31.33, rel=0.005)
    assert found.stage.speed_mps == pytest.approx(8.04 / 3.6, abs=1e-3)
    assert found.stage.exchange_ratio == pytest.approx(0.92)
    priced = [row for row in found.models if row.asked]
    assert [row.model for row in priced] == ["oxygen_uptake_backward_run_this_project"]
    assert priced[0].low < 31.33 < priced[0].high
    walk = validate_cost(cart(16.0, speed_kmh=4.83), BACKWARD)[0].models
    assert {row.model for row in walk} >= {
        "oxygen_uptake_backward_walk_scaled_looney",
        "oxygen_uptake_backward_walk_williford_1998",
    }


def test_units_and_mass_survive() -> None:
    whole = validate_cost(cart(), BACKWARD)[0].stage
    relative = validate_cost(cart(relative=True, mass=False), BACKWARD)[0].stage
    told = validate_cost(cart(mass=False), BACKWARD, mass_kg=75.0)[0].stage
    assert relative.oxygen_uptake_ml_per_kg_min == pytest.approx(whole.oxygen_uptake_ml_per_kg_min)
    assert told.oxygen_uptake_ml_per_kg_min == pytest.approx(whole.oxygen_uptake_ml_per_kg_min)
    with pytest.raises(UnreadableFile, match="body mass"):
        validate_cost(cart(mass=False), BACKWARD)
    with pytest.raises(NotEnoughData, match="three minutes"):
        validate_cost(b"t,VO2/kg,speed\n0,30,8\n10,31,8\n20,31,8\n", BACKWARD)


def test_the_command_prints_measured_beside_models(tmp_path) -> None:
    file = tmp_path / "cart.csv"
    file.write_bytes(cart())
    result = CliRunner().invoke(backward, ["validate-cost", str(file)])
    assert result.exit_code == 0, result.output
    for part in ("measured 31.", "RER 0.92", "* oxygen_uptake_backward_run_this_project", "inside"):
        assert part in result.output


def test_measured_oxygen_beats_every_model_in_any_direction() -> None:
    recording = read_cart(cart())
    stream = recording.main
    assert stream is not None
    for direction in (BACKWARD, Direction.UNKNOWN):
        facts = [BoutFacts(Bout(150.0, 290.0, direction, Gait.RUN, None, "paint"), moving_s=140.0)]
        (fact,) = add_energy(stream, facts, Athlete(), ())
        assert isinstance(fact.energy_j_per_kg, Estimate)
        assert fact.energy_j_per_kg.standing is Standing.MEASURED
        assert fact.energy_j_per_kg.value == pytest.approx(31.3 * 140 / 60 * 20.92, rel=0.04)


def test_power_prices_backward_by_the_forward_runs_beside_it() -> None:
    time_s = np.arange(1200.0)
    turned = time_s >= 600
    columns = {
        "speed_mps": np.full(1200, 2.5),
        "grade_ratio": np.zeros(1200),
        "power_w": np.where(turned, 260.0, 200.0),
    }
    working = Stream("wrist", "earth", time_s, columns)
    bouts = [(0.0, 600.0, Direction.FORWARD), (600.0, 1200.0, BACKWARD)]
    facts = [BoutFacts(Bout(a, b, way, Gait.RUN, None, "paint"), moving_s=600.0) for a, b, way in bouts]
    facts = list(add_energy(working, facts, Athlete(), ()))
    forward, back = (power_energy(working, facts, (), way) for way in (Direction.FORWARD, BACKWARD))
    assert isinstance(forward, Estimate)
    assert isinstance(back, Estimate)
    assert back.value == pytest.approx(1.3 * forward.value)
    assert forward.value == pytest.approx(facts[0].energy_j_per_kg.value)
    assert isinstance(power_energy(working, facts[1:], (), BACKWARD), NotKnown)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("time_s;VO2_ml_kg_min;VCO2_ml_kg_min;speed_kmh;grade_percent", "{};33,1;30,2;8,04;0"),
        ("Time (s),VO2 (ml/kg/min),VCO2 (ml/kg/min),Speed (km/h),Grade (%)", "{},33.1,30.2,8.04,0"),
        ("time_sec\tvo2_l_min\tvco2_l_min\tspeed_mps\tWeight 70 kg", "{}\t2.317\t2.114\t2.2333\t"),
        ("t,VO2,VCO2,VO2/Kg,VCO2/Kg,Speed\ns,mL/min,mL/min,mL/min/Kg,mL/min/Kg,Km/h", "{},2317,2114,33.1,30.2,8.04"),
    ],
)
def test_generic_columns_of_a_laboratory_are_read_with_their_units(head: str, row: str) -> None:
    table = "\n".join([head, *(row.format(3 * number) for number in range(120))])
    stream = read_cart(table.encode()).streams[0]
    assert stream.columns["oxygen_uptake_ml_per_kg_min"][5] == pytest.approx(33.1, rel=1e-3)
    assert stream.columns["carbon_dioxide_output_ml_per_kg_min"][5] == pytest.approx(30.2, rel=1e-3)
    assert stream.columns["speed_mps"][5] == pytest.approx(8.04 / 3.6, rel=1e-3)
    assert stream.time_s[1] - stream.time_s[0] == pytest.approx(3.0)
