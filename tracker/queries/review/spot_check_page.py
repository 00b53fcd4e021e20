"""What the page "Spot check" shows of a week's sample: the words, whose we said they are, and why.

Tested in tests/web/instructor/review/test_spot_checks.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.models import Comment, Linkage
from tracker.queries.matching.names import load_names
from tracker.queries.matching.spot_checks import SampleLine, load_samples
from tracker.queries.review.review_queue import load_students
from tracker.wording.evidence import EvidenceLine, say_candidate


@dataclass(frozen=True, slots=True)
class SampledComment:
    """A drawn answer as a person judges it."""

    sample: SampleLine
    student: str
    comment: Comment
    evidence: tuple[EvidenceLine, ...]


def load_sampled(session: Session, course_id: int, week: str) -> list[SampledComment]:
    """A week's sample in its order, empty when it was not drawn."""
    lines = load_samples(session, course_id, week)
    rows = session.scalars(
        select(Linkage)
        .options(joinedload(Linkage.comment).options(joinedload(Comment.post), joinedload(Comment.version)))
        .where(Linkage.course_id == course_id, Linkage.comment_id.in_([line.comment_id for line in lines]))
    )
    linkages = {row.comment_id: row for row in rows}
    students = load_students(session, course_id) if lines else {}
    names = load_names(session, course_id) if lines else {}
    return [
        SampledComment(
            sample=line,
            student=students[line.enrollment_id].name,
            comment=linkage.comment,
            evidence=say_candidate(linkage.as_match().candidate(line.enrollment_id), names),
        )
        for line in lines
        if (linkage := linkages.get(line.comment_id)) and line.enrollment_id in students
    ]
