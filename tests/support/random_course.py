"""A small course drawn at random, as rows: students, blogs, comments, posts, receipts, what people said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tests.support import factories as make
from tests.support.random_rules import draw_terms
from tracker.domain.assignment import AssignmentTerms
from tracker.extensions import db
from tracker.models import (
    Allocation,
    Assignment,
    Blog,
    BlogAddress,
    Comment,
    Course,
    Enrollment,
    EnrollmentEvent,
    Gap,
    GradeDecision,
    Handle,
    Post,
    Receipt,
    RequirementException,
    RequirementVerdict,
)
from tracker.text.addresses import home_key, post_key

CHANGES = {
    "America/Chicago": date(2026, 10, 26),
    "Australia/Lord_Howe": date(2026, 9, 28),
    "Pacific/Auckland": date(2026, 9, 21),
    "Europe/Berlin": date(2027, 3, 22),
    "America/St_Johns": date(2027, 3, 8),
}
"""Zones of which the clocks change in the second week after this Monday, some by half an hour, some in
the south, forward and back."""
STEADY = {"Asia/Kathmandu": date(2026, 10, 12), "America/Phoenix": date(2026, 10, 12)}

SENTENCES = (
    "We tried the same in our room and the children asked for more of it.",
    "How did you find the time for that?",
    "My mentor does it <a href='http://far.example/page'>in another way</a>, with cards.",
    "The second half surprised me because it leaves the choice to them.",
    "Great post!",
)


HOLDS = ("late", "ties", "overrides", "clock")


@dataclass
class RandomCourse:
    """What was drawn. `as_of` is after some windows; `holds` are those of HOLDS that are in it."""

    course: Course
    students: list[Enrollment]
    assignments: list[Assignment]
    terms: list[AssignmentTerms]
    blogs: list[Blog]
    as_of: datetime
    holds: set[str] = field(default_factory=set)


def draw_course(rng: Random, number: int) -> RandomCourse:
    """One course in the database at hand; the same for the same `rng` on either kind. Commits."""
    changes_clock = rng.random() < 0.75
    name, first = rng.choice(sorted((CHANGES if changes_clock else STEADY).items()))
    zone = ZoneInfo(name)
    course = make.add_course(f"c{number}", time_zone=name, words=["EDT 320"])
    sections = [make.add_section(course, label) for label in "12"]
    students = [
        make.add_enrollment(
            course, name=f"Student Number{n}", section=rng.choice(sections), external_id=f"c{number}s{n}"
        )
        for n in range(rng.randint(2, 4))
    ]
    followed = [
        _add_blog(course, f"Blog {n}", f"http://c{number}b{n}.example/", rng, first) for n in range(3)
    ]
    own = [
        _add_blog(course, f"Class blog {n}", f"http://c{number}own{n}.example/", rng, first, who)
        for n, who in enumerate(students)
    ]
    terms = [draw_terms(rng, zone, first=first) for _ in range(2)]
    assignments = [make.add_assignment(course, f"a{n}", one) for n, one in enumerate(terms)]
    as_of = datetime.combine(first, time(), UTC) + timedelta(days=rng.choice([8, 16, 40]), minutes=7)
    drawn = RandomCourse(course, students, assignments, terms, [*followed, *own], as_of)
    drawn.holds = {"clock"} if changes_clock else set()
    posts = [_add_posts(blog, rng, first) for blog in drawn.blogs]
    for who in students:
        _add_events(who, rng, first)
        _allocate(drawn, who, rng, followed)
        _comment(drawn, who, rng, [post for mine in posts for post in mine], first)
        _save_receipts(drawn, who, rng, posts, first)
        _grant(drawn, who, rng, zone)
        _decide(drawn, who, rng)
    db.session.commit()
    return drawn


def snapshot(drawn: RandomCourse) -> list[tuple[Any, ...]]:
    """Every stored verdict of the course without row numbers and the version of its terms."""
    numbers = {
        model: {row: n for n, row in enumerate(db.session.scalars(select(model.id).order_by(model.id)))}
        for model in (Comment, Post)
    }
    first_comment = min((numbers[Comment][row] for row in _ids(Comment, drawn)), default=0)
    first_post = min((numbers[Post][row] for row in _ids(Post, drawn)), default=0)
    places = {one.id: n for n, one in enumerate(drawn.assignments)}
    people = {one.id: n for n, one in enumerate(drawn.students)}
    blogs = {one.id: n for n, one in enumerate(drawn.blogs)}
    rows = db.session.scalars(
        select(RequirementVerdict).where(RequirementVerdict.assignment_id.in_(places))
    ).all()
    return sorted(
        (
            places[row.assignment_id],
            people[row.enrollment_id],
            row.requirement,
            row.state,
            row.reason,
            _known(row.params, blogs),
            str(row.credit),
            row.due_at.isoformat(),
            repr(row.clock),
            repr([(one["code"], _known(one["params"], blogs)) for one in row.evidence.get("hints", ())]),
            repr([(one["reason"], one["params"]) for one in row.evidence.get("not_counted", ())]),
            repr([blogs[blog] for blog in row.evidence.get("blog_ids", ())]),
            -1 if row.comment_id is None else numbers[Comment][row.comment_id] - first_comment,
            -1 if row.post_id is None else numbers[Post][row.post_id] - first_post,
        )
        for row in rows
    )


def _ids(model: Any, drawn: RandomCourse) -> Sequence[int]:
    return db.session.scalars(
        select(model.id).where(model.blog_id.in_([one.id for one in drawn.blogs]))
    ).all()


def _instant(rng: Random, first: date) -> datetime:
    begin = datetime.combine(first, time(), UTC) - timedelta(days=2)
    return begin + timedelta(minutes=rng.randrange(0, 30 * 24 * 60, 17))


def _add_blog(
    course: Course, title: str, url: str, rng: Random, first: date, owner: Enrollment | None = None
) -> Blog:
    blog = make.add_blog(title, home_url=url)
    make.follow(course, blog, "followed" if owner is None else "class-blog")
    db.session.add(BlogAddress(blog_id=blog.id, key=home_key(url)))
    for kind in ("comments", "posts"):
        if rng.random() < 0.9:
            failing = _instant(rng, first) if rng.random() < 0.15 else None
            feed = make.add_feed(blog, kind, fully_checked_at=_instant(rng, first), failing_since=failing)
            if rng.random() < 0.1:
                before = _instant(rng, first)
                db.session.add(
                    Gap(
                        feed_id=feed.id,
                        after_at=before - timedelta(hours=9),
                        before_at=before,
                        kind="overflow",
                    )
                )
    if owner is not None:
        db.session.add(
            Handle(enrollment_id=owner.id, kind="blog", key=home_key(url), shown=url, state="active")
        )
    return blog


def _add_posts(blog: Blog, rng: Random, first: date) -> list[Post]:
    found = []
    for n in range(3):
        at = _instant(rng, first)
        title = rng.choice(["C4T #2", "My week", "The mural"])
        link = f"<a href='{blog.home_url}{n}/'>this</a> " + " ".join(rng.sample(SENTENCES, 2))
        found.append(
            make.add_post(
                blog, title, url=f"{blog.home_url}{n}/", posted_at=at, first_seen_at=at + timedelta(hours=3),
                html=f"<p>{link}</p>", author=rng.choice(["", "Ada", "Ben"]),
            )
        )  # fmt: skip
    return found


def _add_events(who: Enrollment, rng: Random, first: date) -> None:
    db.session.add(
        EnrollmentEvent(
            enrollment_id=who.id, kind="added", recorded_at=make.NOW,
            effective_on=first + timedelta(days=rng.choice([-30, -30, 2, 9])),
        )
    )  # fmt: skip


def _allocate(drawn: RandomCourse, who: Enrollment, rng: Random, blogs: Sequence[Blog]) -> None:
    for assignment in drawn.assignments:
        for blog in rng.sample(list(blogs), rng.choice([0, 1, 1, 1, 2])):
            db.session.add(
                Allocation(
                    assignment_id=assignment.id, enrollment_id=who.id, blog_id=blog.id, created_at=make.NOW,
                    keeps_credit=rng.random() < 0.1, author=rng.choice(["", "", "", "Ada"]),
                )
            )  # fmt: skip


def _comment(drawn: RandomCourse, who: Enrollment, rng: Random, posts: Sequence[Post], first: date) -> None:
    instants = [_instant(rng, first) for _ in range(4)]
    for _ in range(rng.randint(0, 7)):
        at = rng.choice(instants)
        seen = at + timedelta(minutes=rng.choice([20, 600, 4000]))
        basis = rng.choice(["offset", "offset", "offset", "naive", "missing"])
        text = " ".join(rng.sample(SENTENCES, rng.randint(1, 4)))
        comment = make.add_comment(
            rng.choice(list(posts)),
            text=f"<p>{text}</p>",
            posted_at=None if basis == "missing" else at,
            posted_basis=basis,
            first_seen_at=seen,
            last_check_before=rng.choice([None, None, seen - timedelta(hours=1), at + timedelta(hours=2)]),
        )
        if rng.random() < 0.15:
            make.add_linkage(drawn.course, comment, candidates=[who, rng.choice(drawn.students)])
        else:
            make.add_linkage(drawn.course, comment, who)
        if any(part.window.due_at <= at for terms in drawn.terms for part in terms.comment_parts):
            drawn.holds.add("late")
    if rng.random() < 0.5:
        _tie(drawn, who, rng, posts)


def _tie(drawn: RandomCourse, who: Enrollment, rng: Random, posts: Sequence[Post]) -> None:
    """Two comments of the same minute and text, on two posts."""
    at = _instant(rng, drawn.terms[0].parts[0].window.due_at.date() - timedelta(days=12))
    for post in rng.sample(list(posts), 2):
        comment = make.add_comment(
            post, text=f"<p>{SENTENCES[0]}</p>", posted_at=at, first_seen_at=at + timedelta(hours=1)
        )
        make.add_linkage(drawn.course, comment, who)
    drawn.holds.add("ties")


def _save_receipts(
    drawn: RandomCourse, who: Enrollment, rng: Random, posts: Sequence[Sequence[Post]], first: date
) -> None:
    if rng.random() < 0.3:
        post = rng.choice(posts[0])
        db.session.add(
            Receipt(
                enrollment_id=who.id, url=post.url, blog_id=post.blog_id, post_id=post.id,
                post_key=post_key(post.url), text="We tried it.", saved_at=_instant(rng, first),
            )
        )  # fmt: skip


def _grant(drawn: RandomCourse, who: Enrollment, rng: Random, zone: ZoneInfo) -> None:
    if rng.random() < 0.3:
        n = rng.randrange(2)
        kind = rng.choice(["extension", "extension", "excuse", "incomplete", "substitute"])
        due_at = drawn.terms[n].parts[0].window.due_at + timedelta(days=rng.randint(-1, 4))
        keys = [None, *(slot.key for slot in drawn.terms[n].requirements())]
        db.session.add(
            RequirementException(
                assignment_id=drawn.assignments[n].id, enrollment_id=who.id, requirement=rng.choice(keys),
                kind=kind, due_at=due_at if kind in {"extension", "incomplete"} else None, at=make.NOW,
                reason="Said so.",
            )
        )  # fmt: skip


def _decide(drawn: RandomCourse, who: Enrollment, rng: Random) -> None:
    if rng.random() < 0.5:
        drawn.holds.add("overrides")
        db.session.add(
            GradeDecision(
                assignment_id=rng.choice(drawn.assignments).id, enrollment_id=who.id, kind="override",
                value=Decimal(rng.randint(0, 1000)) / 100, satisfactory=rng.random() < 0.5,
                reason="By hand.", at=make.NOW,
            )
        )  # fmt: skip


def _known(params: dict[str, Any], blogs: dict[int, int]) -> str:
    """Parameters with the place of a blog among the course's for its row number."""
    blog_id = params.get("blog_id")
    return repr(sorted(({**params, "blog_id": blogs[blog_id]} if blog_id else params).items()))
