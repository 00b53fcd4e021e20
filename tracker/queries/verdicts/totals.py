"""What a course makes of its grades, in words, for everybody and for one student."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.grading.rules.document import terms_from_document
from tracker.grading.totals import say_rule, say_total
from tracker.queries.coursework import load_assignments
from tracker.queries.grade_records import load_records
from tracker.queries.verdicts.gradebook import load_total_rule, reckon
from tracker.wording.grades import say_grade, say_proposal


def say_course_rule(session: Session, course_id: int) -> str:
    rule = load_total_rule(session, course_id)
    return "This course makes no total." if rule is None else say_rule(rule)


def load_student_grades(
    session: Session, course_id: int, enrollment_id: int
) -> tuple[dict[str, str], str, str]:
    """(assignment's key -> grade in words, the total, the total's rule) of one student, for staff."""
    rows = load_assignments(session, course_id)
    records = load_records(session, course_id, enrollment_ids={enrollment_id})
    mine = {row.key: records.get((row.id, enrollment_id)) for row in rows}
    said = {}
    for key, record in mine.items():
        if record is None:
            continue
        if record.grade is not None:
            said[key] = say_grade(record.grade.value, record.grade.satisfactory)
            said[key] += ", released" if record.released is not None else ", recorded"
        elif say_proposal(record.proposal):
            said[key] = f"{say_proposal(record.proposal)} proposed"
    rule = load_total_rule(session, course_id)
    if rule is None:
        return said, "", ""
    points = {row.key: terms_from_document(row.document).points for row in rows}
    return said, say_total(reckon(rule, mine, points)), say_rule(rule)
