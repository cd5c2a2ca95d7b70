"""The many words for a sport, in one vocabulary: running, walking, hiking, cycling and so on."""

from __future__ import annotations

import re

#: Numbers that one large service writes instead of words.
_NUMBERS = {"1": "cycling", "4": "hiking", "9": "running", "10": "walking", "16": "swimming"}

_SPORTS: dict[str, tuple[str, ...]] = {
    "running": (
        "run", "running", "runner", "jog", "jogging", "laufen", "lauf", "joggen", "course", "correr", "carrera",
        "corsa", "corrida", "hardlopen", "trailrun", "trailrunning", "virtualrun", "footing", "treadmill",
        "orienteering", "бег", "пробежка", "біг", "bieg", "bieganie", "běh", "beh", "löpning", "løping", "løb",
        "juoksu", "koşu", "futás", "alergare", "τρέξιμο", "ריצה", "جري", "chạy", "lari", "tek", "trčanje", "cursa",
    ),
    "walking": (
        "walk", "walking", "gehen", "spazieren", "marche", "caminar", "caminata", "camminata", "wandelen", "stroll",
        "walks", "indoorwalk", "nordicwalking", "racewalking", "ходьба", "прогулка", "ходіння", "spacer", "chůze",
        "gång", "promenad", "gåtur", "gang", "kävely", "yürüyüş", "gyaloglás", "caminhada", "mers", "περπάτημα",
        "הליכה",
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


#: Scripts that put no space between words: the word stands anywhere in the text.
_WITHIN: dict[str, str] = {
    "ランニング": "running", "跑步": "running", "跑": "running", "달리기": "running", "러닝": "running",
    "ウォーキング": "walking", "步行": "walking", "健走": "walking", "걷기": "walking", "サイクリング": "cycling",
    "骑行": "cycling", "騎行": "cycling", "자전거": "cycling",
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
    sport = sport or next((found for word, found in _WITHIN.items() if word in stated), None)
    if sport is None:
        return None, None
    indoor = "indoor" in words or "indoors" in words
    indoor_name = {"running": "indoor_running", "walking": "indoor_walking", "cycling": "indoor_cycling"}.get(sport)
    sub_sport = next((_SUB_SPORTS[word] for word in words if word in _SUB_SPORTS), indoor_name if indoor else None)
    return sport, sub_sport
