"""The grades of a part, or of a whole assignment, side by side: what can be accepted or released at once.

Tested in tests/jobs/grades/test_round_scenarios.py.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.grouping import grouped
from tracker.domain.record import GradeKind, GradeRecord
from tracker.domain.states import Bucket
from tracker.grading.recording import waits_for_release
from tracker.grading.round_summary import RoundCounts, count_buckets
from tracker.models import Assignment, Enrollment, GradeDecision, User
from tracker.queries.class_standing import GradedUnit, Student, in_sections, load_students, units_of, whole_of
from tracker.queries.coursework import load_assignment
from tracker.queries.grade_records import GradeRecords, load_all_records, without_words
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
    """One student of the round. `grade` is the recorded grade, else what the rule proposes, in words;
    `is_released`: the student sees it."""

    student: Student
    standing: GradeStanding
    grade: str
    record: GradeRecord
    is_released: bool = False

    @property
    def bucket(self) -> Bucket:
        return self.record.place


@dataclass(frozen=True, slots=True)
class Step:
    """Something said of many at once. `standing` of its `count` students were not taken back."""

    batch: str
    kinds: frozenset[GradeKind]
    part: str | None
    at: datetime
    by: str
    count: int
    standing: int

    @property
    def did(self) -> str:
        said = {GradeKind.ACCEPT: "accepted", GradeKind.RELEASE: "released"}
        return " and ".join(word for kind, word in said.items() if kind in self.kinds).capitalize()


@dataclass(frozen=True, slots=True)
class RoundGrades:
    """All active students of what gets one grade. The counts of `counts` add up to `lines`."""

    unit: GradedUnit
    lines: tuple[GradeLine, ...]

    @property
    def counts(self) -> dict[GradeStanding, int]:
        found = Counter(line.standing for line in self.lines)
        return {one: found[one] for one in GradeStanding}

    def of(self, standing: GradeStanding) -> list[GradeLine]:
        return [line for line in self.lines if line.standing == standing]

    @property
    def rows(self) -> list[tuple[Bucket, GradeStanding, list[GradeLine]]]:
        """The students by where they stand and how far their grade is; in the order of buckets."""
        found = grouped(((line.bucket, line.standing), line) for line in self.lines)
        order = list(Bucket)
        return [(*key, found[key]) for key in sorted(found, key=lambda one: (order.index(one[0]), one[1]))]

    @property
    def buckets(self) -> RoundCounts:
        return RoundCounts(len(self.lines), count_buckets(line.bucket for line in self.lines))

    @property
    def to_release(self) -> list[GradeLine]:
        return [line for line in self.lines if waits_for_release(line.record)]

    @property
    def released(self) -> list[GradeLine]:
        return [line for line in self.lines if line.is_released]

    @property
    def disagreeing(self) -> list[GradeLine]:
        """Recorded, and the rule has come to say something else since."""
        return [line for line in self.lines if line.record.rule_now is not None]


@dataclass(frozen=True, slots=True)
class AssignmentGrades:
    """An assignment's grades: of each part that gets one, or (a single one of key None) of the whole. `whole`
    is the whole beside its parts, None where it is the only one. The newest of `steps` comes first."""

    assignment_id: int
    units: tuple[RoundGrades, ...]
    whole: RoundGrades | None
    steps: tuple[Step, ...]

    def of(self, key: str | None) -> RoundGrades:
        return next(one for one in self.units if one.unit.key == key)

    @property
    def following(self) -> list[GradeLine]:
        """Whose grade of the whole follows from those of its parts."""
        return [] if self.whole is None else [line for line in self.whole.lines if line.record.follows]

    @property
    def graded_at_once(self) -> list[GradeLine]:
        """To whom a person gave a grade of the whole beside its parts."""
        lines = [] if self.whole is None else self.whole.lines
        return [line for line in lines if line.record.grade is not None and not line.record.follows]


_UNDO = aliased(GradeDecision)


def load_round_grades(
    session: Session, course_id: int, assignment: Assignment, section_ids: Collection[int] | None = None
) -> AssignmentGrades:
    """Where every student's grades of one assignment stand; five questions for any class."""
    students = load_students(session, course_id, section_ids)
    row = load_assignment(session, course_id, assignment.key)
    records = load_all_records(session, course_id, assignment_key=row.key, section_ids=section_ids)
    of = {
        one.enrollment_id: records.get((row.id, one.enrollment_id)) or without_words(row.terms)
        for one in students
    }
    units = units_of(row)

    def grades(unit: GradedUnit) -> RoundGrades:
        return RoundGrades(unit, tuple(_line(one, of[one.enrollment_id], unit.key) for one in students))

    return AssignmentGrades(
        assignment_id=row.id,
        units=tuple(map(grades, units)),
        whole=grades(whole_of(row, units)) if row.terms.graded_parts else None,
        steps=tuple(load_steps(session, row.id, section_ids)),
    )


