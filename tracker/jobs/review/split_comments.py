"""Two comments that count as one, because a person said so: suggested, joined, parted again.

Tested in tests/jobs/matching/test_matching_scenarios.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.grading.split_comments import SplitComment
from tracker.jobs.audit import record
from tracker.jobs.review.decisions import find_linkage
from tracker.jobs.transaction import one_at_a_time, write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Comment, CommentJoin, Course
from tracker.queries.matching.join_decisions import JOIN_PARTS, joins_by_itself, load_said_of_pairs
from tracker.queries.verdicts.split_comments import find_course_parts


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two comments that read as one. `is_joined`: they count as one now; `row_id` is the word that
    stands about them, to be named by who changes it."""

    enrollment_id: int
    part: SplitComment
    is_joined: bool
    row_id: int | None


def suggest_joins(session: Session, course_id: int) -> list[Suggestion]:
    """Every pair of a course that reads as one comment, with what counts now."""
    said = load_said_of_pairs(session, course_id)
    by_itself = joins_by_itself(session, course_id)
    found = []
    for enrollment_id, parts in find_course_parts(session, course_id).items():
        for part in parts:
            word = said.get((part.first, part.second))
            joined = word.is_joined if word else by_itself
            found.append(Suggestion(enrollment_id, part, joined, word.row_id if word else None))
    return found


def join(course_id: int, first: int, second: int, act: Act, *, together: bool = True) -> int:
    """Count two comments of one student on one post as one (or, not `together`, as two again), and
    regrade the student. ConflictError when another person said something about them since `act.seen`."""
    with write_transaction(preview=act.preview) as session:
        one_at_a_time(session, f"join:{course_id}")
        enrollment_id = _whose(session, course_id, first, second)
        standing = load_said_of_pairs(session, course_id).get((first, second))
        if (standing.row_id if standing else None) != act.seen:
            raise ConflictError(
                "Someone decided about these two comments in the meantime. Their decision is shown."
            )
        row = CommentJoin(
            course_id=course_id, comment_id=first, with_comment_id=second,
            kind="join" if together else "part", by_user_id=act.by, at=act.now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        store_verdicts(session, course_id, act.now, enrollment_ids={enrollment_id})
        said = {"with": second}
        record(session, act, f"comments-{row.kind}", "comment", first, course_id=course_id, after=said)
        return row.id


def set_joins_by_itself(course_id: int, wanted: bool, act: Act) -> int:
    """Count suggested parts as one without a person's word, or wait for one; what people said stays.
    Everybody is regraded; how many verdicts changed."""
    with write_transaction(preview=act.preview) as session:
        course = session.get_one(Course, course_id)
        course.settings = {**course.settings, JOIN_PARTS: wanted}
        session.flush()
        record(session, act, "join-parts", "course", course_id, course_id=course_id, after={"wanted": wanted})
        return store_verdicts(session, course_id, act.now)


def _whose(session: Session, course_id: int, first: int, second: int) -> int:
    """The student of both comments."""
    linkages = [find_linkage(session, course_id, one) for one in (first, second)]
    one, other = (session.get(Comment, number) for number in (first, second))
    if None in linkages or one is None or other is None:
        raise NotFoundError("There is no such comment in this course.")
    people = {linkage.enrollment_id for linkage in linkages if linkage is not None}
    whose = people.pop()
    if people or whose is None or first == second or one.post_id != other.post_id:
        raise TrackerError("Only two comments by one student on one post can count as one.")
    return whose
