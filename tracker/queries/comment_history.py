"""What people said about the writers of comments: decisions, samples, joins, settled accounts.

One loader for each source. A page collects the lines it shows with `in_order`.

Tested in tests/queries/review/test_how_matched.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.domain.history import HistoryLine
from tracker.domain.linkage import OF_OTHERS, SETTLED_AS_SHARED, Candidate, DecisionKind
from tracker.domain.locale import CourseLocale
from tracker.domain.roster import HandleKind
from tracker.models import (
    AcceptSample,
    Comment,
    CommentJoin,
    Enrollment,
    Linkage,
    LinkageDecision,
    SampleMark,
    Section,
    User,
)
from tracker.queries.redaction import Redaction, load_redaction
from tracker.wording.evidence import Names
from tracker.wording.handles import say_taught
from tracker.wording.how_matched import (
    A_PERSON,
    ANOTHER_SECTION,
    ANOTHERS,
    NOT_LEARNED,
    SHARED_BY_SEVERAL,
    STUDENTS_WORDS,
    YOUR_INSTRUCTOR,
    say_conflict_resolved,
    say_decision,
    say_joined,
    say_learned,
    say_question,
    say_rules_then,
    say_spot_check,
    say_undo,
)
from tracker.wording.missing_comment import NOT_A_STUDENTS

_UNDO = aliased(LinkageDecision)
_PARTS = re.compile(r"[/?=@#&]+|\.wordpress\.com")

Settled = Sequence[tuple[LinkageDecision, bool]]
"""What was said of a comment's account, and whether it was taken back."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is said. `student_id` is the student who reads of their own comment; None: staff."""

    locale: CourseLocale
    redaction: Redaction
    names: Mapping[int, str]
    """Of the students named on the page whom the reader may see; `spoken` as evidence names them."""
    spoken: Names
    sections: Mapping[int, str]
    student_id: int | None = None

    @property
    def is_student(self) -> bool:
        return self.student_id is not None

    def staff(self, name: str | None) -> str:
        """Who of the staff it was: a student is not told the name."""
        return YOUR_INSTRUCTOR if self.is_student else name or A_PERSON

    def whose(self, enrollment_id: int | None) -> str:
        """ "Noor Haddad’s", "yours", "not by a student in this course"."""
        if enrollment_id is None:
            return NOT_A_STUDENTS
        if enrollment_id == self.student_id:
            return "yours"
        if self.is_student:
            return "another student’s"
        name = self.names.get(enrollment_id)
        return f"{name}’s" if name else ANOTHERS

    def hidden_places(self, candidate: Candidate | None) -> frozenset[str]:
        """Where evidence about a candidate shows another student whom the reader may not see."""
        if not self.redaction.applies or candidate is None:
            return frozenset()
        return frozenset(
            piece.where
            for piece in candidate.evidence
            if piece.kind in OF_OTHERS and piece.other not in self.names
        )


def load_reader(
    session: Session,
    course_id: int,
    locale: CourseLocale,
    people: Iterable[int | None],
    *,
    section_ids: Collection[int] | None = None,
    student_id: int | None = None,
) -> Reader:
    """Staff kept to sections (None: the whole course), or a student; with the names of these people
    as far as the reader may see them."""
    redaction = load_redaction(session, course_id, only=student_id, section_ids=section_ids)
    rows = session.execute(
        select(Enrollment, Section.name)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.course_id == course_id, Enrollment.id.in_(sorted(set(people) - {None})))
    ).all()
    visible = [(person, section) for person, section in rows if person.id not in redaction.people]
    return Reader(
        locale=locale,
        redaction=redaction,
        names={
            person.id: f"{person.given_name} {person.family_name}".strip() or "(no name)"
            for person, _ in visible
        },
        spoken={person.id: person.as_name() for person, _ in visible},
        sections={person.id: section or "" for person, section in visible},
        student_id=student_id,
    )


