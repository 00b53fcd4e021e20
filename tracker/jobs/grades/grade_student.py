"""What people say about one grade, of a part or of the whole: accept, set, note, release, take it back.

Each word is a row of its own with what the rule proposed at that moment; none is ever changed. Two
graders are safe: a person who says something names the last word they had seen of that grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.domain.record import GradeKind, GradeWord
from tracker.grading.score import add_by_hand, full_points
from tracker.jobs.grades.decision_steps import (
    checked_levels,
    checked_points,
    checked_words,
    open_grade,
    proposed_grade,
    say,
    taken_back,
)
from tracker.jobs.transaction import write_transaction
from tracker.models import Assignment, GradeDecision
from tracker.queries.grade_records import load_proposal
from tracker.wording.grades import say_proposal


def accept(
    course_id: int,
    assignment_key: str,
    enrollment_id: int,
    act: Act,
    *,
    levels: Mapping[str, str] | None = None,
    seen_proposal: str | None = None,
    part: str | None = None,
) -> int:
    """Record what the rule proposes for a part or (None) the whole, by the `levels` chosen where it has a
    rubric; the decision's number.

    ConflictError when another person said something since `act.seen` (0 or None: nothing had been
    said), or when the rule no longer proposes `seen_proposal`, as `say_proposal` has it. Accepting
    twice is accepting once.
    """
    with write_transaction(preview=act.preview) as session:
        opened = open_grade(session, course_id, assignment_key, enrollment_id, act, part)
        if opened.terms.rubric:
            chosen = checked_levels(opened.terms, levels)
            proposal = load_proposal(session, course_id, assignment_key, enrollment_id, chosen)
            opened = replace(opened, record=replace(opened.record, proposal=proposal))
        else:
            chosen, proposal = {}, opened.record.proposal
            _check_seen(say_proposal(proposal), seen_proposal)
        if not say_proposal(proposal):
            raise TrackerError(
                "Choose a level in every line of the rubric. All other requirements must be decided first."
                if opened.terms.rubric
                else "The rule proposes no grade yet. You can set a grade by hand."
            )
        values = proposed_grade(proposal, part)
        grade = opened.record.grade
        if grade is not None and _is_accepted(grade, values, chosen):
            return grade.number
        return say(session, opened, GradeKind.ACCEPT, act, levels=chosen or None, **values).id


def _is_accepted(grade: GradeWord, values: Mapping[str, object], levels: Mapping[str, str]) -> bool:
    same = (grade.value, grade.satisfactory) == (values["value"], values["satisfactory"])
    return same and grade.kind is GradeKind.ACCEPT and grade.levels == levels


def _check_seen(proposes: str, seen: str | None) -> None:
    if seen is not None and seen != proposes:
        raise ConflictError(
            f"The rule now proposes {proposes or 'no grade'}, not {seen or 'no grade'}. Nothing was saved. "
            "The current evidence is shown."
        )


def override(
    course_id: int,
    assignment_key: str,
    enrollment_id: int,
    act: Act,
    *,
    value: Decimal | None = None,
    satisfactory: bool | None = None,
    reason: str,
    levels: Mapping[str, str] | None = None,
    part: str | None = None,
) -> int:
    """Record another grade than the rule's, with the reason; the number of the decision.

    Points where the assignment has them, satisfactory or not yet elsewhere. TrackerError says what
    is missing; ConflictError as for `accept`.
    """
    with write_transaction(preview=act.preview) as session:
        opened = open_grade(session, course_id, assignment_key, enrollment_id, act, part)
        said = checked_words(
            reason, if_none="Enter a reason. It is required when the grade differs from the rule’s."
        )
        value = checked_points(value, satisfactory, full_points(opened.terms, part))
        chosen = checked_levels(opened.terms, levels)
        grade = opened.record.grade
        asked = (value, satisfactory, said, chosen)
        if grade and (grade.value, grade.satisfactory, grade.reason, dict(grade.levels)) == asked:
            return grade.number
        exact = None if part is None else str(add_by_hand(opened.terms, part, value, satisfactory))
        values = {
            "value": value,
            "satisfactory": satisfactory,
            "reason": said,
            "levels": chosen or None,
            "exact": exact,
        }
        return say(session, opened, GradeKind.OVERRIDE, act, **values).id


def note(
    course_id: int, assignment_key: str, enrollment_id: int, act: Act, *, text: str, part: str | None = None
) -> int:
    """Leave a private note, for staff only; it changes no grade."""
    with write_transaction(preview=act.preview) as session:
        opened = open_grade(session, course_id, assignment_key, enrollment_id, act, part)
        said = checked_words(text, if_none="Enter a note.")
        return say(session, opened, GradeKind.NOTE, act, reason=said).id


def release(
    course_id: int,
    assignment_key: str,
    enrollment_id: int,
    act: Act,
    *,
    words: str = "",
    part: str | None = None,
) -> int:
    """Show the recorded grade to its student, with some words for them; the number of the decision."""
    with write_transaction(preview=act.preview) as session:
        opened = open_grade(session, course_id, assignment_key, enrollment_id, act, part)
        if opened.record.grade is None:
            raise TrackerError("No grade is recorded yet. Accept or set one, then release it.")
        if opened.record.follows:
            raise TrackerError("This grade is made of those of its parts. Release the parts.")
        said = checked_words(words)
        if opened.record.released is not None and opened.record.released.reason == said:
            return opened.record.released.number
        return say(session, opened, GradeKind.RELEASE, act, reason=said).id


def undo(course_id: int, decision_id: int, act: Act) -> int:
    """Take one word back, whatever it was: what stood before it stands again."""
    with write_transaction(preview=act.preview) as session:
        row = session.get(GradeDecision, decision_id)
        assignment = session.get(Assignment, row.assignment_id) if row is not None else None
        if row is None or assignment is None or assignment.course_id != course_id or row.kind == "undo":
            raise NotFoundError("There is no such decision in this course.")
        opened = open_grade(session, course_id, assignment.key, row.enrollment_id, act)
        opened = replace(opened, part=row.part)
        if decision_id in taken_back(session, [decision_id]):
            raise ConflictError("This was already undone.")
        return say(session, opened, GradeKind.UNDO, act, undoes_id=decision_id).id
