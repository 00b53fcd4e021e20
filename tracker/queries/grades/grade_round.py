"""The grades of one assignment side by side: who can be accepted or released at once, what was.

Tested in tests/jobs/grades/test_round_scenarios.py.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.grade import Score
from tracker.domain.record import GradeKind, GradeRecord
from tracker.domain.states import Bucket
from tracker.grading.recording import is_certain, waits_for_release
from tracker.grading.round_summary import bucket
from tracker.models import Assignment, Enrollment, GradeDecision, User
from tracker.queries.class_standing import Student, in_sections, load_states, load_students
from tracker.queries.grade_records import load_records
from tracker.wording.grades import say_grade, say_proposal


class GradeStanding(StrEnum):
    """Where a student's grade stands; each student in exactly one."""

    RECORDED = "recorded"
    CERTAIN = "certain"  # satisfactory, and nothing open can change it
    LACKING = "lacking"  # not yet, and nothing open can change it
    NEEDS_YOU = "needs-you"
    UNSEEN = "unseen"
    HELD = "held"
    EXCUSED = "excused"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class GradeLine:
    """One student of the round. `grade` is the recorded grade, else what the rule proposes, in words."""

    student: Student
    standing: GradeStanding
    grade: str
    record: GradeRecord
    bucket: Bucket


@dataclass(frozen=True, slots=True)
class Step:
    """Something said of many at once. `standing` of its `count` were not taken back."""

    batch: str
    kind: GradeKind
    at: datetime
    by: str
    count: int
    standing: int


@dataclass(frozen=True, slots=True)
class RoundGrades:
    """All active students of a round. The counts of `counts` add up to `lines`."""

    assignment_id: int
    lines: tuple[GradeLine, ...]
    steps: tuple[Step, ...]

    @property
    def counts(self) -> dict[GradeStanding, int]:
        found = Counter(line.standing for line in self.lines)
        return {one: found[one] for one in GradeStanding}

    def of(self, standing: GradeStanding) -> list[GradeLine]:
        return [line for line in self.lines if line.standing == standing]

    @property
    def to_release(self) -> list[GradeLine]:
        return [line for line in self.lines if waits_for_release(line.record)]

    @property
    def released(self) -> list[GradeLine]:
        return [line for line in self.lines if line.record.shown_to_student is not None]

    @property
    def disagreeing(self) -> list[GradeLine]:
        """Recorded, and the rule has come to say something else since."""
        return [line for line in self.lines if line.record.rule_now is not None]


_UNDO = aliased(GradeDecision)


def load_round_grades(
    session: Session, course_id: int, assignment: Assignment, section_ids: Collection[int] | None = None
) -> RoundGrades:
    """Where every student's grade of one assignment stands; six questions for any class."""
    students = load_students(session, course_id, section_ids)
    states = load_states(session, course_id, section_ids)
    records = load_records(session, course_id, assignment_key=assignment.key, section_ids=section_ids)
    lines = []
    for student in students:
        cell = (assignment.id, student.enrollment_id)
        record = records.get(cell, GradeRecord(Score(None)))
        place = bucket(list(states.get(cell, {}).values()))
        lines.append(GradeLine(student, _standing(record, place), _grade(record), record, place))
    return RoundGrades(assignment.id, tuple(lines), tuple(_load_steps(session, assignment.id, section_ids)))


LACKS = {
    Bucket.SOME_FOUND: "found in part",
    Bucket.NONE_FOUND: "nothing found",
    Bucket.NOT_COUNTING: "found, not counting",
    Bucket.LATE: "late",
}


def sum_up_lacking(lines: Sequence[GradeLine]) -> list[tuple[str, int]]:
    """How many lack something in which way, the most frequent first."""
    return Counter(LACKS.get(line.bucket, "in another way") for line in lines).most_common()


def sum_up(lines: Sequence[GradeLine]) -> list[tuple[str, int]]:
    """How many have which grade, the most frequent first."""
    return Counter(line.grade for line in lines).most_common()


def digest_of(records: Mapping[int, GradeRecord]) -> str:
    """Stands for who (by enrollment) would be accepted or released with what: it differs when any does."""
    lines = sorted(f"{who} {_grade(one)}" for who, one in records.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def digest_of_lines(lines: Sequence[GradeLine]) -> str:
    return digest_of({line.student.enrollment_id: line.record for line in lines})


def _standing(record: GradeRecord, place: Bucket) -> GradeStanding:
    if record.grade is not None:
        return GradeStanding.RECORDED
    if record.is_excused:
        return GradeStanding.EXCUSED
    if record.needs_levels or record.has_marks:
        return GradeStanding.NEEDS_YOU
    if is_certain(record.proposal):
        return GradeStanding.CERTAIN if record.proposal.satisfactory else GradeStanding.LACKING
    return _OPEN.get(place, GradeStanding.OPEN)


_OPEN = {
    Bucket.NEEDS_REVIEW: GradeStanding.NEEDS_YOU,
    Bucket.CANNOT_SEE: GradeStanding.UNSEEN,
    Bucket.IN_MODERATION: GradeStanding.HELD,
}


def _grade(record: GradeRecord) -> str:
    if record.grade is None:
        return say_proposal(record.proposal)
    return say_grade(record.grade.value, record.grade.satisfactory)


def _load_steps(session: Session, assignment_id: int, section_ids: Collection[int] | None) -> list[Step]:
    """What was said of many at once, the newest first."""
    rows = session.execute(
        select(
            GradeDecision.batch,
            GradeDecision.kind,
            func.min(GradeDecision.at, type_=GradeDecision.at.type),
            func.max(User.name),
            func.count(GradeDecision.id),
            func.count(_UNDO.id),
        )
        .join(Enrollment, Enrollment.id == GradeDecision.enrollment_id)
        .outerjoin(User, User.id == GradeDecision.by_user_id)
        .outerjoin(_UNDO, _UNDO.undoes_id == GradeDecision.id)
        .where(
            GradeDecision.assignment_id == assignment_id,
            GradeDecision.batch != "",
            GradeDecision.kind != GradeKind.UNDO.value,
            in_sections(section_ids),
        )
        .group_by(GradeDecision.batch, GradeDecision.kind)
        .order_by(func.min(GradeDecision.id).desc())
    )
    return [
        Step(batch, GradeKind(kind), at, name or "", count, count - undone)
        for batch, kind, at, name, count, undone in rows
    ]
