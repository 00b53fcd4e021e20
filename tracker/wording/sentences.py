"""One reason in words: a template filled with its parameters, in the course's locale.

A template is a text with fields as `str.format` has them; what stands behind the colon says how the
parameter is written: `{late_by_s:span}`, `{words:count word}`, `{blog_id:blog}`. Where a code has
several templates, the first one counts whose parameters are all there.

Tested in tests/wording/test_verdicts.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from string import Formatter
from typing import Any

from tracker.domain.locale import CourseLocale
from tracker.domain.reason import Reason
from tracker.wording.numbers import say_count, say_percent
from tracker.wording.times import say_due, say_instant, say_minutes, say_span

Template = str | tuple[str, ...]
Templates = Mapping[str, Template]


@dataclass(frozen=True)
class Phrasing(Formatter):
    """How reasons are put into words for a course. `titles` names the blogs that reasons mention by id."""

    locale: CourseLocale
    titles: Mapping[int, str] = field(default_factory=dict)

    def say(self, templates: Templates, code: str, params: Mapping[str, Any]) -> str:
        """The sentence of a code. KeyError for one that has none, or whose parameters fit none."""
        known = templates[code]
        for template in (known,) if isinstance(known, str) else known:
            if fields_of(template) <= params.keys():
                return self.vformat(template, (), params)
        raise KeyError(f"{code}: no sentence fits {sorted(params)}")

    def say_all(self, templates: Templates, reasons: Iterable[Reason]) -> tuple[str, ...]:
        return tuple(self.say(templates, one.code, one.params) for one in reasons)

    def format_field(self, value: Any, format_spec: str) -> str:
        """A parameter as the text behind its colon asks for it. KeyError where that is none of the ways."""
        way, _, noun = format_spec.partition(" ")
        return _WAYS[way](self, value, noun)

    def blog(self, blog_id: int, unknown: str) -> str:
        return f"“{self.titles[blog_id]}”" if self.titles.get(blog_id) else unknown


_WAYS: Mapping[str, Callable[[Phrasing, Any, str], str]] = {
    "": lambda _, value, __: str(value),
    "instant": lambda phrasing, value, _: say_instant(_instant(value), phrasing.locale),
    "due": lambda phrasing, value, _: say_due(_instant(value), phrasing.locale),
    "span": lambda _, value, __: say_span(value),
    "minutes": lambda _, value, __: say_minutes(value),
    "percent": lambda _, value, __: say_percent(Decimal(str(value))),
    "count": lambda _, value, noun: say_count(value, noun),
    "found": lambda _, value, noun: say_count(value, noun) if value else f"No {noun}",
    "blog": lambda phrasing, value, _: phrasing.blog(value, "this blog"),
    "Blog": lambda phrasing, value, _: phrasing.blog(value, "This blog"),
    "if": lambda *_: "",
}


def fields_of(template: str) -> set[str]:
    """The parameters that a template asks for."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _instant(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
