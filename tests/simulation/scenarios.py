"""Scripts of a few nights: a deadline night that overflows, a late approval, a blog that is cleared out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tracker.demo.blogosphere.blogs import DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.events import BlogChange

CHICAGO = ZoneInfo("America/Chicago")
HOUR = timedelta(hours=1)


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of autumn 2026 by the clock in Chicago, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


def nights(first: datetime, count: int) -> list[datetime]:
    """So many nights at 02:15 in Chicago, from the one of `first`'s date on."""
    day = first.astimezone(CHICAGO).replace(hour=2, minute=15, second=0)
    return [(day + timedelta(days=n)).astimezone(UTC) for n in range(count)]


def spaced(start: datetime, count: int, step: timedelta) -> list[datetime]:
    return [start + n * step for n in range(count)]


def make_blog(host: str, title: str, **settings: Any) -> DemoBlog:
    return DemoBlog(
        host, **{"serves": Serves.WORDPRESS, "title": title, "owner_name": "Dara Quill", **settings}
    )


def publish(blog: DemoBlog, at: datetime, number: int, title: str, *, is_page: bool = False) -> DemoPost:
    slug = title.lower().replace(" ", "-")
    post = DemoPost(number, slug, title, f"<p>Some thoughts on {slug}.</p>", at, is_page=is_page)
    blog.posts.append(post)
    return post


def say(
    blog: DemoBlog, post: DemoPost, first: int, times: Sequence[datetime], **values: Any
) -> list[DemoComment]:
    """A comment at each instant, numbered from `first`."""
    made = [
        DemoComment(
            **{
                "number": number,
                "post": post,
                "author": "Ida Vale",
                "html": f"<p>This is what comment {number} has to say.</p>",
                "posted_at": at,
                **values,
            }
        )
        for number, at in enumerate(times, first)
    ]
    blog.comments += made
    return made


def deadline_night(*, posts: int = 3, **settings: Any) -> DemoBlog:
    """PRODUCT S16: 19 comments between 20:00 and 23:59 on Sunday, October 25, on so many recent posts.

    Ten older ones fill the site's window before; with `posts=1` one post gets all 19, more than
    its own window holds.
    """
    blog = make_blog("popular.example", "A popular blog", **settings)
    recent = [publish(blog, local(10, 12 + n, 9), 10 * (n + 1), f"Recent thoughts {n + 1}") for n in range(3)]
    for n, at in enumerate(spaced(local(10, 18, 9), 12, 9 * HOUR)):
        say(blog, recent[n % 3], 501 + n, [at])
    for n, at in enumerate(spaced(local(10, 25, 20), 19, timedelta(minutes=12, seconds=30))):
        say(blog, recent[2 - n % posts], 601 + n, [at], author="Noor Haddad")
    return blog


HELD = 520
"""The comment of `held_comment` that waits for the owner."""


def held_comment(*, newer: int = 14, **settings: Any) -> DemoBlog:
    """PRODUCT S2: a comment of Sunday, October 25, 22:10, is approved on Wednesday, 14:00.

    By then so many newer ones stand on the blog's other post, so that its own never comes into
    the site's window.
    """
    blog = make_blog("moderated.example", "A moderated blog", **settings)
    first, second = _two_posts(blog)
    say(blog, second, 501, spaced(local(10, 20, 9), 4, 7 * HOUR))
    values = {"author": "Wen Liu", "html": "<p>Held for a while.</p>", "held": True}
    (held,) = say(blog, first, HELD, [local(10, 25, 22, 10)], **values)
    held.record(local(10, 28, 14), BlogChange.APPROVED)
    say(blog, second, 530, spaced(local(10, 26, 8), newer, 3 * HOUR))
    return blog


CLEARED_AT = local(10, 29, 11)


def cleared_blog(*, tombstone: str = "", **settings: Any) -> DemoBlog:
    """PRODUCT S4: twelve comments of October 20 to 24, and the owner removes them on October 29."""
    blog = make_blog("cleared.example", "A blog cleared out", **settings)
    posts = _two_posts(blog)
    for n, at in enumerate(spaced(local(10, 20, 9), 12, 9 * HOUR)):
        (comment,) = say(blog, posts[n % 2], 501 + n, [at])
        comment.record(CLEARED_AT, BlogChange.REMOVED, tombstone)
    say(blog, posts[1], 520, spaced(local(10, 25, 9), 2, 9 * HOUR))
    return blog


ON_PAGE = 601
"""The comment of `page_among_posts` on the static page."""


def page_among_posts(**settings: Any) -> DemoBlog:
    """A night's twelve comments: the first on a static page that is known already, which no feed of
    posts counts, then eleven on a post, so that it has left the site's window by the next poll."""
    blog = make_blog("about.example", "A blog with a page", **settings)
    about = publish(blog, local(9, 1, 9), 7, "About", is_page=True)
    post = publish(blog, local(10, 12, 9), 10, "First thoughts")
    say(blog, about, 501, [local(10, 20, 9)])
    say(blog, post, 502, spaced(local(10, 21, 9), 9, 8 * HOUR))
    say(blog, about, ON_PAGE, [local(10, 25, 12)])
    say(blog, post, ON_PAGE + 1, spaced(local(10, 25, 13), 11, timedelta(minutes=30)))
    return blog


def _two_posts(blog: DemoBlog) -> tuple[DemoPost, DemoPost]:
    return (
        publish(blog, local(10, 12, 9), 10, "First thoughts"),
        publish(blog, local(10, 19, 9), 20, "Second thoughts"),
    )
