"""Rows with sensible defaults. Each function adds one thing, flushes, and returns it; the caller commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

from argon2 import PasswordHasher

from tests.support.rules import c4t
from tracker.domain.assignment import AssignmentTerms, Condition, Window
from tracker.domain.states import State
from tracker.extensions import db
from tracker.grading.rules.document import terms_to_document
from tracker.models import (
    Allocation,
    Assignment,
    AssignmentTermsVersion,
    Blog,
    Comment,
    CommentVersion,
    Course,
    Enrollment,
    Feed,
    FeedState,
    Linkage,
    Post,
    RequirementVerdict,
    Section,
    SectionStaff,
    Subscription,
    User,
)

NOW = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
"""A Monday morning after a deadline: 08:00 in Chicago."""
DUE = datetime(2026, 10, 26, 5, 0, tzinfo=UTC)
OPENS = datetime(2026, 10, 12, 5, 0, tzinfo=UTC)
PASSWORD = "chalk and slate 7"

_numbers = count(1)


@cache
def _password_hash() -> str:
    """One for everybody, of the least effort: hashing is slow on purpose, and checked at every sign-in."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def add_user(name: str = "Ines Okafor", *, email: str = "", **values: Any) -> User:
    """A user who signs in with `PASSWORD`."""
    return _add(
        User(
            **{
                "name": name,
                "email": email or f"person{next(_numbers)}@people.example",
                "password_hash": _password_hash(),
                "created_at": NOW,
                **values,
            }
        )
    )


def add_course(key: str = "edt320", **values: Any) -> Course:
    return _add(
        Course(
            **{
                "key": key,
                "name": f"{key.upper()}, Fall 2026",
                "time_zone": "America/Chicago",
                "words": [],
                "staff_names": [],
                "settings": {},
                "created_at": NOW,
                **values,
            }
        )
    )


def add_section(course: Course, name: str = "1") -> Section:
    return _add(Section(course_id=course.id, name=name))


def add_enrollment(
    course: Course,
    user: User | None = None,
    *,
    role: str = "student",
    name: str = "",
    section: Section | None = None,
    **values: Any,
) -> Enrollment:
    """Somebody in a course; without `user`, somebody who has not used an invitation yet."""
    given, _, family = (name or (user.name if user else "Robin Tallis")).rpartition(" ")
    return _add(
        Enrollment(
            **{
                "course_id": course.id,
                "user_id": user.id if user else None,
                "role": role,
                "given_name": given,
                "family_name": family,
                "email": (user.email if user else None) or "",
                "external_id": f"s{next(_numbers)}" if role == "student" else None,
                "section_id": section.id if section else None,
                "created_at": NOW,
                **values,
            }
        )
    )


def keep_to_sections(assistant: Enrollment, *sections: Section) -> None:
    for section in sections:
        _add(SectionStaff(section_id=section.id, enrollment_id=assistant.id))


def add_blog(title: str = "Kia Ora, Room Nine", **values: Any) -> Blog:
    n = next(_numbers)
    return _add(
        Blog(
            **{
                "platform": "wordpress",
                "home_url": f"http://blog{n}.example/",
                "title": title,
                "owner_names": [],
                "created_at": NOW,
                **values,
            }
        )
    )


def follow(course: Course, blog: Blog, role: str = "followed") -> Subscription:
    return _add(Subscription(course_id=course.id, blog_id=blog.id, role=role, created_at=NOW))


def add_feed(
    blog: Blog, kind: str = "comments", *, fully_checked_at: datetime | None = NOW, **state: Any
) -> Feed:
    """A feed with its state; last checked just now unless told otherwise."""
    feed = _add(
        Feed(blog_id=blog.id, kind=kind, url=f"{blog.home_url}{kind}/{next(_numbers)}/feed", created_at=NOW)
    )
    _add(FeedState(feed_id=feed.id, fully_checked_at=fully_checked_at, **state))
    return feed


def add_post(blog: Blog, title: str = "The mural nobody planned", **values: Any) -> Post:
    n = next(_numbers)
    return _add(
        Post(
            **{
                "blog_id": blog.id,
                "identity": f"number:{n}",
                "title": title,
                "url": f"{blog.home_url}{n}/",
                "labels": [],
                "posted_at": OPENS,
                "posted_basis": "offset",
                "first_seen_at": OPENS + timedelta(hours=2),
                **values,
            }
        )
    )


