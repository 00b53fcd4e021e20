"""The gradebook as it is handed out, and the grades and total of one student, for staff and for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.domain.record import GradeRecord
from tracker.domain.totals import Total, TotalRule
from tracker.grading.recording import in_hundredths
from tracker.grading.score import full_points
from tracker.grading.totals import read_rule, say_rule, say_total, standing_of, total_of
from tracker.models import Course, Enrollment
from tracker.queries.class_standing import Student, load_students
from tracker.queries.coursework import AssignmentRow, load_assignments
from tracker.queries.grade_records import GradeRecords, load_all_records, load_records
from tracker.wording.grades import say_grade, say_part, say_proposed, say_value


@dataclass(frozen=True, slots=True)
class GradebookLine:
    """A student's grades in the order of the assignments; None while nothing is proposed."""

    student: Student
    grades: tuple[Decimal | bool | None, ...]
    total: str = ""


@dataclass(frozen=True, slots=True)
class Gradebook:
    """`total_rule` None: this course makes no total, and its lines have none."""

    assignments: tuple[str, ...]
    lines: tuple[GradebookLine, ...]
    total_rule: TotalRule | None = None


def load_gradebook(session: Session, course_id: int, section_ids: Collection[int] | None = None) -> Gradebook:
    """Recorded grades, else proposed ones from the stored verdicts, of these sections (None: all).

    Assignments stand in the order in which they were made, students by family name.
    """
    assignments = load_assignments(session, course_id)
    records = load_records(session, course_id, section_ids=section_ids)
    rule = load_total_rule(session, course_id)
    lines = []
    for student in load_students(session, course_id, section_ids):
        mine = {row.key: records.get((row.id, student.enrollment_id)) for row in assignments}
        total = "" if rule is None else say_total(reckon(rule, assignments, mine))
        lines.append(GradebookLine(student, tuple(_grade(one) for one in mine.values()), total))
    return Gradebook(tuple(row.title for row in assignments), tuple(lines), rule)


def load_total_rule(session: Session, course_id: int) -> TotalRule | None:
    """What the course's settings say of a total; None without any. Assignments that are no more stay
    open in it."""
    document = session.get_one(Course, course_id).settings.get("totals")
    return None if not document else read_rule(document)


def reckon(
    rule: TotalRule, assignments: Sequence[AssignmentRow], records: Mapping[str, GradeRecord | None]
) -> Total:
    """One student's total; the records by assignment's key."""
    return total_of(rule, {row.key: standing_of(records[row.key], row.terms.points) for row in assignments})


def _grade(record: GradeRecord | None) -> Decimal | bool | None:
    if record is None:
        return None
    if record.grade is not None:
        return record.grade.satisfactory if record.grade.value is None else record.grade.value
    points = in_hundredths(record.proposal.points)
    return record.proposal.satisfactory if points is None else points


def say_course_rule(session: Session, course_id: int) -> str:
    rule = load_total_rule(session, course_id)
    return "This course has no total." if rule is None else say_rule(rule)


def load_student_grades(
    session: Session, course_id: int, enrollment_id: int
) -> tuple[dict[str, str], str, str]:
    """(assignment's key -> grade in words, the total, the total's rule) of one student, for staff."""
    rows = load_assignments(session, course_id)
    records = load_all_records(session, course_id, enrollment_ids={enrollment_id})
    mine = {row.key: records[row.id, enrollment_id] for row in rows if (row.id, enrollment_id) in records}
    said = {key: _say_grades(one) for key, one in mine.items()}
    said = {key: says for key, says in said.items() if says}
    rule = load_total_rule(session, course_id)
    if rule is None:
        return said, "", ""
    wholes = {row.key: mine[row.key].whole if row.key in mine else None for row in rows}
    return said, say_total(reckon(rule, rows, wholes)), say_rule(rule)


def _say_grades(records: GradeRecords) -> str:
    """ "satisfactory, released"; while parts are graded, each of them: "comments satisfactory, released"."""
    parts = [(key, one) for key, one in records.parts.items() if one.grade is not None]
    if parts and records.whole.grade is None:
        return "; ".join(f"{say_part(key).lower()} {_say_record(one)}" for key, one in parts)
    return _say_record(records.whole)


def _say_record(record: GradeRecord) -> str:
    if record.grade is None:
        return say_proposed(record.proposal)
    said = say_grade(record.grade.value, record.grade.satisfactory)
    return f"{said}, {'released' if record.released is not None else 'recorded'}"


@dataclass(frozen=True, slots=True)
class ReleasedGrade:
    """`grade` in words ("9.5 of 10", "satisfactory"), `words` those that staff left for the student; `what`
    is the part, "" for the whole."""

    grade: str
    released_at: datetime
    words: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class ReleasedGrades:
    """What a student sees of one assignment: the grade of the whole, None before all of it is released, and
    those of its parts."""

    whole: ReleasedGrade | None
    parts: tuple[ReleasedGrade, ...] = ()

    def says(self) -> str:
        """ "9.5 of 10", or what is released so far: "comments satisfactory"."""
        if self.whole is not None:
            return self.whole.grade
        return ", ".join(f"{one.what.lower()} {one.grade}" for one in self.parts)


def load_released(session: Session, enrollment: Enrollment) -> dict[str, ReleasedGrades]:
    """Assignment's key -> what is released to this student; three questions."""
    assignments = {row.id: row for row in load_assignments(session, enrollment.course_id)}
    found = {}
    records = load_all_records(session, enrollment.course_id, enrollment_ids={enrollment.id})
    for (assignment_id, _), one in records.items():
        row = assignments[assignment_id]
        parts = [_released(row, key, record) for key, record in one.parts.items()]
        whole = _released(row, None, one.whole)
        released = ReleasedGrades(whole, tuple(part for part in parts if part is not None))
        if whole is not None or released.parts:
            found[row.key] = released
    return found


def _released(row: AssignmentRow, part: str | None, record: GradeRecord) -> ReleasedGrade | None:
    grade = record.shown_to_student
    if grade is None or record.released is None:
        return None
    says, points = say_grade(grade.value, grade.satisfactory), full_points(row.terms, part)
    if grade.value is not None and points is not None:
        says += f" of {say_value(points)}"
    words = "" if record.follows else record.released.reason
    return ReleasedGrade(says, record.released.at, words, "" if part is None else say_part(part))
