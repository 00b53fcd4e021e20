"""What a person says about a comment's writer: kept for ever, taught, read back, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.canonical import DECISION_LOG, canonical
from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.extensions import db
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.review import decisions
from tracker.models import Blog, Handle, HandleDenial, Linkage, LinkageDecision

NOOR = RosterFileRow("s1", "Noor", "Haddad", email="noor@harlan.example")
IDA = RosterFileRow("s2", "Ida", "Vale", email="ida@harlan.example")
ACCOUNT = "https://www.blogger.com/profile/1111"


@dataclass
class Story:
    """Two comments under a first name by an account nobody knows, and one of somebody else."""

    course_id: int
    noor: int
    ida: int
    blog: Blog
    first: int
    second: int
    other: int


@pytest.fixture
def story(context: Flask, now: datetime) -> Story:
    course_id = add_course(now)
    noor, ida = add_students(course_id, [NOOR, IDA], SECRET, now)
    blog = add_blog(course_id, "http://room.example/", now, title="Room Fourteen")
    at = now - timedelta(days=2)
    first = add_comment(blog, "Noor", "<p>A kind thought.</p>", at, number=1, account=ACCOUNT)
    second = add_comment(blog, "Noor", "<p>Another kind thought.</p>", at, number=2, account=ACCOUNT)
    other = add_comment(blog, "coach", "<p>Well said.</p>", at, number=3)
    rematch_course(course_id, now)
    return Story(course_id, noor, ida, blog, first.id, second.id, other.id)


def linkage(comment_id: int) -> tuple[str, int | None]:
    row = db.session.scalars(select(Linkage).where(Linkage.comment_id == comment_id)).one()
    db.session.refresh(row)
    return row.verdict, row.enrollment_id


def owners_of_account() -> list[int]:
    rows = db.session.scalars(select(Handle).where(Handle.kind == "account", Handle.state == "active"))
    return sorted(handle.enrollment_id for handle in rows)


def test_a_confirmed_comment_is_the_students(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    assert linkage(story.first) == ("accept", story.noor)


def test_confirming_teaches_the_account_and_reads_the_past_again(story: Story, now: datetime) -> None:
    assert linkage(story.second)[0] != "accept"
    report = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    assert (report.taught, report.moved) == ((ACCOUNT, "the name “Noor” on this blog"), 1)
    assert linkage(story.second) == ("accept", story.noor)


def test_only_this_one_teaches_nothing(story: Story, now: datetime) -> None:
    before = linkage(story.second)
    report = decisions.confirm(story.course_id, story.first, story.noor, Act(now), teach=False)
    assert (report.taught, linkage(story.second)) == ((), before)


def test_a_decision_outlives_matching_again(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.other, story.ida, Act(now), teach=False)
    rematch_course(story.course_id, now + timedelta(days=1))
    assert linkage(story.other) == ("accept", story.ida)


def test_a_decision_outlives_a_stronger_sign_for_somebody_else(story: Story, now: datetime) -> None:
    decisions.confirm(story.course_id, story.second, story.ida, Act(now), teach=False)
    decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    assert linkage(story.second) == ("accept", story.ida)


def test_undo_restores_every_linkage_and_forgets_the_account(story: Story, now: datetime) -> None:
    before = [linkage(one) for one in (story.first, story.second, story.other)]
    report = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    undone = decisions.undo(story.course_id, report.decision_id, Act(now))
    assert [linkage(one) for one in (story.first, story.second, story.other)] == before
    assert (report.moved, undone.moved) == (1, 1)
    assert db.session.scalars(select(Handle).where(Handle.taught_by_id.is_not(None))).all() == []


def test_undo_keeps_what_another_decision_taught(story: Story, now: datetime) -> None:
    first = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    decisions.confirm(story.course_id, story.second, story.noor, Act(now))
    decisions.undo(story.course_id, first.decision_id, Act(now))
    assert linkage(story.first) == ("accept", story.noor)


def test_undoing_twice_is_refused(story: Story, now: datetime) -> None:
    report = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    decisions.undo(story.course_id, report.decision_id, Act(now))
    with pytest.raises(ConflictError):
        decisions.undo(story.course_id, report.decision_id, Act(now))


def test_after_an_undo_the_comment_can_be_decided_anew(story: Story, now: datetime) -> None:
    report = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    decisions.undo(story.course_id, report.decision_id, Act(now))
    decisions.confirm(story.course_id, story.first, story.ida, Act(now))
    assert linkage(story.first) == ("accept", story.ida)


def test_who_looked_before_somebody_else_decided_is_told_and_changes_nothing(
    story: Story, now: datetime
) -> None:
    decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    with pytest.raises(ConflictError):
        decisions.mark_outsider(story.course_id, story.first, Act(now))
    assert linkage(story.first) == ("accept", story.noor)
    assert db.session.scalars(select(LinkageDecision.kind)).all() == ["confirm"]


def test_a_standing_decision_can_be_changed_by_who_saw_it(story: Story, now: datetime) -> None:
    report = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    decisions.confirm(story.course_id, story.first, story.ida, Act(now, seen=report.decision_id))
    assert linkage(story.first) == ("accept", story.ida)


def test_moving_a_comment_to_another_student_moves_the_account_too(story: Story, now: datetime) -> None:
    report = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    act = Act(now, seen=report.decision_id)
    second = decisions.confirm(story.course_id, story.first, story.ida, act, teach=["account"])
    assert owners_of_account() == [story.ida]
    decisions.undo(story.course_id, second.decision_id, Act(now))
    decisions.confirm(story.course_id, story.first, story.ida, act)
    assert owners_of_account() == [], "the name beside it is another student's"


def test_undoing_a_change_gives_the_first_decision_back_with_what_it_taught(
    story: Story, now: datetime
) -> None:
    first = decisions.confirm(story.course_id, story.first, story.noor, Act(now))
    second = decisions.mark_outsider(story.course_id, story.first, Act(now, seen=first.decision_id))
    assert owners_of_account() == []
    decisions.undo(story.course_id, second.decision_id, Act(now))
    assert (linkage(story.second), owners_of_account()) == (("accept", story.noor), [story.noor])


def test_undoing_a_change_gives_a_denial_back(story: Story, now: datetime) -> None:
    first = decisions.mark_outsider(story.course_id, story.first, Act(now))
    second = decisions.confirm(story.course_id, story.first, story.noor, Act(now, seen=first.decision_id))
    decisions.undo(story.course_id, second.decision_id, Act(now))
    assert linkage(story.second) == ("ignore", None)


def test_outsiders_name_is_nobodys_on_that_blog_until_the_decision_is_undone(
    story: Story, now: datetime
) -> None:
    at = now - timedelta(days=1)
    named = [add_comment(story.blog, "Ida Vale", f"<p>{n}.</p>", at, number=n).id for n in (11, 12)]
    rematch_course(story.course_id, now)
    assert [linkage(one)[0] for one in named] == ["review", "review"]
    before = canonical(db.session, without=DECISION_LOG)
    report = decisions.mark_outsider(story.course_id, named[0], Act(now))
    assert (report.taught, report.moved) == (("the name “Ida Vale” on this blog",), 1)
    assert linkage(named[1]) == ("ignore", None)
    decisions.undo(story.course_id, report.decision_id, Act(now))
    assert canonical(db.session, without=DECISION_LOG) == before


def test_an_outsiders_account_is_nobodys_from_now_on(story: Story, now: datetime) -> None:
    report = decisions.mark_outsider(story.course_id, story.first, Act(now))
    assert linkage(story.first) == ("ignore", None)
    assert linkage(story.second) == ("ignore", None)
    decisions.undo(story.course_id, report.decision_id, Act(now))
    assert db.session.scalars(select(HandleDenial)).all() == []


def test_a_confirmed_account_is_believed_though_it_was_once_called_an_outsiders(
    story: Story, now: datetime
) -> None:
    report = decisions.mark_outsider(story.course_id, story.first, Act(now))
    decisions.confirm(story.course_id, story.first, story.noor, Act(now, seen=report.decision_id))
    assert linkage(story.second) == ("accept", story.noor)


def test_a_student_of_another_course_cannot_be_chosen(story: Story, now: datetime) -> None:
    other = add_course(now, key="edt999")
    [stranger] = add_students(other, [RosterFileRow("s9", "Sol", "Reed")], SECRET, now)
    with pytest.raises(NotFoundError):
        decisions.confirm(story.course_id, story.first, stranger, Act(now))


def test_a_comment_of_another_course_cannot_be_decided(story: Story, now: datetime) -> None:
    other = add_course(now, key="edt999")
    [stranger] = add_students(other, [RosterFileRow("s9", "Sol", "Reed")], SECRET, now)
    with pytest.raises(NotFoundError):
        decisions.confirm(other, story.first, stranger, Act(now))
