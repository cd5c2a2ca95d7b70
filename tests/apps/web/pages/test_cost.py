"""The calculator and the runner's own factor, as a browser without script sees them."""

from __future__ import annotations

import pytest
from tests.apps.browsing import HOSTILE, browse, parsed
from tests.flows.test_cost import RUNNER, taken_in

from backward_running.apps.web.drawing import cost_plot
from backward_running.apps.words import cost as cost_words
from backward_running.apps.words.units import Units
from backward_running.core.direction import Direction
from backward_running.flows import cost, profile
from backward_running.flows.cost_views import Asked
from backward_running.store import open_store


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    yield opened
    opened.close()


@pytest.fixture
def browser(store):
    with browse(store) as opened:
        yield opened


def text_of(reply) -> str:
    return " ".join(" ".join(parsed(reply.text).text).split())


def values_of(reply) -> dict[str, str]:
    return {
        fields["name"]: fields.get("value", "")
        for tag, fields in parsed(reply.text).tags
        if tag == "input" and fields.get("type") != "radio" and "name" in fields
    }


def test_it_answers_at_once_and_the_address_holds_what_was_asked(browser) -> None:
    first = browser.get("/cost")
    assert first.status_code == 200
    assert values_of(first) == {"pace": "7:30", "grade": "0", "mass": ""}
    reply = browser.get("/cost?pace=6%3A30&grade=3&mass=70&direction=backward")
    assert values_of(reply) == {"pace": "6:30", "grade": "3", "mass": "70"}
    words = text_of(reply)
    for part in (
        "kcal/km",
        "kcal/min",
        "The same distance forward",
        "As hard, running forward",
        "Heart rate to expect",
    ):
        assert part in words
    assert "single study" in words


def test_without_mass_energy_is_per_kilogram_and_says_what_brings_it_back(browser) -> None:
    words = text_of(browser.get("/cost?pace=7:30&grade=0&mass="))
    assert "kcal/kg/km" in words
    assert "Fill in your body mass" in words


def test_the_runners_own_mass_stands_in_the_form(browser, store) -> None:
    profile.put_athlete(store, RUNNER)
    assert values_of(browser.get("/cost"))["mass"] == "70.0"
    assert values_of(browser.get("/cost?pace=7:30&mass="))["mass"] == ""


@pytest.mark.parametrize(
    ("query", "field", "accepted"),
    [
        ("pace=1:30", "pace", "from 2:34 to 33:20 per km"),
        ("pace=soon", "pace", "from 2:34 to 33:20 per km"),
        ("pace=7:30&grade=80", "grade", "from −45 to +45 %"),
        ("pace=7:30&grade=steep", "grade", "from −45 to +45 %"),
        ("pace=7:30&mass=900", "mass", "from 25 to 300 kg"),
        ("pace=7:30&mass=2", "mass", "from 25 to 300 kg"),
        ("pace=7:30&mass=nan", "mass", ""),
        ("pace=7:30&grade=inf", "grade", "from −45 to +45 %"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(browser, query, field, accepted) -> None:
    reply = browser.get(f"/cost?{query}&direction=forward")
    assert reply.status_code == 422
    tags = parsed(reply.text).tags
    wrong = [one for tag, one in tags if tag == "input" and one.get("aria-invalid") == "true"]
    assert [one["name"] for one in wrong] == [field]
    assert f"e-{field}" in wrong[0]["aria-describedby"]
    assert "autofocus" in wrong[0]
    assert accepted in text_of(reply)
    typed = dict(part.split("=", 1) for part in query.split("&"))
    assert values_of(reply).items() >= typed.items()
    assert [one["value"] for tag, one in tags if tag == "input" and "checked" in one] == ["forward"]


def test_hostile_words_stay_words(browser) -> None:
    reply = browser.get("/cost", params={"pace": HOSTILE, "grade": HOSTILE, "mass": HOSTILE})
    assert reply.status_code == 422
    assert HOSTILE not in reply.text


def test_downhill_backward_is_one_sentence_and_forward_stands(browser) -> None:
    words = text_of(browser.get("/cost?pace=7:30&grade=-3&mass=70"))
    assert "Not known. Backward downhill: nobody has measured what it costs." in words
    assert "kcal/km" in words


def test_where_the_gaits_differ_the_ratio_says_what_it_compares(browser) -> None:
    assert "walk or run backward against walk forward" in text_of(browser.get("/cost?pace=9:40&grade=0"))
    assert "backward against" not in text_of(browser.get("/cost?pace=7:00&grade=0"))


def test_imperial(browser, store) -> None:
    profile.put_setting(store, "units", "imperial")
    words = text_of(browser.get("/cost?pace=12:00&grade=0&mass=154&direction=forward"))
    assert "kcal/mi" in words
    assert "mph" in words


def test_every_plot_has_its_table_and_its_words(browser) -> None:
    reply = browser.get("/cost?pace=7:30&grade=0")
    tags = parsed(reply.text).tags
    plots = [one for tag, one in tags if tag == "svg" and one.get("class") == "plot"]
    assert len(plots) == 2
    assert all(one["role"] == "img" and "table below" in one["aria-label"] for one in plots)
    assert sum(tag == "table" for tag, _ in tags) == 2
    assert "not known" in text_of(reply)
    assert " style=" not in reply.text


def test_your_factor_before_and_after_three_runs(browser, store) -> None:
    from tests.apps.browsing import NOW

    assert "Your profile lacks your resting heart rate" in text_of(browser.get("/cost/you"))
    store.put_athlete(RUNNER)
    taken_in(store, NOW, 0)
    one = text_of(browser.get("/cost/you"))
    assert "1 recording of yours shows both directions" in one
    assert "measured on you" not in one
    for number in (1, 2):
        taken_in(store, NOW, number)
    three = text_of(browser.get("/cost/you"))
    assert "measured on you" in three
    assert "Learned from 3 recordings" in three
    assert "Both together" in three
    assert "measured on you in 3 recordings" in text_of(browser.get("/cost?pace=7:30"))


def test_the_simulated_runner_is_called_simulated(browser, store) -> None:
    from tests.apps.browsing import NOW

    store.put_athlete(RUNNER)
    taken_in(store, NOW, 0, simulated=True)
    assert "simulated" in text_of(browser.get("/cost/you"))
    assert "simulated" in text_of(browser.get("/cost"))


def test_the_hatched_part_is_what_is_not_known(store) -> None:
    view = cost.calculate(store, Asked(2.2, 0.0, Direction.BACKWARD, None))
    (slow, fast) = cost_plot.over_speed(view, Units()).gaps
    assert slow.x == cost_plot.LEFT
    assert fast.x + fast.width == pytest.approx(cost_plot.WIDTH - cost_plot.RIGHT)
    (down, *_) = cost_plot.over_grade(view).gaps
    assert down.x == cost_plot.LEFT
    assert cost_plot.over_speed(view, Units()).marks
    uphill = cost.calculate(store, Asked(2.2, 0.1, Direction.BACKWARD, None))
    assert cost_plot.over_speed(uphill, Units()).marks == ()


def test_what_is_accepted_is_what_the_flow_accepts(store) -> None:
    assert (cost.SLOWEST_MPS, cost.FASTEST_MPS) == cost_words.PACE_MPS
    for speed in cost_words.PACE_MPS:
        cost.calculate(store, Asked(speed, 0.45, Direction.FORWARD, 25.0))
