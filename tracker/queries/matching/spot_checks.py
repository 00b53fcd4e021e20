"""The weekly sample of automatic answers: what was drawn, what people found, how often it was wrong.

Tested in tests/jobs/matching/test_spot_checks.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.models import AcceptSample, Blog, Comment, Linkage, SampleMark


@dataclass(frozen=True, slots=True)
class AcceptedComment:
    """An automatic answer, with what names its comment whatever its row number is."""

    comment_id: int
    name: str
    enrollment_id: int
    rules_version: str


def load_accepted(
    session: Session, course_id: int, begins: datetime, ends: datetime
) -> list[AcceptedComment]:
    """Comments first seen in [begins, ends) that the rules accept and no person has decided about."""
    rows = session.execute(
        select(Comment.id, Blog.home_url, Comment.identity, Linkage.enrollment_id, Linkage.rules_version)
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .join(Blog, Blog.id == Comment.blog_id)
        .where(
            Linkage.verdict == "accept",
            Linkage.decision_id.is_(None),
            Linkage.enrollment_id.is_not(None),
            Comment.merged_into_id.is_(None),
            Comment.first_seen_at >= begins,
            Comment.first_seen_at < ends,
        )
        .order_by(Comment.id)
    )
    return [
        AcceptedComment(number, f"{home} {key}", who, rules)
        for number, home, key, who, rules in rows
        if who is not None
    ]


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One answer of a week's sample. `is_right` None: not checked yet; `mark_id` is the mark
    that stands, to be named by who changes it."""

    sample_id: int
    week: str
    place: int
    comment_id: int
    enrollment_id: int
    rules_version: str
    is_right: bool | None
    mark_id: int | None


def load_samples(session: Session, course_id: int, week: str | None = None) -> list[SampleLine]:
    """A week's sample in its order, or all of a course's, the newest week first."""
    statement = select(AcceptSample).where(AcceptSample.course_id == course_id)
    if week is not None:
        statement = statement.where(AcceptSample.week == week)
    samples = session.scalars(statement.order_by(AcceptSample.week.desc(), AcceptSample.place)).all()
    marks = _standing_marks(session, course_id)
    return [_line(one, marks.get(one.id)) for one in samples]


@dataclass(frozen=True, slots=True)
class WeekCount:
    """How a week's sample came out: `drawn` answers, of which people `marked` some, `wrong` of these."""

    week: str
    drawn: int
    marked: int
    wrong: int


def count_samples(session: Session, course_id: int) -> list[WeekCount]:
    """Every week's figures, the newest first; for the dashboard."""
    by_week = grouped((line.week, line) for line in load_samples(session, course_id))
    return [_count(week, lines) for week, lines in by_week.items()]


def _count(week: str, lines: Iterable[SampleLine]) -> WeekCount:
    marks = [line.is_right for line in lines]
    return WeekCount(week, len(marks), sum(one is not None for one in marks), marks.count(False))


def _standing_marks(session: Session, course_id: int) -> dict[int, SampleMark]:
    """sample -> the last mark."""
    last = (
        select(func.max(SampleMark.id))
        .join(AcceptSample, AcceptSample.id == SampleMark.sample_id)
        .where(AcceptSample.course_id == course_id)
        .group_by(SampleMark.sample_id)
    )
    return {row.sample_id: row for row in session.scalars(select(SampleMark).where(SampleMark.id.in_(last)))}


def _line(sample: AcceptSample, mark: SampleMark | None) -> SampleLine:
    return SampleLine(
        sample_id=sample.id,
        week=sample.week,
        place=sample.place,
        comment_id=sample.comment_id,
        enrollment_id=sample.enrollment_id,
        rules_version=sample.rules_version,
        is_right=mark.is_right if mark else None,
        mark_id=mark.id if mark else None,
    )
