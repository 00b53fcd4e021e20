"""The sentences of the page "how this comment was matched": for staff, and for the student herself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tracker.domain.feed import Source

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "author": "the name it is signed with",
        "author-link": "the link behind the name",
        "text": "its text",
        "tail": "the line about a last blog post, below its text",
        "avatar": "the picture beside the name",
        "account": "the account it was written with",
        "blog": "the blog it was left on",
        "claim": "what the student said",
    }
)
"""`Evidence.where` in words."""

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

SECRET = frozenset({"avatar", "new-avatar"})
"""Kinds whose values are hashes, which say nothing to people."""

YOURS: Mapping[str, str] = MappingProxyType(
    {
        "author-link": "The name links to your class blog",
        "tail": "The line about a last blog post links to your class blog",
        "text-link": "The text links to your class blog",
        "near-link": "It links to an address that is almost your class blog’s",
        "account": "It was written with an account that is known as yours",
        "avatar": "The picture beside the name is known as yours",
        "twitter": "It gives a Twitter name that is known as yours",
        "handle": "It is signed with a name you are known by",
        "name": "It is signed with your name",
        "name-initial": "It is signed with a name and an initial that fit yours",
        "introduction-initial": "The text introduces its writer by a name and an initial that fit yours",
        "signature-initial": "A name and an initial that fit yours stand below the text",
        "first-name": "It is signed with a first name that fits you",
        "surname": "It is signed with your surname",
        "built-handle": "It is signed with a login that could be made of your name",
        "half-name": "A part of the name it is signed with is yours",
        "introduction": "The text introduces its writer by your name",
        "signature": "Your name stands below the text",
        "quoted": "Most of its text stands in a later post of your class blog",
        "allocated": "You were given this blog to comment on",
        "not-allocated": "You were not given this blog to comment on",
        "course": "The text names the course",
        "course-blog": "It links to the course’s blog",
        "other-life": "The text speaks of another life than a student’s",
        "other-course": "The text names another course or school",
        "mixed-script": "The name it is signed with mixes alphabets that look alike",
        "stranger": "It is signed with a name that nobody in the course is known by",
        "unregistered-address": "It links to an address that nobody in the course has registered",
        "other-site": "The name links to another site than your class blog",
        "new-avatar": "The picture beside the name is another than in your earlier comments",
        "new-account": "It was written with another account than the one known as yours",
        "claim": "You said that it is yours",
        "disclaim": "You said that it is not yours",
        "contested": "The account it was written with was seen with other people, too",
    }
)
"""Kinds of evidence, said to the student. Only of these may a student see the values."""

YOURS_AGAINST: Mapping[str, str] = MappingProxyType(
    {"allocated": "You were given this blog to comment on, but for another time"}
)
"""Where the same kind may speak against it, too."""

_OTHERS = "It carries a name, a link or an account that is known as somebody else’s"
_AGAINST, _FOR = "Something else in it speaks against", "Something else in it speaks for it"


def is_others(kind: str) -> bool:
    """Whether a piece of evidence is about another person by its nature."""
    return kind.startswith("others-")


def say_to_student(kind: str, *, is_against: bool) -> str:
    if is_others(kind):
        return _OTHERS
    if is_against and kind in YOURS_AGAINST:
        return YOURS_AGAINST[kind]
    return YOURS.get(kind, _AGAINST if is_against else _FOR)


def say_veiled(*, is_against: bool) -> str:
    """For staff who may not see the student whom a piece of evidence names."""
    return _OTHERS if is_against else "It fits a student of another section, too"


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
