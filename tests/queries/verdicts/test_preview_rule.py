from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support import factories as make
from tests.support.rules import two_classmates
from tracker.domain.assignment import HINT, REQUIRED, AssignmentTerms, Condition, Window
from tracker.domain.errors import TrackerError
from tracker.domain.grade import Score, Verdict
from tracker.domain.states import Bucket, State
from tracker.domain.text import Aside
from tracker.domain.traits import Trait
from tracker.extensions import db
from tracker.grading.preview_rule import StudentResult, compare, shift_due
from tracker.grading.rules.checks import check
from tracker.grading.windows import week_windows
from tracker.jobs.verdicts.store_verdicts import store_verdicts
from tracker.models import Assignment, Course, Enrollment, GradeDecision, RequirementVerdict
from tracker.queries.verdicts.preview_rule import RulePreview, preview_deadline, preview_rule, say_comparison

OWN = "one two three four five six seven eight nine ten eleven twelve "
SIGNATURE = "<p>Noor Haddad Vale</p><p>Harlan State College</p><p>EDT 320 Section Two North</p>"
"""Eleven words that are set aside."""


def with_floor(words: int, short_earns: int = REQUIRED) -> AssignmentTerms:
    floor = (Condition(Trait.WORDS, words, short_earns),)
    return make.terms(summary=None, count=1, conditions=floor)


def fill(words: list[int], terms: AssignmentTerms) -> tuple[Course, Assignment, list[Enrollment]]:
    """A student for each number of own words, with one comment of so many and a signature besides."""
    course = make.add_course(words=["EDT 320", "Harlan State"])
    blog = make.add_blog()
    make.follow(course, blog)
    make.add_feed(blog)
    assignment = make.add_assignment(course, "c4t-2", terms)
    people = []
    for n, number in enumerate(words):
        who = make.add_enrollment(course)
        make.allocate(assignment, who, blog)
        text = " ".join((OWN * 9).split()[:number])
        comment = make.add_comment(make.add_post(blog, f"Post {n}"), text=f"<p>{text}.</p>{SIGNATURE}")
        make.add_linkage(course, comment, who)
        people.append(who)
    store_verdicts(db.session(), course.id, make.NOW)
    db.session.commit()
    return course, assignment, people


def preview(course: Course, terms: AssignmentTerms) -> RulePreview:
    return preview_rule(db.session(), course.id, "c4t-2", terms, make.NOW)


def offered(run: RulePreview) -> list[tuple[str, str]]:
    return [(one.says, one.then) for one in run.milder]


def test_a_higher_floor_says_who_changes_and_writes_nothing(context: Flask) -> None:
    course, _, people = fill([70, 58, 52, 61], with_floor(50))
    before = db.session.scalars(select(RequirementVerdict.params).order_by(RequirementVerdict.id)).all()
    run = preview(course, with_floor(60))
    assert say_comparison(run.comparison) == "2 students change. None gains."
    assert [one.enrollment_id for one in run.comparison.changes] == [people[1].id, people[2].id]
    verdict = run.comparison.changes[0].verdict
    assert verdict is not None
    assert (verdict.reason, verdict.params) == ("too-short", {"short": [["short-words", 58, 60]]})
    assert run.comparison.now is not None
    assert (run.comparison.now[Bucket.ALL_MET], run.comparison.then[Bucket.ALL_MET]) == (4, 2)
    assert sum(run.comparison.then.values()) == sum(run.comparison.now.values()) == 4
    assert ("As a hint only", "2 students change. None loses.") in [
        (one.says, one.then) for one in run.milder
    ]
    db.session.expire_all()
    assert (
        db.session.scalars(select(RequirementVerdict.params).order_by(RequirementVerdict.id)).all() == before
    )
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 1


def test_counting_signatures_changes_six_and_none_worsens(context: Flask) -> None:
    """PRODUCT S20: 48 words and a signature of eleven where 50 are asked."""
    course, _, people = fill([48] * 6 + [65, 66], with_floor(50))
    run = preview(course, with_floor(50))
    assert say_comparison(run.comparison) == "No student changes."
    assert ("Count signatures", "6 students change. None loses.") in [
        (one.says, one.then) for one in run.milder
    ]
    counted = with_floor(50)
    counted = replace(counted, parts=(replace(counted.parts[0], counts=(Aside.SIGNATURE,)),))
    assert [one.enrollment_id for one in preview(course, counted).comparison.changes] == [
        one.id for one in people[:6]
    ]
    assert preview(course, counted).comparison.changes[0].after.verdicts[0].state == "met"


