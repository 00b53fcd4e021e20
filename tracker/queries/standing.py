"""Who is in a course, what is asked of them and where each part stands; the rows under every staff page."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from tracker.domain.assignment import AssignmentTerms, RequirementKind
from tracker.domain.grade import State
from tracker.grading.gradebook import Bucket, bucket
from tracker.grading.terms_document import terms_from_document
from tracker.grading.words import say_number
from tracker.models import Assignment, Enrollment, RequirementVerdict, Section
from tracker.queries.coursework import load_assignments

IN = frozenset({Bucket.ALL_MET, Bucket.LATE, Bucket.EXCUSED})
"""Nothing more is expected of these students."""


@dataclass(frozen=True, slots=True)
class Student:
    """An active student. `section` is its name, "" without one."""

    enrollment_id: int
    given: str
    family: str
    section: str = ""
    section_id: int | None = None
    external_id: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given, self.family) if part) or "(no name)"

    @property
    def sort_name(self) -> str:
        """Family name first, as registers have it."""
        return ", ".join(part for part in (self.family, self.given) if part) or "(no name)"


@dataclass(frozen=True, slots=True)
class Part:
    """The comments or the summary of an assignment: one column of the grid.

    `what` says it shortly ("two comments", "summary"). Instants are aware, in UTC; `due_at` is
    exclusive.
    """

    assignment_id: int
    assignment_key: str
    title: str
    kind: RequirementKind
    what: str
    keys: tuple[str, ...]
    due_at: datetime
    opens_at: datetime | None = None

    @property
    def key(self) -> str:
        """How a page's address names it: "c4t2.comments", "c4t2.summary"."""
        return f"{self.assignment_key}.{'summary' if self.is_summary else 'comments'}"

    @property
    def is_summary(self) -> bool:
        return self.kind is RequirementKind.SUMMARY

    @property
    def short(self) -> str:
        return "Summary" if self.is_summary else "Comments"

    @property
    def full_title(self) -> str:
        return f"{self.title}, {self.what}"

    def is_open(self, now: datetime) -> bool:
        return self.opens_at is None or self.opens_at <= now


States = Mapping[tuple[int, int], Mapping[str, State]]
"""(assignment, enrollment) -> requirement's key -> its state."""


def in_sections(section_ids: Collection[int] | None) -> ColumnElement[bool]:
    """Which enrollments a reader may see; None is the whole course."""
    return true() if section_ids is None else Enrollment.section_id.in_(set(section_ids))


def load_students(
    session: Session, course_id: int, section_ids: Collection[int] | None = None
) -> list[Student]:
    """Active students by family name, of these sections (None: of all)."""
    rows = session.execute(
        select(
            Enrollment.id,
            Enrollment.given_name,
            Enrollment.preferred_name,
            Enrollment.family_name,
            Section.name,
            Enrollment.section_id,
            Enrollment.external_id,
        )
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(
            Enrollment.course_id == course_id,
            Enrollment.role == "student",
            Enrollment.is_active,
            in_sections(section_ids),
        )
    )
    students = [
        Student(one, preferred or given, family, section or "", section_id, external_id or "")
        for one, given, preferred, family, section, section_id, external_id in rows
    ]
    return sorted(students, key=lambda student: (order_of(student.sort_name), student.enrollment_id))


def order_of(sort_name: str) -> str:
    """What a name is sorted by: Åkerström stands with A, not after Z."""
    return fold(sort_name)


def fold(text: str) -> str:
    """Letters without case and accents, for putting names in order and finding them."""
    parted = unicodedata.normalize("NFKD", text.translate(_WHOLE))
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).casefold()


_WHOLE = str.maketrans("ĐđØøŁłÆæÞþ", "DdOoLlAaTt")
"""Letters that have no parts to take the accent from."""


def load_parts(session: Session, course_id: int) -> list[Part]:
    """Every part of every assignment, in the order in which they were made and are done."""
    return [
        part
        for row in load_assignments(session, course_id)
        for part in parts_of(row.id, row.key, terms_from_document(row.document))
    ]


def parts_of(assignment_id: int, key: str, terms: AssignmentTerms) -> list[Part]:
    rule = terms.comments
    asked = terms.requirements()
    what = "one comment" if rule.count == 1 else f"{say_number(rule.count)} comments"
    comments = tuple(one.key for one in asked if one.kind is RequirementKind.COMMENT)
    title = terms.title
    window = rule.window
    parts = [
        Part(
            assignment_id,
            key,
            title,
            RequirementKind.COMMENT,
            what,
            comments,
            window.due_at,
            window.opens_at,
        )
    ]
    if terms.summary is not None:
        summary, window = (
            tuple(one.key for one in asked if one.kind is RequirementKind.SUMMARY),
            terms.summary.window,
        )
        parts.append(
            Part(
                assignment_id,
                key,
                title,
                RequirementKind.SUMMARY,
                "summary",
                summary,
                window.due_at,
                window.opens_at or rule.window.opens_at,
            )
        )
    return parts


def load_states(
    session: Session, course_id: int, section_ids: Collection[int] | None = None
) -> dict[tuple[int, int], dict[str, State]]:
    """The stored verdicts' states of a course's active students; narrow rows, since there are
    thousands of them."""
    rows = session.execute(
        select(
            RequirementVerdict.assignment_id,
            RequirementVerdict.enrollment_id,
            RequirementVerdict.requirement,
            RequirementVerdict.state,
        )
        .join(Assignment, Assignment.id == RequirementVerdict.assignment_id)
        .join(Enrollment, Enrollment.id == RequirementVerdict.enrollment_id)
        .where(
            Assignment.course_id == course_id,
            Enrollment.is_active,
            Enrollment.role == "student",
            in_sections(section_ids),
        )
    )
    found: dict[tuple[int, int], dict[str, State]] = {}
    for assignment_id, enrollment_id, requirement, state in rows:
        found.setdefault((assignment_id, enrollment_id), {})[requirement] = State(state)
    return found


def states_of(states: States, part: Part, enrollment_id: int) -> list[State]:
    """The states of one student's part, in the order of its requirements."""
    stored = states.get((part.assignment_id, enrollment_id), {})
    return [stored[key] for key in part.keys if key in stored]


def count_in(states: States, part: Part, students: Sequence[Student]) -> int:
    """How many students have this part in."""
    return sum(bucket(states_of(states, part, one.enrollment_id)) in IN for one in students)


def choose_round(parts: Sequence[Part], now: datetime) -> Part | None:
    """The round a reader comes for: the comments due last, else those due next."""
    rounds = [part for part in parts if not part.is_summary]
    past = [part for part in rounds if part.due_at <= now]
    if past:
        return max(past, key=lambda part: (part.due_at, part.assignment_id))
    return min(rounds, key=lambda part: (part.due_at, part.assignment_id), default=None)
