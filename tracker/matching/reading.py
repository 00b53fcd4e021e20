"""One entry read once: its names, links, accounts and claims as keys, before anybody is weighed.

Tested in tests/matching/test_evidence.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.feed import Entry
from tracker.matching import phrases
from tracker.matching.names import WrittenName, read_name
from tracker.text.addresses import BodyLink, account_key, links_in
from tracker.text.cleaning import clean
from tracker.text.known_blogs import NO_BLOGS, KnownBlogs

_MAY_HOLD_LINK = re.compile(r"<a\b|//|\w\.\w", re.IGNORECASE)
"""A body without any of these has no link, nor an address written out; most have none."""


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link in a text to a blog. `is_own` says the words call it the writer's, `is_others` somebody
    else's; `stands_alone` that it is a line by itself, as under a signature."""

    url: str
    key: str
    is_own: bool = False
    is_others: bool = False
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one entry tells about its writer. Keys are as `text.addresses` and `names` make them."""

    author: WrittenName
    at: datetime | None
    author_link: str = ""
    author_key: str = ""
    accounts: tuple[str, ...] = ()
    avatar: str = ""
    twitter: tuple[str, ...] = ()
    tails: tuple[TextLink, ...] = ()
    links: tuple[TextLink, ...] = ()
    introduced: tuple[WrittenName, ...] = ()
    signed: WrittenName | None = None
    text: str = ""
    course_words: str = ""


def read_entry(
    entry: Entry, known_blogs: KnownBlogs = NO_BLOGS, course_words: re.Pattern[str] | None = None
) -> Reading:
    """Take an entry's evidence apart. "" and () mean the form it came in does not tell.

    `course_words` finds the words that name the course or its instructor.
    """
    body = clean(entry.html)
    accounts = tuple(dict.fromkeys(key for key in map(account_key, (entry.account, entry.author_url)) if key))
    avatar = entry.avatar_hash.strip().lower()
    twitter = [key.removeprefix("twitter:") for key in accounts if key.startswith("twitter:")]
    for line in body.plugin_lines:
        service, _, handle = line.partition(":")
        if service.strip().lower() == "twitter":
            twitter.append(handle.strip().lstrip("@").rsplit("/", 1)[-1].lower())
    named = course_words.search(f"{body.words_text}\n{body.signature}") if course_words else None
    return Reading(
        author=read_name(entry.author),
        at=entry.posted.at,
        author_link=entry.author_url.strip(),
        author_key=known_blogs.find(entry.author_url),
        accounts=tuple(key for key in accounts if not key.startswith("avatar:")),
        avatar=avatar,
        twitter=tuple(twitter),
        tails=tuple(_read_tails(body.tails, known_blogs)),
        links=tuple(_read_links(entry, body.tails, known_blogs)),
        introduced=tuple(read_name(name) for name in phrases.introduced_names(body.words_text)),
        signed=_read_signature(body.signature, body.words_text, course_words if named else None),
        text=body.words_text,
        course_words=named.group() if named else "",
    )


def _read_tails(tails: tuple[BodyLink, ...], known_blogs: KnownBlogs) -> list[TextLink]:
    read = [(link.url, known_blogs.find(link.url)) for link in tails]
    return [TextLink(url, key, is_own=True) for url, key in read if key]


def _read_links(entry: Entry, tails: tuple[BodyLink, ...], known_blogs: KnownBlogs) -> list[TextLink]:
    """The links of a text outside quotations and tails, each with whose it is said to be."""
    if not _MAY_HOLD_LINK.search(entry.html):
        return []
    tail_urls = {link.url for link in tails}
    read = []
    for link in links_in(entry.html):
        key = known_blogs.find(link.url)
        if not key or link.in_quote or link.url in tail_urls:
            continue
        whose = phrases.whose_link(link.before, link.text)
        read.append(
            TextLink(
                link.url,
                key,
                is_own=whose is phrases.Whose.OWN,
                is_others=whose is phrases.Whose.OTHERS,
                stands_alone=link.alone,
            )
        )
    return read


def _read_signature(signature: str, text: str, course_words: re.Pattern[str] | None) -> WrittenName | None:
    """The name under a text: on a line of its own, or as its last sentence "Jane, for EDT 320 …".

    `course_words` is None for a comment that names the course nowhere."""
    first = signature.split("\n", maxsplit=1)[0].lstrip("-–—~* ").strip()
    name, comma, course = first.partition(",")
    if comma and course_words is not None and course_words.search(course):
        first = name
    if not first and course_words is not None:
        first = phrases.signed_for_course(text, course_words)
    return read_name(first) if first else None
