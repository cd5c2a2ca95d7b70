"""Frozen nouns → plain JSON, for `--json` and the web's data. Missing stays null; SI names stay as they are."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any


def plain(thing: Any) -> Any:
    """Turn a noun into dicts, lists, strings and numbers.

    >>> from backward_running.core.direction import Direction
    >>> plain({"which": Direction.BACKWARD, "seconds": (1.0, None)})
    {'which': 'backward', 'seconds': [1.0, None]}
    """
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else None
    if thing is None or isinstance(thing, (str, bool, int)):
        return thing
    if isinstance(thing, enum.Enum):
        return thing.value
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {_key(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [plain(value) for value in thing]
    return _plain_scalar(thing)


def _plain_scalar(thing: Any) -> Any:
    if isinstance(thing, (datetime, date)):
        return thing.isoformat()
    if hasattr(thing, "tolist"):  # a numpy scalar or array
        return plain(thing.tolist())
    raise TypeError(f"cannot write a {type(thing).__name__} as JSON")


def _key(key: Any) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    return "_".join(str(plain(part)) for part in parts if part is not None)
