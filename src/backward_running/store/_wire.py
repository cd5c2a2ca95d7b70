"""Nouns ↔ JSON, exactly: what goes in comes out equal.

Written here and not left to a validation library, because the import and first build of one (measured: 90 ms) would
be paid at every start. The codec of a class is derived once from its type hints. A noun is an object of its field
names; in a union of nouns and wherever anything may come, it says which it ``is``. A field the stored text does not
have takes its default, and one this version no longer knows is passed over: so fields may come and go without a
migration.
"""

from __future__ import annotations

import enum
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from backward_running.core.athlete import Moment, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BackwardRunningError, StoreError
from backward_running.core.plan import Part, Place
from backward_running.core.recording import Recording
from backward_running.core.standing import Standing, Tag
from backward_running.store._older import TODAY

T = TypeVar("T")

#: Fields that are kept elsewhere: samples go into blobs.
LEFT_OUT: dict[type, frozenset[str]] = {Recording: frozenset({"streams"})}

#: Enums that may turn up where anything may come (a plan's answers).
ENUMS: dict[str, type[enum.Enum]] = {
    kind.__name__: kind for kind in (Direction, Gait, Sex, Moment, Place, Part, Standing, Tag)
}


class Codec(NamedTuple):
    """Two functions that undo each other."""

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]


def dumps(thing: object) -> str:
    """Write a noun as JSON text, ASCII only.

    >>> from backward_running.core.session import Paint
    >>> dumps(Paint(0.0, 60.0, Direction.BACKWARD))
    '{"start_s":0.0,"end_s":60.0,"direction":"backward","gait":null,"painted_at":null,"laps":null}'
    """
    return json.dumps(_codec(type(thing)).dump(thing), separators=(",", ":"))


def loads(kind: type[T], text: str, **elsewhere: object) -> T:
    """Read a noun back. `elsewhere` gives the fields that are not in the text.

    Raises
    ------
    StoreError
        The text is not what it should be: the store is damaged.
    """
    try:
        content = json.loads(text)
        codec = _codec(kind)
        return cast(T, _build(kind, content, elsewhere) if elsewhere else codec.load(content))
    except (ValueError, TypeError, KeyError, AttributeError, BackwardRunningError) as error:
        raise StoreError(
            f"A stored {kind.__name__} cannot be read ({error}); the store is damaged: put back a copy of it."
        ) from error


def _build(kind: type, content: dict[str, Any], elsewhere: Mapping[str, object]) -> object:
    content = TODAY[kind](content) if kind in TODAY else content
    known = {name: codec.load(content[name]) for name, codec in _fields_of(kind) if name in content}
    return kind(**known, **elsewhere)


@cache
def _fields_of(kind: type) -> tuple[tuple[str, Codec], ...]:
    hints = typing.get_type_hints(kind)
    left_out = LEFT_OUT.get(kind, frozenset())
    return tuple(
        (field.name, _codec(hints[field.name])) for field in fields(kind) if field.init and field.name not in left_out
    )


def _codec(hint: Any) -> Codec:
    return _cached_codec(hint)


