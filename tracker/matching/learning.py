"""What confirming a comment can teach: the account it was posted under, and by choice more.

Whether a person agrees, and keeping it, is left to `jobs`.

Tested in tests/jobs/matching/test_learning.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass

from tracker.domain.feed import Entry
from tracker.domain.roster import HandleKind, HandleOrigin, KnownHandle
from tracker.matching.names import read_name
from tracker.text.addresses import account_key, blog_keys, home_key, is_shortener


@dataclass(frozen=True, slots=True)
class Lesson:
    """A handle that deciding about a comment can teach. `by_default`: learned unless a person says no."""

    handle: KnownHandle
    by_default: bool = False


def lessons_of(
    entry: Entry,
    *,
    blog_id: int,
    course_blog_key: str = "",
    followed_keys: Collection[str] = (),
) -> tuple[Lesson, ...]:
    """Everything an entry can teach about whoever wrote it, the account first.

    Never a link out of the text, "Anonymous", a shortener, the course's blog or a followed one, or
    an empty value. The account and the written name are learned by default; a name holds on this
    blog only, unless it is a whole one.
    """
    found = list(_accounts(entry))
    if entry.avatar_hash:
        picture = KnownHandle(HandleKind.AVATAR, entry.avatar_hash, origin=HandleOrigin.DECISION)
        found.append(Lesson(picture, by_default=not found))
    found += _address(entry, {course_blog_key, *followed_keys})
    found += _name(entry, blog_id)
    return tuple(found)


Teach = bool | Collection[str]
"""True: what is learned by default (the account); False: nothing; or the kinds of handle to learn."""


def choose_lessons(lessons: Iterable[Lesson], teach: Teach) -> tuple[Lesson, ...]:
    """True: what is learned by default; False: nothing; else the kinds a person chose."""
    if isinstance(teach, bool):
        return tuple(one for one in lessons if teach and one.by_default)
    return tuple(one for one in lessons if one.handle.kind.value in teach)


def _accounts(entry: Entry) -> Iterable[Lesson]:
    for address in (entry.account, entry.author_url):
        key = account_key(address)
        if not key or key.startswith("avatar:"):
            continue
        if key.startswith("wordpress:") and address != entry.account:  # a blog, not an account
            continue
        service, _, name = key.partition(":")
        if service == "twitter":
            handle = KnownHandle(HandleKind.TWITTER, name, address.strip(), HandleOrigin.DECISION)
        else:
            handle = KnownHandle(HandleKind.ACCOUNT, key, address.strip(), HandleOrigin.DECISION)
        yield Lesson(handle, by_default=True)
        return


def _address(entry: Entry, others_keys: Set[str]) -> Iterable[Lesson]:
    url = entry.author_url.strip()
    account = account_key(url)
    is_profile = bool(account) and not account.startswith("wordpress:")
    keys = blog_keys(url)
    if not keys or is_profile or is_shortener(url) or not others_keys.isdisjoint(keys):
        return
    yield Lesson(KnownHandle(HandleKind.BLOG, home_key(url), url, HandleOrigin.DECISION), by_default=True)


def _name(entry: Entry, blog_id: int) -> Iterable[Lesson]:
    name = read_name(entry.author)
    if name.says_nothing or not name.key or name.mixed_script:
        return
    here = blog_id
    handle = KnownHandle(HandleKind.NAME, name.key, name.shown, HandleOrigin.DECISION, blog_id=here)
    yield Lesson(handle, by_default=True)
