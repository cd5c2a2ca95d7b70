"""What is said of regions and spots."""

from __future__ import annotations

import math

from backward_running.apps.words.units import Units
from backward_running.core.counting import counted
from backward_running.core.ground import RegionHead, ScorePart, Spot, Stretch
from backward_running.core.own_ground import OwnStretch
from backward_running.core.sun import SunTimes
from backward_running.flows.daylight import UsualHour
from backward_running.flows.spots import Found
from backward_running.flows.where import Fit

ATTRIBUTION = "© OpenStreetMap contributors"
LICENCE = "Open Database License"
#: Below it a rule speaks against a spot.
HALF = 0.5
#: Our own proposals: where less is free behind the end, a mark goes before it; where the spotter stands and goes along.
FREE_M, TURN_BACK_M, SPOTTER_ASIDE_M, SPOTTER_WALKS_M = 10.0, 5.0, 2.0, 50.0
POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def map_words(head: RegionHead) -> str:
    """Say how old the map is, and whose."""
    if head.source_date is None:
        return f"{head.source}: the map does not say how old it is. {ATTRIBUTION}, {LICENCE}."
    return f"{head.source}: the map of {head.source_date.isoformat()}. {ATTRIBUTION}, {LICENCE}."


def credit_of(head: RegionHead | None) -> str:
    """Say whose a drawing of the ground is; empty where no map is drawn."""
    if head is None:
        return ""
    return ATTRIBUTION if head.source_date is None else f"{ATTRIBUTION}, {head.source_date.year}"


def border_words(head: RegionHead) -> str:
    """Say what was cut off at the border; empty where nothing was."""
    said = []
    if head.cut:
        said.append(f"{head.cut:,} things reach beyond the border of the extract and were cut there")
    if head.lost:
        said.append(f"{head.lost:,} have no place in it and were left out")
    return f"{', '.join(said).capitalize()}." if said else ""


def name_of(spot: Spot) -> str:
    """Say what a spot is, with its name where the map has one."""
    kind, named = spot.stretch.kind.words, spot.stretch.name
    return f"{named} ({kind})" if named else kind.capitalize()


def reasons_of(spot: Spot, most: int = 6) -> str:
    """Say what speaks against a spot, then what is unknown, then what speaks for it: hazards before praise."""
    return "; ".join(part.words for part in ordered_parts(spot)[:most])


def ordered_parts(spot: Spot) -> list[ScorePart]:
    """Return what the rules say, first what costs most that is known, then what is unknown, then what is good."""
    bad = [part for part in spot.parts if part.known and part.score < HALF]
    blank = [part for part in spot.parts if not part.known]
    good = [part for part in spot.parts if part.known and part.score >= HALF]
    return [*sorted(bad, key=_cost, reverse=True), *blank, *sorted(good, key=_cost)]


def _cost(part: ScorePart) -> float:
    return part.weight * (1.0 - part.score)


def table_row(spot: Spot, units: Units) -> tuple[str, ...]:
    """Return a row of the list: score, key, length, distance, what it is, and from where to where."""
    stretch = spot.stretch
    ends = " → ".join(f"{latitude:.5f},{longitude:.5f}" for longitude, latitude in (stretch.line[0], stretch.line[-1]))
    away = str(units.distance(spot.distance_m)) if spot.distance_m is not None else "–"
    return f"{100.0 * spot.score:.0f}", stretch.key, f"{stretch.length_m:.0f} m", away, name_of(spot), ends


def found_words(found: Found) -> list[str]:
    """Say what has to be said below every list of spots."""
    said = []
    if not found.spots:
        where = f"{found.latitude_deg:g}, {found.longitude_deg:g}"
        said.append(
            f"Within {found.radius_m / 1000:g} km of {where} the map has nothing straight and open of 20 m or more;"
            " try a larger radius, or look on the ground and measure a lane yourself."
        )
    if found.reaches_out:
        said.append("A part of the circle lies beyond the prepared region: what is there is not in the list.")
    if found.is_old:
        said.append("The map is older than three years, or does not say how old it is: things have changed since.")
    said.append("A map knows little: walk a stretch forward, all of it and 15 m on, before you run it backward.")
    said.append(map_words(found.head))
    return said


def three_kinds(spot: Spot) -> tuple[list[ScorePart], list[ScorePart], list[ScorePart]]:
    """Return what speaks against a spot, what is unknown, and what speaks for it, each the weightiest first."""
    parts = ordered_parts(spot)
    against = [part for part in parts if part.known and part.score < HALF]
    good = [part for part in parts if part.known and part.score >= HALF]
    return against, [part for part in parts if not part.known], sorted(good, key=lambda part: -part.weight)


def hazard_words(stretch: Stretch) -> tuple[str, ...]:
    """Say what stands beside a stretch and behind its end, in the order in which it is passed."""
    said = []
    for hazard in stretch.hazards:
        if hazard.along_m > stretch.length_m:
            said.append(f"{hazard.kind.words.capitalize()} {hazard.along_m - stretch.length_m:.0f} m behind the end")
        else:
            said.append(f"{hazard.kind.words.capitalize()} after {hazard.along_m:.0f} m, {hazard.aside_m:.1f} m aside")
    return tuple(said)


def check_words(stretch: Stretch) -> tuple[str, ...]:
    """Say what to look at when the stretch is walked forward first."""
    said = [
        f"Walk all {stretch.length_m:.0f} m forward, and 15 m on past the end.",
        "Look for holes, roots, wet leaves, broken glass, leads, sprinklers and low branches.",
        "Mark the start and the end so that you see them from the corner of your eye.",
        "See who else uses it at this hour: players, dogs, children, bicycles.",
    ]
    if not stretch.mapped:
        said.append("No map was asked: look for steps, kerbs, posts, drops, water and crossing traffic yourself.")
    elif stretch.free_m < FREE_M:
        said.append(f"Set a mark {TURN_BACK_M:.0f} m before the end: only {stretch.free_m:.0f} m behind it are free.")
    if stretch.kind.is_grass:
        said.append("Feel with your feet whether the grass is even: the map does not know.")
    return tuple(said)


