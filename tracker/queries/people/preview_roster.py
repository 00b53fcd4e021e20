"""The rows of a roster file beside the students who are there: who is new, changed, missing.

Tested in tests/jobs/people/test_import_roster.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.grouping import grouped
from tracker.domain.roster import RosterRow
from tracker.matching.handles import handles_from_roster
from tracker.models import Enrollment


@dataclass(frozen=True, slots=True)
class RosterChange:
    """A student who is there already, and what the file says otherwise: (column, before, after)."""

    enrollment_id: int
    row: RosterRow
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class MissingStudent:
    """An active student whom the file leaves out. Nobody is dropped without being asked about."""

    enrollment_id: int
    student_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterDiff:
    added: tuple[RosterRow, ...] = ()
    changed: tuple[RosterChange, ...] = ()
    unchanged: int = 0
    missing: tuple[MissingStudent, ...] = ()


def preview_roster(session: Session, course_id: int, rows: Sequence[RosterRow]) -> RosterDiff:
    """What importing these rows would do."""
    students = load_students(session, course_id)
    return compare_roster(students, rows, pair(students, rows))


def compare_roster(
    students: Sequence[Enrollment], rows: Sequence[RosterRow], found: Mapping[int, Enrollment | None]
) -> RosterDiff:
    """The rows beside the students that `pair` found for them."""
    added = tuple(row for row in rows if found.get(row.line) is None)
    changed = []
    for row in rows:
        student = found.get(row.line)
        if student is not None and (changes := _changes(student, row)):
            changed.append(RosterChange(student.id, row, changes))
    kept = {student.id for student in found.values() if student is not None}
    missing = tuple(
        MissingStudent(
            student.id, student.external_id or "", f"{student.given_name} {student.family_name}".strip()
        )
        for student in students
        if student.is_active and student.id not in kept
    )
    return RosterDiff(added, tuple(changed), len(rows) - len(added) - len(changed), missing)


def load_students(session: Session, course_id: int) -> Sequence[Enrollment]:
    """Everybody who is or was a student of the course, with handles and section."""
    return session.scalars(
        select(Enrollment)
        .options(selectinload(Enrollment.handles), selectinload(Enrollment.section))
        .where(Enrollment.course_id == course_id, Enrollment.role == "student")
        .order_by(Enrollment.id)
    ).all()


def pair(students: Sequence[Enrollment], rows: Sequence[RosterRow]) -> dict[int, Enrollment | None]:
    """line -> the student it speaks of: by student id, else by email, else by a name that only
    one student without an id has."""
    by_id = {student.external_id: student for student in students if student.external_id}
    by_email = grouped((one.email.casefold(), one) for one in students)
    by_name = grouped((_name_key(one.given_name, one.family_name), one) for one in students)
    taken: set[int] = set()
    found: dict[int, Enrollment | None] = {}
    for row in rows:
        student = by_id.get(row.student_id) if row.student_id else None
        if student is None:
            groups = [by_email.get(row.email.casefold(), []) if row.email else []]
            groups.append(by_name.get(_name_key(row.given_name, row.family_name), []))
            free = (_only_unnumbered(group, row, taken) for group in groups)
            student = next((one for one in free if one is not None), None)
        found[row.line] = student
        if student is not None:
            taken.add(student.id)
    return found


def _only_unnumbered(group: list[Enrollment], row: RosterRow, taken: set[int]) -> Enrollment | None:
    free = [one for one in group if one.id not in taken and (not one.external_id or not row.student_id)]
    return free[0] if len(free) == 1 else None


def _name_key(given: str, family: str) -> str:
    return " ".join(f"{given} {family}".casefold().split())


def _changes(student: Enrollment, row: RosterRow) -> tuple[tuple[str, str, str], ...]:
    """What the row says that is not there yet. Empty cells say nothing."""
    section = student.section.name if student.section else ""
    pairs = [
        ("student_id", student.external_id or "", row.student_id),
        ("given_name", student.given_name, row.given_name),
        ("family_name", student.family_name, row.family_name),
        ("preferred_name", student.preferred_name, row.preferred_name),
        ("email", student.email, row.email),
        ("section", section, row.section),
    ]
    changes = [(column, before, after) for column, before, after in pairs if after and after != before]
    if not student.is_active:
        changes.append(("enrollment", "dropped", "active"))
    given = handles_from_roster(blog_url=row.blog_url, aliases=row.aliases, twitter=row.twitter)
    known = {(handle.kind, handle.key) for handle in student.handles if handle.valid_to is None}
    changes += [
        (handle.kind.value, "", handle.shown or handle.key)
        for handle in given
        if (handle.kind.value, handle.key) not in known
    ]
    return tuple(changes)
