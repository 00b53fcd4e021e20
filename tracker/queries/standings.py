"""Where every student stands in every part: decided, needs you, can't be seen (`grading.round_summary`).

Tested in tests/web/instructor/grades/test_same_numbers.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.grouping import grouped
from tracker.domain.record import GRADES, GradeWord
from tracker.domain.states import NEEDS_PERSON, State
from tracker.grading.phase import Phase
from tracker.grading.round_summary import Standing, is_done, lacks_levels_only
from tracker.models import Assignment, Enrollment, GradeDecision, RequirementVerdict
from tracker.queries.class_standing import Part, Student, in_sections, parts_of
from tracker.queries.coursework import active_students, load_assignments

FEW = 100
"""So many students are asked for by name."""


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


def standings_by(rows: Iterable[RequirementVerdict], words: Sequence[GradeWord]) -> Standings:
    """Where one student stands in one assignment, by rows and words that are loaded already."""
    states: dict[tuple[int, int], dict[str, State]] = {}
    marked, recorded = set(), set()
    undone = {word.undoes for word in words}
    graded = {word.part for word in words if word.kind in GRADES and word.number not in undone}
    for row in rows:
        cell = (row.assignment_id, row.enrollment_id)
        states.setdefault(cell, {})[row.requirement] = State(row.state)
        marked |= {(*cell, row.requirement)} if row.marks else set()
        recorded |= {(*cell, part) for part in graded}
    return Standings(states, marked, recorded)


def count_needs(session: Session, course_id: int, section_ids: Collection[int] | None = None) -> int:
    """How many parts of students need a person, as all pages count them. Only what may ask for one is loaded:
    every page shows the number."""
    rows = load_assignments(session, course_id)
    rated = {row.id for row in rows if row.document.get("rubric")}
    asks = or_(
        RequirementVerdict.state.in_(NEEDS_PERSON),
        RequirementVerdict.marks.is_not(None),
        RequirementVerdict.assignment_id.in_(rated),
    )
    whose = active_students(course_id), in_sections(section_ids)
    standings = _load_standings(session, course_id, *whose, asks)
    asking = grouped(standings.states)
    return sum(
        standings.of(part, who).needs_you
        for row in rows
        if row.id in asking
        for part in parts_of(row)
        for who in asking[row.id]
    )


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
    people = {enrollment_id for _, enrollment_id in states}
    return Standings(states, marked, load_recorded(session, course_id, people))


def load_recorded(
    session: Session, course_id: int, people: Set[int] | None = None
) -> set[tuple[int, int, str | None]]:
    """(assignment, enrollment, part) that a person graded and nobody took back; all, or those of a few."""
    few = (
        GradeDecision.enrollment_id.in_(sorted(people))
        if people is not None and len(people) <= FEW
        else true()
    )
    undone = select(GradeDecision.undoes_id).where(GradeDecision.undoes_id.is_not(None))
    rows = session.execute(
        select(GradeDecision.assignment_id, GradeDecision.enrollment_id, GradeDecision.part)
        .join(Assignment, Assignment.id == GradeDecision.assignment_id)
        .where(
            Assignment.course_id == course_id,
            GradeDecision.kind.in_(GRADES),
            GradeDecision.id.not_in(undone),
            few,
        )
    )
    return {(assignment_id, enrollment_id, part) for assignment_id, enrollment_id, part in rows}


def count_done(standings: Standings, part: Part, students: Sequence[Student], phase: Phase) -> int:
    """How many students are done with this part (`is_done`)."""
    return sum(is_done(standings.of(part, one.enrollment_id).place, phase) for one in students)
