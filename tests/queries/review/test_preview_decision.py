"""What a decision would do to the other comments of an account is told before it is made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

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
from tracker.queries.review.reviewed_comment import find_comments_with

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
    assert [one.comment_id for one in told[1].staying] == [comments[3].id, comments[4].id]
    assert len(told[None].effects.answers) + len(told[None].staying) == 4


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
    report = mark_outsider(1, first, act) if choice is None else confirm(1, first, choice, act)
    done = {one.comment_id: one.after for one in report.effects.answers if one.comment_id != first}
    assert moved(told) | {one.comment_id: one.after for one in told.opened} == done
    wanted = ("ignore", None) if choice is None else ("accept", choice)
    assert set(moved(told).values()) <= {wanted}
    assert wanted not in [one.after for one in told.opened]


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


def test_comment_under_no_account_and_a_name_of_its_own_has_no_preview(
    comments: list[Comment], now: datetime
) -> None:
    alone = add_comment(comments[0].blog, "chalkdust", "<p>Six.</p>", now, number=10)
    anonymous = add_comment(comments[0].blog, "Anonymous", "<p>Seven.</p>", now, number=11)
    rematch_course(1, now)
    for comment in (alone, anonymous):
        assert preview_decision(db.session(), 1, comment, (1, None)) == {}


@pytest.mark.parametrize("choice", [1, None])
def test_what_a_name_moves_is_told_where_there_is_no_account(
    comments: list[Comment], now: datetime, choice: int | None
) -> None:
    """Under a handle of four comments, one of them on another blog, where the name was not confirmed."""
    there = add_blog(1, "http://hall.example/", now)
    here = comments[0].blog
    for number, blog in enumerate((here, here, here, there), 20):
        add_comment(blog, "fern.and.chalk", f"<p>{number}, for EDT 320.</p>", now, number=number)
    rematch_course(1, now)
    first, *others = db.session.scalars(select(Comment).filter_by(author="fern.and.chalk")).all()
    told = preview_decision(db.session(), 1, first, (choice,))[choice]
    act = Act(now, preview=True)
    report = mark_outsider(1, first.id, act) if choice is None else confirm(1, first.id, choice, act)
    assert report.taught == ("the name “fern.and.chalk” on this blog",)
    done = {one.comment_id: one.after for one in report.effects.answers if one.comment_id != first.id}
    assert moved(told) | {one.comment_id: one.after for one in told.opened} == done
    assert told.staying == () or {one.comment_id for one in told.staying} <= {one.id for one in others[:2]}


def test_an_answer_that_makes_an_account_shared_tells_which_answers_it_opens(
    comments: list[Comment], now: datetime
) -> None:
    """The account is learned as Noor's by the first comment; the fourth, under it, Ida signed."""
    confirm(1, comments[0].id, 1, Act(now))
    by_account = [comments[1].id, comments[2].id]
    told = preview_decision(db.session(), 1, comments[3], (2,))[2]
    assert {one.comment_id: one.before for one in told.opened} == dict.fromkeys(by_account, ("accept", 1))
    assert {one.after for one in told.opened} == {("review", None)}
    report = confirm(1, comments[3].id, 2, Act(now, preview=True))
    assert (report.is_shared, report.taught) == (True, ())
    changed = {one.comment_id for one in report.effects.answers}
    assert changed == {*by_account, comments[3].id}


def test_a_preview_writes_nothing(comments: list[Comment], now: datetime) -> None:
    preview_decision(db.session(), 1, comments[0], (1, 2, None))
    assert not db.session.dirty
    assert not db.session.new


def moved(told: DecisionPreview) -> dict[int, Answer]:
    return {one.comment_id: one.after for one in told.effects.answers}


def test_comments_with_an_address_are_found_behind_names_and_in_texts(
    comments: list[Comment], now: datetime
) -> None:
    """What a student's new address would move, once it is learned."""
    blog, key = comments[0].blog, "fern_chalk.example/~noor"
    behind = add_comment(
        blog, "a", "<p>A.</p>", now, number=30, author_url="http://Fern_chalk.example/~noor/"
    )
    within = add_comment(blog, "b", f'<p>See <a href="http://{key}/2026">mine</a>.</p>', now, number=31)
    add_comment(
        blog, "c", "<p>See http://fernxchalk.example/~noor/ or http://fern_chalk.example/</p>", now, number=32
    )
    rematch_course(1, now)
    assert find_comments_with(db.session(), 1, [key]) == {behind.id, within.id}
    assert find_comments_with(db.session(), 1, []) == set()
