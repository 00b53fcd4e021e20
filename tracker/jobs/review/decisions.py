"""A person says who wrote a comment: kept for ever, taught as a handle, undone by a row of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.act import Act
from tracker.domain.effects import Effects
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.linkage import SETTLED_AS_SHARED, DecisionKind
from tracker.domain.roster import HandleKind
from tracker.jobs.audit import record
from tracker.jobs.lookup import find_student
from tracker.jobs.matching.learning import (
    bring_handles_up_to_date,
    note_uses,
    show_suspended,
    teach_denials,
    teach_handles,
    teach_nobodys,
)
from tracker.jobs.matching.store_linkages import LinkingReport, link_comments, link_course
from tracker.jobs.matching.undo_log import list_displaced, put_back
from tracker.jobs.transaction import write_transaction
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.matching.learning import Lesson, Teach
from tracker.models import Comment, Linkage, LinkageDecision
from tracker.queries.matching.course_matcher import build_matcher, is_matched_by, learned_by
from tracker.queries.matching.decisions import find_settled
from tracker.queries.matching.lessons import load_teachable
from tracker.queries.matching.match_inputs import load_standing_decisions
from tracker.queries.verdicts.snapshot import effects_since, take_snapshot
from tracker.wording.handles import say_recognized

_TEACHING = {
    DecisionKind.CONFIRM: teach_handles,
    DecisionKind.OUTSIDER: teach_nobodys,
    DecisionKind.REJECT: teach_denials,
}
STALE = "Someone decided about this comment in the meantime. Their decision is shown."


@dataclass(frozen=True)
class ReviewReport:
    """What came of it. `changed` linkages read otherwise with this decision, its own included.
    `taught` are the accounts and names that were learned or, by an undo, forgotten, as they are shown."""

    decision_id: int
    comment_id: int | None
    changed: int
    effects: Effects
    taught: tuple[str, ...] = ()
    is_shared: bool = False
    """Whether an account was left untaught, since it may be somebody else's."""

    @property
    def moved(self) -> int:
        """How many comments beside the one in question have another answer now."""
        return sum(one.comment_id != self.comment_id for one in self.effects.answers)


def confirm(
    course_id: int, comment_id: int, enrollment_id: int, act: Act, *, teach: Teach = True
) -> ReviewReport:
    """This student wrote it. Teaches what `teach` says (by default the account it was posted under and
    the written name, unless another student's name or link stood there: then the account counts as
    shared), and reads the past again: one transaction.

    `act.seen` is the decision that stood when the page was shown (None: none did); if another stands
    by now, ConflictError, and nothing is written.
    """
    return _decide(course_id, comment_id, DecisionKind.CONFIRM, act, teach, enrollment_id)


def mark_outsider(course_id: int, comment_id: int, act: Act, *, teach: Teach = True) -> ReviewReport:
    """No student of this course wrote it; nor, with `teach`, whatever else this account posts."""
    return _decide(course_id, comment_id, DecisionKind.OUTSIDER, act, teach)


def reject(
    course_id: int, comment_id: int, enrollment_id: int, act: Act, *, teach: Teach = True
) -> ReviewReport:
    """This student did not write it; nor, with `teach`, what else the account posts."""
    return _decide(course_id, comment_id, DecisionKind.REJECT, act, teach, enrollment_id)


def ask_student(
    course_id: int, comment_id: int, enrollment_id: int, act: Act, *, note: str = ""
) -> ReviewReport:
    """Ask a student whether the comment is hers. Nothing is decided; her status page shows it."""
    with write_transaction(preview=act.preview) as session:
        _comment(session, course_id, comment_id, act.seen)
        find_student(session, course_id, enrollment_id)
        said = new_decision(
            course_id, DecisionKind.ASK, act,
            comment_id=comment_id, enrollment_id=enrollment_id, note=note.strip()[:500],
        )  # fmt: skip
        session.add(said)
        return carry_out(session, said, ())


def settle_handle(
    course_id: int, kind: str, key: str, enrollment_id: int | None, act: Act, *, is_shared: bool = False
) -> ReviewReport:
    """Say whose a contested account is; None: it is no student's, and says nothing from now on, or, when
    `is_shared`, several students use it: names decide there, and who gives none goes to a person.
    ConflictError when it was settled meanwhile."""
    with write_transaction(preview=act.preview) as session:
        if enrollment_id is not None:
            find_student(session, course_id, enrollment_id)
        try:
            known = HandleKind(kind)
        except ValueError as exc:
            raise TrackerError(f"{kind!r} is no kind of handle.") from exc
        if find_settled(session, course_id, kind, key) != act.seen:
            raise ConflictError("Someone resolved this conflict in the meantime. Their decision is shown.")
        said = new_decision(
            course_id, DecisionKind.SETTLE, act,
            enrollment_id=enrollment_id, handle_kind=known.value, handle_key=key,
            note=SETTLED_AS_SHARED if is_shared else "",
        )  # fmt: skip
        session.add(said)
        return carry_out(session, said, ())


def undo(course_id: int, decision_id: int, act: Act) -> ReviewReport:
    """Take a decision back as a whole, with all it taught and moved. ConflictError when it was
    undone already."""
    with write_transaction(preview=act.preview) as session:
        decision = session.get(LinkageDecision, decision_id)
        if decision is None or decision.course_id != course_id or decision.kind == DecisionKind.UNDO:
            raise NotFoundError("There is no such decision in this course.")
        taken_back = select(LinkageDecision.id).where(LinkageDecision.undoes_id == decision_id)
        if session.scalar(taken_back) is not None:
            raise ConflictError("This decision was already undone.")
        return undo_in(session, decision, act)


