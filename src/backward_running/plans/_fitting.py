"""Why a programme is not for a runner: checks that a protocol puts together into its ``misfit``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from backward_running.core.goals import REHAB_CONDITIONS, condition_of
from backward_running.core.plan import Reason
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies.wen2022 import WALK as STROKE_WALK
from backward_running.plans import dose, walk_or_run
from backward_running.plans._of_condition import (
    NO_DOSE,
    is_held_to_walking,
    no_dose,
    no_dose_unless_agreed,
    told_of_another,
)
from backward_running.plans._racing import RACING, no_marathon
from backward_running.plans.base import Answers

Check = Callable[[Answers], Reason | None]


NO_PROGRAMME = own_proposal(
    "fitting.no_programme",
    "Where no trial carries running or walking backward for a condition, no programme is made for it.",
)
LONGEST_RUN_S = Number(
    "fits_from_longest_run_s",
    1200.0,
    "s",
    own_proposal("fitting.runs", "Programmes with running backward are for people who already run for 20 minutes."),
)
PRACTISED_S = Number(
    "practised_from_backward_s",
    3600.0,
    "s",
    own_proposal(
        "fitting.practised",
        "An hour of going backward, about the first four weeks of the beginner programme, counts as practised.",
    ),
)
EXPERIENCED_S = Number(
    "experienced_from_backward_s",
    12_000.0,
    "s",
    own_proposal(
        "fitting.experienced",
        "200 minutes of going backward, about the first eight weeks of the beginner programme, count as experienced.",
    ),
)

YOUNG_TO_YEARS = Number(
    "programme_of_the_young_to_age_count",
    16,
    "years",
    own_proposal("fitting.young", "Programmes that were studied at 13 to 16 years are offered to nobody older."),
)

#: Conditions without a programme: what is known, and what to do instead.
WHY_NONE: Mapping[str, str] = {
    "knee_surgery": (
        "After knee surgery the surgeon’s protocol leads: walking backward on an incline is used in clinics, but no "
        "trial gives a dose, so no programme is made here. Take the question to your surgeon or physiotherapist."
    ),
    "hip": (
        "No study of going backward for hip pain was found, so no programme is made. Go on with your clinician’s plan."
    ),
    "groin": (
        "No study of going backward for groin pain was found, so no programme is made. In a runner a stress fracture "
        "of the femoral neck has to be excluded first: see a sports doctor."
    ),
    "shin_splints": (
        "No study of going backward for shin splints was found, so no programme is made. Have a bone stress injury "
        "excluded, then a graded return to running forward is what exists."
    ),
    "ankle_sprain": (
        "Whether going backward helps a sprained ankle is not known: a trial is registered, its results were not seen. "
        "No programme is made; ask your physiotherapist about walking backward on a closed, even surface."
    ),
    "achilles": (
        "Going backward is not supported for a painful Achilles tendon and may aggravate it: the forefoot lands first. "
        "Heavy calf loading with a physiotherapist is the care; running backward comes last."
    ),
    "stroke": (
        "After a stroke only walking backward with a therapist beside was studied, never running, and what was read "
        "names no dose. No programme is made: ask the physiotherapist of your stroke team, who also supervises it."
    ),
}


def misfit_of(goals: Collection[str], *checks: Check, held: bool = False) -> Check:
    """Return the misfit of a protocol: a rehabilitation goal that it does not serve first, then its own checks.

    One that is `held` throughout is all that a clinician's word opens where nothing gives a dose, whatever the goal.
    """

    def misfit(answers: Answers) -> Reason | None:
        of_goal: tuple[Check, ...] = (_other_condition(goals), partial(told_of_another, goals))
        always: tuple[Check, ...] = (
            no_marathon,
            no_dose_unless_agreed if held else no_dose,
            *(() if held and is_held_to_walking(answers) else of_goal),
            old_enough,
        )
        reasons = (check(answers) for check in (*always, *checks))
        return next((reason for reason in reasons if reason is not None), None)

    return misfit


def _other_condition(goals: Collection[str]) -> Check:
    def check(answers: Answers) -> Reason | None:
        condition = condition_of(answers.goal)
        if condition is None or answers.goal in goals:
            return None
        if condition in WHY_NONE:
            source = STROKE_WALK if condition == "stroke" else NO_PROGRAMME
            return Reason(WHY_NONE[condition], source.key)
        words = dict(REHAB_CONDITIONS).get(condition, condition)
        return Reason(f"It is not a programme for your goal of rehabilitation: {words}.", NO_PROGRAMME.key)

    return check


def old_enough(answers: Answers) -> Reason | None:
    """Nobody under 13, under 16 only with an adult who stays."""
    age = dose.youngest_age_years(answers)
    source = dose.ALONE_FROM_YEARS.evidence.key
    if age is None:
        return Reason("Your birth year is not known.", source)
    if age < dose.SUPERVISED_FROM_YEARS.value:
        return Reason(f"There is no programme for anybody under {dose.SUPERVISED_FROM_YEARS.value:.0f}.", source)
    if age < dose.ALONE_FROM_YEARS.value and not answers.has_supervisor:
        return Reason(f"Under {dose.ALONE_FROM_YEARS.value:.0f} an adult has to stay for the whole session.", source)
    return None


def young_enough(answers: Answers) -> Reason | None:
    """Nobody older than those who were studied at 13 to 16."""
    if answers.birth_year is not None and answers.starts_on.year - answers.birth_year <= YOUNG_TO_YEARS.value:
        return None
    return Reason(
        f"It was studied in boys of 13 to {YOUNG_TO_YEARS.value:.0f} and is offered to nobody older.",
        YOUNG_TO_YEARS.evidence.key,
    )


def runs_already(answers: Answers) -> Reason | None:
    """Somebody who runs forward for 20 minutes."""
    if answers.forward_runs_per_week >= 1 and answers.longest_run_s >= LONGEST_RUN_S.value:
        return None
    return Reason(
        f"It is for people who already run for {LONGEST_RUN_S.value / 60:.0f} minutes at least once a week.",
        LONGEST_RUN_S.evidence.key,
    )


def not_held(answers: Answers) -> Reason | None:
    """Somebody who need not hold on. A plan that has begun goes on, held."""
    if answers.restart.begun or not answers.facts.holds:
        return None
    return Reason(
        "Its dose comes from healthy people who held on to nothing; you walk with a hand on a rail or on a person.",
        NO_DOSE.key,
    )


def runs_forward_at_all(answers: Answers) -> Reason | None:
    """Somebody who may run forward. A plan that has begun goes on, walked, until that may be."""
    if answers.restart.begun or not answers.facts.no_running:
        return None
    return Reason("It runs forward, and for now you walk.", walk_or_run.SURELY_WALK_MPS.evidence.key)


def runs_backward_at_all(answers: Answers) -> Reason | None:
    """Somebody who is not held to walking. A plan that has begun goes on, walked, until the gate opens again."""
    if answers.restart.begun or not answers.facts.walking_only:
        return None
    return Reason("It runs backward, and you are held to walking.", walk_or_run.SURELY_WALK_MPS.evidence.key)


def backward_so_far_s(answers: Answers) -> float:
    """Return the backward seconds so far: what was told or what was recorded, whichever is more."""
    return max(60 * answers.backward_experience_min, sum(seconds for _, seconds in answers.facts.backward_history))


def practised(answers: Answers) -> Reason | None:
    """Somebody who has gone backward for an hour."""
    return _from(PRACTISED_S, answers)


def experienced(answers: Answers) -> Reason | None:
    """Somebody who has gone backward for 200 minutes, about eight weeks."""
    return _from(EXPERIENCED_S, answers)


def by_word(answers: Answers) -> Reason | None:
    """Say that what opens the sprints is the runner's word, where nothing that was done shows it."""
    done_s = sum(seconds for _, seconds in answers.facts.backward_history)
    if done_s >= EXPERIENCED_S.value:
        return None
    return Reason(
        f"That you have gone backward for {answers.backward_experience_min:.0f} minutes is your word: of the last 30 "
        f"days {done_s / 60:.0f} are known here. Where it was less, begin with the first steps: sprints come after "
        "eight weeks of them.",
        EXPERIENCED_S.evidence.key,
    )


def _from(least: Number, answers: Answers) -> Reason | None:
    so_far_s = backward_so_far_s(answers)
    if so_far_s >= least.value:
        return None
    return Reason(
        f"It is for people who have gone backward for {least.value / 60:.0f} minutes, you have "
        f"{so_far_s / 60:.0f}: begin with the first steps.",
        least.evidence.key,
    )


def supervised(answers: Answers) -> Reason | None:
    """Somebody with a trained person or an adult beside them."""
    if answers.has_supervisor:
        return None
    return Reason(
        "It was studied with a trained person beside: somebody has to stay for the whole session.",
        dose.ALONE_FROM_YEARS.evidence.key,
    )


#: The sources of all that is said here.
EVIDENCE: tuple[Evidence, ...] = (
    NO_DOSE,
    NO_PROGRAMME,
    STROKE_WALK,
    LONGEST_RUN_S.evidence,
    PRACTISED_S.evidence,
    EXPERIENCED_S.evidence,
    YOUNG_TO_YEARS.evidence,
    RACING,
)
