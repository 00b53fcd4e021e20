"""Where every student stands in every part: decided, needs you, can't be seen (`grading.round_summary`).

Tested in tests/web/instructor/grades/test_same_numbers.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.domain.record import GradeKind
from tracker.domain.states import NEEDS_PERSON, State
from tracker.grading.phase import Phase
from tracker.grading.round_summary import Standing, is_done, lacks_levels_only
from tracker.models import Assignment, Enrollment, GradeDecision, RequirementVerdict
from tracker.queries.class_standing import Part, Student, in_sections
from tracker.queries.coursework import active_students


@dataclass(frozen=True, slots=True)
class Standings:
    """Where every student of a course stands in every part. `states`: (assignment, enrollment) ->
    requirement's key -> its state; `marked`: (assignment, enrollment, requirement) that bear a mark;
    `recorded`: (assignment, enrollment, part or None for the whole) that a person graded."""

    states: Mapping[tuple[int, int], Mapping[str, State]]
    marked: Set[tuple[int, int, str]] = frozenset()
    recorded: Set[tuple[int, int, str | None]] = frozenset()

    def of(self, part: Part, enrollment_id: int) -> Standing:
        cell = (part.assignment_id, enrollment_id)
        stored = self.states.get(cell, {})
        return Standing(
            states=tuple(stored[key] for key in part.keys if key in stored),
            has_marks=any((*cell, key) in self.marked for key in part.keys) if self.marked else False,
            needs_levels=part.takes_levels and lacks_levels_only(list(stored.values())),
            is_recorded=(*cell, part.graded_part) in self.recorded or (*cell, None) in self.recorded,
        )


def load_standings(
    session: Session,
    course_id: int,
    section_ids: Collection[int] | None = None,
    assignment_id: int | None = None,
) -> Standings:
    """Where a course's active students stand, in all assignments or in one, by the stored verdicts and what
    people recorded; narrow rows, since there are thousands of them."""
    which = true() if assignment_id is None else RequirementVerdict.assignment_id == assignment_id
    return _load_standings(session, course_id, active_students(course_id), in_sections(section_ids), which)


def load_standings_of(session: Session, course_id: int, enrollment_id: int) -> Standings:
    """Where one student stands, active or dropped."""
    return _load_standings(session, course_id, Enrollment.id == enrollment_id)


def load_needed(
    session: Session, course_id: int, parts: Sequence[Part], section_ids: Collection[int] | None = None
) -> dict[Part, list[int]]:
    """The students who need a person, by part. Only what may ask for one is loaded: every page shows it."""
    rated = {part.assignment_id for part in parts if part.takes_levels}
    asks = or_(
        RequirementVerdict.state.in_(NEEDS_PERSON),
        RequirementVerdict.marks.is_not(None),
        RequirementVerdict.assignment_id.in_(rated),
    )
    whose = active_students(course_id), in_sections(section_ids)
    standings = _load_standings(session, course_id, *whose, asks)
    of_assignments = grouped(standings.states)
    return {
        part: [who for who in of_assignments.get(part.assignment_id, ()) if standings.of(part, who).needs_you]
        for part in parts
    }


def _load_standings(session: Session, course_id: int, *which: ColumnElement[bool]) -> Standings:
    rows = session.execute(
        select(
            RequirementVerdict.assignment_id,
            RequirementVerdict.enrollment_id,
            RequirementVerdict.requirement,
            RequirementVerdict.state,
            RequirementVerdict.marks.is_not(None),
        )
        .join(Enrollment, Enrollment.id == RequirementVerdict.enrollment_id)
        .where(*which)
    )
    states: dict[tuple[int, int], dict[str, State]] = {}
    marked = set()
    for assignment_id, enrollment_id, requirement, state, is_marked in rows:
        states.setdefault((assignment_id, enrollment_id), {})[requirement] = State(state)
        if is_marked:
            marked.add((assignment_id, enrollment_id, requirement))
    return Standings(states, marked, _load_recorded(session, course_id))


def _load_recorded(session: Session, course_id: int) -> set[tuple[int, int, str | None]]:
    """(assignment, enrollment, part) that a person graded and nobody took back."""
    undone = select(GradeDecision.undoes_id).where(GradeDecision.undoes_id.is_not(None))
    rows = session.execute(
        select(GradeDecision.assignment_id, GradeDecision.enrollment_id, GradeDecision.part)
        .join(Assignment, Assignment.id == GradeDecision.assignment_id)
        .where(
            Assignment.course_id == course_id,
            GradeDecision.kind.in_((GradeKind.ACCEPT.value, GradeKind.OVERRIDE.value)),
            GradeDecision.id.not_in(undone),
        )
    )
    return {(assignment_id, enrollment_id, part) for assignment_id, enrollment_id, part in rows}


def count_done(standings: Standings, part: Part, students: Sequence[Student], phase: Phase) -> int:
    """How many students are done with this part (`is_done`)."""
    return sum(is_done(standings.of(part, one.enrollment_id).place, phase) for one in students)