def undo_in(
    session: Session, decision: LinkageDecision, act: Act, *, only: int | None = None
) -> ReviewReport:
    """The same inside a transaction that is under way; `only` as for `carry_out`."""
    undoing = new_decision(
        decision.course_id, DecisionKind.UNDO, act, comment_id=decision.comment_id, undoes_id=decision.id
    )
    session.add(undoing)
    report = carry_out(session, undoing, only=only)
    put_back(session, decision.displaced or ())
    forgotten = (
        say_recognized(one["handle"], one.get("shown") or one["key"])
        for one in decision.taught
        if "handle" in one
    )
    return replace(report, taught=tuple(forgotten))


def new_decision(course_id: int, kind: DecisionKind, act: Act, **values: Any) -> LinkageDecision:
    return LinkageDecision(
        course_id=course_id, kind=kind.value, by_user_id=act.by, at=act.now, taught=[], **values
    )


def _comment(session: Session, course_id: int, comment_id: int, seen: int | None) -> Comment:
    if find_linkage(session, course_id, comment_id) is None:
        raise NotFoundError("There is no such comment in this course.")
    standing = load_standing_decisions(session, course_id, {comment_id}).get(comment_id)
    if (standing.id if standing else None) != seen:
        raise ConflictError(STALE)
    return session.get_one(Comment, comment_id)


def find_linkage(session: Session, course_id: int, comment_id: int) -> Linkage | None:
    return session.scalars(select(Linkage).filter_by(course_id=course_id, comment_id=comment_id)).first()


def _decide(
    course_id: int,
    comment_id: int,
    kind: DecisionKind,
    act: Act,
    teach: Teach,
    enrollment_id: int | None = None,
) -> ReviewReport:
    with write_transaction(preview=act.preview) as session:
        comment = _comment(session, course_id, comment_id, act.seen)
        if enrollment_id is not None:
            find_student(session, course_id, enrollment_id)
        said = new_decision(course_id, kind, act, comment_id=comment_id, enrollment_id=enrollment_id)
        teachable = load_teachable(session, course_id, comment)
        lessons = teachable.for_answer(enrollment_id)
        if kind is DecisionKind.REJECT and enrollment_id is not None:
            lessons = teachable.for_refusal(enrollment_id)
        said.taught = _TEACHING[kind](lessons, teach)
        if kind is DecisionKind.CONFIRM and teach is not False and teachable.is_of_another(enrollment_id):
            said.taught += note_uses(lessons, said.taught)
        said.rules_enrollment_id = _by_rules(session, course_id, comment_id)
        session.add(said)
        return carry_out(session, said, lessons)


def _by_rules(session: Session, course_id: int, comment_id: int) -> int | None:
    """The student the rules alone accept for a comment now, if any."""
    linkage = find_linkage(session, course_id, comment_id)
    if linkage is None:
        return None
    if linkage.decision_id is None:
        return linkage.enrollment_id
    certain = (one["enrollment_id"] for one in linkage.candidates if one["level"] == "certain")
    return next(certain, None)


def carry_out(
    session: Session, said: LinkageDecision, lessons: Iterable[Lesson] = (), *, only: int | None = None
) -> ReviewReport:
    """Learn, match everything again, since a handle may bear on any comment, and regrade whom it
    touches. `only`: what was said bears on this comment alone, unless it teaches otherwise."""
    course_id = said.course_id
    session.flush()
    before = take_snapshot(session, course_id)
    linked = _learn_and_link(session, course_id, only)
    if linked.enrollment_ids:
        store_verdicts(session, course_id, said.at, enrollment_ids=linked.enrollment_ids)
    effects = effects_since(session, course_id, before)
    said.displaced = list_displaced(effects)
    subject = ("course", course_id) if said.comment_id is None else ("comment", said.comment_id)
    act, after = Act(said.at, said.by_user_id), {"enrollment": said.enrollment_id, "decision": said.id}
    record(session, act, f"linkage-{said.kind}", *subject, course_id=course_id, after=after)
    is_shared = any("used" in one for one in said.taught)
    return ReviewReport(
        said.id, said.comment_id, linked.changed, effects, _show_taught(said, lessons), is_shared
    )


def _learn_and_link(session: Session, course_id: int, only: int | None) -> LinkingReport:
    if only is not None:
        matcher = build_matcher(session, course_id)
        linked = link_comments(session, matcher, {only})
        if is_matched_by(session, course_id, learned_by(session, matcher)):
            return linked
        return linked + link_course(session, course_id)
    bring_handles_up_to_date(session, course_id)
    linked = link_course(session, course_id)
    show_suspended(session, course_id)
    return linked


def _show_taught(said: LinkageDecision, lessons: Iterable[Lesson]) -> tuple[str, ...]:
    """What was learned, as it is shown: the address of the account, or its key; the name."""
    keys = {one["key"] for one in said.taught if "used" not in one}
    handles = (one.handle for one in lessons if one.handle.key in keys)
    return tuple(dict.fromkeys(say_recognized(one.kind, one.shown or one.key) for one in handles))
