"""Small stories told by hand: a deadline night that overflows, a late approval, a clearing out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulation.story import Approved, Event, Published, Removed, Said, Story

CHICAGO = ZoneInfo("America/Chicago")


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of autumn 2026 by the clock in Chicago, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


def nights(first: datetime, count: int) -> list[datetime]:
    """So many nights at 02:15 in Chicago, from the one of `first`'s date on."""
    day = first.astimezone(CHICAGO).replace(hour=2, minute=15, second=0)
    return [(day + timedelta(days=n)).astimezone(UTC) for n in range(count)]


def comments(post: int, first: int, times: list[datetime], *, author: str = "Ida Vale") -> list[Said]:
    return [
        Said(at, first + n, post, author, f"<p>This is what comment {first + n} has to say.</p>")
        for n, at in enumerate(times)
    ]


def spaced(start: datetime, count: int, step: timedelta) -> list[datetime]:
    return [start + n * step for n in range(count)]


def deadline_night(host: str = "popular.example", *, posts: int = 3) -> Story:
    """PRODUCT S16: 19 comments between 20:00 and 23:59 on Sunday, October 25, on so many recent posts.

    Ten older ones fill the site's window before; with `posts=1` one post gets all 19, more than
    its own window holds.
    """
    events: list[Event] = [
        Published(local(10, 12 + n, 9), 10 * (n + 1), f"recent-{n + 1}", f"Recent thoughts {n + 1}")
        for n in range(3)
    ]
    for n, at in enumerate(spaced(local(10, 18, 9), 12, timedelta(hours=9))):
        events += comments(10 * (n % 3 + 1), 501 + n, [at])
    for n, at in enumerate(spaced(local(10, 25, 20), 19, timedelta(minutes=12, seconds=30))):
        events += comments(30 - 10 * (n % posts), 601 + n, [at], author="Noor Haddad")
    return Story(host, "A popular blog", "Dara Quill", tuple(events))


HELD = 520
"""The comment of `held_comment` that waits for the owner."""


def held_comment(host: str = "moderated.example", *, newer: int = 14) -> Story:
    """PRODUCT S2: a comment of Sunday, October 25, 22:10, is let through on Wednesday, 14:00.

    By then so many newer ones stand on the blog's other post, so that its own never comes into
    the site's window.
    """
    events: list[Event] = [
        Published(local(10, 12, 9), 10, "first-thoughts", "First thoughts"),
        Published(local(10, 19, 9), 20, "second-thoughts", "Second thoughts"),
    ]
    events += comments(20, 501, spaced(local(10, 20, 9), 4, timedelta(hours=7)))
    events.append(Said(local(10, 25, 22, 10), HELD, 10, "Wen Liu", "<p>Held for a while.</p>", held=True))
    events += comments(20, 530, spaced(local(10, 26, 8), newer, timedelta(hours=3)))
    events.append(Approved(local(10, 28, 14), HELD))
    return Story(host, "A moderated blog", "Dara Quill", tuple(events))


CLEARED_AT = local(10, 29, 11)


def cleared_blog(host: str = "cleared.example", *, tombstone: str = "") -> Story:
    """PRODUCT S4: twelve comments of October 20 to 24, and the owner removes them on October 29."""
    events: list[Event] = [
        Published(local(10, 12, 9), 10, "first-thoughts", "First thoughts"),
        Published(local(10, 19, 9), 20, "second-thoughts", "Second thoughts"),
    ]
    said = [
        one
        for n, at in enumerate(spaced(local(10, 20, 9), 12, timedelta(hours=9)))
        for one in comments(10 * (n % 2 + 1), 501 + n, [at])
    ]
    kept = comments(20, 520, spaced(local(10, 25, 9), 2, timedelta(hours=9)))
    removed = [Removed(CLEARED_AT, one.number, tombstone) for one in said]
    return Story(host, "A blog cleared out", "Dara Quill", (*events, *said, *kept, *removed))


ON_PAGE = 601
"""The comment of `page_among_posts` on the static page."""


def page_among_posts(host: str = "about.example") -> Story:
    """A night's twelve comments: the first on a static page that is known already, which no feed of
    posts counts, then eleven on a post, so that it has left the site's window by the next look."""
    events: list[Event] = [
        Published(local(9, 1, 9), 7, "about", "About this blog", is_page=True),
        Published(local(10, 12, 9), 10, "first-thoughts", "First thoughts"),
    ]
    events += comments(7, 501, [local(10, 20, 9)])
    events += comments(10, 502, spaced(local(10, 21, 9), 9, timedelta(hours=8)))
    events += comments(7, ON_PAGE, [local(10, 25, 12)])
    events += comments(10, ON_PAGE + 1, spaced(local(10, 25, 13), 11, timedelta(minutes=30)))
    return Story(host, "A blog with a page", "Dara Quill", tuple(events))
