"""What deciding about a comment can teach, for a person to choose from.

Tested in tests/web/instructor/review/test_review.py.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.matching.handles import may_teach
from tracker.matching.learning import Lesson, lessons_of
from tracker.models import BlogAddress, Comment, Course, Subscription
from tracker.queries.permissions import find_linkage
from tracker.text.addresses import home_key


def find_lessons(session: Session, course_id: int, comment: Comment) -> tuple[Lesson, ...]:
    """What deciding about a comment can teach, for a person to choose from; what is chosen beforehand
    is what confirming it for the student proposed first would teach by default."""
    linkage = find_linkage(session, course_id, comment.id, None)
    proposed = linkage.candidates[0]["enrollment_id"] if linkage and linkage.candidates else None
    return find_lessons_for(session, course_id, comment, proposed)


def find_lessons_for(
    session: Session, course_id: int, comment: Comment, enrollment_id: int | None
) -> tuple[Lesson, ...]:
    """What confirming a comment for a student can teach (None: what refusing its account can), what
    is learned by default first.

    Nothing is by default where the comment stands under another student's name or link: a shared
    computer may have filled in the account, too (docs/matching.md). A person can choose it still.
    """
    course = session.get_one(Course, course_id)
    followed = session.scalars(
        select(BlogAddress.key)
        .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
        .where(Subscription.course_id == course_id, Subscription.role == "followed")
    )
    entry = comment.as_entry(comment.html)
    lessons = lessons_of(
        entry,
        blog_id=comment.blog_id,
        course_blog_key=home_key(course.course_blog),
        followed_keys=frozenset(followed),
    )
    linkage = find_linkage(session, course_id, comment.id, None)
    if linkage is None:
        return lessons
    match = linkage.as_match()
    return tuple(
        replace(one, by_default=one.by_default and may_teach(one.handle.kind, match, enrollment_id))
        for one in lessons
    )


def default_kinds(session: Session, course_id: int, comment_id: int, enrollment_id: int) -> frozenset[str]:
    """The kinds of handle that confirming a comment for a student teaches by default."""
    lessons = find_lessons_for(session, course_id, session.get_one(Comment, comment_id), enrollment_id)
    return frozenset(one.handle.kind.value for one in lessons if one.by_default)
