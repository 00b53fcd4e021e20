"""What an upgrade dropped is there again before anybody looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.support import factories as make
from tests.support.cast import gather
from tests.support.evening import Evening, live_through
from tracker.extensions import db
from tracker.jobs.matching.rematch import recompute_missing, rematch_course
from tracker.jobs.matching.store_linkages import LinkingReport
from tracker.models import Course, GradingState, Linkage, MatchState, RequirementVerdict


@pytest.fixture
def evening(context: Flask) -> Evening:
    """Matched and graded as of an hour after the due time."""
    evening = live_through(gather())
    db.session.commit()
    rematch_course(evening.course.id, evening.now + timedelta(hours=1))
    evening.judge(evening.now + timedelta(hours=1))
    return evening


def rows() -> list[tuple[object, ...]]:
    db.session.expire_all()
    verdicts = db.session.scalars(select(RequirementVerdict))
    linkages = db.session.scalars(select(Linkage))
    return sorted(
        [
            *(
                (one.enrollment_id, one.requirement, one.state, one.reason, str(one.params), str(one.clock))
                for one in verdicts
            ),
            *((one.comment_id, one.verdict, one.reason, str(one.candidates)) for one in linkages),
        ],
        key=str,
    )


def drop(*tables: type) -> None:
    for table in tables:
        db.session.execute(delete(table))
    db.session.commit()


def recompute(evening: Evening, *, preview: bool = False) -> dict[str, LinkingReport]:
    return recompute_missing(evening.now + timedelta(hours=1), preview=preview)


def test_verdicts_and_linkages_that_were_dropped_come_again_as_they_were(evening: Evening) -> None:
    before = rows()
    assert len(before) > 5
    drop(RequirementVerdict, GradingState, Linkage, MatchState)
    assert rows() == []
    ((key, report),) = recompute(evening).items()
    verdicts = db.session.scalars(select(RequirementVerdict.id)).all()
    assert (key, report.changed, report.verdicts) == ("edt320", 1, len(verdicts))
    assert rows() == before
    assert recompute(evening) == {}


def test_where_only_verdicts_are_lacking_nothing_is_matched(evening: Evening) -> None:
    before = rows()
    drop(RequirementVerdict, GradingState)
    assert [one.changed for one in recompute(evening).values()] == [0]
    assert rows() == before


def test_a_preview_writes_nothing(evening: Evening) -> None:
    drop(RequirementVerdict, GradingState)
    before = rows()
    assert recompute(evening, preview=True)
    assert rows() == before
    assert recompute(evening)


def test_an_archived_course_is_not_left_out(evening: Evening) -> None:
    db.session.get_one(Course, evening.course.id).archived_at = evening.now
    drop(RequirementVerdict, GradingState)
    recompute(evening)
    assert db.session.scalars(select(RequirementVerdict)).all()


def match_by_older_rules() -> None:
    for state in db.session.scalars(select(MatchState)):
        state.matched_by = "2026.3:" + state.matched_by.partition(":")[2]
    for linkage in db.session.scalars(select(Linkage)):
        linkage.rules_version, linkage.reason = "2026.3", "weak"
    db.session.commit()


def test_matches_by_older_rules_are_made_again_once(evening: Evening) -> None:
    before = rows()
    match_by_older_rules()
    assert rows() != before
    assert [one.changed for one in recompute(evening).values()] == [1]
    assert rows() == before
    assert recompute(evening) == {}


def test_an_archived_course_keeps_the_answers_of_older_rules(evening: Evening) -> None:
    db.session.get_one(Course, evening.course.id).archived_at = evening.now
    match_by_older_rules()
    before = rows()
    assert recompute(evening) == {}
    assert rows() == before


def test_a_course_with_nothing_to_match_or_grade_lacks_nothing(evening: Evening) -> None:
    make.add_course("new")
    db.session.commit()
    assert recompute(evening) == {}
