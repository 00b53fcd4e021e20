"""The courses whose matches or verdicts are not there, or were made by older rules: an upgrade dropped them,
brought other rules, or was cut off.

Tested in tests/jobs/matching/test_recompute.py.
"""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tracker.models import Assignment, Course, GradingState, MatchState, Subscription
from tracker.queries.matching.known_handles import BY_THESE_RULES


def load_not_computed(session: Session) -> list[tuple[int, str, bool]]:
    """Those with assignments to grade, or with blogs whose comments to match: course, its key, and
    whether it is matched. The answers of an archived course stay what they are."""
    is_by_these_rules = MatchState.matched_by.startswith(BY_THESE_RULES, autoescape=True)
    is_matched = exists().where(
        MatchState.course_id == Course.id, is_by_these_rules | Course.archived_at.is_not(None)
    )
    is_graded = exists().where(GradingState.course_id == Course.id)
    has_assignments = exists().where(Assignment.course_id == Course.id)
    has_blogs = exists().where(Subscription.course_id == Course.id)
    rows = session.execute(
        select(Course.id, Course.key, is_matched)
        .where((has_assignments & ~is_graded) | (has_blogs & ~is_matched))
        .order_by(Course.id)
    )
    return [(course_id, key, matched) for course_id, key, matched in rows]
