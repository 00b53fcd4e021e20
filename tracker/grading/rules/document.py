"""An assignment's terms as the JSON document that is stored, and back, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tracker.domain.assignment import AssignmentTerms
from tracker.domain.errors import TrackerError

FORM = 2
"""The shape of the document; 1 was that of releases that knew comments and a summary only."""


def terms_to_document(terms: AssignmentTerms) -> dict[str, Any]:
    """Plain values only: points as text, instants in UTC as ISO 8601. What is left at its default is
    left out, so that a rule reads as short as it is."""
    return {"form": FORM, **_write(terms)}


def terms_from_document(document: Mapping[str, Any]) -> AssignmentTerms:
    """The terms again. Raises TrackerError for a document with a key or a value that we do not know: half
    a rule would judge people by another one.

    Whether they fit together is asked of what comes in (`rules.checks.check`), not here: a rule in force
    was taken once, and a later release that takes less must not close its course.
    """
    given = dict(document)
    try:
        if given.pop("form", None) != FORM:
            raise ValueError(f"its form is not {FORM}")
        terms: AssignmentTerms = _read(AssignmentTerms, given, "")
    except (TypeError, ValueError) as exc:
        raise TrackerError(f"We can’t read this rule: {exc}.") from exc
    return terms


def _write(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_write(each) for each in value]
    if is_dataclass(value):
        return {
            field.name: _write(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    return value


def _read(kind: Any, value: Any, where: str) -> Any:  # noqa: PLR0911 - one line for each kind of value
    """A value of a type as annotated; `where` names it in what is said of a wrong one."""
    if get_origin(kind) is UnionType:
        inner = next(one for one in get_args(kind) if one is not NoneType)
        return None if value is None else _read(inner, value, where)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each, where) for each in _typed(list, value, where))
    if is_dataclass(kind):
        return _read_fields(kind, _typed(dict, value, where), where)
    if issubclass(kind, Enum):
        return _read_choice(kind, value, where)
    if kind is datetime:
        return _read_instant(value, where)
    if kind is Decimal:
        return _read_points(value, where)
    return _typed(kind, value, where)


def _read_fields(kind: Any, given: Mapping[str, Any], where: str) -> Any:
    hints = _hints(kind)
    known = {field.name: field for field in fields(kind)}
    if unknown := sorted(set(given) - set(known)):
        raise ValueError(f"unknown {', '.join(_path(where, name) for name in unknown)}")
    missing = [name for name, field in known.items() if field.default is MISSING and name not in given]
    if missing:
        raise ValueError(f"{', '.join(_path(where, name) for name in missing)} missing")
    return kind(**{name: _read(hints[name], value, _path(where, name)) for name, value in given.items()})


def _read_choice(kind: type[Enum], value: Any, where: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(str(one.value) for one in kind)
        raise ValueError(f"{where} is {_shown(value)}; use {choices}") from None


def _read_instant(value: Any, where: str) -> datetime:
    try:
        instant = datetime.fromisoformat(_typed(str, value, where))
        if instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{where} is not a time: {_shown(value)}") from None
    raise ValueError(f"{where} has no offset: {_shown(value)}")


def _read_points(value: Any, where: str) -> Decimal:
    try:
        points = Decimal(_typed(str, value, where))
    except InvalidOperation:
        raise ValueError(f"{where} is not a number of points: {_shown(value)}") from None
    if not points.is_finite() or points < 0 or points != round(points, 2):
        raise ValueError(f"{where} is not a number of points: {_shown(value)}")
    return points


def _typed(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(
            f"{where or 'the document'} is {_shown(value)}, not {_NAMES.get(kind, kind.__name__)}"
        )
    return value


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN = 60
_hints = cache(get_type_hints)
_NAMES = {dict: "an object", list: "a list", str: "text", int: "a whole number", bool: "true or false"}