@cache
def _cached_codec(hint: Any) -> Codec:  # noqa: PLR0911 -- a table of kinds reads best as one
    """Make the codec of one type hint."""
    origin = typing.get_origin(hint)
    if hint is str:
        return Codec(_as_is, _as_is)
    if hint in (bool, int, float):  # called on dumping: a number of numpy becomes one that JSON knows
        return Codec(hint, _as_is)
    if hint is object or hint is Any:
        return Codec(_dump_anything, _load_anything)
    if hint in (date, datetime):
        return Codec(hint.isoformat, hint.fromisoformat)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*typing.get_args(hint))
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _enum(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _noun(hint)
    raise TypeError(f"no way to write {hint!r} as JSON; teach store/_wire.py")


def _as_is(value: Any) -> Any:
    return value


def _enum(kind: type[enum.Enum]) -> Codec:
    members = {member.value: member for member in kind}
    return Codec(lambda member: member.value, members.__getitem__)


def _noun(kind: type) -> Codec:
    parts = _fields_of(kind)
    today = TODAY.get(kind)

    def dump(thing: object) -> dict[str, Any]:
        return {name: codec.dump(getattr(thing, name)) for name, codec in parts}

    def load(content: dict[str, Any]) -> object:
        if today is not None:
            content = today(content)
        return kind(**{name: codec.load(content[name]) for name, codec in parts if name in content})

    return Codec(dump, load)


def _union(members: tuple[Any, ...]) -> Codec:
    kinds = [member for member in members if member is not type(None)]
    if len(kinds) == 1:
        dump_one, load_one = _codec(kinds[0])
        return Codec(
            lambda value: None if value is None else dump_one(value),
            lambda value: None if value is None else load_one(value),
        )
    if not all(is_dataclass(kind) for kind in kinds):
        raise TypeError(f"a union must be of nouns, or of one kind and None; got {members!r}")
    codecs = {kind: _codec(kind) for kind in kinds}
    by_name = {kind.__name__: codec.load for kind, codec in codecs.items()}

    def dump(value: Any) -> Any:
        if value is None:
            return None
        return {"is": type(value).__name__, **codecs[type(value)].dump(value)}

    return Codec(dump, lambda value: None if value is None else by_name[value["is"]](value))


def _tuple(members: tuple[Any, ...]) -> Codec:
    if len(members) == 2 and members[1] is Ellipsis:
        dump_one, load_one = _codec(members[0])
        return Codec(
            lambda values: [dump_one(value) for value in values], lambda values: tuple(load_one(v) for v in values)
        )
    codecs = [_codec(member) for member in members]
    return Codec(
        lambda values: [codec.dump(value) for codec, value in zip(codecs, values, strict=True)],
        lambda values: tuple(codec.load(value) for codec, value in zip(codecs, values, strict=True)),
    )


def _mapping(key: Any, value: Any) -> Codec:
    if key is not str:
        raise TypeError(f"keys of a stored mapping are names; got {key!r}")
    dump_one, load_one = _codec(value)
    return Codec(
        lambda things: {str(name): dump_one(thing) for name, thing in things.items()},
        lambda things: {name: load_one(thing) for name, thing in things.items()},
    )


def _dump_anything(value: Any) -> Any:
    """Write a value of no stated kind so that it says itself what it is."""
    if value is None or (isinstance(value, (bool, int, str)) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, float):
        return float(value)
    if isinstance(value, enum.Enum) and type(value).__name__ in ENUMS:
        return {"is": type(value).__name__, "of": value.value}
    if isinstance(value, datetime):
        return {"is": "datetime", "of": value.isoformat()}
    if isinstance(value, date):
        return {"is": "date", "of": value.isoformat()}
    if isinstance(value, list):
        return [_dump_anything(item) for item in value]
    if isinstance(value, (tuple, frozenset, set)):
        kind = next(name for name, collection in _COLLECTIONS.items() if isinstance(value, collection))
        return {"is": kind, "of": [_dump_anything(item) for item in value]}
    if isinstance(value, Mapping):
        return {"is": "map", "of": [[_dump_anything(key), _dump_anything(item)] for key, item in value.items()]}
    raise TypeError(f"no way to write {value!r} as JSON; teach store/_wire.py")


_COLLECTIONS: dict[str, type[Any]] = {"tuple": tuple, "set": set, "frozenset": frozenset}


def _load_anything(value: Any) -> Any:
    if isinstance(value, list):
        return [_load_anything(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind, content = value["is"], value["of"]
    if kind in _COLLECTIONS:
        return _COLLECTIONS[kind](_load_anything(item) for item in content)
    if kind == "map":
        return {_load_anything(key): _load_anything(item) for key, item in content}
    if kind == "date":
        return date.fromisoformat(content)
    if kind == "datetime":
        return datetime.fromisoformat(content)
    return ENUMS[kind](content)
