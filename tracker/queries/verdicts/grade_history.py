"""Every change of one student's grade and of what was granted them: by whom, from what to what, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.grade import Score
from tracker.domain.locale import CourseLocale
from tracker.domain.record import GradeKind, GradeWord
from tracker.grading.recording import record_of
from tracker.models import AuditEntry, RequirementException, User
from tracker.wording.grades import say_grade
from tracker.wording.times import say_due

_NOTHING = Score(None)

GRANTED = {
    "extension": "Extended",
    "excuse": "Excused",
    "incomplete": "Incomplete given",
    "substitute": "Taken as done",
}

Said = tuple[datetime, str]
"""When, and a sentence without its full stop."""


def say_grades(words: Sequence[GradeWord]) -> list[Said]:
    """One line for each word, with the grade that stood before it and the one after."""
    known = {word.number: word for word in words}
    return [(word.at, _say(word, known, *_around(words, place))) for place, word in enumerate(words)]


def _around(words: Sequence[GradeWord], place: int) -> tuple[str, str]:
    """The grade recorded before a word and after it, in words; "none" for none."""
    return _grade_after(words[:place]), _grade_after(words[: place + 1])


def _grade_after(words: Sequence[GradeWord]) -> str:
    grade = record_of(words, _NOTHING).grade
    return "none" if grade is None else say_grade(grade.value, grade.satisfactory)


def _say(word: GradeWord, known: Mapping[int, GradeWord], before: str, after: str) -> str:
    by = f" by {word.by}" if word.by else ""
    together = " with others at once" if word.batch else ""
    why = f": {word.reason.rstrip('.')}" if word.reason else ""
    moved = f", from {before} to {after}" if before not in {"none", after} else ""
    if word.kind is GradeKind.ACCEPT:
        return f"Grade {after} accepted{by}{together}{moved}"
    if word.kind is GradeKind.OVERRIDE:
        return f"Grade {after} set by hand{by}{moved}{_rule_then(word)}{why}"
    if word.kind is GradeKind.RELEASE:
        told = f", with the words “{word.reason}”" if word.reason else ""
        return f"Grade released to the student{by}{together}{told}"
    if word.kind is GradeKind.NOTE:
        return f"Note{by}{why}"
    undone = known.get(word.undoes or 0)
    what = _UNDONE[undone.kind] if undone is not None else "Something"
    changed = f", from {before} to {after}" if before != after else ""
    return f"{what} taken back{by}{together}{changed}"


_UNDONE = {
    GradeKind.ACCEPT: "Acceptance",
    GradeKind.OVERRIDE: "Grade by hand",
    GradeKind.RELEASE: "Release",
    GradeKind.NOTE: "Note",
    GradeKind.UNDO: "Undo",
}


def _rule_then(word: GradeWord) -> str:
    if word.proposed is None:
        return ""
    said = say_grade(word.proposed.points, word.proposed.satisfactory)
    return f" (the rule said {said})" if said else ""


def say_exceptions(
    rows: Sequence[RequirementException],
    names: Mapping[int | None, str],
    revoked_by: Mapping[int, str],
    locale: CourseLocale,
) -> list[Said]:
    """What was granted and what was taken back, each with its person."""
    said = []
    for row in rows:
        what = GRANTED[row.kind]
        where = f", {row.requirement.replace('-', ' ')}," if row.requirement else ""
        due = f" to {say_due(row.due_at, locale)}" if row.due_at is not None else ""
        by = f" by {names[row.by_user_id]}" if row.by_user_id in names else ""
        why = f": {row.reason.rstrip('.')}" if row.reason else ""
        said.append((row.at, f"{what}{where}{due}{by}{why}"))
        if row.revoked_at is not None:
            back = f" by {revoked_by[row.id]}" if row.id in revoked_by else ""
            said.append((row.revoked_at, f"{what}{where}{due} taken back{back}"))
    return said


def load_revokers(session: Session, rows: Sequence[RequirementException]) -> dict[int, str]:
    """exception -> who took it back, as the log has it; nobody asks where nothing was."""
    revoked = sorted(row.id for row in rows if row.revoked_at is not None)
    if not revoked:
        return {}
    found = session.execute(
        select(AuditEntry.subject_id, User.name)
        .join(User, User.id == AuditEntry.actor_user_id)
        .where(
            AuditEntry.subject_type == "exception",
            AuditEntry.action == "exception-revoked",
            AuditEntry.subject_id.in_(revoked),
        )
    )
    return {number: name for number, name in found if number is not None}
