"""An assignment's terms as the JSON document that is stored, and back, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from tracker.domain.assignment import AssignmentTerms, CommentsRule, Floor, HeldCredit, SummaryRule, Window
from tracker.domain.errors import TrackerError

T = TypeVar("T")


def terms_to_document(terms: AssignmentTerms) -> dict[str, Any]:
    """Plain values only: points as text, instants in UTC as ISO 8601."""
    rule, summary = terms.comments, terms.summary
    return {
        "title": terms.title,
        "template": terms.template,
        "version": terms.version,
        "points": None if terms.points is None else str(terms.points),
        "held": terms.held.value,
        "comments": {
            "count": rule.count,
            "window": _window_to_document(rule.window),
            "different_posts": rule.different_posts,
            "min_words": rule.min_words,
            "floor": rule.floor.value,
        },
        "summary": None
        if summary is None
        else {"window": _window_to_document(summary.window), "names": list(summary.names)},
    }


def terms_from_document(document: Mapping[str, Any]) -> AssignmentTerms:
    """The terms again. Raises TrackerError for a document with a key or a value we do not know:
    half a rule would judge people by another one."""
    try:
        return _terms(dict(document))
    except (TypeError, ValueError) as exc:
        raise TrackerError(f"These assignment terms cannot be read: {exc}") from exc


def _terms(document: dict[str, Any]) -> AssignmentTerms:
    known = {"title", "template", "version", "points", "held", "comments", "summary"}
    given = _only(document, known, required={"title", "comments"})
    summary = given.pop("summary", None)
    points = given.pop("points", None)
    return AssignmentTerms(
        title=_typed(given.pop("title"), str),
        comments=_comments(given.pop("comments")),
        summary=None if summary is None else _summary(summary),
        points=None if points is None else _points(points),
        template=_typed(given.pop("template", "c4t"), str),
        held=HeldCredit(given.pop("held", HeldCredit.PROVISIONAL)),
        version=_count(given.pop("version", 1), at_least=1),
    )


def _comments(document: Mapping[str, Any]) -> CommentsRule:
    known = {"count", "window", "different_posts", "min_words", "floor"}
    given = _only(document, known, required={"count", "window"})
    return CommentsRule(
        count=_count(given["count"], at_least=1),
        window=_window(given["window"]),
        different_posts=_typed(given.get("different_posts", True), bool),
        min_words=_count(given.get("min_words", 0), at_least=0),
        floor=Floor(given.get("floor", Floor.HINT)),
    )


def _summary(document: Mapping[str, Any]) -> SummaryRule:
    given = _only(document, {"window", "names"}, required={"window"})
    names = _typed(given.get("names", []), list)
    return SummaryRule(window=_window(given["window"]), names=tuple(_typed(name, str) for name in names))


def _window(document: Mapping[str, Any]) -> Window:
    given = _only(document, {"opens_at", "due_at"}, required={"due_at"})
    opens = given.get("opens_at")
    return Window(due_at=_instant(given["due_at"]), opens_at=None if opens is None else _instant(opens))


def _window_to_document(window: Window) -> dict[str, str | None]:
    opens = window.opens_at
    return {
        "opens_at": None if opens is None else opens.astimezone(UTC).isoformat(),
        "due_at": window.due_at.astimezone(UTC).isoformat(),
    }


def _only(document: Mapping[str, Any], known: set[str], required: set[str]) -> dict[str, Any]:
    given = dict(_typed(document, dict))
    if unknown := sorted(set(given) - known):
        raise ValueError(f"unknown {', '.join(unknown)}")
    if missing := sorted(required - set(given)):
        raise ValueError(f"{', '.join(missing)} left out")
    return given


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(_typed(text, str))
    if instant.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return instant.astimezone(UTC)


def _points(text: str) -> Decimal:
    try:
        points = Decimal(_typed(text, str))
    except InvalidOperation:
        raise ValueError(f"{text} is no number of points") from None
    if not points.is_finite() or points < 0:
        raise ValueError(f"{text} is no number of points")
    return points


def _count(number: int, *, at_least: int) -> int:
    if isinstance(number, bool) or _typed(number, int) < at_least:
        raise ValueError(f"{number} is less than {at_least}")
    return number


def _typed(value: Any, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
