"""What a name of a step, a lap or a mark says about the direction, in the languages runners write."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from backward_running.core.direction import Direction, Gait


class Said(NamedTuple):
    """What a text says."""

    direction: Direction | None
    gait: Gait | None


#: "back" alone is also the way home ("jog back"): it counts only in the names this program gives its own steps.
_OUR_BACK = re.compile(r"^back( (walk|run|jog))?( \d+(/| of )\d+| \d+)?$")
_BACKWARD = re.compile(
    r"\b(backwards?|bwd|backpedal(?:l?ing)?|retro(?:running|walking)?|reverse (?:run|running|walk|walking|jog|jogging)"
    r"|r(?:u|ue)ckwa(?:e)?rts(?:lauf(?:en)?)?|reculons|marche arriere|course arriere|indietro|achteruit|achterwaarts"
    r"|baklanges|baglaens|takaperin|hacia atras|de costas)\b"
)
_REVERSE_ALONE = re.compile(r"^reverse( \d+(/\d+)?)?$")
_FORWARD = re.compile(r"\b(forwards?|fwd|vorwarts|vorwaerts|en avant|in avanti|vooruit|framlanges|eteenpain)\b")
#: "not backward", "before backward": what stands before the word takes it back.
_NOT_YET = re.compile(r"\b(no|not|non|never|nicht|keine?|without|ohne|sans|before|after|until|vor|nach)\b")
#: "backward end" is a mark that a stretch is over: what comes after the word takes it back for what follows.
_OVER = re.compile(r"\b(ends?|ended|stop|stopped|off|over|done|finished|ende|aus|vorbei|fin|fine)\b")
_EXERCISE = re.compile(r"\b(lunges?|crunch\w*|skips?|throws?|roll\w*|bends?)\b")
_WALK = re.compile(r"\b(walk|walking|walks|gehen|marche|marcher|caminar|wandelen)\b")
_RUN = re.compile(r"\b(run|running|runs|jog|jogging|laufen|courir|correr|rennen)\b")


@lru_cache(maxsize=1024)
def said_in(text: str | None) -> Said:
    """Return the direction and gait that a text states as whole words; both None where it states nothing or both ways.

    Examples
    --------
    >>> said_in("BACK WALK 2/5")
    Said(direction=<Direction.BACKWARD: 'backward'>, gait=<Gait.WALK: 'walk'>)
    >>> said_in("Rückwärts 3").direction, said_in("jog back").direction, said_in("feedback").direction
    (<Direction.BACKWARD: 'backward'>, None, None)
    """
    words = _folded(text or "")
    walks, runs = bool(_WALK.search(words)), bool(_RUN.search(words))
    gait = Gait.WALK if walks and not runs else Gait.RUN if runs and not walks else None
    backward = _OUR_BACK.match(words) or _REVERSE_ALONE.match(words) or _BACKWARD.search(words)
    forward = _FORWARD.search(words)
    stated = backward or forward
    if stated is None or (backward and forward):
        return Said(None, gait)
    if _EXERCISE.search(words) or _NOT_YET.search(words[: stated.start()]) or _OVER.search(words[stated.end() :]):
        return Said(None, gait)
    return Said(Direction.BACKWARD if backward else Direction.FORWARD, gait)


def _folded(text: str) -> str:
    """Lower case, without accents, single spaces, without the punctuation around words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    letters = letters.replace("æ", "ae")
    return " ".join(re.sub(r"[^\w/]+|_", " ", letters).split())
