"""C4T #2 of a class as rows (PRODUCT S1, S18): its blogs with two posts each, comments and summaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support import factories as make
from tracker.domain.assignment import HINT, Condition, Window
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.feeds.identity import post_keys
from tracker.models import (
    Allocation,
    Assignment,
    Blog,
    BlogAddress,
    Comment,
    CommentVersion,
    Course,
    Enrollment,
    Feed,
    FeedState,
    Handle,
    Linkage,
    Post,
    PostAlias,
    Receipt,
    Subscription,
)
from tracker.text.addresses import home_key, post_key

MONDAY = datetime(2026, 10, 26, 7, 31, tzinfo=UTC)
"""The nightly job has ended: 02:31 in Chicago."""
SUMMARY_DUE = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)  # Sun Nov 1, 23:59 CST
SECTIONS, BLOGS, FED = 6, 90, 87
"""Six sections; of 90 blogs the last three have no feed of comments."""
BLIND = tuple(range(FED, BLOGS))
WORDS = " ".join(f"thought{n}" for n in range(60))

Write = Callable[[int, "Round"], dict[str, Any]]
"""What the summary of the student of this number is: values of its post."""


@dataclass
class Round:
    """Lists are by number: students, followed blogs, their posts (two each), class blogs."""

    course: Course
    students: list[Enrollment]
    blogs: list[Blog]
    posts: list[list[Post]]
    class_blogs: list[Blog]
    assignment: Assignment
    places: list[int] = field(default_factory=list)
    """student -> the blog given to them"""
    moved: timedelta = timedelta(0)
    """How much later everything is than PRODUCT says; pages read the wall clock"""
    summaries: list[Post] = field(default_factory=list)

    def given(self, student: int) -> list[Post]:
        """The posts of the blog that a student was given."""
        return self.posts[self.places[student]]


def link_both(student: int, room: Round) -> dict[str, Any]:
    one, other = room.given(student)
    return {
        "title": "C4T #2",
        "html": f"<p>I read <a href='{one.url}'>this</a> and <a href='{other.url}'>that</a>.</p>",
    }


def build(
    standing: Sequence[str], *, places: Sequence[int] | None = None, write: Write = link_both,
    fully_checked_at: datetime = MONDAY, moved: timedelta = timedelta(0),
) -> Round:  # fmt: skip
    """One student for each word of `standing`, which says how many comments they have: "both", "one",
    "none", "review" (the second is undecided), "held" (of the second there is a receipt). `places` are
    the blogs given, by student. Commits."""
    room = _found(len(standing), list(places or []), moved)
    rows: list[Any] = []
    for n, how in enumerate(standing):
        rows.append(
            Allocation(
                assignment_id=room.assignment.id, enrollment_id=room.students[n].id,
                blog_id=room.blogs[room.places[n]].id, created_at=make.OPENS,
            )
        )  # fmt: skip
        rows += _summarise(room, n, write)
        if how == "held":
            rows.append(_receipt(room, n))
    db.session.add_all(rows)
    _comment(room, standing)
    db.session.flush()
    db.session.execute(FeedState.__table__.update().values(fully_checked_at=fully_checked_at + moved))
    db.session.commit()
    return room


def _found(students: int, places: list[int], moved: timedelta) -> Round:
    """The course with its people and blogs; nobody has written anything yet."""
    course = make.add_course(words=["EDT 320", "Harlan State"])
    sections = [make.add_section(course, str(n + 1)) for n in range(SECTIONS)]
    people = [
        Enrollment(
            course_id=course.id, role="student", given_name="Noor", family_name=f"Haddad {n:03}",
            external_id=f"h{n:03}", section_id=sections[n % SECTIONS].id, created_at=make.OPENS,
        )
        for n in range(students)
    ]  # fmt: skip
    used = BLOGS if students > BLOGS else students + 1
    blogs = [_blog(f"http://room{n}.example/") for n in range(BLOGS if places else used)]
    own = [_blog(f"http://noor{n}.example/") for n in range(students)]
    db.session.add_all([*people, *blogs, *own])
    db.session.flush()
    posts = [[_post(blog, n, make.OPENS + moved) for n in (1, 2)] for blog in blogs]
    feeds = [Feed(blog_id=one.id, kind="comments", url=f"{one.home_url}comments/feed", created_at=make.OPENS)
             for n, one in enumerate(blogs) if n not in BLIND]  # fmt: skip
    feeds += [Feed(blog_id=one.id, kind="posts", url=f"{one.home_url}feed", created_at=make.OPENS)
              for one in (*blogs, *own)]  # fmt: skip
    db.session.add_all([*feeds, *(post for pair in posts for post in pair)])
    db.session.flush()
    rows: list[Any] = [FeedState(feed_id=feed.id) for feed in feeds]
    for role, some in (("followed", blogs), ("class-blog", own)):
        for one in some:
            rows.append(Subscription(course_id=course.id, blog_id=one.id, role=role, created_at=make.OPENS))
            rows.append(BlogAddress(blog_id=one.id, key=home_key(one.home_url)))
    for student, one in zip(people, own, strict=True):
        rows.append(Handle(enrollment_id=student.id, kind="blog", key=home_key(one.home_url)))
    for pair in posts:
        for post in pair:
            rows += [
                PostAlias(blog_id=post.blog_id, post_id=post.id, kind=key.kind, key=key.key)
                for key in post_keys(post.url)
            ]
    db.session.add_all(rows)
    rule = make.terms(
        "C4T #2", Window(make.DUE + moved, make.OPENS + moved),
        Window(SUMMARY_DUE + moved, make.OPENS + moved),
        conditions=(Condition(Trait.WORDS, 50, HINT),),
    )  # fmt: skip
    assignment = make.add_assignment(course, "c4t-2", rule)
    fed = min(FED, len(blogs))
    places = places or [n % fed for n in range(students)]
    return Round(course, people, blogs, posts, own, assignment, places, moved=moved)


def _blog(url: str) -> Blog:
    return Blog(platform="wordpress", home_url=url, title=url[7:-1], owner_names=[], created_at=make.OPENS)


def _post(blog: Blog, n: int, at: datetime) -> Post:
    return Post(
        blog_id=blog.id, identity=f"number:{n}", title=f"Post {n}", url=f"{blog.home_url}p/{n}/",
        posted_at=at, posted_basis="offset", first_seen_at=at, labels=[],
    )  # fmt: skip


def _summarise(room: Round, n: int, write: Write) -> list[Post]:
    at = make.DUE + room.moved - timedelta(days=1)
    said = write(n, room)
    if not said:
        return []
    blog = room.class_blogs[n]
    values = {"posted_at": at, "first_seen_at": at + timedelta(hours=5), **said}
    post = Post(
        blog_id=blog.id, identity="number:9", url=f"{blog.home_url}p/9/", posted_basis="offset",
        labels=[], **values,
    )  # fmt: skip
    room.summaries.append(post)
    return [post]


def _receipt(room: Round, n: int) -> Receipt:
    post = room.given(n)[1]
    return Receipt(
        enrollment_id=room.students[n].id, assignment_id=room.assignment.id, url=post.url, text=WORDS,
        blog_id=post.blog_id, post_id=post.id, post_key=post_key(post.url),
        saved_at=make.DUE + room.moved - timedelta(hours=1, minutes=49),
    )  # fmt: skip


def _comment(room: Round, standing: Sequence[str]) -> None:
    wanted = [
        (n, place, how == "review" and place == 1)
        for n, how in enumerate(standing)
        for place in range({"none": 0, "one": 1, "held": 1}.get(how, 2))
    ]
    comments = [_one_comment(room, n, place) for n, place, _ in wanted]
    db.session.add_all(comments)
    db.session.flush()
    for (n, place, undecided), comment in zip(wanted, comments, strict=True):
        student = room.students[n]
        db.session.add(
            CommentVersion(
                comment_id=comment.id, n=1, source="rss", seen_at=comment.first_seen_at,
                text=f"<p>{WORDS} by{n}and{place}</p>", hash=f"{comment.id:064x}",
            )
        )  # fmt: skip
        db.session.add(
            Linkage(
                course_id=room.course.id, comment_id=comment.id, rules_version="test",
                enrollment_id=None if undecided else student.id,
                verdict="review" if undecided else "accept",
                reason="undecided" if undecided else "accepted",
                candidates=[{"enrollment_id": student.id, "bits": 4.0, "probability": 0.6,
                             "level": "possible", "evidence": []}],
            )
        )  # fmt: skip


def _one_comment(room: Round, n: int, place: int) -> Comment:
    post, at = room.given(n)[place], make.DUE + room.moved - timedelta(days=4 - place)
    return Comment(
        blog_id=post.blog_id, post_id=post.id, kind="comment", identity=f"number:{n}-{place}",
        permalink=f"{post.url}#comment-{n}-{place}", author="Noor", source="rss", posted_at=at,
        posted_basis="offset", first_seen_at=at + timedelta(hours=6),
    )  # fmt: skip


S1 = {"both": 124, "one": 9, "none": 6, "review": 4, "unseen": 6, "held": 1}
"""How the comments of PRODUCT S1 stand on the Monday."""


def build_s1(*, write: Write = link_both, moved: timedelta = timedelta(0)) -> Round:
    """PRODUCT S1; the six whose comments nobody can see are on the three blogs without a feed of comments."""
    standing: list[str] = []
    places: list[int] = []
    for how, number in S1.items():
        for n in range(number):
            places.append(BLIND[n % 3] if how == "unseen" else len(standing) % BLIND[0])
            standing.append("none" if how == "unseen" else how)
    return build(standing, places=places, write=write, moved=moved)


def write_nothing(student: int, room: Round) -> dict[str, Any]:
    """No summary yet: it is due a week later."""
    return {}
