"""Words for what is stored and does not match any more."""

from __future__ import annotations

from backward_running.apps.words.phrases import plural, thousands


def due_sentence(activities: int, of: int) -> str:
    """Say how many activities are being judged anew.

    >>> due_sentence(12, 10_000)
    '12 of 10\u202f000 activities are being judged anew; until then they show their numbers from before.'
    >>> due_sentence(1, 1)
    '1 of 1 activity is being judged anew; until then it shows its numbers from before.'
    """
    is_, they_show = ("is", "it shows its") if activities == 1 else ("are", "they show their")
    all_of_them = plural(of, "activity", "activities")
    return (
        f"{thousands(activities)} of {all_of_them} {is_} being judged anew; until then {they_show} numbers from before."
    )
