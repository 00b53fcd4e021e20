"""A term of a blog out of a seed: quiet and busy weeks, deadline evenings, moderation, trash, edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from tests.simulation.story import (
    Approved,
    Event,
    Moved,
    Published,
    Removed,
    Renamed,
    Restored,
    Reworded,
    Said,
    Secured,
    Story,
)
from tests.simulation.wordpress_scene import Atom, Habits, Rest

CHICAGO = ZoneInfo("America/Chicago")
TERM_START = datetime(2026, 8, 24, 7, 15, tzinfo=UTC)
"""The first look: a Monday, 02:15 in Chicago."""
WRITERS = (
    "Ida Vale", "Tomas Brink", "Noor Haddad", "Wen Liu", "Ola Sund", "Priya Nair", "Bea Frost", "Kofi Addo",
    "Marta Ruiz", "Jonas Weil", "Saoirse Daly", "Emre Tan", "Li Na", "Ann O’Dell", "Rosa & Max",
)  # fmt: skip
OWNERS_SLIP = "<p>A tag that closes too early looks like this: ]]> and now you know.</p>"
REMOVED = "This comment has been removed by the author."


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
class _Pen:
    """Writes events; numbers go up with every comment, whatever becomes of it."""

    random: Random
    is_blogger: bool
    shape: Shape
    end: datetime
    events: list[Event] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    posts: list[Published] = field(default_factory=list)

    def publish(self, at: datetime, *, is_page: bool = False) -> None:
        n = len(self.posts) + 1
        number = 4_000_000_000_000_000_000 + n if self.is_blogger else 10 * n
        slug = (
            f"about-{n}" if is_page else f"post-{n}-{self.random.choice(('maps', 'clay', 'rain', 'choir'))}"
        )
        post = Published(at, number, slug, slug.replace("-", " ").capitalize(), is_page)
        self.posts.append(post)
        self.events.append(post)

    def comment(self, at: datetime, post: Published) -> None:
        """One comment on a post, not written yet as an event: numbers follow the dates."""
        random = self.random
        by_owner = random.random() < self.shape.by_owner
        kind = "comment"
        if not self.is_blogger and not by_owner and random.random() < self.shape.pingbacks:
            kind = "pingback"
        self.said.append(
            Said(
                at=at.replace(microsecond=0),
                number=0,
                post=post.number,
                author="A page that links here" if kind == "pingback" else random.choice(WRITERS),
                html="",
                author_url=random.choice(("", "http://ownblog.example/")),
                email=f"writer{random.randrange(40)}@people.example",
                held=self.shape.moderated and not by_owner and random.random() < 0.4,
                kind=kind,
                by_owner=by_owner,
            )
        )

    def finish(self) -> tuple[Event, ...]:
        """Number the comments by their dates and let things happen to them."""
        numbers = count(7_000_000_000_000_000_001 if self.is_blogger else 501)
        earlier: dict[int, list[int]] = {}
        for bare in sorted(self.said, key=lambda said: said.at):
            number = next(numbers)
            on_post = earlier.setdefault(bare.post, [])
            parent = self.random.choice(on_post[-5:]) if on_post and self.random.random() < 0.25 else None
            html = f"<p>This is what comment {number} has to say about it.</p>"
            if bare.kind == "pingback":
                html, parent = f"[&#8230;] as comment {number} noted there [&#8230;]", None
            elif bare.by_owner and self.random.random() < 0.2 and not self.is_blogger:
                html += OWNERS_SLIP
            said = Said(
                bare.at, number, bare.post, bare.author, html, bare.author_url, bare.email,
                bare.held, bare.kind, bare.by_owner, parent,
            )  # fmt: skip
            on_post.append(number)
            self.events.append(said)
            self._live(said)
        return tuple(event for event in self.events if event.at <= self.end)

    def _live(self, said: Said) -> None:
        random, shown = self.random, said.at
        if said.held:
            if random.random() < 0.06:
                return  # never let through
            shown += timedelta(hours=random.choice((1, 5, 20, 50, 90, 200)) * (0.5 + random.random()))
            self.events.append(Approved(shown, said.number))
        if not self.is_blogger and random.random() < self.shape.edited:
            at = shown + timedelta(hours=1 + 60 * random.random())
            self.events.append(Reworded(at, said.number, said.html + "<p>And one thing more.</p>"))
        if random.random() < self.shape.removed:
            at = shown + timedelta(hours=random.choice((0.2, 8, 60, 400)) * (0.5 + random.random()))
            tombstone = REMOVED if self.is_blogger and random.random() < 0.6 else ""
            self.events.append(Removed(at, said.number, tombstone))
            if not self.is_blogger and random.random() < 0.3:
                self.events.append(Restored(at + timedelta(hours=80 * random.random()), said.number))


def random_blog(
    seed: int, host: str, *, nights: int, shape: Shape | None = None, is_blogger: bool = False
) -> Story:
    """A term of so many nights from TERM_START on; the same seed gives the same story."""
    random = Random(seed)
    end = TERM_START + timedelta(days=nights)
    pen = _Pen(random, is_blogger, shape or random_shape(random), end)
    for days in (60, 33, 12, 4):
        pen.publish(TERM_START - timedelta(days=days + random.random()))
    if pen.shape.has_page and not is_blogger:
        pen.publish(TERM_START - timedelta(days=90), is_page=True)
    _spread(pen, 14, TERM_START - timedelta(days=30), TERM_START)
    for week in range(-(-nights // 7)):
        _live_a_week(pen, TERM_START + timedelta(weeks=week), has_deadline=week % 2 == 0)
    if pen.shape.renames:
        post = random.choice([post for post in pen.posts if not post.is_page])
        at = max(TERM_START, post.at) + timedelta(days=nights * random.uniform(0.1, 0.4))
        pen.events.append(Renamed(at, post.number, "retitled"))
    if pen.shape.moves:
        pen.events.append(Moved(TERM_START + timedelta(days=nights * 0.6), f"new-{host}"))
    if pen.shape.is_secured:
        pen.events.append(Secured(TERM_START + timedelta(days=nights * 0.4)))
    return Story(host, f"Notes from {host.partition('.')[0]}", "Dara Quill", pen.finish())


def random_shape(random: Random) -> Shape:
    return Shape(
        a_week=random.choice((2.0, 5.0, 9.0, 16.0)),
        moderated=random.random() < 0.5,
        moves=random.random() < 0.2,
        renames=random.random() < 0.3,
    )


SITES = (
    Habits(),
    Habits(rest=Rest.NO_ROUTE, page_size=20),
    Habits(rest=Rest.FORBIDDEN, pages_show_comments=False),
    Habits(default_permalinks=True, page_size=5),
    Habits(rest=Rest.NO_ROUTE, page_size=5, deflates=True),
    Habits(rest=Rest.FORBIDDEN, pages_show_comments=False, counts_comments=False),
    Habits(atom=Atom.BROKEN, page_size=50, counts_comments=False),
    Habits(rest=Rest.NO_ROUTE, default_permalinks=True, page_size=5, atom=Atom.MISSING),
    Habits(rest=Rest.NO_ROUTE, pages_show_comments=False, window=20, deflates=True),
)
"""Every way to comments present and missing; the first blogs of a term have these, in their order."""


def random_habits(seed: int) -> Habits:
    """Some WordPress site's settings; most are ordinary."""
    random = Random(seed * 31 + 7)
    return Habits(
        window=random.choice((10, 10, 10, 10, 20)),
        rest=random.choice((Rest.ON, Rest.ON, Rest.ON, Rest.FORBIDDEN, Rest.NO_ROUTE)),
        page_size=random.choice((None, None, 50, 20, 5)),
        pages_show_comments=random.random() < 0.75,
        default_permalinks=random.random() < 0.25,
        atom=random.choice((Atom.WORKS, Atom.WORKS, Atom.WORKS, Atom.WORKS, Atom.BROKEN, Atom.MISSING)),
        counts_comments=random.random() < 0.85,
        deflates=random.random() < 0.3,
    )


