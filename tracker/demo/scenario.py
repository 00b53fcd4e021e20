"""A course in the making: its calendar, its blogs and people, and who wrote what there.

Everything random comes from one source, so the same seed makes the same course.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tracker.demo.blogosphere.addresses import comment_url, post_url
from tracker.demo.blogosphere.blogs import Blogosphere, DemoBlog, DemoComment, DemoPost, Serves
from tracker.demo.blogosphere.events import BlogChange
from tracker.demo.names import OWNER_FAMILY, OWNER_GIVEN, Name, fold
from tracker.demo.records import AuthorRow, RosterFileRow, TruthRow
from tracker.demo.sentences import TOPICS, Scribe
from tracker.domain.states import State

TIME_ZONE = "America/Chicago"
POST_DAYS = (-20, -13, -6, 0, 5, 9, 16)
"""On which days of a round, counted from its opening, an educator publishes."""
BLOG_WORDS = (
    "chalk",
    "harbor",
    "lantern",
    "compass",
    "pencil",
    "orchard",
    "attic",
    "bridge",
    "satchel",
    "bell",
)


@dataclass(eq=False, slots=True)
class DemoStudent:
    """A student on the roster. `blog` is the one assigned to them."""

    student_id: str
    name: Name
    section: str
    class_blog: DemoBlog
    email: str
    aliases: str = ""
    twitter: str = ""
    klass: str = "certain"
    blog: DemoBlog | None = None

    @property
    def allocated(self) -> DemoBlog:
        if self.blog is None:
            raise ValueError(f"{self.student_id} is assigned no blog")
        return self.blog

    def row(self) -> RosterFileRow:
        return RosterFileRow(
            self.student_id,
            self.name.given,
            self.name.family,
            self.name.preferred,
            self.email,
            self.class_blog.home_url,
            self.aliases,
            self.twitter,
            self.section,
        )


@dataclass(frozen=True, slots=True)
class LaidDownState:
    """The truth about one requirement, while comments have no numbers yet."""

    student: DemoStudent
    requirement: str
    state: State
    comments: tuple[tuple[DemoBlog, DemoComment], ...] = ()
    companion: tuple[DemoBlog, DemoPost] | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Authorship:
    blog: DemoBlog
    comment: DemoComment
    student: DemoStudent | None
    kind: str
    needs_person: bool = False


@dataclass(slots=True)
class Scenario:
    """A blogosphere in the making. Days count from `start`, the day on which the round opens."""

    rng: Random
    start: date
    sphere: Blogosphere
    scribe: Scribe
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(TIME_ZONE))
    followed: list[DemoBlog] = field(default_factory=list)
    authors: list[Authorship] = field(default_factory=list)
    findings: list[LaidDownState] = field(default_factory=list)
    topics: dict[int, str] = field(default_factory=dict)
    conflicts: dict[str, tuple[DemoBlog, DemoComment, DemoStudent]] = field(default_factory=dict)
    """What staff or a student will have said something about at the end -> the comment, and of whom."""

    def at(
        self, day: int, hour: int, minute: int = 0, second: int = 0, zone: ZoneInfo | None = None
    ) -> datetime:
        """A wall clock of the course (or of `zone`) as an instant in UTC."""
        local = datetime.combine(
            self.start + timedelta(days=day), time(hour, minute, second), tzinfo=zone or self.zone
        )
        return local.astimezone(UTC)

    def some_time(self, first_day: int, last_day: int) -> datetime:
        """Some waking hour, evenings more often, between two days (both included)."""
        day = self.rng.randint(first_day, last_day)
        hour = self.rng.choice((7, 9, 11, 13, 15, 17, 18, 19, 20, 21, 22))
        return self.at(day, hour, self.rng.randint(0, 59), self.rng.randint(0, 59))

    def educators_blog(self, serves: Serves, **settings: Any) -> DemoBlog:
        """An educator's blog with a post on each of `POST_DAYS`, followed from now on."""
        n = len(self.followed)
        given = OWNER_GIVEN[n % len(OWNER_GIVEN)]
        family = OWNER_FAMILY[(n * 7 + n // len(OWNER_FAMILY)) % len(OWNER_FAMILY)]
        word = BLOG_WORDS[n % len(BLOG_WORDS)]
        title = self.rng.choice(
            ("{f} and the {w}", "The {w} of Room {n}", "{g}’s {w}", "{w} & Co.", "Notes from the {w}")
        )
        owner = self.rng.choice((f"{given} {family}", f"{given} {family}", f"Mrs. {family}", f"Mr. {family}"))
        blog = DemoBlog(
            f"{fold(family)}{word}{n + 1}.localhost",
            serves,
            title.format(f=family, g=given, w=word.title(), n=n + 11),
            owner,
            number=self.long_number(),
            owner_profile=self.profile() if serves is Serves.BLOGGER else "",
            owner_email=f"{fold(given)}@{fold(family)}.example",
        )
        for name, value in settings.items():
            setattr(blog, name, value)
        self.sphere.add(blog)
        self.followed.append(blog)
        for i, day in enumerate(POST_DAYS):
            headline, topic = TOPICS[(n * 5 + i) % len(TOPICS)]
            number = self.long_number() if serves is Serves.BLOGGER else 100 + 17 * i + n
            slug = "-".join(fold(part) for part in headline.split() if fold(part))
            post = DemoPost(number, slug, headline, self.scribe.post(), self.at(day, 5, 20 + n % 30))
            self.topics[id(post)] = topic
            blog.posts.append(post)
        return blog

    def class_blog(self, name: Name, serves: Serves, *, suffix: str = "") -> DemoBlog:
        """A student's own blog with the weekly posts a course asks for."""
        called = name.preferred or name.given
        blog = DemoBlog(
            f"{name.address_part}{suffix}edt320.localhost",
            serves,
            f"{called}’s EDT 320 Class Blog",
            name.full,
            number=self.long_number(),
            owner_profile=self.profile() if serves is Serves.BLOGGER else "",
        )
        self.sphere.add(blog)
        for n, day in enumerate((-19, -12, -5, 2, 9, 16), 1):
            at = self.at(day, 19, self.rng.randint(0, 59))
            self.write_post(blog, f"Blog Post {n}", self.scribe.diary(), at)
        return blog

    def write_post(
        self,
        blog: DemoBlog,
        title: str,
        html: str,
        at: datetime,
        *,
        labels: tuple[str, ...] = (),
        slug: str = "",
    ) -> DemoPost:
        number = self.long_number() if blog.serves is Serves.BLOGGER else 10 + 4 * len(blog.posts)
        words = "".join(c if c.isalnum() and c.isascii() else " " for c in title.lower()).split()
        post = DemoPost(number, slug or "-".join(words) or "post", title, html, at, labels)
        blog.posts.append(post)
        return post

    def say(
        self,
        blog: DemoBlog,
        post: DemoPost,
        at: datetime,
        author: str,
        html: str,
        *,
        student: DemoStudent | None = None,
        kind: str = "student",
        needs_person: bool = False,
        **more: Any,
    ) -> DemoComment:
        """Put a comment on a blog. Its number is given at the end, by `number_comments`."""
        comment = DemoComment(0, post, author, html, at, **more)
        comment.kind = "pingback" if kind == "pingback" else "comment"
        if blog.moderated and not comment.held and not comment.by_owner:
            comment.held = True
            comment.record(at + timedelta(minutes=50), BlogChange.APPROVED)
        blog.comments.append(comment)
        self.authors.append(Authorship(blog, comment, student, kind, needs_person))
        return comment

    def post_of_day(self, blog: DemoBlog, day: int) -> DemoPost:
        """The educator's post of that day (one of `POST_DAYS`)."""
        return blog.posts[POST_DAYS.index(day)]

    def find(
        self,
        student: DemoStudent,
        requirement: str,
        state: State,
        *comments: DemoComment,
        companion: DemoPost | None = None,
        why: str = "",
    ) -> None:
        """Lay down the truth about one requirement."""
        shown = tuple((student.allocated, comment) for comment in comments)
        own = (student.class_blog, companion) if companion else None
        self.findings.append(LaidDownState(student, requirement, state, shown, own, why))

    def number_comments(self) -> None:
        """Give every comment its number: rising with time, except at Blogger."""
        for blog in self.sphere.blogs:
            number = self.rng.randint(200, 6000)
            for comment in sorted(blog.comments, key=lambda comment: comment.posted_at):
                number += self.rng.randint(1, 3)
                comment.number = self.long_number() if blog.serves is Serves.BLOGGER else number

    def truth(self, assignment: str) -> tuple[TruthRow, ...]:
        return tuple(
            TruthRow(
                found.student.student_id,
                assignment,
                found.requirement,
                found.state,
                tuple(comment_url(blog, comment) for blog, comment in found.comments),
                post_url(*found.companion) if found.companion else "",
                found.why,
            )
            for found in self.findings
        )

    def author_rows(self) -> tuple[AuthorRow, ...]:
        return tuple(
            AuthorRow(
                comment_url(one.blog, one.comment),
                one.student.student_id if one.student else "",
                one.kind,
                one.needs_person,
            )
            for one in self.authors
        )

    def long_number(self) -> int:
        return self.rng.randint(10**17, 9 * 10**18)

    def profile(self) -> str:
        return f"{self.rng.randint(10**18, 10**19 - 1):020d}"


def make_scenario(*, seed: int, start: date, port: int) -> Scenario:
    rng = Random(seed)  # noqa: S311 - invented texts, no secret
    before = datetime.combine(start, time(0), tzinfo=ZoneInfo(TIME_ZONE)).astimezone(UTC)
    return Scenario(rng, start, Blogosphere(now=before, port=port), Scribe(rng))