def add_comment(
    post: Post, author: str = "Noor", text: str = "<p>We tried the same in our room.</p>", **values: Any
) -> Comment:
    """A comment on time, with its first version."""
    n = next(_numbers)
    comment = _add(
        Comment(
            **{
                "blog_id": post.blog_id,
                "post_id": post.id,
                "kind": "comment",
                "identity": f"number:{n}",
                "native_number": str(n),
                "permalink": f"{post.url}#comment-{n}",
                "author": author,
                "source": "atom",
                "posted_at": DUE - timedelta(days=3),
                "posted_basis": "offset",
                "first_seen_at": DUE - timedelta(days=2),
                **values,
            }
        )
    )
    _add(
        CommentVersion(
            comment_id=comment.id,
            n=1,
            source="atom",
            seen_at=comment.first_seen_at,
            text=text,
            hash=f"{n:064x}",
        )
    )
    return comment


def add_linkage(
    course: Course,
    comment: Comment,
    enrollment: Enrollment | None = None,
    *,
    candidates: Sequence[Enrollment] = (),
    **values: Any,
) -> Linkage:
    """Accepted for `enrollment`; in review between `candidates`; nobody's without either."""
    verdict = "accept" if enrollment else "review" if candidates else "ignore"
    return _add(
        Linkage(
            **{
                "course_id": course.id,
                "comment_id": comment.id,
                "enrollment_id": enrollment.id if enrollment else None,
                "verdict": verdict,
                "reason": {"accept": "accepted", "review": "undecided", "ignore": "nobody"}[verdict],
                "candidates": [
                    {
                        "enrollment_id": candidate.id,
                        "bits": 4.0,
                        "probability": 0.6,
                        "level": "possible",
                        "evidence": [],
                    }
                    for candidate in (*candidates, *([enrollment] if enrollment else []))
                ],
                "rules_version": "test",
                **values,
            }
        )
    )


SUMMARY = Window(DUE + timedelta(days=7), OPENS)


def terms(
    title: str = "C4T #2",
    comments: Window | None = None,
    summary: Window | None = SUMMARY,
    *,
    count: int = 2,
    conditions: tuple[Condition, ...] = (),
    **values: Any,
) -> AssignmentTerms:
    """Two comments and a summary post a week later."""
    rule = c4t(title, comments or Window(DUE, OPENS), summary, count=count)
    asked = replace(rule.parts[0], conditions=conditions)
    return replace(rule, parts=(asked, *rule.parts[1:]), **values)


def add_assignment(course: Course, key: str = "c4t-2", rule: AssignmentTerms | None = None) -> Assignment:
    rule = rule or terms()
    assignment = _add(Assignment(course_id=course.id, key=key, title=rule.title, created_at=NOW))
    _add(
        AssignmentTermsVersion(
            assignment_id=assignment.id, version=1, document=terms_to_document(rule), at=NOW
        )
    )
    return assignment


def allocate(assignment: Assignment, student: Enrollment, blog: Blog, **values: Any) -> Allocation:
    return _add(
        Allocation(
            assignment_id=assignment.id,
            enrollment_id=student.id,
            blog_id=blog.id,
            created_at=NOW,
            **values,
        )
    )


REASONS: dict[State, tuple[str, dict[str, Any]]] = {
    State.MET: ("on-time", {"posted": "2026-10-20T17:00:00+00:00", "words": 65}),
    State.PROVISIONAL: ("receipt-on-time", {"saved": "2026-10-25T17:00:00+00:00"}),
    State.LATE: ("late", {"late_by_s": 7_200}),
    State.NOT_DUE: ("not-due", {}),
    State.NOT_FOUND_YET: ("not-found", {}),
    State.CANNOT_SEE: ("not-looked-since-due", {}),
    State.IN_MODERATION: ("held-by-owner", {"saved": "2026-10-25T17:00:00+00:00"}),
    State.IN_REVIEW: ("undecided", {}),
    State.DATE_QUESTIONABLE: ("date", {}),
    State.DOES_NOT_COUNT: ("too-short", {"short": [["short-words", 38, 50]]}),
    State.EXCUSED: ("excused", {}),
}
"""A reason for each state, with what its sentence needs."""


def add_verdict(
    assignment: Assignment,
    student: Enrollment,
    requirement: str = "comment-1",
    state: str = "met",
    **values: Any,
) -> RequirementVerdict:
    reason, params = REASONS[State(state)]
    return _add(
        RequirementVerdict(
            **{
                "assignment_id": assignment.id,
                "enrollment_id": student.id,
                "requirement": requirement,
                "state": state,
                "reason": reason,
                "params": params,
                "evidence": {},
                "due_at": DUE,
                "credit": Decimal(100 if state in {"met", "provisional", "in_moderation"} else 0),
                "terms_version": 1,
                "rules_version": "test",
                "as_of": NOW,
                **values,
            }
        )
    )
