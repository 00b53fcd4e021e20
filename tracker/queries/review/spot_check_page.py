"""What the page "Twenty to check" shows of a week's sample: the words, whose we said they are, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.models import Comment, CommentVersion, Linkage, Post
from tracker.queries.matching.names import load_names
from tracker.queries.matching.spot_checks import SampleLine, load_samples
from tracker.queries.review.review_queue import load_students
from tracker.wording.evidence import EvidenceLine, Names, say_candidate


@dataclass(frozen=True, slots=True)
class SampledComment:
    """A drawn answer as a person judges it. `html` is as the blog sent it; `posted_at` aware, UTC."""

    sample: SampleLine
    student: str
    author: str
    html: str
    post_title: str
    post_url: str
    posted_at: datetime
    evidence: tuple[EvidenceLine, ...]


def load_sampled(session: Session, course_id: int, week: str) -> list[SampledComment]:
    """A week's sample in its order, empty when it was not drawn."""
    lines = load_samples(session, course_id, week)
    rows = session.execute(
        select(Comment, CommentVersion.text, Linkage, Post.title, Post.url)
        .join(Linkage, and_(Linkage.comment_id == Comment.id, Linkage.course_id == course_id))
        .outerjoin(Comment.version)
        .outerjoin(Post, Post.id == Comment.post_id)
        .where(Comment.id.in_([line.comment_id for line in lines]))
    )
    found = {row[0].id: row for row in rows}
    students = load_students(session, course_id) if lines else {}
    names = load_names(session, course_id) if lines else {}
    return [
        _shown(line, tuple(found[line.comment_id]), students[line.enrollment_id].name, names)
        for line in lines
        if line.comment_id in found and line.enrollment_id in students
    ]


def _shown(line: SampleLine, row: tuple[Any, ...], student: str, names: Names) -> SampledComment:
    comment, html, linkage, title, url = row
    return SampledComment(
        sample=line,
        student=student,
        author=comment.author,
        html=html or "",
        post_title=title or "",
        post_url=url or "",
        posted_at=comment.posted_at or comment.first_seen_at,
        evidence=say_candidate(linkage.as_match().candidate(line.enrollment_id), names),
    )
