"""What is said beside a treadmill: the word that fills the screen, how a step is said, and why it waits."""

from __future__ import annotations

from backward_running.apps.words.units import Units, clock, grade
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Step
from backward_running.flows.treadmill_session import BeltNow

#: The last seconds of a step are counted aloud.
COUNTED_S = 5
WAITS = {
    "belt": "The belt stands: the time of this step waits.",
    "asked": "Paused.",
    "slept": "This computer slept, so nobody was guided: go on when you are ready.",
}
_BIG = {Direction.BACKWARD: "BACK", Direction.SIDEWAYS: "SIDE", Direction.STILL: "STAND"}
_SAID = {Direction.BACKWARD: " backward", Direction.FORWARD: " forward", Direction.SIDEWAYS: " sideways"}


def big_word(now: BeltNow) -> str:
    """Return the word that fills the screen: what is said to be done, or that nobody said it."""
    if now.is_said:
        return "BACK" if now.direction is Direction.BACKWARD else "FORWARD"
    if now.step is None:
        return "DONE" if now.count else "?"
    return _BIG.get(now.step.direction, "RUN" if now.step.gait is Gait.RUN else "WALK")


def step_words(step: Step, units: Units) -> str:
    """Say a step: what, which way, for how long, and how fast at most."""
    long = clock(step.duration_s) if step.duration_s is not None else str(units.short_distance(step.distance_m))
    if step.direction is Direction.STILL:
        return f"Stand, {long}"
    cap = f", at most {units.speed(step.speed_high_mps)}" if step.speed_high_mps else ""
    return f"{'Run' if step.gait is Gait.RUN else 'Walk'}{_SAID.get(step.direction, '')}, {long}{cap}"


def left_words(now: BeltNow, units: Units) -> str:
    """Say how long the step still goes on; empty where no step is."""
    if now.left_s is not None:
        return clock(now.left_s)
    return "" if now.left_m is None else str(units.short_distance(now.left_m))


def line_of(now: BeltNow, units: Units) -> str:
    """Return how it stands in one line, for a terminal."""
    heart = "– bpm" if now.heart_rate_bpm is None else f"{now.heart_rate_bpm:.0f} bpm"
    parts = [clock(now.seconds), big_word(now), left_words(now, units), str(units.speed(now.speed_mps)),
             str(grade(now.grade_ratio)), heart]  # fmt: skip
    if now.waits is not None:
        parts.append(WAITS[now.waits])
    if now.over_cap and now.step is not None:
        parts.append(f"faster than the {units.speed(now.step.speed_high_mps)} of this step")
    return "  ".join(part for part in parts if part)


def cue_of(now: BeltNow, units: Units) -> tuple[str, str, str]:
    """Return what is to be heard: a key that changes when something new is to be said, its sound and its words."""
    if now.waits is not None:
        return f"waits {now.waits}", "wait", WAITS[now.waits]
    if now.step is None:
        return ("done", "done", "All steps are done.") if now.count else ("free", "", "")
    sound = "backward" if now.step.direction is Direction.BACKWARD else "forward"
    if now.step.direction is Direction.STILL:
        sound = "wait"
    return f"step {now.number}", sound, f"{step_words(now.step, units)}. {now.step.cue or ''}".strip()


def count_of(now: BeltNow) -> int:
    """Return which of the last seconds of a step it is; 0 where none is counted."""
    left = 0 if now.left_s is None or now.waits is not None else round(now.left_s)
    return left if 0 < left <= COUNTED_S else 0