def heading_words(stretch: Stretch) -> str:
    """Say which way is run, and which way the chest faces."""
    (west, south), (east, north) = stretch.line[0], stretch.line[-1]
    shrunk = math.cos(math.radians((south + north) / 2))
    heading = math.degrees(math.atan2((east - west) * shrunk, north - south)) % 360.0
    return f"Run toward {_point_of(heading)}, your chest facing {_point_of(heading + 180.0)}"


def _point_of(heading_deg: float) -> str:
    return POINTS[round(heading_deg / 45.0) % 8]


def lane_words(fit: Fit, units: Units) -> str:
    """Say on the way how a place is used for a session: what, how many lengths, which way, where to stop.

    Parameters
    ----------
    fit : Fit
        A spot that its runner knows, for the session.
    units : Units
        Of its runner.

    Returns
    -------
    str
        Some short sentences, without where on the earth it is.
    """
    stretch = fit.found.spot.stretch
    said = [f"{name_of(fit.found.spot)}, {units.short_distance(fit.length_m)}"]
    if fit.lengths is not None:
        said[0] += f": at most {counted(fit.lengths, 'length')} at once, walk back forward"
    said.append(heading_words(stretch))
    if not stretch.mapped:
        said.append("What lies behind the end is not known: set a mark where you stop")
    elif stretch.free_m < FREE_M:
        said.append(f"Stop {TURN_BACK_M:.0f} m before the end: only {stretch.free_m:.0f} m behind it are free")
    said.extend(f"But {lack}" for lack in fit.lacks)
    return f"{'. '.join(said)}."


def spotter_words(stretch: Stretch) -> str:
    """Say where the spotter stands."""
    aside = f"The spotter stands at the end, {SPOTTER_ASIDE_M:.0f} m aside of the line"
    if stretch.length_m <= SPOTTER_WALKS_M:
        return f"{aside}, where they see the lane, the ground behind the end and you."
    return f"{aside}; on more than {SPOTTER_WALKS_M:.0f} m they go along beside you, facing where you go."


def own_words(own: OwnStretch, units: Units) -> tuple[str, ...]:
    """Say what the runs of its runner show of a straight.

    Parameters
    ----------
    own : OwnStretch
        The straight.
    units : Units
        Of its runner.

    Returns
    -------
    tuple of str
        How often and when, how it rises, how straight it is, and how often they stopped there.
    """
    early, late = own.hours
    when = f"mostly from {early} to {late} o'clock" if early != late else f"mostly at {early} o'clock"
    rise = own.grade.words if own.grade is not None else "grade unknown: too few runs with heights"
    share = 100.0 * own.stopped_share
    stopped = "never stopped on it" if share == 0.0 else f"stopped on {share:.0f} % of them"
    return (
        f"run on {own.days} days, {own.passes} times; last on {own.last_on.day} {own.last_on:%b %Y}",
        when,
        rise,
        f"{units.short_distance(own.off_m)} off the line on average, the error of the positions included",
        stopped,
    )


def no_straights_words(runs: int) -> str:
    """Say that no straight was found, in how many runs, and what to do.

    Parameters
    ----------
    runs : int
        Looked through.

    Returns
    -------
    str
    """
    return (
        f"No straight of 30 m that you ran on three days or more, in {counted(runs, 'run')} on foot. For places that a "
        "map knows, get an extract of OpenStreetMap of where you run, call `backward region prepare EXTRACT`, then "
        "`backward spots --near LAT,LON`."
    )


def left_words(left: int) -> str:
    """Say that runs are still to be looked through; empty where none is.

    >>> left_words(0), left_words(3)
    ('', '3 runs are not looked through yet: open this page again.')
    """
    return f"{counted(left, 'run is', 'runs are')} not looked through yet: open this page again." if left else ""


def sun_words(times: SunTimes | None, usual: UsualHour | None) -> tuple[str, ...]:
    """Say when the sun of today rises and sets at a place, and when its reader usually runs.

    Parameters
    ----------
    times : SunTimes or None
        On the clock of the place; None where that is not known.
    usual : UsualHour or None
        None where there is no usual hour.

    Returns
    -------
    tuple of str
        Sentences; none where nothing is known.
    """
    if times is None:
        return ()
    said = [_sun_sentence(times)]
    if usual is not None:
        ends_h = (usual.start_h + usual.duration_s / 3600.0) % 24.0
        said.append(f"You usually run from about {_clock(usual.start_h)} to {_clock(ends_h)}.")
    return (*said, "By the sun on a flat horizon: hills, houses, trees and clouds take some of it.")


def _sun_sentence(times: SunTimes) -> str:
    if times.sunrise is None or times.sunset is None:
        return "Today the sun does not rise or does not set there."
    said = f"Today the sun is up from {times.sunrise:%H:%M} to {times.sunset:%H:%M}"
    if times.dawn is None or times.dusk is None:
        return f"{said}; it does not get dark at night."
    return f"{said}; one sees without a lamp from {times.dawn:%H:%M} to {times.dusk:%H:%M}."


def _clock(hours: float) -> str:
    """Say an hour, to a quarter.

    >>> _clock(17.9), _clock(23.99), _clock(6.2)
    ('18:00', '0:00', '6:15')
    """
    quarters = round(4.0 * hours) % 96
    return f"{quarters // 4}:{15 * (quarters % 4):02d}"
