"""A preview by name: from what to what, and counts that add up."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tests.support import factories as make
from tracker.domain.grade import Score, Verdict
from tracker.domain.states import State
from tracker.extensions import db
from tracker.grading.preview_rule import StudentResult, compare
from tracker.queries.assignments.preview_page import show_preview

Said = tuple[State, int]


def standing(*verdicts: Said, points: int | None = None) -> StudentResult:
    found = tuple(
        Verdict(f"comment-{n}", state, *_reason(state), credit=Decimal(credit))
        for n, (state, credit) in enumerate(verdicts, 1)
    )
    return StudentResult(found, Score(True, None if points is None else Decimal(points)))


def _reason(state: State) -> tuple[str, datetime, dict[str, Any]]:
    reason, params = make.REASONS[state]
    return reason, make.DUE, params


MET, REFUSED, REVIEW = (State.MET, 100), (State.DOES_NOT_COUNT, 0), (State.IN_REVIEW, 0)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        pytest.param(standing(MET), standing(REFUSED), ("Met", "Does not count"), id="the whole"),
        pytest.param(
            standing(MET, points=10), standing(MET, points=8), ("10 points", "8 points"), id="points"
        ),
        pytest.param(
            standing(REVIEW, MET), standing(REVIEW, REFUSED), ("Met", "Does not count"), id="one of several"
        ),
        pytest.param(standing(MET), standing((State.MET, 50)), ("100%", "50%"), id="percent"),
    ],
)
def test_a_change_says_from_what_to_what(
    context: Flask, before: StudentResult, after: StudentResult, says: tuple[str, str]
) -> None:
    course = make.add_course()
    student = make.add_enrollment(course, name="Ida Vale")
    same = make.add_enrollment(course, name="Noor Haddad")
    comparison = compare({student.id: before, same.id: before}, {student.id: after, same.id: before})
    page = show_preview(db.session(), course.id, comparison)
    (group,) = page.groups
    assert (group.before.word, group.after.word) == says
    assert [one.student.sort_name for one in group.students] == ["Vale, Ida"]
    assert sum(row.now or 0 for row in page.rows) == sum(row.then for row in page.rows) == 2
