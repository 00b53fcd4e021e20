"""What deciding about a comment can teach, for a person to choose from.

Tested in tests/jobs/matching/test_shared_accounts.py.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.linkage import Match
from tracker.domain.roster import HandleKind, HandleOrigin
from tracker.matching.learning import Lesson, lessons_of
from tracker.matching.teachable import Teachable
from tracker.models import BlogAddress, Comment, Course, Enrollment, Handle, LinkageDecision, Subscription
from tracker.queries.matching.course_matcher import make_matcher
from tracker.queries.matching.decisions import load_words
from tracker.queries.matching.known_handles import complete, load_base, load_taught
from tracker.queries.matching.match_inputs import load_standing_decisions
from tracker.queries.matching.without_decision import forget
from tracker.queries.permissions import find_linkage
from tracker.text.addresses import home_key
from tracker.text.known_blogs import KnownBlogs


def load_teachable(session: Session, course_id: int, comment: Comment) -> Teachable:
    """What deciding about a comment can teach. Where a decision stands about it, what that one taught
    says nothing for the next.

    No address that is a blog of the course is ever offered, be it as the link or as the account.
    """
    course = session.get_one(Course, course_id)
    blogs = _load_blogs(session, course)
    lessons = lessons_of(comment.as_entry(comment.html), blog_id=comment.blog_id)
    offered = tuple(one for one in lessons if not _is_known(one, blogs))
    standing = load_standing_decisions(session, course_id, {comment.id}).get(comment.id)
    if standing is not None and standing.taught:
        return Teachable(offered, _match_without(session, standing, comment))
    linkage = find_linkage(session, course_id, comment.id, None)
    return Teachable(offered, linkage.as_match() if linkage else None)


def _match_without(session: Session, standing: LinkageDecision, comment: Comment) -> Match:
    """What the rules say of a comment without a decision about it."""
    course_id = standing.course_id
    known = load_base(session, course_id)
    base, learned = forget(session, known, load_taught(session, course_id), standing)
    matcher = make_matcher(complete(base, learned), base)
    words = load_words(session, course_id, {comment.id}).get(comment.id)
    entry = comment.as_entry(comment.html)
    return matcher.judge(entry, comment.blog_id, matcher.weigh_words(entry, words))[0]


def _load_blogs(session: Session, course: Course) -> KnownBlogs:
    """The course's blog, the followed ones, and every class blog that the roster names."""
    followed = session.scalars(
        select(BlogAddress.key)
        .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
        .where(Subscription.course_id == course.id)
    )
    registered = session.scalars(
        select(Handle.key)
        .join(Enrollment, Enrollment.id == Handle.enrollment_id)
        .where(
            Enrollment.course_id == course.id,
            Handle.kind == HandleKind.BLOG.value,
            Handle.origin == HandleOrigin.ROSTER.value,
        )
    )
    return KnownBlogs(filter(None, (home_key(course.course_blog), *followed, *registered)))


def _is_known(lesson: Lesson, blogs: KnownBlogs) -> bool:
    return lesson.handle.kind is not HandleKind.NAME and blogs.find(lesson.handle.shown) in blogs