def load_decisions(
    session: Session, course_id: int, comment_ids: Collection[int]
) -> Sequence[LinkageDecision]:
    """All decisions about these comments, as they were made, those taken back and the undos too."""
    return session.scalars(
        select(LinkageDecision)
        .where(LinkageDecision.course_id == course_id, LinkageDecision.comment_id.in_(sorted(comment_ids)))
        .options(joinedload(LinkageDecision.by))
        .order_by(LinkageDecision.id)
    ).all()


def people_of(decisions: Iterable[LinkageDecision]) -> set[int | None]:
    """The students whom decisions name."""
    return {who for row in decisions for who in (row.enrollment_id, row.rules_enrollment_id)}


def say_decisions(
    decisions: Sequence[LinkageDecision], reader: Reader, titles: Mapping[int, str] | None = None
) -> Iterator[HistoryLine]:
    """Decisions and undos. To a student only what is about them, and what staff said of a comment in
    general. `titles`: how the page calls each comment ("it")."""
    by_id = {row.id: row for row in decisions}
    undone = {row.undoes_id for row in decisions}
    for row in decisions:
        about = by_id.get(row.undoes_id or 0, row)
        if reader.is_student and about.enrollment_id not in (None, reader.student_id):
            continue
        title = (titles or {}).get(row.comment_id or 0, "it")
        says = _say_decision(row, about, reader, title)
        yield HistoryLine(row.at, says, tuple(_more(row, reader)), row.id in undone)


def _say_decision(row: LinkageDecision, about: LinkageDecision, reader: Reader, title: str) -> str:
    """`about` is the decision that an undo takes back, else the row itself."""
    by, kind = _by(row, about, reader), DecisionKind(about.kind)
    whose = reader.whose(None if kind is DecisionKind.OUTSIDER else about.enrollment_id)
    if row.kind == DecisionKind.UNDO:
        return say_undo(None if about is row else kind, by, whose, title)
    if kind is DecisionKind.ASK:
        whom = "you" if reader.is_student else reader.names.get(row.enrollment_id or 0, "the student")
        return say_question(by, whom, title)
    return say_decision(kind, by, whose, title)


def _by(row: LinkageDecision, about: LinkageDecision, reader: Reader) -> str:
    if about.kind in STUDENTS_WORDS and about.by_user_id == row.by_user_id:
        if about.enrollment_id == reader.student_id:
            return "You"
        return reader.names.get(about.enrollment_id or 0, ANOTHER_SECTION.capitalize())
    return reader.staff(row.by and row.by.name)


def _more(row: LinkageDecision, reader: Reader) -> Iterator[str]:
    """What was learned, noted, and what the rules said then. The student needs to know of the first only
    that it happened: a key may be seen with several people."""
    taught = [one for one in row.taught if "used" not in one]
    if taught and reader.is_student:
        yield "We learned from this how the comment was signed."
    elif taught:
        keys = [key for key in map(_say_taught, taught) if not reader.redaction.hides(key)]
        denied = any("denial" in key for key in taught)
        yield say_learned(keys, reader.whose(row.enrollment_id), denied=denied)
    elif row.taught and not reader.is_student:
        yield NOT_LEARNED
    if (
        row.note
        and (not reader.is_student or row.kind == DecisionKind.ASK)
        and not reader.redaction.hides(row.note)
    ):
        yield f"“{row.note}”"
    rules = row.rules_enrollment_id
    if rules is not None and rules != row.enrollment_id and not reader.is_student:
        yield say_rules_then(reader.whose(rules))


def _say_taught(taught: Mapping[str, Any]) -> str:
    """A handle or a denial of the log, as the comment showed it."""
    kind = taught.get("handle") or taught.get("denial") or ""
    return say_taught(kind, taught.get("shown") or taught["key"])


