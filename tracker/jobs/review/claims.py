"""A student says "mine" or "not mine": kept, weighed as evidence, shown to the staff who decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.linkage import DecisionKind
from tracker.grading.rules.document import terms_from_document
from tracker.jobs.review.decisions import carry_out, find_linkage, new_decision, undo_in
from tracker.jobs.transaction import one_at_a_time, write_transaction
from tracker.matching.candidates import WINDOW_AFTER, WINDOW_BEFORE
from tracker.matching.statements import FITS, FITS_BITS
from tracker.models import Comment, Enrollment, Linkage, LinkageDecision
from tracker.queries.coursework import load_assignments
from tracker.queries.matching.decisions import load_words
from tracker.queries.review.claims import (
    AroundWindow,
    count_words_since,
    load_allocations_of,
    load_open_comments,
)
from tracker.text.cleaning import clean

MOST_A_DAY = 30
NOT_THERE = "There is no such comment on a blog assigned to you."
THANKS = "Saved. Your instructor sees your answer with the other evidence and decides."


@dataclass(frozen=True, slots=True)
class Claimable:
    """An unmatched comment as a student may see it: its own words, its blog and post, its time (aware, UTC).
    No author name, no signature, no other student's data. `is_claimed`: she said already that it is hers;
    `is_asked`: her instructor asks."""

    comment_id: int
    paragraphs: tuple[str, ...]
    post_title: str
    post_url: str
    blog: str
    posted_at: datetime
    is_claimed: bool = False
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """`says` is the same whatever came of it, so that it tells nothing about anybody else."""

    decision_id: int
    says: str = THANKS


def load_claimable(session: Session, enrollment_id: int) -> list[Claimable]:
    """Unmatched comments on the blogs allocated to a student, from three days before her window to
    two weeks after it, that nothing shows to be another student's."""
    student = session.get_one(Enrollment, enrollment_id)
    found = load_open_comments(session, student.course_id, _windows(session, student))
    words = load_words(session, student.course_id, {one.comment_id for one in found})
    shown = []
    for one in found:
        said = words.get(one.comment_id)
        if _is_somebody_elses(one, enrollment_id) or (said and enrollment_id in said.disclaimed):
            continue
        shown.append(
            Claimable(
                one.comment_id,
                clean(one.comment.html).paragraphs,
                one.comment.post.title if one.comment.post else "",
                one.comment.post.url if one.comment.post else "",
                one.comment.blog.shown_title,
                one.comment.at,
                is_claimed=bool(said and enrollment_id in said.claimed),
                is_asked=bool(said and enrollment_id in said.asked),
            )
        )
    return shown


def claim(enrollment_id: int, comment_id: int, act: Act) -> ClaimReport:
    """ "Mine": evidence for this student, never an answer by itself.

    Where the comment is accepted for another student, nothing changes but that staff are told.
    NotFoundError when it lies on no blog given to her around her window; TrackerError when she said
    this too often today.
    """
    with write_transaction(preview=act.preview) as session:
        student = _student(session, enrollment_id)
        comment = _comment(session, student, comment_id)
        if not _is_around(comment, _windows(session, student)):
            raise NotFoundError(NOT_THERE)
        return _say(session, student, comment, DecisionKind.CLAIM, act)


def disclaim(enrollment_id: int, comment_id: int, act: Act) -> ClaimReport:
    """ "Not mine", of a comment that is credited to her or that she called hers. An automatic answer
    goes back to review; a person's stands, and the person is told."""
    with write_transaction(preview=act.preview) as session:
        student = _student(session, enrollment_id)
        comment = _comment(session, student, comment_id)
        linkage = find_linkage(session, student.course_id, comment_id)
        words = load_words(session, student.course_id, {comment_id}).get(comment_id)
        is_hers = linkage is not None and linkage.enrollment_id == enrollment_id
        if not is_hers and not (words and enrollment_id in words.claimed | words.asked):
            raise NotFoundError("That comment is not matched to you.")
        return _say(session, student, comment, DecisionKind.DISCLAIM, act)


def take_back(enrollment_id: int, comment_id: int, act: Act) -> ClaimReport:
    """Withdraw what she last said about a comment."""
    with write_transaction(preview=act.preview) as session:
        student = _student(session, enrollment_id)
        words = load_words(session, student.course_id, {comment_id}).get(comment_id)
        said = words and (words.claimed.get(enrollment_id) or words.disclaimed.get(enrollment_id))
        if not said:
            raise NotFoundError("You have not answered about that comment.")
        row = session.get_one(LinkageDecision, said)
        return ClaimReport(undo_in(session, row, act, only=comment_id).decision_id, "Undone.")


def _say(
    session: Session, student: Enrollment, comment: Comment, kind: DecisionKind, act: Act
) -> ClaimReport:
    words = load_words(session, student.course_id, {comment.id}).get(comment.id)
    held = words and (words.claimed if kind is DecisionKind.CLAIM else words.disclaimed).get(student.id)
    if held:
        return ClaimReport(held)
    one_at_a_time(session, f"claims:{student.id}")
    if count_words_since(session, student.id, act.now - timedelta(days=1)) >= MOST_A_DAY:
        raise TrackerError(
            f"You can answer about {MOST_A_DAY} comments a day. If there are more, write to your instructor."
        )
    row = new_decision(student.course_id, kind, act, comment_id=comment.id, enrollment_id=student.id)
    session.add(row)
    return ClaimReport(carry_out(session, row, only=comment.id).decision_id)


def _student(session: Session, enrollment_id: int) -> Enrollment:
    student = session.get(Enrollment, enrollment_id)
    if student is None or student.role != "student" or not student.is_active:
        raise NotFoundError("You are not enrolled in this course as a student.")
    if student.course.archived_at is not None:
        raise ConflictError("This course is over. Nothing in it changes anymore.")
    return student


def _comment(session: Session, student: Enrollment, comment_id: int) -> Comment:
    comment = session.get(Comment, comment_id)
    if comment is None or find_linkage(session, student.course_id, comment_id) is None:
        raise NotFoundError(NOT_THERE)
    return comment


def _windows(session: Session, student: Enrollment) -> list[AroundWindow]:
    """Where and when a comment is worth asking this student about."""
    rules = {
        row.id: terms_from_document(row.document).comments_window
        for row in load_assignments(session, student.course_id)
    }
    found = []
    for given in load_allocations_of(session, student.id):
        window = rules.get(given.assignment_id)
        if window is not None:
            opens, due = given.opens_at or window.opens_at, given.due_at or window.due_at
            begins = opens - WINDOW_BEFORE if opens is not None else None
            found.append(AroundWindow(given.blog_id, begins, due + WINDOW_AFTER))
    return found


def _is_around(comment: Comment, windows: list[AroundWindow]) -> bool:
    at = comment.at
    return any(
        one.blog_id == comment.blog_id and at < one.ends and (one.begins is None or at >= one.begins)
        for one in windows
    )


def _is_somebody_elses(linkage: Linkage, enrollment_id: int) -> bool:
    """Whether a name or link of another student stands in it and none of hers: it is not hers to read."""
    fits = {
        one["enrollment_id"]
        for one in linkage.candidates
        if any(piece["kind"] in FITS and piece["bits"] >= FITS_BITS for piece in one["evidence"])
    }
    return bool(fits) and enrollment_id not in fits
