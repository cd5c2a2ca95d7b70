"""A run without a recording, written down in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._shared import now, seconds_of
from backward_running.core.errors import BadValue

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.core.adaptation import SaidDone
    from backward_running.core.ports import Store

OF_A_RUN = ("backward", "whole", "distance", "place")


def is_meant(said: Mapping[str, Any]) -> bool:
    """Tell whether a run is to be written down."""
    return any(said[name] is not None for name in OF_A_RUN)


def write_down(store: Store, units: Units, said: Mapping[str, Any]) -> None:
    """Keep a run that has no recording, and say as what."""
    from backward_running.apps.words.units import minutes, read_number
    from backward_running.flows import by_hand, said_done

    backward_s = 0.0 if said["backward"] is None else _time_s(said["backward"])
    whole_s = backward_s if said["whole"] is None else _time_s(said["whole"])
    if whole_s < backward_s:
        raise BadValue("time", f"be {said['backward']} or more, for that was backward", said["whole"])
    distance_m = None
    if said["distance"] is not None:
        hint = f"Write how far, in {units.long_unit}, such as 6.5."
        distance_m = units.long_m * read_number(said["distance"], name="distance", hint=hint)
    moment = now()
    run = by_hand.ByHand(
        said["day"].date() if said["day"] else moment.date(),
        backward_s,
        whole_s - backward_s,
        distance_m,
        said["place"],
        said["exertion"],
    )
    kept = by_hand.write_down(store, run, now=moment)
    click.echo(f"Written down by your word: {minutes(kept.backward_s)} backward on {kept.on:%A %d %B %Y}.")
    click.echo(f"`backward done --take-back {kept.workout_id}` takes it back.")
    if said["exertion"] is None:
        click.echo(f"Say how it felt: `backward log --run {said_done.word_id(kept.workout_id)} --moment after`.")


def say_counted(said: SaidDone | None) -> None:
    """Say that a check-in counted as done."""
    from backward_running.apps.words.units import minutes

    if said is not None:
        click.echo(f"Your session counts as done, by your word: {minutes(said.backward_s)} backward.")
        click.echo(f"`backward done {said.workout_id} --minutes N` says other minutes, --take-back takes it back.")


def _time_s(text: str) -> float:
    """Read minutes and seconds, 5:00; a plain number is minutes, as people say them."""
    return seconds_of(text) if ":" in text else 60.0 * seconds_of(text)
