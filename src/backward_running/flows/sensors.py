"""Where a stored recording's motion sensors sat: show it, and let the runner say it."""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.errors import NotEnoughData
from backward_running.core.mounting import Axes
from backward_running.core.ports import Judging, Labelling
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED
from backward_running.flows.activity import activity_page
from backward_running.flows.deriving import judge_stored
from backward_running.flows.mounting import contradiction
from backward_running.flows.views import ActivityPage


def set_mount(
    store: Labelling, activity_id: str, place: str | None, *, mount_known: bool | None, axes: Axes | None = None
) -> ActivityPage:
    """Say where the sensor of a stored recording sat, and judge the recording anew.

    Parameters
    ----------
    store : Labelling
        Where the activity is.
    activity_id : str
        Of the activity.
    place : str or None
        One of ``core.supplied_metadata.PLACES``; None leaves it as the file says.
    mount_known : bool or None
        Whether its axes are x right, y forward, z up of that part of the body; None leaves it as the file says.
    axes : tuple of str, optional
        Where its x, y and z point, of :data:`backward_running.core.mounting.WAYS`; then the mounting is known.

    Returns
    -------
    ActivityPage
        The runner's labels stay on top. Saying what was said before brings all back.

    Raises
    ------
    BadValue
        There is no such place, or gravity contradicts the mounting; nothing was changed.
    NotEnoughData
        The recording has no motion sensor.
    NotFound
        There is no such activity.
    """
    if not store.recording(activity_id).inertial:
        raise NotEnoughData("This recording has no motion sensor, so it is of no use to say where one sat.")
    wear(store, activity_id, place, mount_known=mount_known, axes=axes)
    return activity_page(store, activity_id)


def wear(
    store: Judging, activity_id: str, place: str | None, *, mount_known: bool | None, axes: Axes | None = None
) -> bool:
    """Keep where the sensor sat and judge anew; return whether anything was new.

    Raises
    ------
    BadValue
        Gravity contradicts the mounting; nothing was changed.
    """
    with store.transaction():
        recording = store.recording(activity_id)
        told = replace(recording.told or NOTHING_SUPPLIED, place=place, mount_known=mount_known, axes=axes)
        if not recording.inertial or told == (recording.told or NOTHING_SUPPLIED):
            return False
        store.put_told(activity_id, told if told.says_anything else None)
        problem = contradiction(store.recording(activity_id)) if told.claims_mount else None
        if problem is not None:
            raise problem  # out of the transaction: what was told before stands
        judge_stored(store, activity_id)
    return True
