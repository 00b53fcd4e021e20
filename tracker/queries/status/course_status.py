"""Where every student stands as of an instant, judged afresh; nothing is written.

Tested in tests/jobs/polling/test_term.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.grade import Judgment, NotCounted, Verdict
from tracker.domain.record import GradeWord
from tracker.extensions import db
from tracker.grading.score import propose
from tracker.models import Course
from tracker.queries.grade_records import load_addresses, load_external_ids, load_recorded_grades
from tracker.queries.phrasing import load_phrasing
from tracker.queries.verdicts.judge import Judged, judge_course
from tracker.wording.grades import say_grade
from tracker.wording.sentences import Phrasing
from tracker.wording.verdicts import say_verdict


@dataclass(frozen=True)
class AssignmentStatus:
    """One student and one assignment, with the keys of `status --json`.

    `grade` is the recorded grade where a person decided, else the proposed one; None while
    something is undecided.
    """

    student_id: str
    assignment: str
    requirements: tuple[Verdict, ...]
    counted: tuple[str, ...]
    not_counted: tuple[NotCounted, ...]
    companion_post: str
    grade: str | None
    phrasing: Phrasing

    def says(self, verdict: Verdict) -> str:
        """The sentence of one of the requirements, as staff read it."""
        return say_verdict(verdict, self.phrasing)


def course_status(course_id: int, as_of: datetime) -> list[AssignmentStatus]:
    """Judge the whole course as of `as_of`: by assignment, then by student as enrolled."""
    session: Session = db.session()
    judged = list(judge_course(session, course_id, as_of))
    ids = load_external_ids(session, course_id)
    recorded = load_recorded_grades(session, course_id)
    comments, posts = load_addresses(session, course_id)
    verdicts = (verdict for one in judged for verdict in one.judgment.verdicts)
    phrasing = load_phrasing(session, session.get_one(Course, course_id), verdicts)
    return [
        AssignmentStatus(
            student_id=ids[one.enrollment_id],
            assignment=one.assignment.key,
            requirements=one.judgment.verdicts,
            counted=tuple(comments.get(comment_id, "") for comment_id in one.judgment.counted),
            not_counted=one.judgment.not_counted,
            companion_post=_companion(one.judgment, posts),
            grade=_grade(one, recorded.get((one.assignment.id, one.enrollment_id))),
            phrasing=phrasing,
        )
        for one in judged
    ]


def _grade(judged: Judged, recorded: GradeWord | None) -> str | None:
    if recorded is not None:
        return say_grade(recorded.value, recorded.satisfactory) or None
    score = propose(judged.assignment.terms, judged.judgment.verdicts)
    return say_grade(score.points, score.satisfactory) or None


def _companion(judgment: Judgment, posts: Mapping[int, str]) -> str:
    """The address of the first post that fills a requirement or is in question."""
    about = (one.post_id for one in judgment.verdicts if one.comment_id is None)
    return next((posts.get(post_id, "") for post_id in about if post_id is not None), "")
