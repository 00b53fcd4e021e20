"""A person says who wrote a comment: kept for ever, taught as a handle, undone by a row of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.roster import Handle as HandleValue
from tracker.domain.roster import HandleState
from tracker.jobs.audit import record
from tracker.jobs.grading import store_verdicts
from tracker.jobs.import_roster import as_row
from tracker.jobs.linking import build_matcher, link_comments
from tracker.jobs.transaction import write_transaction
from tracker.matching.handles import account_handle_from
from tracker.models import Comment, CommentVersion, Enrollment, Handle, HandleDenial, Linkage, LinkageDecision
from tracker.queries.matching import load_standing_decisions


@dataclass(frozen=True)
class ReviewReport:
    """`changed` linkages read otherwise with this decision, its own included; `moved` comments
    beside it have another answer now. `taught` says which account was learnt, "" when none."""

    decision_id: int
    changed: int
    taught: str = ""
    moved: int = 0


def confirm(
    course_id: int,
    comment_id: int,
    enrollment_id: int,
    *,
    by: int | None,
    now: datetime,
    seen_decision_id: int | None = None,
    teach: bool = True,
) -> ReviewReport:
    """This student wrote it. Teaches the account it was posted under, and reads the past again.

    `seen_decision_id` is the decision that stood when the person looked (None: none did); if
    another stands by now, ConflictError, and nothing is written.
    """
    with write_transaction() as session:
        comment = _comment(session, course_id, comment_id, seen_decision_id)
        student = session.get(Enrollment, enrollment_id)
        if student is None or student.course_id != course_id or student.role != "student":
            raise NotFoundError("That student is not enrolled in this course.")
        decision = _decide(session, course_id, comment, "confirm", enrollment_id, by, now)
        handle = _handle_of(session, comment) if teach else None
        if handle is not None:
            session.add(as_row(enrollment_id, handle, taught_by=decision.id))
            decision.taught = [{"handle": handle.kind.value, "key": handle.key}]
        return _carry_out(session, course_id, decision, now, handle)


def mark_outsider(
    course_id: int,
    comment_id: int,
    *,
    by: int | None,
    now: datetime,
    seen_decision_id: int | None = None,
    teach: bool = True,
) -> ReviewReport:
    """No student of this course wrote it; nor, with `teach`, whatever else this account posts."""
    with write_transaction() as session:
        comment = _comment(session, course_id, comment_id, seen_decision_id)
        decision = _decide(session, course_id, comment, "outsider", None, by, now)
        handle = _handle_of(session, comment) if teach else None
        if handle is not None:
            session.add(
                HandleDenial(
                    course_id=course_id, kind=handle.kind.value, key=handle.key, decision_id=decision.id
                )
            )
            decision.taught = [{"denial": handle.kind.value, "key": handle.key}]
        return _carry_out(session, course_id, decision, now, handle)


def undo(course_id: int, decision_id: int, *, by: int | None, now: datetime) -> ReviewReport:
    """Take a decision back, with all it taught. ConflictError when it was undone already."""
    with write_transaction() as session:
        decision = session.get(LinkageDecision, decision_id)
        if decision is None or decision.course_id != course_id or decision.kind == "undo":
            raise NotFoundError("There is no such decision in this course.")
        taken_back = select(LinkageDecision.id).where(LinkageDecision.undoes_id == decision_id)
        if session.scalar(taken_back) is not None:
            raise ConflictError("This decision has been taken back already.")
        undoing = LinkageDecision(
            course_id=course_id,
            comment_id=decision.comment_id,
            kind="undo",
            by_user_id=by,
            at=now,
            taught=[],
            undoes_id=decision_id,
        )
        session.add(undoing)
        _forget(session, decision_id)
        session.flush()
        if decision.comment_id is not None:
            _learn_again(session, course_id, decision.comment_id)
        return _carry_out(session, course_id, undoing, now, None)


def _comment(session: Session, course_id: int, comment_id: int, seen_decision_id: int | None) -> Comment:
    linkage = session.scalars(
        select(Linkage).where(Linkage.course_id == course_id, Linkage.comment_id == comment_id)
    ).first()
    if linkage is None:
        raise NotFoundError("There is no such comment in this course.")
    standing = load_standing_decisions(session, course_id, {comment_id}).get(comment_id)
    if (standing.id if standing else None) != seen_decision_id:
        raise ConflictError("Somebody decided about this comment meanwhile. Their decision is shown now.")
    return session.get_one(Comment, comment_id)


def _forget(session: Session, decision_id: int) -> None:
    """A decision that does not stand any more teaches nothing."""
    for handle in session.scalars(select(Handle).where(Handle.taught_by_id == decision_id)):
        handle.state = HandleState.REVOKED.value
    session.execute(delete(HandleDenial).where(HandleDenial.decision_id == decision_id))


def _learn_again(session: Session, course_id: int, comment_id: int) -> None:
    """The decision that stands once a later one was taken back teaches what it taught before."""
    standing = load_standing_decisions(session, course_id, {comment_id}).get(comment_id)
    if standing is None:
        return
    for handle in session.scalars(select(Handle).where(Handle.taught_by_id == standing.id)):
        handle.state = HandleState.ACTIVE.value
    known = session.scalar(select(HandleDenial.id).where(HandleDenial.decision_id == standing.id))
    for taught in standing.taught:
        if "denial" in taught and known is None:
            session.add(
                HandleDenial(
                    course_id=course_id, kind=taught["denial"], key=taught["key"], decision_id=standing.id
                )
            )


def _decide(
    session: Session,
    course_id: int,
    comment: Comment,
    kind: str,
    enrollment_id: int | None,
    by: int | None,
    now: datetime,
) -> LinkageDecision:
    replaced = load_standing_decisions(session, course_id, {comment.id}).get(comment.id)
    if replaced is not None:
        _forget(session, replaced.id)
    decision = LinkageDecision(
        course_id=course_id,
        comment_id=comment.id,
        kind=kind,
        enrollment_id=enrollment_id,
        by_user_id=by,
        at=now,
        taught=[],
    )
    session.add(decision)
    session.flush()
    return decision


def _handle_of(session: Session, comment: Comment) -> HandleValue | None:
    """The account a comment was posted under; None when it tells none."""
    html = session.scalar(
        select(CommentVersion.text).where(
            CommentVersion.comment_id == comment.id, CommentVersion.n == comment.current_version
        )
    )
    return account_handle_from(comment.as_entry(html or ""))


def _carry_out(
    session: Session,
    course_id: int,
    decision: LinkageDecision,
    now: datetime,
    handle: HandleValue | None,
) -> ReviewReport:
    """Match everything again, since a handle may bear on any comment, and regrade whom it touches."""
    session.flush()
    before = _answer_of(session, course_id, decision.comment_id)
    linked = link_comments(session, build_matcher(session, course_id))
    own = before != _answer_of(session, course_id, decision.comment_id)
    if linked.enrollment_ids:
        store_verdicts(session, course_id, now, enrollment_ids=linked.enrollment_ids)
    record(
        session,
        actor=decision.by_user_id,
        course_id=course_id,
        subject_type="comment",
        subject_id=decision.comment_id,
        action=f"linkage-{decision.kind}",
        after={"enrollment": decision.enrollment_id, "decision": decision.id},
        now=now,
    )
    taught = (handle.shown or handle.key) if handle else ""
    return ReviewReport(decision.id, linked.changed, taught, linked.moved - own)


def _answer_of(session: Session, course_id: int, comment_id: int | None) -> tuple[str, int | None] | None:
    row = session.execute(
        select(Linkage.verdict, Linkage.enrollment_id).where(
            Linkage.course_id == course_id, Linkage.comment_id == comment_id
        )
    ).first()
    return (row[0], row[1]) if row else None
