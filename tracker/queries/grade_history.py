"""What happened to one student's assignment: its rule, what was granted, receipts, grades.

One loader for each source. A page collects the lines it shows with `in_order`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.grade import Score
from tracker.domain.history import HistoryLine
from tracker.domain.locale import CourseLocale
from tracker.domain.record import ExceptionKind, GradeKind, GradeWord
from tracker.grading.recording import record_of
from tracker.models import AssignmentTermsVersion, AuditEntry, Receipt, RequirementException, User
from tracker.wording.grades import say_grade, say_part
from tracker.wording.times import say_due

_NOTHING = Score(None)
_REVOKER = aliased(User)
_GRANTED = {
    ExceptionKind.EXTENSION: "Extended",
    ExceptionKind.EXCUSE: "Excused",
    ExceptionKind.INCOMPLETE: "Incomplete given",
    ExceptionKind.SUBSTITUTE: "Marked complete",
}
_UNDONE = {
    GradeKind.ACCEPT: "Acceptance",
    GradeKind.OVERRIDE: "Grade by hand",
    GradeKind.RELEASE: "Release",
    GradeKind.NOTE: "Note",
    GradeKind.UNDO: "Undo",
}


def _by(name: str | None) -> str:
    return f" by {name}" if name else ""


def _why(reason: str) -> str:
    return f": {reason.rstrip('.')}" if reason else ""


def load_rule_changes(session: Session, assignment_id: int) -> Iterator[HistoryLine]:
    rows = session.execute(
        select(AssignmentTermsVersion.at, AssignmentTermsVersion.version, User.name)
        .outerjoin(User, User.id == AssignmentTermsVersion.by_user_id)
        .where(AssignmentTermsVersion.assignment_id == assignment_id)
        .order_by(AssignmentTermsVersion.version)
    )
    for at, version, name in rows:
        if version == 1:
            yield HistoryLine(at, f"Assignment made{_by(name)}")
        else:
            yield HistoryLine(at, f"Rule changed{_by(name)}, version {version}")


def say_receipts(receipts: Iterable[Receipt]) -> Iterator[HistoryLine]:
    for row in receipts:
        yield HistoryLine(row.saved_at, f"Receipt saved by {'staff' if row.by_staff else 'the student'}")


@dataclass(frozen=True, slots=True)
class Granted:
    """An exception with the names of who granted it and who took it back, "" where not known."""

    row: RequirementException
    by: str
    revoked_by: str

    def says(self, locale: CourseLocale) -> str:
        """ "Extended to Mon, Oct 26, 11:59 PM CDT (summary): away on a field trip." """
        row = self.row
        what = "Incomplete" if row.kind == ExceptionKind.INCOMPLETE else _GRANTED[ExceptionKind(row.kind)]
        where = f" ({row.requirement.replace('-', ' ')})" if row.requirement else ""
        return f"{what}{self._to(locale)}{where}{_why(row.reason)}."

    def history(self, locale: CourseLocale) -> Iterator[HistoryLine]:
        row = self.row
        where = f", {row.requirement.replace('-', ' ')}," if row.requirement else ""
        what = f"{_GRANTED[ExceptionKind(row.kind)]}{where}{self._to(locale)}"
        yield HistoryLine(row.at, f"{what}{_by(self.by)}{_why(row.reason)}")
        if row.revoked_at is not None:
            yield HistoryLine(row.revoked_at, f"{what} undone{_by(self.revoked_by)}")

    def _to(self, locale: CourseLocale) -> str:
        return f" to {say_due(self.row.due_at, locale)}" if self.row.due_at is not None else ""


def load_granted(session: Session, assignment_id: int, enrollment_id: int) -> list[Granted]:
    """What was granted to one student for one assignment; who took it back is read off the log."""
    rows = session.execute(
        select(RequirementException, User.name, _REVOKER.name)
        .outerjoin(User, User.id == RequirementException.by_user_id)
        .outerjoin(
            AuditEntry,
            and_(
                AuditEntry.subject_type == "exception",
                AuditEntry.action == "exception-revoked",
                AuditEntry.subject_id == RequirementException.id,
            ),
        )
        .outerjoin(_REVOKER, _REVOKER.id == AuditEntry.actor_user_id)
        .where(
            RequirementException.assignment_id == assignment_id,
            RequirementException.enrollment_id == enrollment_id,
        )
        .order_by(RequirementException.id)
    )
    return [Granted(row, by or "", revoked_by or "") for row, by, revoked_by in rows]


def say_grades(words: Sequence[GradeWord]) -> Iterator[HistoryLine]:
    """One line for each word, with the grade that stood before it and the one after."""
    known = {word.number: word for word in words}
    standing: dict[str | None, str] = {}
    for place, word in enumerate(words, start=1):
        of_part = [one for one in words[:place] if one.part == word.part]
        grade, before = record_of(of_part, _NOTHING).grade, standing.get(word.part, "none")
        after = "none" if grade is None else say_grade(grade.value, grade.satisfactory)
        says = _say_word(word, known, before, after)
        yield HistoryLine(word.at, says if word.part is None else f"{say_part(word.part)}: {says}")
        standing[word.part] = after


def _say_word(word: GradeWord, known: Mapping[int, GradeWord], before: str, after: str) -> str:
    by = _by(word.by)
    together = " with others" if word.batch else ""
    moved = f", from {before} to {after}" if before not in {"none", after} else ""
    if word.kind is GradeKind.ACCEPT:
        return f"Grade {after} accepted{by}{together}{moved}"
    if word.kind is GradeKind.OVERRIDE:
        return f"Grade {after} set by hand{by}{moved}{_rule_then(word)}{_why(word.reason)}"
    if word.kind is GradeKind.RELEASE:
        told = f", with the message “{word.reason}”" if word.reason else ""
        return f"Grade released to the student{by}{together}{told}"
    if word.kind is GradeKind.NOTE:
        return f"Note{by}{_why(word.reason)}"
    undone = known.get(word.undoes or 0)
    what = _UNDONE[undone.kind] if undone is not None else "A decision"
    changed = f", from {before} to {after}" if before != after else ""
    return f"{what} undone{by}{together}{changed}"


def _rule_then(word: GradeWord) -> str:
    if word.proposed is None:
        return ""
    said = say_grade(word.proposed.points, word.proposed.satisfactory)
    return f" (the rule said {said})" if said else ""