def deadlines(nights: int) -> list[datetime]:
    """The ends of the deadline evenings: every second Sunday, 23:59 in Chicago."""
    sundays = [TERM_START + timedelta(weeks=week, days=6) for week in range(0, nights // 7, 2)]
    return [_local(day, 23, 59) for day in sundays]


def _live_a_week(pen: _Pen, start: datetime, *, has_deadline: bool) -> None:
    random = pen.random
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        pen.publish(start + timedelta(days=7 * random.random()))
    pace = pen.shape.a_week * (3 if random.random() < pen.shape.busy_weeks else random.choice((0.2, 1, 1)))
    _spread(pen, round(random.gauss(pace, pace / 3)), start, start + timedelta(days=7))
    if has_deadline:
        evening = _local(start + timedelta(days=6), 20, 0)
        recent = [post for post in pen.posts if post.at < evening and not post.is_page]
        recent = sorted(recent, key=lambda post: post.at)[-3:]
        aims = recent if random.random() < 0.6 else recent[-1:]
        for _ in range(random.randint(*pen.shape.burst)):
            pen.comment(evening + timedelta(minutes=239 * random.random()), random.choice(aims))


def _spread(pen: _Pen, comments: int, start: datetime, end: datetime) -> None:
    for _ in range(max(comments, 0)):
        at = start + (end - start) * pen.random.random()
        pen.comment(at, _choose_post(pen.random, [post for post in pen.posts if post.at < at]))


def _choose_post(random: Random, posts: Sequence[Published]) -> Published:
    """Mostly a recent one, now and then any."""
    newest_last = sorted(posts, key=lambda post: post.at)
    return random.choice(newest_last[-4:] if random.random() < 0.8 else newest_last)


def _local(day: datetime, hour: int, minute: int) -> datetime:
    local = day.astimezone(CHICAGO).replace(hour=hour, minute=minute, second=0)
    return local.astimezone(UTC)
