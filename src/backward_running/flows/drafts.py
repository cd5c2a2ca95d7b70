"""Half a questionnaire, kept: what was typed so far, without signs that were cleared since."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from backward_running.core.ports import Settings

DRAFT = "draft_answers"


def draft(store: Settings) -> dict[str, object]:
    """Return what was typed so far, so that half a questionnaire survives."""
    kept = store.setting(DRAFT)
    return dict(json.loads(kept)) if kept else {}


def keep_draft(store: Settings, typed: Mapping[str, object]) -> None:
    """Keep what was typed so far."""
    store.put_setting(DRAFT, json.dumps(dict(typed), default=str))


def forget_flags(store: Settings, keys: Collection[str]) -> None:
    """Untick what was cleared, so that sending the questions again does not tick it again. Then they are asked anew."""
    typed = draft(store)
    health = typed.get("health")
    if isinstance(health, list) and set(health) & set(keys):
        keep_draft(store, {**typed, "health": [key for key in health if key not in keys]})
