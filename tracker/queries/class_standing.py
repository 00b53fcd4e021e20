"""Who is in a course, what is asked of them and where each part stands; the rows under every staff page.

Tested in tests/queries/grades/test_grid.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from tracker.domain.assignment import PartRule, Requirement, RequirementKind
from tracker.domain.grouping import grouped
from tracker.domain.states import State
from tracker.grading.phase import Phase, phase_of
from tracker.grading.round_summary import bucket, is_done
from tracker.models import Enrollment, RequirementVerdict
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
    exclusive. `links`: posts that link what was commented on.
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


States = Mapping[tuple[int, int], Mapping[str, State]]
"""(assignment, enrollment) -> requirement's key -> its state."""


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
    return [
        _part(row, part, period, slots)
        for part in row.terms.parts
        for period, slots in grouped((slot.period, slot) for slot in part.requirements()).items()
    ]


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
        .join(Enrollment, Enrollment.id == RequirementVerdict.enrollment_id)
        .where(active_students(course_id), in_sections(section_ids))
    )
    found: dict[tuple[int, int], dict[str, State]] = {}
    for assignment_id, enrollment_id, requirement, state in rows:
        found.setdefault((assignment_id, enrollment_id), {})[requirement] = State(state)
    return found


def states_of(states: States, part: Part, enrollment_id: int) -> list[State]:
    """The states of one student's part, in the order of its requirements."""
    stored = states.get((part.assignment_id, enrollment_id), {})
    return [stored[key] for key in part.keys if key in stored]


def count_done(states: States, part: Part, students: Sequence[Student], phase: Phase) -> int:
    """How many students are done with this part (`is_done`)."""
    return sum(is_done(bucket(states_of(states, part, one.enrollment_id)), phase) for one in students)


def choose_round(parts: Sequence[Part], now: datetime) -> Part | None:
    """The round a reader comes for: the comments due last, else those due next."""
    rounds = [part for part in parts if not part.is_post] or list(parts)
    past = [part for part in rounds if part.due_at <= now]
    if past:
        return max(past, key=lambda part: (part.due_at, part.assignment_id))
    return min(rounds, key=lambda part: (part.due_at, part.assignment_id), default=None)
