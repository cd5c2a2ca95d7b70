"""Ports that flows touch together, named for what is done with them. A flow takes the smallest that will do."""

from __future__ import annotations

from typing import Protocol

from backward_running.core.ports.beside import Edits, Notes, Photos, Secrets, Shoes, Trash
from backward_running.core.ports.memory import (
    Activities,
    Derivations,
    HabitsMemory,
    ImportLog,
    Integrity,
    LoadHistory,
    Originals,
    Paints,
    Recordings,
    Sessions,
    Settings,
    Straights,
    Transactions,
)
from backward_running.core.ports.runner import (
    CheckIns,
    Clearances,
    Measurements,
    Plans,
    Profile,
    RunCheckIns,
    SessionsSaidDone,
    Statements,
)


class SaidSessions(SessionsSaidDone, Plans, Protocol):
    """What was planned, and what the runner says that was done of it."""


class PlansAndWords(SaidSessions, Statements, Protocol):
    """The same, and what the runner says of whole runs."""


class StatedRuns(Activities, Statements, Derivations, Transactions, Protocol):
    """Runs, what their runner says of many at once, and what follows from it."""


class AnsweredRuns(StatedRuns, Settings, Protocol):
    """The same, and what the runner was asked of them before."""


class PlanAndDraft(Plans, Settings, Protocol):
    """What was planned, and what was typed for the next one."""


class DoneSessions(Activities, SessionsSaidDone, Protocol):
    """What was done, seen or said."""


class ProfileChange(Profile, Derivations, Protocol):
    """Who runs, and what was derived from that."""


class DueSessions(Activities, Profile, Derivations, Protocol):
    """What was derived, and whether it still matches."""


class LabelledRuns(Activities, Paints, Protocol):
    """Runs, and what the runner says of them by hand."""


class RunFiles(Activities, Originals, Protocol):
    """Runs, and the files they came from."""


class OpenedRuns(Activities, Recordings, Sessions, Protocol):
    """Runs with all that lies behind them."""


class PlacedRuns(OpenedRuns, Settings, Transactions, Derivations, Protocol):
    """Runs, and the clocks they are put on."""


class SharedRuns(OpenedRuns, Settings, Protocol):
    """Runs with all that lies behind them, and what of it nobody else may see."""


class DatedCheckIns(CheckIns, Settings, Protocol):
    """How the runner felt, on their own clock."""


class Diary(CheckIns, SessionsSaidDone, Settings, Protocol):
    """What the runner says from day to day, on their own clock."""


class Matching(Activities, Recordings, Settings, Protocol):
    """Runs, the workouts they followed, and what the runner said of the sessions they were."""


class OwnGround(Matching, Straights, Protocol):
    """Runs, and where their runner kept to a line."""


class CountedLoad(LoadHistory, Settings, Protocol):
    """What was loaded, by the borders the runner set."""


class RunnerAndHabits(Activities, Profile, HabitsMemory, Protocol):
    """Who runs and how they move, by their own runs."""


class HealthFacts(Activities, CheckIns, Clearances, Profile, SessionsSaidDone, Settings, Protocol):
    """What decides what somebody may be offered."""


class HealthAndPlan(HealthFacts, Plans, Protocol):
    """The same beside the plan it bears on."""


class PlannedAndDone(Activities, Recordings, SessionsSaidDone, Settings, Plans, Protocol):
    """The plan, and what was done of it."""


class PlanHistory(PlannedAndDone, CheckIns, Protocol):
    """The same, and how it felt."""


class PlanInDetail(PlannedAndDone, Sessions, Protocol):
    """The same with what was understood of each run."""


class Coaching(HealthAndPlan, PlannedAndDone, Protocol):
    """All that a plan is made from, kept by and adapted to."""


class Pushing(Coaching, Secrets, Protocol):
    """The same with the key to a calendar elsewhere."""


class CoachingAndLoad(Coaching, LoadHistory, Protocol):
    """The same with what was loaded."""


class Judging(
    OpenedRuns,
    Paints,
    CheckIns,
    RunCheckIns,
    Profile,
    HabitsMemory,
    Derivations,
    Transactions,
    PlansAndWords,
    Protocol,
):
    """What a run is understood from."""


class Deleting(Activities, Trash, Protocol):
    """Runs, and those that were deleted."""


class Keepsakes(Activities, Notes, Shoes, Photos, Protocol):
    """Runs, and what is kept beside them."""


class Editing(Judging, Edits, Notes, Photos, Settings, Protocol):
    """What recordings are changed by hand with."""


class JudgedFiles(Judging, Originals, Protocol):
    """Runs, what they are understood from, and the files they came from."""


class Repairing(JudgedFiles, LoadHistory, Integrity, Edits, Protocol):
    """What a run is read from and understood anew from, where a part of it was damaged."""


class LoadFilling(Judging, LoadHistory, Protocol):
    """What the load of a run is counted from."""


class Labelling(Judging, LoadHistory, Settings, Protocol):
    """The page of a run on which its runner has a say."""


class NewRuns(Originals, RunCheckIns, Profile, HabitsMemory, Settings, Transactions, PlansAndWords, Protocol):
    """What a new run is read and kept with."""


class Importing(NewRuns, ImportLog, Protocol):
    """What a new run is kept with, or said why it is not."""


class RunsAndKeepsakes(Matching, Notes, Shoes, Protocol):
    """Runs with all that is written beside them."""


class TakingIn(Judging, Importing, Edits, Notes, Photos, Shoes, Protocol):
    """What comes in, and what it is joined with where it is the same run."""


class DemoMaking(TakingIn, Measurements, Protocol):
    """What the demo runner is made with."""


class DatedMeasurements(Measurements, Settings, Protocol):
    """What was measured, on the runner's own clock."""


class DatedReadings(CheckIns, Measurements, Settings, Protocol):
    """What was measured and told, on the runner's own clock."""


class OwnMonths(PlannedAndDone, LoadHistory, CheckIns, Measurements, Profile, Protocol):
    """The months of one person: what they ran, felt and measured, and what of it they said."""


class Experimenting(CoachingAndLoad, Measurements, Protocol):
    """The same, and the plan that leaves days out."""
