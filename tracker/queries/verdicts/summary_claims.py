"""A student's summary post beside their comments: what the two say differently, for staff.

Tested in tests/jobs/verdicts/test_summary_scenarios.py.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.grading.claims_in_summary import Commented, compare_claims, read_claims
from tracker.models import BlogAddress, Comment, Course, Linkage, Post, RequirementVerdict, Subscription
from tracker.text.addresses import post_key
from tracker.wording.sentences import Phrasing
from tracker.wording.verdict_sentences import SUMMARY_CLAIMS


def find_differences(
    session: Session, course_id: int, assignment_id: int, enrollment_id: int
) -> dict[str, tuple[str, ...]]:
    """By requirement that a post fills or is in question for, the sentences; those that agree are left
    out. A constant number of questions."""
    verdicts = session.execute(
        select(RequirementVerdict.requirement, RequirementVerdict.comment_id, Post)
        .outerjoin(Post, Post.id == RequirementVerdict.post_id)
        .where(
            RequirementVerdict.assignment_id == assignment_id,
            RequirementVerdict.enrollment_id == enrollment_id,
        )
        .order_by(RequirementVerdict.id)
    ).all()
    posts = {key: post for key, comment_id, post in verdicts if post is not None and comment_id is None}
    if not posts:
        return {}
    credited = {comment_id for _, comment_id, _ in verdicts}
    commented = _load_commented(session, course_id, enrollment_id, credited)
    addresses = session.execute(
        select(BlogAddress.blog_id, BlogAddress.key)
        .join(Subscription, Subscription.blog_id == BlogAddress.blog_id)
        .where(Subscription.course_id == course_id)
        .distinct()
    ).all()
    phrasing = Phrasing(session.get_one(Course, course_id).locale)

    found = {}
    for requirement, post in posts.items():
        others = {key for blog_id, key in addresses if blog_id != post.blog_id}
        differences = compare_claims(read_claims(post.html, others, post.url), commented)
        if differences:
            found[requirement] = phrasing.say_all(SUMMARY_CLAIMS, differences)
    return found


def _load_commented(
    session: Session, course_id: int, enrollment_id: int, credited: set[int | None]
) -> list[Commented]:
    """The posts under all of a student's comments of a course, each once by its first comment; it is
    credited where any comment on it is."""
    rows = session.execute(
        select(Comment, Post.url, Post.title)
        .join(Linkage, Linkage.comment_id == Comment.id)
        .join(Post, Post.id == Comment.post_id)
        .where(
            Linkage.course_id == course_id,
            Linkage.enrollment_id == enrollment_id,
            Linkage.verdict == "accept",
            Comment.merged_into_id.is_(None),
        )
    )
    found: dict[str, Commented] = {}
    for comment, url, title in sorted(rows, key=lambda row: (row.Comment.at, row.url)):
        key, is_credited = post_key(url), comment.id in credited
        if key not in found or (is_credited and not found[key].is_credited):
            found[key] = Commented(key, title, comment.at, is_credited)
    return list(found.values())
