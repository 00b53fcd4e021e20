"""Matching a whole course again: in batches, each safe, made up for when it was cut off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.support.blog_server import BlogServer
from tests.support.canonical import canonical
from tests.support.databases import SECRET
from tests.support.term import add_course, add_students
from tests.support.written import add_blog, add_comment
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.blogs.follow import follow_feed
from tracker.jobs.dependencies import make_tools
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.matching.store_linkages import link_course
from tracker.jobs.polling.poll import run_poll
from tracker.jobs.review import decisions
from tracker.jobs.transaction import write_transaction
from tracker.models import Comment, Enrollment, FeedState, Linkage
from tracker.queries.matching.course_matcher import is_stale
from tracker.queries.matching.names import load_names
from tracker.wording.evidence import say_candidate

NOOR = RosterFileRow("s1", "Noor", "Haddad", blog_url="http://noorreads.blogspot.com/")
ACCOUNT = "https://www.blogger.com/profile/1111"


class CutOffError(Exception):
    """The process is killed here."""


def cut_off(after: int) -> Callable[[Session], None]:
    """Something to do before each batch, which ends the work at the one after `after`."""
    left = [after]

    def count(_session: Session) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise CutOffError

    return count


@pytest.fixture
def course_id(context: Flask, now: datetime) -> int:
    """Comments that nobody has matched yet: two prove whose an account is, five rest on that."""
    made = add_course(now)
    add_students(made, [NOOR], SECRET, now)
    blog = add_blog(made, "http://room.example/", now)
    for n in range(1, 8):
        add_comment(
            blog,
            "Noor Haddad" if n > 5 else "sunny",
            f"<p>Thought {n}.</p>",
            now - timedelta(days=9 - n),
            number=n,
            account=ACCOUNT,
            author_url=NOOR.blog_url if n > 5 else "",
        )
    return made


def verdicts() -> list[str]:
    return list(db.session.scalars(select(Linkage.verdict).order_by(Linkage.comment_id)))


def test_batches_come_to_the_same_as_one_transaction(course_id: int, now: datetime) -> None:
    report = rematch_course(course_id, now, batch=2)
    assert (report.judged, verdicts()) == (7, ["accept"] * 7)
    in_batches = canonical(db.session)
    db.session.query(Linkage).delete()
    db.session.commit()
    with write_transaction() as session:
        link_course(session, course_id)
    assert canonical(db.session) == in_batches
    assert rematch_course(course_id, now, batch=3).changed == 0


@pytest.mark.parametrize("after", [0, 1, 3, 5, 8])
def test_a_rematch_that_was_cut_off_is_known_and_made_up_for(
    course_id: int, now: datetime, after: int
) -> None:
    with pytest.raises(CutOffError):
        rematch_course(course_id, now, batch=2, before_batch=cut_off(after))
    assert is_stale(db.session(), course_id)
    rematch_course(course_id, now, batch=2)
    assert verdicts() == ["accept"] * 7
    assert not is_stale(db.session(), course_id)


def test_who_decides_between_two_batches_is_heeded_by_both(course_id: int, now: datetime) -> None:
    rematch_course(course_id, now)
    first = db.session.scalars(select(Comment.id).order_by(Comment.id)).first() or 0
    decided: list[int] = []

    def decide_meanwhile(session: Session) -> None:
        if not decided:
            session.rollback()
            decided.append(decisions.mark_outsider(course_id, first, Act(now)).decision_id)

    rematch_course(course_id, now, batch=2, before_batch=decide_meanwhile)
    after = canonical(db.session)
    rematch_course(course_id, now)
    assert canonical(db.session) == after
    assert verdicts()[0] == "ignore"
    assert "review" in verdicts()


def test_the_next_check_makes_up_for_a_rematch_that_was_cut_off(
    context: Flask, course_id: int, now: datetime
) -> None:
    with BlogServer() as server:
        follow_feed(course_id, server.url("/comments/feed/"), now=now)
        db.session.execute(update(FeedState).values(next_poll_at=None))
        db.session.commit()
        with pytest.raises(CutOffError):
            rematch_course(course_id, now, batch=2, before_batch=cut_off(1))
        settings = {**context.config, "ALLOW_PRIVATE_HOSTS": ("127.0.0.0/8",), "FETCH_READ_TIMEOUT_S": 2.0}
        with make_tools(settings, resolve=server.resolve) as tools:
            run_poll(tools, lambda: now, trigger="test", feed_url=server.url("/comments/feed/"))
    assert verdicts() == ["accept"] * 7


@pytest.mark.one_database
def test_a_students_new_first_name_is_said_without_matching_again(course_id: int, now: datetime) -> None:
    rematch_course(course_id, now)
    db.session.scalars(select(Enrollment)).one().preferred_name = "Nora"
    db.session.commit()
    assert rematch_course(course_id, now).changed == 0
    last = db.session.scalars(select(Linkage).order_by(Linkage.comment_id.desc())).first()
    assert last is not None
    [candidate] = last.as_match().candidates
    said = [line.says for line in say_candidate(candidate, load_names(db.session(), course_id))]
    assert "Author link goes to Nora’s class blog" in said
