"""What people said about a comment's writer, and where that and the evidence differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.linkage import DecisionKind
from tracker.models import AcceptSample, Linkage, LinkageDecision, SampleMark, User
from tracker.queries.review.how_beside import load_joins, say_settled
from tracker.queries.review.how_facts import Said
from tracker.wording.handles import say_taught

if TYPE_CHECKING:
    from tracker.queries.review.how_matched import Reader

_CHECKING = {
    "claimed": "Another student says that it is theirs. A person should look.",
    "disclaimed": "The student says that it is not theirs. A person should look.",
    "rules-disagree": "What is known by now points to somebody else. A person should look.",
    "former-student": "The student has left the course; the answer stays.",
    "asked": "A student was asked whether it is theirs.",
}
Settled = Iterable[tuple[LinkageDecision, bool]]
"""What was said of the comment's account, and whether it was taken back."""

_STUDENTS_WORDS = (DecisionKind.CLAIM, DecisionKind.DISCLAIM)


def say_checking(linkage: Linkage, *, is_student: bool) -> str:
    """Why a person should look although an answer stands; "" when nobody need."""
    if not linkage.flag:
        return ""
    if is_student:
        return "Your staff is checking it once more. There is nothing you have to do."
    return _CHECKING.get(linkage.flag, "Something came up since. A person should look.")


def load_history(
    session: Session, linkage: Linkage, reader: Reader, settled: Settled = ()
) -> tuple[Said, ...]:
    """Decisions and undos in order, what the weekly sample found, and what was said of comments that
    count as one with it (`settled`: of its account). To a student only what is about her, and what
    staff said of the comment in general. At most four questions."""
    rows = session.scalars(
        select(LinkageDecision)
        .where(
            LinkageDecision.course_id == linkage.course_id,
            LinkageDecision.comment_id == linkage.comment_id,
        )
        .options(joinedload(LinkageDecision.by))
        .order_by(LinkageDecision.id)
    ).all()
    by_id = {row.id: row for row in rows}
    undone = {row.undoes_id for row in rows}
    said = [
        Said(row.at, _say(row, by_id, reader), tuple(_more(row, reader)), row.id in undone)
        for row in rows
        if _is_for(row, by_id, reader)
    ]
    beside = (
        *_load_samples(session, linkage, reader),
        *load_joins(session, linkage, reader),
        *say_settled(settled, linkage.comment, reader),
    )
    return tuple(sorted([*said, *beside], key=lambda one: one.at))


def _is_for(row: LinkageDecision, by_id: dict[int, LinkageDecision], reader: Reader) -> bool:
    """A student is told nothing of what others said, nor of decisions about others."""
    about = by_id.get(row.undoes_id or 0, row)
    return not reader.is_student or about.enrollment_id in (None, reader.student_id)


def _say(row: LinkageDecision, by_id: dict[int, LinkageDecision], reader: Reader) -> str:
    by = _by(row, by_id, reader)
    if row.kind == DecisionKind.UNDO:
        taken_back = by_id.get(row.undoes_id or 0)
        what = _what(taken_back, reader) if taken_back is not None else "a decision"
        return f"{by} took back: {what}."
    if row.kind == DecisionKind.ASK:
        whom = "you" if reader.is_student else reader.names.get(row.enrollment_id or 0, "the student")
        return f"{by} asked {whom} about it."
    return f"{by} said: {_what(row, reader)}."


def _what(row: LinkageDecision, reader: Reader) -> str:
    if row.kind == DecisionKind.CLAIM:
        return "it is mine"
    if row.kind == DecisionKind.DISCLAIM:
        return "it is not mine"
    if row.kind == DecisionKind.REJECT:
        return f"it is not {reader.whose(row.enrollment_id)}"
    if row.kind == DecisionKind.ASK:
        return "the question to the student"
    return f"it is {reader.whose(row.enrollment_id if row.kind == DecisionKind.CONFIRM else None)}"


def _by(row: LinkageDecision, by_id: dict[int, LinkageDecision], reader: Reader) -> str:
    about = by_id.get(row.undoes_id or 0, row)
    if about.kind in _STUDENTS_WORDS and about.by_user_id == row.by_user_id:
        if about.enrollment_id == reader.student_id:
            return "You"
        return reader.names.get(about.enrollment_id or 0, "A student of another section")
    if reader.is_student:
        return "Your staff"
    return row.by.name if row.by else "A person"


def _more(row: LinkageDecision, reader: Reader) -> Iterator[str]:
    """What was learnt, noted, and what the rules said then. The student needs to know of the first only
    that it happened: a key may be seen with several people."""
    if row.taught and reader.is_student:
        yield "How it was signed was learnt with it."
    elif row.taught:
        learnt = [one for one in map(_say_key, row.taught) if not reader.redaction.hides(one)]
        what = " and ".join(learnt) or "how it was signed"
        yield f"Learnt with it: {what}{_say_denial(row, reader, len(learnt))}."
    if (
        row.note
        and (not reader.is_student or row.kind == DecisionKind.ASK)
        and not reader.redaction.hides(row.note)
    ):
        yield f"“{row.note}”"
    rules = row.rules_enrollment_id
    if rules is not None and rules != row.enrollment_id and not reader.is_student:
        yield f"By the evidence alone it was {reader.whose(rules)} then."


def _say_key(taught: Mapping[str, Any]) -> str:
    """A handle or a denial of the log, as the comment showed it."""
    kind = taught.get("handle") or taught.get("denial") or ""
    return say_taught(kind, taught.get("shown") or taught["key"])


def _say_denial(row: LinkageDecision, reader: Reader, keys: int) -> str:
    """What a refusal says of the keys: whose they are not."""
    if not any("denial" in one for one in row.taught):
        return ""
    verb = "are" if keys > 1 else "is"
    whose = reader.whose(row.enrollment_id)
    return f" {verb} {whose}" if row.enrollment_id is None else f" {verb} not {whose}"


def _load_samples(session: Session, linkage: Linkage, reader: Reader) -> Iterator[Said]:
    rows = session.execute(
        select(SampleMark.at, SampleMark.is_right, AcceptSample.enrollment_id, User.name)
        .join(AcceptSample, AcceptSample.id == SampleMark.sample_id)
        .outerjoin(User, User.id == SampleMark.by_user_id)
        .where(AcceptSample.course_id == linkage.course_id, AcceptSample.comment_id == linkage.comment_id)
        .order_by(SampleMark.id)
    )
    for at, is_right, enrollment_id, name in rows:
        if reader.is_student and enrollment_id != reader.student_id:
            continue
        by = "Your staff" if reader.is_student else name or "A person"
        found = "right" if is_right else "not right"
        yield Said(at, f"{by} checked it, as one of a week’s sample: {found}.")


def say_disagreement(linkage: Linkage, reader: Reader) -> str:
    """How the answer that stands and the evidence differ, when a person decided."""
    if linkage.decision_id is None or not linkage.candidates:
        return ""
    best = linkage.candidates[0]
    if best["enrollment_id"] == linkage.enrollment_id:
        if any(piece["veto"] for piece in best["evidence"]):
            return "There is evidence against the decision. A person knew of that and decided; that stands."
        return ""
    if reader.is_student:
        return "By its evidence alone it would not have been matched to you. Your staff decided; that stands."
    name = reader.names.get(best["enrollment_id"], "a student of another section")
    return (
        f"By the evidence alone {name} would be the first candidate. "
        "A person decided otherwise, and a person’s word stands until somebody takes it back."
    )
