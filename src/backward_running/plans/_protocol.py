"""From a programme to the functions of a protocol: weeks and notes where it fits, the reason where it does not."""

from __future__ import annotations

from collections.abc import Callable

from backward_running.core.plan import Reason, Week
from backward_running.plans._fitting import Check
from backward_running.plans._programme import Programme
from backward_running.plans._racing import race_line
from backward_running.plans._weeks import notes_of, weeks_of
from backward_running.plans.base import Answers

Made = Callable[[Answers], Programme]  #: the programme for a runner; pure, asked only where it fits


def weeks_for(programme: Made, misfit: Check) -> Callable[[Answers], tuple[Week, ...]]:
    """Return the ``weeks`` of a protocol: none for a runner whom it does not fit."""

    def weeks(answers: Answers) -> tuple[Week, ...]:
        return () if misfit(answers) is not None else weeks_of(programme(answers), answers)

    return weeks


def notes_for(
    programme: Made, misfit: Check, *own: Reason, telling: Check | None = None
) -> Callable[[Answers], tuple[Reason, ...]]:
    """Return the ``notes`` of a protocol: what holds for all programmes, then its own; else why it does not fit.

    What `telling` has to say of a runner comes before its own.
    """

    def notes(answers: Answers) -> tuple[Reason, ...]:
        why_not = misfit(answers)
        if why_not is not None:
            return (why_not,)
        made = programme(answers)
        race = race_line(weeks_of(made, answers), answers) if answers.goal == "race" else None
        told = telling(answers) if telling is not None else None
        return (
            *(note for note in (race,) if note),
            *notes_of(made, answers),
            *(note for note in (told,) if note),
            *own,
        )

    return notes
