"""What a decision would do to the other comments of an account is told before it is made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.effects import Answer
from tracker.extensions import db
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.review.decisions import confirm, mark_outsider
from tracker.models import Comment, LinkageDecision
from tracker.queries.review.preview_decision import DecisionPreview, preview_decision

ACCOUNT = "https://www.blogger.com/profile/1111"


@pytest.fixture
def comments(context: Flask, now: datetime) -> list[Comment]:
    """Of one account: the one in question, two more, one that somebody else signed; one without."""
    course_id = add_course(now)
    rows = [RosterFileRow("s1", "Noor", "Haddad"), RosterFileRow("s2", "Ida", "Vale")]
    add_students(course_id, rows, SECRET, now)
    blog = add_blog(course_id, "http://room.example/", now)
    texts = ["<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>", "<p>A long thought.</p><p>Ida Vale</p>"]
    found = [
        add_comment(blog, "Noor", text, now - timedelta(days=9 - n), number=n, account=ACCOUNT)
        for n, text in enumerate(texts)
    ]
    found.append(add_comment(blog, "Noor", "<p>Five.</p>", now, number=9))
    rematch_course(course_id, now)
    return found


def test_it_tells_how_many_comments_move_and_how_many_do_not(comments: list[Comment], now: datetime) -> None:
    told = preview_decision(db.session(), 1, comments[0], (1, None))
    assert moved(told[1]) == {comments[1].id: ("accept", 1), comments[2].id: ("accept", 1)}
    assert (told[1].since, told[1].decided) == (now - timedelta(days=8), 0)
    assert [one.comment_id for one in told[1].staying] == [comments[3].id]
    assert len(told[None].effects.answers) + len(told[None].staying) == 3


@pytest.mark.parametrize("choice", [1, 2, None])
@pytest.mark.parametrize("before", [None, 1, 2, "nobody"], ids=["open", "noors", "idas", "nobodys"])
def test_a_preview_is_what_the_decision_does(
    comments: list[Comment], now: datetime, before: int | str | None, choice: int | None
) -> None:
    """The same decision made and taken back at once, whatever was decided and learned before it."""
    first = comments[0].id
    standing = None
    if before == "nobody":
        standing = mark_outsider(1, first, Act(now)).decision_id
    elif isinstance(before, int):
        standing = confirm(1, first, before, Act(now)).decision_id
    told = preview_decision(db.session(), 1, db.session.get_one(Comment, first), (choice,))[choice]
    act = Act(now, seen=standing, preview=True)
    lessons = {"account"}
    report = (
        mark_outsider(1, first, act, teach=lessons)
        if choice is None
        else confirm(1, first, choice, act, teach=lessons)
    )
    wanted = ("ignore", None) if choice is None else ("accept", choice)
    done = {one.comment_id: one.after for one in report.effects.answers if one.after == wanted}
    assert moved(told) == {number: answer for number, answer in done.items() if number != first}


def test_what_people_decided_is_said_to_stay(comments: list[Comment], now: datetime) -> None:
    mark_outsider(1, comments[1].id, Act(now), teach=False)
    told = preview_decision(db.session(), 1, comments[0], (1,))[1]
    assert (list(moved(told)), told.decided) == ([comments[2].id], 1)


def test_a_student_who_said_that_it_is_not_theirs_is_heard(comments: list[Comment], now: datetime) -> None:
    db.session.add(
        LinkageDecision(
            course_id=1, comment_id=comments[1].id, enrollment_id=1, kind="disclaim", at=now, taught=[]
        )
    )
    db.session.commit()
    told = preview_decision(db.session(), 1, comments[0], (1,))[1]
    assert list(moved(told)) == [comments[2].id]
    assert comments[1].id in [one.comment_id for one in told.staying]


def test_a_comment_without_an_account_has_no_preview(comments: list[Comment], now: datetime) -> None:
    assert preview_decision(db.session(), 1, comments[4], (1, None)) == {}


def test_a_preview_writes_nothing(comments: list[Comment], now: datetime) -> None:
    preview_decision(db.session(), 1, comments[0], (1, 2, None))
    assert not db.session.dirty
    assert not db.session.new


def moved(told: DecisionPreview) -> dict[int, Answer]:
    return {one.comment_id: one.after for one in told.effects.answers}
