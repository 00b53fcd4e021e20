"""A term of a blog out of a seed: quiet and busy weeks, deadline evenings, moderation, trash, edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from tests.simulation.scenarios import CHICAGO, make_blog
from tracker.demo.blogosphere.blogs import Atom, DemoBlog, DemoComment, DemoPost, Permalinks, Rest, Serves
from tracker.demo.blogosphere.events import BlogChange, Eventful
from tracker.demo.blogosphere.wordpress_feeds import OWNERS_SLIP

TERM_START = datetime(2026, 8, 24, 7, 15, tzinfo=UTC)
"""The first poll: a Monday, 02:15 in Chicago."""
WRITERS = (
    "Ida Vale", "Tomas Brink", "Noor Haddad", "Wen Liu", "Ola Sund", "Priya Nair", "Bea Frost", "Kofi Addo",
    "Marta Ruiz", "Jonas Weil", "Saoirse Daly", "Emre Tan", "Li Na", "Ann O’Dell", "Rosa & Max",
)  # fmt: skip
TOMBSTONE = "This comment has been removed by the author."


@dataclass(frozen=True, slots=True)
class Shape:
    """How a blog's term goes. Shares are of all comments; `a_week` is the pace of ordinary weeks."""

    a_week: float = 6.0
    busy_weeks: float = 0.25
    burst: tuple[int, int] = (5, 24)
    moderated: bool = False
    edited: float = 0.06
    removed: float = 0.06
    pingbacks: float = 0.08
    by_owner: float = 0.1
    has_page: bool = True
    moves: bool = False
    is_secured: bool = False
    renames: bool = False


@dataclass
class _Term:
    """A blog in the making; comments get their numbers at the end, whatever becomes of each."""

    random: Random
    blog: DemoBlog
    shape: Shape
    end: datetime
    posts: list[DemoPost] = field(default_factory=list)
    comments: list[DemoComment] = field(default_factory=list)

    @property
    def is_blogger(self) -> bool:
        return self.blog.serves is Serves.BLOGGER

    def publish(self, at: datetime, *, is_page: bool = False) -> None:
        n = len(self.posts) + 1
        number = 4_000_000_000_000_000_000 + n if self.is_blogger else 10 * n
        slug = (
            f"about-{n}" if is_page else f"post-{n}-{self.random.choice(('maps', 'clay', 'rain', 'choir'))}"
        )
        title = slug.replace("-", " ").capitalize()
        self.posts.append(DemoPost(number, slug, title, f"<p>On {title}.</p>", at, is_page=is_page))

    def comment(self, at: datetime, post: DemoPost) -> None:
        random = self.random
        by_owner = random.random() < self.shape.by_owner
        kind = "comment"
        if not self.is_blogger and not by_owner and random.random() < self.shape.pingbacks:
            kind = "pingback"
        self.comments.append(
            DemoComment(
                number=0,
                post=post,
                author="A page that links here" if kind == "pingback" else random.choice(WRITERS),
                html="",
                posted_at=at.replace(microsecond=0),
                author_url=random.choice(("", "http://ownblog.example/")),
                email=f"writer{random.randrange(40)}@people.example",
                held=self.shape.moderated and not by_owner and random.random() < 0.4,
                kind=kind,
                by_owner=by_owner,
            )
        )

    def record(self, what: Eventful, at: datetime, change: BlogChange, text: str = "") -> None:
        if at <= self.end:
            what.record(at, change, text)

    def close(self) -> DemoBlog:
        """Number the comments by their dates, let things happen to them, and end the term."""
        numbers = count(7_000_000_000_000_000_001 if self.is_blogger else 501)
        earlier: dict[int, list[DemoComment]] = {}
        for comment in sorted(self.comments, key=lambda comment: comment.posted_at):
            comment.number = next(numbers)
            self._word(comment, earlier.setdefault(comment.post.number, []))
            self._live(comment)
            if comment.posted_at <= self.end:
                self.blog.comments.append(comment)
        self.blog.posts += [post for post in self.posts if post.published <= self.end]
        return self.blog

    def _word(self, comment: DemoComment, earlier: list[DemoComment]) -> None:
        """Give it its text, and now and then one of the last comments on its post as its parent."""
        parent = self.random.choice(earlier[-5:]) if earlier and self.random.random() < 0.25 else None
        comment.html = f"<p>This is what comment {comment.number} has to say about it.</p>"
        if comment.kind == "pingback":
            comment.html, parent = f"[&#8230;] as comment {comment.number} noted there [&#8230;]", None
        elif comment.by_owner and self.random.random() < 0.2 and not self.is_blogger:
            comment.html += OWNERS_SLIP
        comment.parent = parent
        earlier.append(comment)

    def _live(self, comment: DemoComment) -> None:
        random, shown = self.random, comment.posted_at
        if comment.held:
            if random.random() < 0.06:
                return  # never approved
            shown += timedelta(hours=random.choice((1, 5, 20, 50, 90, 200)) * (0.5 + random.random()))
            self.record(comment, shown, BlogChange.APPROVED)
        if not self.is_blogger and random.random() < self.shape.edited:
            at = shown + timedelta(hours=1 + 60 * random.random())
            self.record(comment, at, BlogChange.EDITED, comment.html + "<p>And one thing more.</p>")
        if random.random() < self.shape.removed:
            at = shown + timedelta(hours=random.choice((0.2, 8, 60, 400)) * (0.5 + random.random()))
            tombstone = TOMBSTONE if self.is_blogger and random.random() < 0.6 else ""
            self.record(comment, at, BlogChange.REMOVED, tombstone)
            if not self.is_blogger and random.random() < 0.3:
                self.record(comment, at + timedelta(hours=80 * random.random()), BlogChange.RESTORED)


