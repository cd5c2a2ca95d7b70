"""The plan on paper, read back by another library: every session, its reasons, and what stands before it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest

from backward_running.core.plan import GateState, Plan, Reason
from backward_running.formats.plan_pdf import write_pdf
from backward_running.plans import Answers, all_protocols

MADE = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> Plan:
    protocol = all_protocols()["beginner"]
    answers = Answers(5, 3.2, 5400, 0, (0, 2, 4), False, True, True, 1985, date(2026, 5, 4))
    return Plan("p", "beginner", protocol.title, MADE, {}, protocol.weeks(answers), (), protocol.notes(answers))


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def paper(plan: Plan, **knobs: int) -> list[str]:
    return pages(write_pdf(plan, speed_words=lambda mps: f"{mps:.2f} m/s", **knobs))


def test_every_session_stands_on_paper_with_its_day_and_cap(plan: Plan) -> None:
    said = " ".join(paper(plan))
    for workout in plan.workouts():
        assert f"{workout.on:%A %d %B} · {workout.title}" in said
        assert workout.summary in said
    assert "Backward not faster than 1.20 m/s" in said
    assert "How hard, 0–10" in said
    assert plan.notes[0].text in said


def test_no_letter_is_missing_from_the_fonts(plan: Plan) -> None:
    odd = replace(plan, notes=(Reason("×–—’“”…≤≥−±½°·ü/é"),))
    assert "×–—’“”…≤≥−±½°·ü/é" in " ".join(paper(odd))


def test_weeks_that_are_over_are_left_out(plan: Plan) -> None:
    said = " ".join(paper(plan, first_week=5))
    assert "Week 5" in said and "Week 4 ·" not in said


def test_a_closed_gate_stands_before_the_first_session_and_simulated_on_every_page(plan: Plan) -> None:
    gate = GateState("x", "Calves", open=False, reason=Reason("They were at 5 of 10."), what_to_do="Wait.")
    told = paper(replace(plan, gates=(gate,), simulated=True))
    assert told[0].index("Closed: Calves. They were at 5 of 10. Wait.") < told[0].index("Week 1")
    assert len(told) > 1 and all("Simulated" in page for page in told)


def test_the_same_plan_gives_the_same_bytes_and_an_empty_one_a_page(plan: Plan) -> None:
    assert write_pdf(plan, speed_words=str) == write_pdf(plan, speed_words=str)
    assert len(paper(replace(plan, weeks=(), notes=()))) == 1


def test_no_word_is_taken_for_mark_up_and_a_session_stands_whole_on_a_page(plan: Plan) -> None:
    said = paper(replace(plan, notes=(Reason("less <b>than</b> 5 & more"),)))
    assert "less <b>than</b> 5 & more" in said[0]
    ends = sum(page.count("after two days: ____") for page in said)
    assert ends == len(list(plan.workouts()))
    for page in said:
        assert page.count("How hard, 0–10") == page.count("Where: ") == page.count("after two days: ____")


def test_what_a_session_asks_for_is_on_paper_once_and_before_it_is_done(plan: Plan) -> None:
    told = " ".join(paper(plan, before={"Pain": ["Up to 2 of 10."]}))
    workouts = list(plan.workouts())
    asked = {line for workout in workouts for line in workout.advice}
    asked |= {step.cue for workout in workouts for step in workout.steps() if step.cue and "BACK" in step.name}
    for line in asked:
        words = " ".join(line.split())
        first = next(each for each in workouts if line in each.advice or line in {step.cue for step in each.steps()})
        longer = sum(words in other and words != other for other in asked)
        assert 1 <= told.count(f"· {words}") <= 1 + longer, words
        later = [each for each in workouts if each.on > first.on]
        assert not later or told.index(words) < told.index(f"{later[0].on:%A %d %B}")
    assert told.index("Up to 2 of 10.") < told.index("Week 1")
    assert "pain, and where" in told
