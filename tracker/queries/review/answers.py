"""The answers that can be given about a comment, each with what it teaches and would change.

Tested in tests/web/instructor/review/test_review.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.matching.learning import Lesson
from tracker.queries.matching.lessons import load_teachable
from tracker.queries.review.preview_decision import DecisionPreview, preview_decision
from tracker.queries.review.reviewed_comment import ReviewedComment

NOBODY, OTHER = "nobody", "other"
_NO_CANDIDATE = 0
"""Stands for a student at whom nothing in the comment points: all such teach the same."""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer that can be chosen. `value` is what the form sends for it, `pick` names it in the style
    sheet, `name` is "" for no student of the course. `is_withheld`: nothing is learned by default, since
    the account may be somebody else's."""

    value: str
    pick: str
    name: str
    lessons: tuple[Lesson, ...]
    is_withheld: bool
    preview: DecisionPreview | None = None


def load_answers(session: Session, course_id: int, comment: ReviewedComment) -> list[AnswerShown]:
    """Every answer, the candidates first. What "someone else" would change depends on whom."""
    return list(_answers(session, course_id, comment))


def _answers(session: Session, course_id: int, comment: ReviewedComment) -> Iterator[AnswerShown]:
    teachable = load_teachable(session, course_id, comment.row)
    people = [one.student for one in comment.candidates]
    choices = (*(one.enrollment_id for one in people), None)
    previews = preview_decision(session, course_id, comment.row, choices)
    for number, one in enumerate(people, 1):
        who = one.enrollment_id
        lessons, is_withheld = teachable.for_answer(who), teachable.is_of_another(who)
        yield AnswerShown(str(who), str(number), one.name, lessons, is_withheld, previews.get(who))
    lessons, is_withheld = teachable.for_answer(_NO_CANDIDATE), teachable.is_of_another(_NO_CANDIDATE)
    yield AnswerShown(OTHER, OTHER, "someone else", lessons, is_withheld)
    lessons = teachable.for_answer(None)
    yield AnswerShown(NOBODY, NOBODY, "", lessons, teachable.is_shared, previews.get(None))
