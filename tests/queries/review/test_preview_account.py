"""What learning an account would move is told before it happens, and then happens."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment
from tracker.demo.records import RosterRow
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.review.decisions import confirm, mark_outsider
from tracker.models import Comment
from tracker.queries.review.preview_account import Foresight, foresee

ACCOUNT = "https://www.blogger.com/profile/1111"


@pytest.fixture
def comments(context: Flask, now: datetime) -> list[Comment]:
    """Of one account: the one in question, two more, one that somebody else signed; one without."""
    course_id = add_course(now)
    rows = [RosterRow("s1", "Noor", "Haddad"), RosterRow("s2", "Ida", "Vale")]
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
    told = foresee(db.session(), 1, comments[0], (1, None))
    assert told[1] == Foresight(moves=2, stays=1, decided=0, since=now - timedelta(days=8))
    assert told[None].moves + told[None].stays == 3


def test_what_was_foretold_happens(comments: list[Comment], now: datetime) -> None:
    told = foresee(db.session(), 1, comments[0], (1,))[1]
    report = confirm(1, comments[0].id, 1, Act(now))
    own = 1
    assert report.changed - own >= told.moves
    again = foresee(db.session(), 1, comments[0], (1,))[1]
    assert (again.moves, again.stays) == (0, told.stays)


def test_what_people_decided_is_said_to_stay(comments: list[Comment], now: datetime) -> None:
    mark_outsider(1, comments[1].id, Act(now), teach=False)
    told = foresee(db.session(), 1, comments[0], (1,))[1]
    assert (told.moves, told.decided) == (1, 1)


def test_a_comment_without_an_account_foretells_nothing(comments: list[Comment], now: datetime) -> None:
    assert foresee(db.session(), 1, comments[4], (1, None)) == {}


def test_telling_writes_nothing(comments: list[Comment], now: datetime) -> None:
    foresee(db.session(), 1, comments[0], (1, 2, None))
    assert not db.session.dirty
    assert not db.session.new