def load_samples(session: Session, linkage: Linkage, reader: Reader) -> Iterator[HistoryLine]:
    """What checks of the weekly sample found about a comment."""
    rows = session.execute(
        select(SampleMark.at, SampleMark.is_right, AcceptSample.enrollment_id, User.name)
        .join(AcceptSample, AcceptSample.id == SampleMark.sample_id)
        .outerjoin(User, User.id == SampleMark.by_user_id)
        .where(AcceptSample.course_id == linkage.course_id, AcceptSample.comment_id == linkage.comment_id)
        .order_by(SampleMark.id)
    )
    for at, is_right, enrollment_id, name in rows:
        if not reader.is_student or enrollment_id == reader.student_id:
            yield HistoryLine(at, say_spot_check(reader.staff(name), is_right=is_right))


def load_joins(session: Session, linkage: Linkage, reader: Reader) -> Iterator[HistoryLine]:
    """The comments with which this one was counted as one, and that it was taken apart again."""
    mine = linkage.comment_id
    rows = session.execute(
        select(CommentJoin, Comment, User.name)
        .join(
            Comment,
            or_(
                (CommentJoin.comment_id == mine) & (Comment.id == CommentJoin.with_comment_id),
                (CommentJoin.with_comment_id == mine) & (Comment.id == CommentJoin.comment_id),
            ),
        )
        .outerjoin(User, User.id == CommentJoin.by_user_id)
        .where(CommentJoin.course_id == linkage.course_id)
        .order_by(CommentJoin.id)
    ).all()
    last = {other.id: row.id for row, other, _ in rows}
    for row, other, name in rows:
        # Both are one student's comments on one post, so that the time tells which is meant.
        says = say_joined(row.kind, reader.staff(name), other.at, reader.locale)
        yield HistoryLine(row.at, says, is_undone=last[other.id] != row.id)


def load_settled(session: Session, linkage: Linkage) -> Settled:
    """What people said of the account that a comment was written with."""
    rows = session.execute(
        select(LinkageDecision, _UNDO.id)
        .outerjoin(_UNDO, _UNDO.undoes_id == LinkageDecision.id)
        .where(
            LinkageDecision.course_id == linkage.course_id,
            LinkageDecision.kind == DecisionKind.SETTLE.value,
        )
        .options(joinedload(LinkageDecision.by))
        .order_by(LinkageDecision.id)
    )
    return [(row, undone is not None) for row, undone in rows if _is_of(row, linkage.comment)]


def say_settled(settled: Settled, comment: Comment, reader: Reader) -> Iterator[HistoryLine]:
    """To a student only that it is theirs, or not a student's."""
    for row, is_undone in settled:
        if reader.is_student and row.enrollment_id not in (None, reader.student_id):
            continue
        by, whose = reader.staff(row.by and row.by.name), reader.whose(row.enrollment_id)
        if row.note == SETTLED_AS_SHARED:
            whose = SHARED_BY_SEVERAL
        says = say_conflict_resolved(by, _say_identifier(row, comment, reader), whose)
        yield HistoryLine(row.at, says, is_undone=is_undone)


def _say_identifier(row: LinkageDecision, comment: Comment, reader: Reader) -> str:
    if row.handle_kind == HandleKind.AVATAR:
        return "the picture beside the name"
    shown = next((address for address in _addresses(comment) if _names(address, row)), "")
    if reader.is_student or reader.redaction.hides(shown):
        return "the account it was written with"
    return f"the account {shown}"


def _is_of(row: LinkageDecision, comment: Comment) -> bool:
    if row.handle_kind == HandleKind.AVATAR:
        return bool(comment.avatar_key) and comment.avatar_key == row.handle_key
    return any(_names(address, row) for address in _addresses(comment))


def _addresses(comment: Comment) -> tuple[str, ...]:
    return tuple(address for address in (comment.account, comment.author_url) if address)


def _names(address: str, row: LinkageDecision) -> bool:
    """Whether a profile's address is the one of a key ("blogger:123"): it names the service and the
    person. Making keys of addresses is left to matching."""
    service, _, who = (row.handle_key or "").rpartition(":")
    written = address.lower()
    return (service or row.handle_kind or "").rstrip("+") in written and who in _PARTS.split(written)
