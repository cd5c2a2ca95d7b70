"""What the backward part loaded, made ready for the page: a picture of the body, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backward_running.apps.web.cards.figure import Figure
from backward_running.apps.web.drawing.tissue_map import KEY, SHAPES, SIGN, regions
from backward_running.apps.words.printed import multiple
from backward_running.apps.words.units import UNKNOWN, Printed, Units, clock, whole
from backward_running.core.direction import Gait
from backward_running.core.session import Estimate
from backward_running.core.tissue import Basis, Change, ForwardSteps, KnownFrom, TissueLoad
from backward_running.flows.tissue_views import TissuesView
from backward_running.flows.views import EvidenceBadge

RATHER_HIGH = "At that pace a step forward likely loads more than a slower one: the multiple is rather too high."


def tissue_parts(view: TissuesView | None, badges: Mapping[str, EvidenceBadge], units: Units) -> dict[str, Any] | None:
    """Return what the fragment needs; None where nothing was backward."""
    if view is None:
        return None
    per_long = "per mile" if units.miles else "per kilometre"
    bases = [(basis.name.lower(), per_long if basis is Basis.KILOMETRE else basis.words) for basis in Basis]
    return {
        "summary": _summary(view, units),
        "against": _against(view, units),
        "bases": [(key, words, _basis_words(key, view, units)) for key, words in bases],
        "rows": [_row(load, badges, dict(bases)) for load in view.loads],
        "pictures": [(words, regions(words, view.loads)) for words in SHAPES],
        "muscles": [
            {
                "muscle": muscle.muscle,
                "where": muscle.where,
                "found": [muscle.found.get(Gait.RUN), muscle.found.get(Gait.WALK)],
            }
            for muscle in view.muscles
        ],
        "sign": SIGN,
        "key": KEY,
        "changes": list(Change),
    }


def _summary(view: TissuesView, units: Units) -> str:
    said = [clock(view.moving_s), str(units.distance(view.distance_m))]
    if view.steps_count is not None:
        said.append(f"{whole(view.steps_count)} steps")
    return ", ".join(said)


def _against(view: TissuesView, units: Units) -> str:
    """Say what the backward steps are set against."""
    if not view.forward:
        return (
            "No forward steps of yours are known yet. The same speed is taken instead, and the step ratio that studies "
            "found: a forward stretch with cadence makes this your own."
        )
    return " ".join(_own(own, units) for own in view.forward)


def _own(own: ForwardSteps, units: Units) -> str:
    where = "in this run" if own.known_from is KnownFrom.THIS_RUN else "as your other runs show it"
    gait = "running" if own.gait is Gait.RUN else "walking"
    return f"Your forward {gait} {where}: {units.pace(own.speed_mps)}, {whole(own.cadence_spm)} steps a minute."


def _basis_words(key: str, view: TissuesView, units: Units) -> str:
    long = "mile" if units.miles else "kilometre"
    own = "your own forward running" if view.forward else "forward running at the same speed"
    rather = f" {RATHER_HIGH}" if view.forward else ""
    words = {
        "step": "One step backward against one of yours forward, at the same speed.",
        "minute": f"A minute backward against a minute of {own}.{rather}",
        "kilometre": f"A {long} backward against a {long} of {own}. Shorter steps can undo what a step saves.{rather}",
        "session": "The whole backward part, counted in forward steps of yours.",
    }[key]
    if key == "session" and view.forward_steps_count is not None:
        words += f" Forward, the same distance takes you {whole(view.forward_steps_count)} steps."
    return words


def _row(load: TissueLoad, badges: Mapping[str, EvidenceBadge], words: Mapping[str, str]) -> dict[str, Any]:
    cells = [_cell(basis, load, words) for basis in load.said]
    return {
        "key": load.key,
        "title": load.title,
        "means": load.means,
        "confidence": load.confidence.value,
        "cells": cells,
        "same_speed": multiple(load.same_speed),
        "behind": _behind(load, badges),
    }


def _cell(basis: Basis, load: TissueLoad, words: Mapping[str, str]) -> dict[str, Any]:
    said, key = load.said[basis], basis.name.lower()
    shown = multiple(said)
    at_own_pace = basis in (Basis.MINUTE, Basis.KILOMETRE) and said != load.same_speed
    same_speed = multiple(load.same_speed) if at_own_pace else UNKNOWN
    return {
        "basis": key,
        "words": "of your forward steps" if basis is Basis.SESSION else words[key],
        "change": load.changes[basis],
        "printed": shown,
        "same_speed": same_speed,
    }


def _behind(load: TissueLoad, badges: Mapping[str, EvidenceBadge]) -> Figure:
    """Gather what stands behind a tissue: its model, and what to know of any of its numbers."""
    known = [estimate for estimate in (*load.said.values(), load.same_speed) if isinstance(estimate, Estimate)]
    models = dict.fromkeys(part.model for part in known)
    caveats = dict.fromkeys(caveat for part in known for caveat in part.remarks)
    standing = min((part.standing for part in known), key=lambda standing: standing.rank).value if known else ""
    behind = tuple(badges[key] for key in models if key in badges)
    return Figure(load.key, load.title, Printed("") if known else UNKNOWN, standing, tuple(caveats), behind)
