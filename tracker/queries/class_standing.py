"""Who is in a course and what is asked of them, part by part; the rows under every staff page.

Tested in tests/queries/grades/test_grid.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from tracker.domain.assignment import PartRule, Requirement, RequirementKind
from tracker.domain.grouping import grouped
from tracker.grading.phase import Phase, phase_of
from tracker.models import Enrollment
from tracker.queries.coursework import AssignmentRow, active_students, load_assignments
from tracker.wording.numbers import say_number


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
    """One part of an assignment, or one of its weeks: a column of the grid.

    `what` says it shortly ("two comments", "summary"). Instants are aware, in UTC; `due_at` is
    exclusive. `links`: posts that link what was commented on. `graded_part` is the part of the terms whose
    grade decides it, None: the grade of the whole; `takes_levels`: it is the last column of an assignment
    with a rubric.
    """

    assignment_id: int
    assignment_key: str
    title: str
    kind: RequirementKind
    what: str
    keys: tuple[str, ...]
    due_at: datetime
    opens_at: datetime | None = None
    slug: str = "comments"
    links: bool = False
    graded_part: str | None = None
    takes_levels: bool = False

    @property
    def key(self) -> str:
        """How a page's address names it: "c4t2.comments", "c4t2.summary", "c4c.comments-w3"."""
        return f"{self.assignment_key}.{self.slug}"

    @property
    def is_post(self) -> bool:
        """Asked on the student's own class blog."""
        return self.kind is RequirementKind.POST

    @property
    def short(self) -> str:
        if self.links:
            return "Summary"
        return "Posts" if self.is_post else "Comments"

    @property
    def full_title(self) -> str:
        return f"{self.title}, {self.what}"

    def phase(self, now: datetime) -> Phase:
        return phase_of(self.opens_at, self.due_at, now)


def in_sections(section_ids: Collection[int] | None) -> ColumnElement[bool]:
    """A condition on `Enrollment`: in one of these sections, or anywhere when None."""
    return true() if section_ids is None else Enrollment.section_id.in_(set(section_ids))


def load_students(
    session: Session, course_id: int, section_ids: Collection[int] | None = None
) -> list[Student]:
    """Active students by family name, of these sections (None: of all)."""
    rows = session.scalars(
        select(Enrollment)
        .options(joinedload(Enrollment.section))
        .where(active_students(course_id), in_sections(section_ids))
    )
    return sorted(map(student_of, rows), key=lambda student: (fold(student.sort_name), student.enrollment_id))


def student_of(row: Enrollment) -> Student:
    given = row.preferred_name or row.given_name
    section = row.section.name if row.section else ""
    return Student(row.id, given, row.family_name, section, row.section_id, row.external_id or "")


def fold(text: str) -> str:
    """Letters without case and accents, for putting names in order and finding them: Åkerström stands
    with A, not after Z."""
    parted = unicodedata.normalize("NFKD", text.translate(_WHOLE))
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).casefold()


_WHOLE = str.maketrans("ĐđØøŁłÆæÞþ", "DdOoLlAaTt")
"""Letters that have no parts to take the accent from."""


def load_parts(session: Session, course_id: int) -> list[Part]:
    """Every part of every assignment, in the order in which they were made and are done."""
    return [part for row in load_assignments(session, course_id) for part in parts_of(row)]


def parts_of(row: AssignmentRow) -> list[Part]:
    """A column for each part of the rule, and one for each of its weeks where weeks ask for themselves."""
    found = [
        _part(row, part, period, slots)
        for part in row.terms.parts
        for period, slots in grouped((slot.period, slot) for slot in part.requirements()).items()
    ]
    if not row.terms.rubric or not found:
        return found
    last = max(found, key=lambda part: part.due_at)
    return [replace(part, takes_levels=part is last) for part in found]


WHOLE = "whole"
"""How an address names the whole of an assignment that is graded by parts."""


@dataclass(frozen=True, slots=True)
class GradedUnit:
    """What gets one grade: a part of an assignment (`key`), or the whole (None). `columns` are its columns of
    the grid."""

    key: str | None
    what: str
    columns: tuple[Part, ...]

    @property
    def due_at(self) -> datetime:
        return max(column.due_at for column in self.columns)

    @property
    def is_post(self) -> bool:
        return all(column.is_post for column in self.columns)

    def phase(self, now: datetime) -> Phase:
        opens = [column.opens_at for column in self.columns if column.opens_at is not None]
        return phase_of(min(opens, default=None), self.due_at, now)

    @property
    def asked(self) -> int:
        """How many requirements it has."""
        return sum(len(column.keys) for column in self.columns)


def units_of(row: AssignmentRow) -> list[GradedUnit]:
    """What is graded by itself, in the order in which it is done."""
    by_unit = grouped((part.graded_part, part) for part in parts_of(row))
    return [
        GradedUnit(key, columns[0].what if len(columns) == 1 else columns[0].short.lower(), tuple(columns))
        for key, columns in by_unit.items()
    ]


def whole_of(row: AssignmentRow, units: Sequence[GradedUnit]) -> GradedUnit:
    return GradedUnit(None, row.title, tuple(column for unit in units for column in unit.columns))


def choose_unit(row: AssignmentRow, now: datetime, key: str | None = None) -> GradedUnit:
    """The unit of this key, or the whole for WHOLE; else the one that a reader comes for (`choose_round`)."""
    units = units_of(row)
    if key == WHOLE:
        return whole_of(row, units)
    chosen = choose_round([column for unit in units for column in unit.columns], now)
    default = next((unit for unit in units if chosen in unit.columns), units[0])
    return next((unit for unit in units if key is not None and unit.key == key), default)


def _part(row: AssignmentRow, part: PartRule, period: int | None, slots: Sequence[Requirement]) -> Part:
    window = slots[0].window
    opens_at = window.opens_at
    if opens_at is None and part.links and row.terms.comments_window is not None:
        opens_at = row.terms.comments_window.opens_at
    return Part(
        row.id,
        row.key,
        row.terms.title,
        part.kind,
        _say_what(part, period, slots),
        tuple(slot.key for slot in slots),
        window.due_at,
        opens_at,
        f"{_PLURALS.get(part.key, part.key)}{'' if period is None else f'-w{period}'}",
        bool(part.links),
        part.key if part.key in row.terms.graded_parts else None,
    )


_PLURALS = {"comment": "comments", "post": "posts"}


def _say_what(part: PartRule, period: int | None, slots: Sequence[Requirement]) -> str:
    """ "two comments", "summary", "week 3, one comment", "up to five comments"."""
    if part.links and len(slots) == 1:
        return "summary"
    noun = part.noun if len(slots) == 1 else f"{part.noun}s"
    number = "one" if len(slots) == 1 else say_number(len(slots))
    what = f"{number} {noun}"
    if period is not None:
        return f"week {period}, {what}"
    if all(slot.is_optional for slot in slots):
        return f"up to {what}"
    return f"{what} more" if part.quota.period_least else what


def choose_round(parts: Sequence[Part], now: datetime) -> Part | None:
    """The part a reader comes for: what was due last, else what is due next; of those due together comments
    before posts, and those of the assignment made last."""
    past = [part for part in parts if part.due_at <= now]
    if past:
        return max(past, key=lambda part: (part.due_at, not part.is_post, part.assignment_id))
    return min(parts, key=lambda part: (part.due_at, part.is_post, part.assignment_id), default=None)
