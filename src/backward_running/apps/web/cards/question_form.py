"""Questions as they stand on a form: what is in a field, what is wrong with it, and the answers read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import FormData

from backward_running.apps.words.units import Units, clock, read_clock, read_number
from backward_running.core.errors import BadValue
from backward_running.core.goals import REHAB, REHAB_CONDITIONS, condition_of
from backward_running.core.question import Kind, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the form: what stands in its field, and what is wrong with that."""

    question: Question
    value: str
    chosen: frozenset[str]
    unit: str
    problem: str | None

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen, without the goals of rehabilitation: they stand in a group of their own."""
        offered = self.question.choices or (("yes", "Yes"), ("no", "No"))
        return tuple(choice for choice in offered if not choice[0].startswith(REHAB))

    @property
    def groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Headings with what can be chosen under each."""
        words = dict(self.question.choices)
        return tuple((title, tuple((key, words[key]) for key in keys)) for title, keys in self.question.groups)

    @property
    def alone(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen and stands under no heading."""
        grouped = {key for _, keys in self.question.groups for key in keys}
        return tuple(choice for choice in self.choices if choice[0] not in grouped)

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """The goals of rehabilitation, by the name of the condition alone."""
        names = dict(REHAB_CONDITIONS)
        found = ((value, condition_of(value)) for value, _ in self.question.choices)
        return tuple((value, names[condition]) for value, condition in found if condition is not None)


def asked_of(question: Question, value: object, problem: str | None, units: Units) -> Asked:
    """Put a question on a form, with what was typed and what is wrong with it."""
    chosen = frozenset(map(str, value)) if isinstance(value, list | tuple) else frozenset({_plain(value)})
    unit = units.pace_unit if question.kind is Kind.PACE else question.unit or ""
    return Asked(question, _as_typed(question.kind, value, units), chosen, unit, problem)


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _as_typed(kind: Kind, value: object, units: Units) -> str:
    """Turn a kept answer back into what a person types."""
    if value is None:
        return ""
    if kind is Kind.PACE and isinstance(value, int | float):
        return units.pace(value).value
    if kind is Kind.DURATION and isinstance(value, int | float):
        return f"{value / 60:g}" if value % 60 == 0 else clock(value)
    return _plain(value)


def answers_of(form: FormData, units: Units, questions: Iterable[Question]) -> tuple[dict[str, object], dict[str, str]]:
    """Turn the form into SI values and plain strings; what cannot be turned stays as it was typed, with a sentence."""
    typed: dict[str, object] = {}
    problems: dict[str, str] = {}
    for question in questions:
        raw = [text.strip() for text in form.getlist(question.key) if isinstance(text, str)]
        if question.kind is Kind.CHOICES:
            typed[question.key] = raw
            continue
        text = raw[-1] if raw else ""
        typed[question.key] = None
        if not text:
            continue
        try:
            typed[question.key] = _value(question.kind, text, units)
        except BadValue as problem:
            typed[question.key] = text
            problems[question.key] = problem.hint or f"This must {problem.rule}."
    return typed, problems


def _value(kind: Kind, text: str, units: Units) -> object:
    if kind is Kind.PACE:
        return units.read_pace(text)
    if kind is Kind.DURATION:
        hint = "Write minutes, such as 45, or hours, minutes and seconds, such as 1:05:00."
        return (
            read_clock(text, name="time", hint=hint) if ":" in text else 60 * read_number(text, name="time", hint=hint)
        )
    if kind is Kind.NUMBER:
        value = read_number(text, name="answer", hint="Write a number.")
        return int(value) if value == int(value) else value
    if kind is Kind.YES_NO:
        return text == "yes"
    return text
