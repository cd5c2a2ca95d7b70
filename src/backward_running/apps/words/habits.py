"""What was learned of the runner, in plain words: the same in the terminal and on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from backward_running.apps.words.units import Units, minutes
from backward_running.core.counting import counted
from backward_running.flows.judging import Learned


def habit_lines(found: Learned, units: Units) -> Iterator[str]:
    """Yield sentences: what was seen forward, what was labelled backward, and what is taken before one looks."""
    known = found.known
    if not known.recordings:
        yield "Nothing is learned yet. It is learned from recordings on foot with speed and cadence."
        return
    yield f"Learned from {counted(known.recordings, 'recording')}, {minutes(known.forward_run_s)} of running forward."
    if known.forward_cadence:
        steps = ", ".join(f"{cadence:.0f} at {units.pace(speed)}" for speed, cadence in known.forward_cadence)
        yield f"Your steps a minute, forward: {steps}."
    yield from _backward(found)
    share = f"{100.0 * known.backward_share:.0f}\N{NO-BREAK SPACE}%"
    yield f"Before a recording is looked at, {share} of it is taken to be backward."


def _backward(found: Learned) -> Iterator[str]:
    known = found.known
    own = (
        (known.backward_cadence, "your steps come {:.2f} times as often"),
        (known.backward_heart_rate, "your heart beats {:.2f} times as fast"),
        (known.backward_contact_time, "your feet stay down {:.2f} times as long"),
        (known.backward_vertical_oscillation, "you bounce {:.2f} times as far"),
        (known.backward_speed, "you go at {:.2f} of your usual speed"),
    )
    seen = [words.format(factor.ratio) for factor, words in own if factor is not None]
    if not seen:
        yield "Backward: nothing of your own yet; what studies found is taken. Label a stretch and yours is learned."
        return
    recordings = max(factor.recordings for factor, _ in own if factor is not None)
    yield f"Backward, from {counted(recordings, 'recording')} with your labels, at equal speed: {', '.join(seen)}."
