"""A round's page: what gets one grade there, who of it needs a person, and what can be done with many.

Tested in tests/web/instructor/grades/test_same_numbers.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.grading.phase import Phase
from tracker.models import Assignment
from tracker.queries.class_standing import WHOLE, GradedUnit, choose_unit
from tracker.queries.coursework import load_assignment
from tracker.queries.grades.attention import Need
from tracker.queries.grades.grade_round import (
    AssignmentGrades,
    GradeLine,
    GradeStanding,
    RoundGrades,
    digest_of_lines,
    load_round_grades,
)
from tracker.queries.grades.grading_order import load_waiting
from tracker.queries.grades.lead import KeyPart, LeadPart, draw_key, say_lead


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part, or a whole, with its students and those who need a person."""

    grades: RoundGrades
    waiting: tuple[Need, ...]
    phase: Phase

    @property
    def unit(self) -> GradedUnit:
        return self.grades.unit

    @property
    def students(self) -> int:
        return len(self.grades.lines)

    @property
    def lead(self) -> tuple[LeadPart, ...]:
        return say_lead(self.grades.buckets, self.phase)

    @property
    def key(self) -> tuple[KeyPart, ...]:
        return draw_key(self.grades.buckets, self.unit.asked)

    @property
    def certain(self) -> list[GradeLine]:
        return self.grades.of(GradeStanding.CERTAIN)

    @property
    def lacking(self) -> list[GradeLine]:
        return self.grades.of(GradeStanding.LACKING)

    def digest(self, lines: list[GradeLine]) -> str:
        """What a form carries, so that exactly these are accepted or released."""
        return digest_of_lines(lines)


@dataclass(frozen=True, slots=True)
class RoundPage:
    """`here` is the sheet that a reader comes for; `whole` that of the whole beside its parts, else None."""

    found: AssignmentGrades
    sheets: tuple[Sheet, ...]
    here: Sheet
    whole: Sheet | None

    @property
    def waiting_for_part(self) -> int:
        """How many have no grade of the whole yet, and are not excused from it."""
        lines = self.whole.grades.lines if self.whole else ()
        return sum(line.record.grade is None and not line.record.is_excused for line in lines)

    def name_of(self, part: str | None) -> str:
        return next((one.unit.what for one in self.sheets if one.unit.key == part), "as a whole")

    def address_of(self, unit: GradedUnit) -> str | None:
        """How an address names what is graded; None where the whole is graded at once."""
        return (unit.key or WHOLE) if self.whole else None

    @property
    def disagreeing(self) -> list[tuple[GradedUnit, GradeLine]]:
        """Recorded, and the rule has come to say something else since."""
        sheets = (*self.sheets, *((self.whole,) if self.whole else ()))
        return [(sheet.unit, line) for sheet in sheets for line in sheet.grades.disagreeing]


def load_round_page(
    session: Session,
    course_id: int,
    assignment: Assignment,
    now: datetime,
    section_ids: Collection[int] | None = None,
) -> RoundPage:
    found = load_round_grades(session, course_id, assignment, section_ids)
    here = choose_unit(load_assignment(session, course_id, assignment.key), now)

    def sheet(grades: RoundGrades, *, waits: bool = True) -> Sheet:
        people = [line.student for line in grades.lines] if waits else []
        waiting = load_waiting(session, course_id, grades.unit, people, section_ids) if people else []
        return Sheet(grades, tuple(waiting), grades.unit.phase(now))

    sheets = tuple(map(sheet, found.units))
    return RoundPage(
        found=found,
        sheets=sheets,
        here=next(one for one in sheets if one.unit.key == here.key),
        whole=None if found.whole is None else sheet(found.whole, waits=False),
    )