def _line(student: Student, records: GradeRecords, part: str | None) -> GradeLine:
    record = records.of(part)
    is_released = any(one.shown_to_student is not None for one in (record, records.whole))
    return GradeLine(student, _standing(record), _grade(record), record, is_released and record.is_recorded)


LACKS = {
    Bucket.SOME_FOUND: "found in part",
    Bucket.NONE_FOUND: "nothing found",
    Bucket.NOT_COUNTING: "found, not counting",
    Bucket.LATE: "late",
}


def sum_up_lacking(lines: Sequence[GradeLine]) -> list[tuple[str, int]]:
    """How many lack something in which way, the most frequent first."""
    return Counter(LACKS.get(line.bucket, "in another way") for line in lines).most_common()


def say_progress(standing: GradeStanding, lines: Sequence[GradeLine]) -> str:
    """How far the grades of these students are, who stand alike."""
    if standing is not GradeStanding.RECORDED:
        return PROGRESS[standing]
    released = sum(line.is_released for line in lines)
    if released in {0, len(lines)}:
        return "Released" if released else "Recorded, not released"
    return f"Recorded, {released} released"


PROGRESS = {
    GradeStanding.CERTAIN: "To accept",
    GradeStanding.LACKING: "To record",
    GradeStanding.NEEDS_YOU: "Waits for you",
    GradeStanding.UNSEEN: "Waits for a blog",
    GradeStanding.HELD: "Waits for the owner",
    GradeStanding.EXCUSED: "No grade",
    GradeStanding.OPEN: "Not due yet",
}


def sum_up(lines: Sequence[GradeLine]) -> list[tuple[str, int]]:
    """How many have which grade, the most frequent first."""
    return Counter(line.grade for line in lines).most_common()


def digest_of(records: Mapping[int, GradeRecord]) -> str:
    """Stands for who (by enrollment) would be accepted or released with what: it differs when any does."""
    lines = sorted(f"{who} {_grade(one)}" for who, one in records.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def digest_of_lines(lines: Sequence[GradeLine]) -> str:
    return digest_of({line.student.enrollment_id: line.record for line in lines})


def _standing(record: GradeRecord) -> GradeStanding:
    if record.is_recorded:
        return GradeStanding.RECORDED
    if record.place in _PLACES:
        return _PLACES[record.place]
    return GradeStanding.CERTAIN if record.proposal.satisfactory else GradeStanding.LACKING


_PLACES = {
    Bucket.NEEDS_REVIEW: GradeStanding.NEEDS_YOU,
    Bucket.CANNOT_SEE: GradeStanding.UNSEEN,
    Bucket.IN_MODERATION: GradeStanding.HELD,
    Bucket.EXCUSED: GradeStanding.EXCUSED,
    Bucket.NOT_DUE: GradeStanding.OPEN,
}
"""Where nothing is certain yet; elsewhere the rule's answer is."""


def _grade(record: GradeRecord) -> str:
    grade = record.grade or record.covered_by
    return say_proposal(record.proposal) if grade is None else say_grade(grade.value, grade.satisfactory)


def load_steps(session: Session, assignment_id: int, section_ids: Collection[int] | None) -> list[Step]:
    """What was said of many at once, the newest first; accepted and released together is one step."""
    rows = session.execute(
        select(
            GradeDecision.batch,
            GradeDecision.kind,
            GradeDecision.part,
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
        .group_by(GradeDecision.batch, GradeDecision.kind, GradeDecision.part)
        .order_by(func.min(GradeDecision.id).desc())
    )
    found: dict[str, Step] = {}
    for batch, kind, part, at, name, count, undone in rows:
        step = found.get(batch) or Step(batch, frozenset(), part, at, name or "", count, 0)
        found[batch] = replace(
            step, kinds=step.kinds | {GradeKind(kind)}, standing=max(step.standing, count - undone)
        )
    return list(found.values())
