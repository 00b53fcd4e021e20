"""Every change of a grade in a line: by whom, from what to what, why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tests.support import factories as make
from tracker.domain.act import Act
from tracker.domain.grade import Score
from tracker.domain.record import ExceptionKind, GradeKind, GradeWord
from tracker.extensions import db
from tracker.jobs.grades import exceptions, grade_student
from tracker.queries.grade_history import say_grades
from tracker.queries.grades.why import load_why

START = datetime(2026, 10, 29, 14, 0, tzinfo=UTC)


def _word(number: int, kind: GradeKind, **values: Any) -> GradeWord:
    return GradeWord(number, kind, START + timedelta(minutes=number), "Rosa Achterberg", **values)


def test_each_line_says_by_whom_from_what_to_what_and_why() -> None:
    eighty = {"value": Decimal(80), "satisfactory": True, "proposed": Score(True, Decimal(80))}
    words = [
        _word(1, GradeKind.ACCEPT, **eighty, batch="b"),
        _word(2, GradeKind.OVERRIDE, **{**eighty, "value": Decimal(95)}, reason="Worked with a pupil."),
        _word(3, GradeKind.RELEASE, reason="Well done."),
        _word(4, GradeKind.NOTE, reason="Ask again in November."),
        _word(5, GradeKind.UNDO, undoes=2),
        _word(6, GradeKind.UNDO, undoes=3),
    ]
    assert [line.says for line in say_grades(words)] == [
        "Grade 80 accepted by Rosa Achterberg with others",
        "Grade 95 set by hand by Rosa Achterberg, from 80 to 95 (the rule said 80): Worked with a pupil",
        "Grade released to the student by Rosa Achterberg, with the message “Well done.”",
        "Note by Rosa Achterberg: Ask again in November",
        "Grade by hand undone by Rosa Achterberg, from 95 to 80",
        "Release undone by Rosa Achterberg",
    ]


@pytest.mark.one_database
def test_history_of_a_student_has_grants_and_who_took_them_back(context: Flask) -> None:
    course = make.add_course()
    student, rosa = make.add_enrollment(course), make.add_user("Rosa Achterberg")
    assignment = make.add_assignment(course)
    db.session.commit()
    number = exceptions.grant(
        course.id,
        "c4t-2",
        student.id,
        ExceptionKind.EXTENSION,
        Act(START, rosa.id),
        requirement="comment-2",
        due="2026-10-28",
        reason="Ill.",
    )
    exceptions.revoke(course.id, number, Act(START + timedelta(hours=1), rosa.id))
    exceptions.grant(
        course.id,
        "c4t-2",
        student.id,
        ExceptionKind.SUBSTITUTE,
        Act(START + timedelta(hours=2), rosa.id),
        reason="On paper.",
    )
    grade_student.override(
        course.id,
        "c4t-2",
        student.id,
        Act(START + timedelta(hours=3), rosa.id, seen=0),
        satisfactory=True,
        reason="Seen in class.",
    )
    why = load_why(db.session(), course.id, student.id, assignment.key)
    assert why is not None
    said = [event.says for event in why.history]
    assert "Extended, comment 2, to Wed, Oct 28, 11:59 PM CDT by Rosa Achterberg: Ill" in said
    assert "Extended, comment 2, to Wed, Oct 28, 11:59 PM CDT undone by Rosa Achterberg" in said
    assert "Marked complete by Rosa Achterberg: On paper" in said
    assert (
        "Grade satisfactory set by hand by Rosa Achterberg (the rule said satisfactory): Seen in class"
        in said
    )
    assert why.own_terms == ("Marked complete: On paper.",)
