"""The sentences of the page "how this comment was matched": for staff, and for the student herself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tracker.domain.feed import Source

FORMS: Mapping[str, str] = MappingProxyType(
    {
        Source.ATOM: "a feed (Atom)",
        Source.RSS: "a feed (RSS)",
        Source.REST: "REST",
        Source.PAGE: "the post’s page",
    }
)
"""The form in which a blog sent a comment."""

TRIGGERS: Mapping[str, str] = MappingProxyType(
    {
        "timer": "a look by the timetable",
        "manual": "a look started by hand",
        "button": "a look that somebody asked for",
    }
)

TAUGHT: Mapping[str, str] = MappingProxyType(
    {
        "account": "the account {}",
        "avatar": "the picture beside the name",
        "blog": "the address {}",
        "name": "the name “{}”",
        "twitter": "the Twitter name {}",
        "email": "the e-mail address {}",
    }
)


def say_taught(kind: str, key: str) -> str:
    return TAUGHT.get(kind, "{}").format(key)
