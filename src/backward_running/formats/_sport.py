"""The many words for a sport, in one vocabulary: running, walking, hiking, cycling and so on."""

from __future__ import annotations

import re

#: Numbers that one large service writes instead of words.
_NUMBERS = {"1": "cycling", "4": "hiking", "9": "running", "10": "walking", "16": "swimming"}

_SPORTS: dict[str, tuple[str, ...]] = {
    "running": (
        "run", "running", "runner", "jog", "jogging", "laufen", "lauf", "joggen", "course", "correr", "carrera",
        "corsa", "corrida", "hardlopen", "trailrun", "trailrunning", "virtualrun", "footing", "treadmill",
        "orienteering",
    ),
    "walking": (
        "walk", "walking", "gehen", "spazieren", "marche", "caminar", "caminata", "camminata", "wandelen", "stroll",
        "walks", "indoorwalk", "nordicwalking", "racewalking",
    ),
    "hiking": (
        "hike", "hiking", "wandern", "wanderung", "randonnée", "senderismo", "trek", "trekking", "mountaineering",
    ),
    "cycling": (
        "bike", "biking", "cycling", "cycle", "ride", "riding", "bicycle", "velo", "vélo", "radfahren", "rad", "mtb",
        "ebike", "ebikeride", "virtualride", "gravelride", "mountainbike", "fahrrad", "ciclismo", "fietsen",
    ),
    "swimming": ("swim", "swimming", "schwimmen", "natation", "natación"),
    "rowing": ("row", "rowing", "rudern"),
    "paddling": ("paddling", "kayak", "kayaking", "canoe", "canoeing", "sup"),
    "alpine_skiing": ("ski", "skiing", "alpineski", "snowboard", "snowboarding"),
    "cross_country_skiing": ("nordicski", "xcski", "langlauf", "rollerski"),
    "inline_skating": ("skate", "skating", "inlineskate", "iceskate"),
    "driving": ("car", "drive", "driving", "motorcycle", "motorbike", "bus", "train", "transport"),
    "sailing": ("sail", "sailing", "kitesurf", "windsurf"),
    "training": ("strength", "weighttraining", "gym", "yoga", "crossfit", "elliptical"),
}  # fmt: skip

_SPORT_OF_WORD = {word: sport for sport, words in _SPORTS.items() for word in words}
_SUB_SPORTS = {
    "treadmill": "treadmill", "trail": "trail", "trailrun": "trail", "trailrunning": "trail", "track": "track",
    "virtualrun": "virtual_activity", "virtual": "virtual_activity", "virtualride": "virtual_activity",
}  # fmt: skip


def sport_of(text: str | None) -> tuple[str | None, str | None]:
    """Return sport and sub-sport a file's own word stands for; None where it says nothing that is known.

    An unknown word is not guessed at: the direction of the body is then asked, as for a file without a sport.

    >>> sport_of("Trail_Running"), sport_of("9"), sport_of("Biking"), sport_of("Other")
    (('running', 'trail'), ('running', None), ('cycling', None), (None, None))
    """
    stated = (text or "").strip().lower()
    if stated in _NUMBERS:
        return _NUMBERS[stated], None
    words = re.findall(r"[^\W\d_]+", stated)
    sport = next((_SPORT_OF_WORD[word] for word in words if word in _SPORT_OF_WORD), None)
    if sport is None:
        return None, None
    indoor = "indoor" in words or "indoors" in words
    indoor_name = {"running": "indoor_running", "walking": "indoor_walking", "cycling": "indoor_cycling"}.get(sport)
    sub_sport = next((_SUB_SPORTS[word] for word in words if word in _SUB_SPORTS), indoor_name if indoor else None)
    return sport, sub_sport
