"""How well a stretch suits: all rules asked, weighed, and added up. What is not known counts as the worst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backward_running.core.ground import ScorePart, Spot, Stretch
from backward_running.places.base import Asked, PlaceRule, unknown

#: What a rule that asks the map says of ground that is known from runs alone.
NOT_MAPPED = "unknown: no map says"


def all_rules() -> dict[str, PlaceRule]:
    """Return every rule, by key; the heaviest first."""
    import backward_running.places as room
    from backward_running.core.plugs import discover

    found = discover(room, PlaceRule)
    return {rule.key: rule for rule in sorted(found.values(), key=lambda rule: (-rule.weight.value, rule.key))}


def score(stretch: Stretch, asked: Asked, rules: Mapping[str, PlaceRule] | None = None) -> Spot:
    """Ask every rule about a stretch.

    Parameters
    ----------
    stretch : Stretch
        The ground.
    asked : Asked
        What is known of who asks.
    rules : mapping, optional
        By key; all of them where nothing is given.

    Returns
    -------
    Spot
        Its score is the mean of the rules' scores by their weights, 0…1: every rule counts, known or not, so a tag that
        is missing lowers it.
    """
    asked_rules = all_rules() if rules is None else rules
    parts = tuple(_part(rule, stretch, asked) for rule in asked_rules.values())
    total = sum(part.weight for part in parts)
    return Spot(stretch, sum(part.weight * part.score for part in parts) / total, parts, asked.distance_m)


def _part(rule: PlaceRule, stretch: Stretch, asked: Asked) -> ScorePart:
    answer = unknown(NOT_MAPPED) if rule.by_map and not stretch.mapped else rule.ask(stretch, asked)
    return ScorePart(rule.key, rule.title, answer.score, rule.weight.value, answer.words, answer.known)


def rank(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Return spots, the best first; of equals the nearer, then the longer.

    Parameters
    ----------
    spots : iterable of Spot
        In any order.

    Returns
    -------
    tuple of Spot
    """
    return tuple(
        sorted(spots, key=lambda spot: (-spot.score, spot.distance_m or 0.0, -spot.stretch.length_m, spot.stretch.key))
    )
