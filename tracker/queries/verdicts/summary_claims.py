"""A student's summary post beside their comments: what the two say differently, for staff."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.grading.claims_in_summary import Commented, compare_claims, read_claims
from tracker.models import Course
from tracker.queries.verdicts.summaries import (
    CommentedRow,
    load_blog_addresses,
    load_commented,
    load_summaries,
)
from tracker.text.addresses import post_key
from tracker.wording.sentences import Phrasing
from tracker.wording.verdict_sentences import SUMMARY_CLAIMS


def find_differences(
    session: Session, course_id: int, assignment_id: int, enrollment_id: int
) -> dict[str, tuple[str, ...]]:
    """By requirement that a post fills or is in question for, the sentences; those that agree are left
    out. A constant number of questions."""
    posts = load_summaries(session, assignment_id, enrollment_id)
    if not posts:
        return {}
    commented = _first_of_each(load_commented(session, course_id, assignment_id, enrollment_id))
    addresses = load_blog_addresses(session, course_id)
    phrasing = Phrasing(session.get_one(Course, course_id).locale)

    found = {}
    for post in posts:
        others = {key for blog_id, key in addresses if blog_id != post.blog_id}
        differences = compare_claims(read_claims(post.html, others, post.url), commented)
        if differences:
            found[post.requirement] = phrasing.say_all(SUMMARY_CLAIMS, differences)
    return found


def _first_of_each(rows: list[CommentedRow]) -> list[Commented]:
    """Each post once; it is credited where any comment on it is."""
    found: dict[str, Commented] = {}
    for row in rows:
        key = post_key(row.url)
        if key not in found or (row.is_credited and not found[key].is_credited):
            found[key] = Commented(key, row.title, row.at, row.is_credited)
    return list(found.values())