def test_a_deadline_moved_by_two_hours_changes_those_in_between(context: Flask) -> None:
    course, _, _ = fill([70, 70], with_floor(50, HINT))
    near = preview_deadline(db.session(), course.id, "c4t-2", timedelta(hours=-2), make.NOW)
    assert near.comparison.changes == ()
    far = preview_deadline(db.session(), course.id, "c4t-2", timedelta(days=-4), make.NOW)
    assert say_comparison(far.comparison) == "2 students change. None gains."


def test_recorded_grades_of_those_who_change_are_counted(context: Flask) -> None:
    course, assignment, people = fill([70, 52], with_floor(50))
    for kind, value in (("accept", Decimal(1)), ("release", None)):
        db.session.add(
            GradeDecision(
                assignment_id=assignment.id, enrollment_id=people[1].id, kind=kind, value=value,
                satisfactory=True, at=make.NOW,
            )
        )  # fmt: skip
    db.session.commit()
    run = preview(course, with_floor(60))
    assert (run.recorded, run.released) == (1, 1)


def test_a_recorded_grade_that_disagrees_already_is_not_news(context: Flask) -> None:
    course, assignment, people = fill([70, 52], with_floor(50))
    for who, satisfactory in ((people[0], False), (people[1], True)):
        db.session.add(
            GradeDecision(
                assignment_id=assignment.id, enrollment_id=who.id, kind="override", reason="Read by hand.",
                satisfactory=satisfactory, at=make.NOW,
            )
        )  # fmt: skip
    db.session.commit()
    assert (preview(course, with_floor(60)).recorded, preview(course, with_floor(50)).recorded) == (1, 0)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        pytest.param([100, 0], [0, 100], "2 students change: one gains, one loses.", id="both"),
        pytest.param([0, 0, 0], [100, 100, 0], "2 students change. None loses.", id="better"),
        pytest.param([50], [0], "1 student changes. None gains.", id="worse"),
        pytest.param([50], [50], "No student changes.", id="the same"),
    ],
)
def test_it_is_said_in_one_sentence(before: list[int], after: list[int], says: str) -> None:
    assert say_comparison(compare(_standings(before), _standings(after))) == says


def _standings(credits: list[int]) -> dict[int, StudentResult]:
    return {
        n: StudentResult(
            (Verdict("comment-1", State.MET, "on-time", make.DUE, credit=Decimal(credit)),),
            Score(credit > 0),
        )
        for n, credit in enumerate(credits)
    }


def test_weeks_that_are_due_later_begin_when_the_one_before_ends() -> None:
    weeks = week_windows(date(2026, 10, 12), 3, ZoneInfo("America/Chicago"))
    moved = shift_due(two_classmates("Two", weeks), timedelta(hours=2))
    check(moved)
    periods = moved.parts[0].periods
    assert [after.window.due_at - one.window.due_at for one, after in zip(weeks, periods, strict=True)] == [
        timedelta(hours=2)
    ] * 3
    assert periods[0].window.opens_at == weeks[0].window.opens_at
    assert [one.window.opens_at for one in periods[1:]] == [one.window.due_at for one in periods[:2]]
    assert shift_due(two_classmates("Two", weeks), timedelta(hours=-2)).parts[0].periods[1].window == Window(
        weeks[1].window.due_at - timedelta(hours=2), weeks[1].window.opens_at
    )


def test_a_rule_that_is_new_says_what_it_would_make_of_the_class(context: Flask) -> None:
    course, _, _ = fill([70, 20], with_floor(50))
    run = preview_rule(db.session(), course.id, None, make.terms(summary=None), make.NOW)
    assert run.comparison.now is None
    assert say_comparison(run.comparison) == "Of 2 students: 2 open."


def test_a_rule_that_contradicts_itself_is_refused_before_it_is_previewed(context: Flask) -> None:
    course, _, _ = fill([70], with_floor(50))
    with pytest.raises(TrackerError, match="due before they open"):
        preview(course, make.terms(comments=Window(make.OPENS, make.DUE)))
