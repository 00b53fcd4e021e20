"""A summary post read as its writer's own claim: which posts it says were commented on, beside what the
comments say. Differences are for a person to read; they decide nothing (PRODUCT S18)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.reason import Reason, instant_param
from tracker.text.addresses import blog_keys, links_in, post_key
from tracker.text.cleaning import plain

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_NAMED = re.compile(
    r"\bcomment\s*(?:#|no\.?|number)?\s*(?P<after>\d{1,2}|one|two|three|four)\b(?!\s*(?:of|comments?)\b)"
    r"|\b(?P<before>first|second|third|fourth)\s+(?:\w+\s+)?comment\b",
    re.IGNORECASE,
)
MOST_NAMED = 12
"""A higher number behind "comment" is something else, such as a year."""


@dataclass(frozen=True, slots=True)
class ClaimedLink:
    """A link to a blog that may be commented on. `post_key` "" where it leads to the blog as a whole."""

    post_key: str
    shown: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a summary says: the posts and blogs it links in its order, each once, and the highest number
    that it gives a comment ("Comment #2"; 0: none)."""

    links: tuple[ClaimedLink, ...] = ()
    named: int = 0


@dataclass(frozen=True, slots=True)
class Commented:
    """A post that the student commented on, `at` the first time (aware). `is_credited`: for this
    assignment."""

    post_key: str
    title: str
    at: datetime
    is_credited: bool = True


def read_claims(html: str, commentable: Collection[str], base: str = "") -> Claims:
    """`commentable` are the keys of blogs on which comments may be left; the writer's own is not one.
    `base` is the summary's address."""
    links: dict[str, ClaimedLink] = {}
    for link in links_in(html, base):
        keys = [key for key in blog_keys(link.url) if key in commentable]
        if keys:
            key = post_key(link.url)
            found = ClaimedLink("" if key in keys else key, link.text or link.url)
            links.setdefault(key, found)
    return Claims(tuple(links.values()), _highest_named(plain(html)))


def compare_claims(claims: Claims, commented: Sequence[Commented]) -> tuple[Reason, ...]:
    """What a summary and the comments say differently; () where they agree."""
    credited = sorted((one for one in commented if one.is_credited), key=lambda one: (one.at, one.post_key))
    linked = [one.post_key for one in claims.links if one.post_key]
    known = {one.post_key for one in commented}
    found = [
        Reason("links-uncommented", {"shown": one.shown})
        for one in claims.links
        if one.post_key and one.post_key not in known
    ]
    found += [
        Reason("unlinked-comment", {"title": one.title or one.post_key, "at": instant_param(one.at)})
        for one in credited
        if one.post_key not in linked
    ]
    general = [one for one in claims.links if not one.post_key]
    if general and not linked:
        found.append(Reason("links-blog-only", {"shown": general[0].shown}))
    if claims.named and claims.named != len(credited):
        found.append(Reason("another-number", {"named": claims.named, "found": len(credited)}))
    return (*found, *_compare_order(linked, credited))


def _compare_order(linked: Sequence[str], credited: Sequence[Commented]) -> list[Reason]:
    both = [one for one in credited if one.post_key in linked]
    told = sorted(both, key=lambda one: linked.index(one.post_key))
    if told == both:
        return []
    return [Reason("another-order", {"told": told[0].title, "first": both[0].title})]


def _highest_named(text: str) -> int:
    numbers = [
        int(word) if word.isdigit() else _NUMBERS[word.lower()]
        for found in _NAMED.finditer(text)
        for word in (found["after"] or found["before"],)
    ]
    return max((number for number in numbers if number <= MOST_NAMED), default=0)