def random_blog(
    seed: int, host: str, *, nights: int, shape: Shape | None = None, **settings: Any
) -> DemoBlog:
    """A term of so many nights from TERM_START on; the same seed gives the same blog."""
    random = Random(seed)
    blog = make_blog(host, f"Notes from {host.partition('.')[0]}", **settings)
    term = _Term(random, blog, shape or random_shape(random), TERM_START + timedelta(days=nights))
    for days in (60, 33, 12, 4):
        term.publish(TERM_START - timedelta(days=days + random.random()))
    if term.shape.has_page and not term.is_blogger:
        term.publish(TERM_START - timedelta(days=90), is_page=True)
    _spread(term, 14, TERM_START - timedelta(days=30), TERM_START)
    for week in range(-(-nights // 7)):
        _live_a_week(term, TERM_START + timedelta(weeks=week), has_deadline=week % 2 == 0)
    if term.shape.renames:
        post = random.choice([post for post in term.posts if not post.is_page])
        at = max(TERM_START, post.published) + timedelta(days=nights * random.uniform(0.1, 0.4))
        term.record(post, at, BlogChange.RENAMED, "retitled")
    if term.shape.moves:
        term.record(blog, TERM_START + timedelta(days=nights * 0.6), BlogChange.MOVED, f"new-{host}")
    if term.shape.is_secured:
        term.record(blog, TERM_START + timedelta(days=nights * 0.4), BlogChange.SECURED)
    return term.close()


def random_shape(random: Random) -> Shape:
    return Shape(
        a_week=random.choice((2.0, 5.0, 9.0, 16.0)),
        moderated=random.random() < 0.5,
        moves=random.random() < 0.2,
        renames=random.random() < 0.3,
    )


NO_PAGES: Mapping[str, Any] = {"pages_show_comments": False}
BY_NUMBER: Mapping[str, Any] = {"permalinks": Permalinks.DEFAULT, "page_size": 5}
SITES: tuple[Mapping[str, Any], ...] = (
    {},
    {"rest": Rest.NO_ROUTE, "page_size": 20},
    {"rest": Rest.FORBIDDEN, **NO_PAGES},
    BY_NUMBER,
    {"rest": Rest.NO_ROUTE, "page_size": 5, "deflates": True},
    {"rest": Rest.FORBIDDEN, "counts_comments": False, **NO_PAGES},
    {"atom": Atom.BROKEN, "page_size": 50, "counts_comments": False},
    {"rest": Rest.NO_ROUTE, "atom": Atom.MISSING, **BY_NUMBER},
    {"rest": Rest.NO_ROUTE, "window": 20, "deflates": True, **NO_PAGES},
)
"""Settings of sites, every way to comments present and missing; the first blogs of a term have these."""


def random_settings(seed: int) -> dict[str, Any]:
    """Some WordPress site's settings; most are ordinary."""
    random = Random(seed * 31 + 7)
    return {
        "window": random.choice((10, 10, 10, 10, 20)),
        "rest": random.choice((Rest.ON, Rest.ON, Rest.ON, Rest.FORBIDDEN, Rest.NO_ROUTE)),
        "page_size": random.choice((None, None, 50, 20, 5)),
        "pages_show_comments": random.random() < 0.75,
        "permalinks": Permalinks.DEFAULT if random.random() < 0.25 else Permalinks.PRETTY,
        "atom": random.choice((*[Atom.WORKS] * 4, Atom.BROKEN, Atom.MISSING)),
        "counts_comments": random.random() < 0.85,
        "deflates": random.random() < 0.3,
    }


def deadlines(nights: int) -> list[datetime]:
    """The ends of the deadline evenings: every second Sunday, 23:59 in Chicago."""
    sundays = [TERM_START + timedelta(weeks=week, days=6) for week in range(0, nights // 7, 2)]
    return [_local(day, 23, 59) for day in sundays]


def _live_a_week(term: _Term, start: datetime, *, has_deadline: bool) -> None:
    random = term.random
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        term.publish(start + timedelta(days=7 * random.random()))
    pace = term.shape.a_week * (3 if random.random() < term.shape.busy_weeks else random.choice((0.2, 1, 1)))
    _spread(term, round(random.gauss(pace, pace / 3)), start, start + timedelta(days=7))
    if has_deadline:
        evening = _local(start + timedelta(days=6), 20, 0)
        recent = [post for post in term.posts if post.published < evening and not post.is_page]
        recent = sorted(recent, key=lambda post: post.published)[-3:]
        aims = recent if random.random() < 0.6 else recent[-1:]
        for _ in range(random.randint(*term.shape.burst)):
            term.comment(evening + timedelta(minutes=239 * random.random()), random.choice(aims))


def _spread(term: _Term, comments: int, start: datetime, end: datetime) -> None:
    for _ in range(max(comments, 0)):
        at = start + (end - start) * term.random.random()
        term.comment(at, _choose_post(term.random, [post for post in term.posts if post.published < at]))


def _choose_post(random: Random, posts: Sequence[DemoPost]) -> DemoPost:
    """Mostly a recent one, now and then any."""
    newest_last = sorted(posts, key=lambda post: post.published)
    return random.choice(newest_last[-4:] if random.random() < 0.8 else newest_last)


def _local(day: datetime, hour: int, minute: int) -> datetime:
    local = day.astimezone(CHICAGO).replace(hour=hour, minute=minute, second=0)
    return local.astimezone(UTC)
