"""PRODUCT S4 to its end: an owner removes credited comments, and asks for a text to be erased."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.simulation import scenarios
from tests.simulation.nights import follow_blogs
from tests.simulation.oracle import PollAt
from tests.simulation.scenarios import local, nights
from tests.support import factories as make
from tests.support.evening import add_round
from tests.support.term import add_students
from tracker.demo.blogosphere.blogs import DemoBlog
from tracker.demo.records import RosterFileRow
from tracker.domain.act import Act
from tracker.domain.errors import NotFoundError
from tracker.extensions import db
from tracker.jobs.blogs.purge import purge_comment
from tracker.jobs.matching.rematch import rematch_course
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import AuditEntry, Blog, Comment, CommentVersion, Course, Enrollment, RequirementVerdict

SECRET = "x" * 40
MINE = "http://idavale.example/"
"""The class blog under which the student of `cleared_blog` signs here."""


def signed_blog() -> DemoBlog:
    """`cleared_blog` with the writer's own address and enough words in each comment."""
    blog = scenarios.cleared_blog()
    for comment in blog.comments:
        comment.author_url = MINE
        comment.html = f"<p>{' '.join(['thoughtful'] * 60)} {comment.number}</p>"
    return blog


def verdicts() -> list[tuple[str, str, str, int | None]]:
    db.session.expire_all()
    return [
        (row.requirement, row.state, row.reason, row.comment_id)
        for row in db.session.scalars(select(RequirementVerdict).order_by(RequirementVerdict.requirement))
    ]


@pytest.fixture
def course(context: Flask) -> int:
    """Ida is credited with two of twelve comments, all removed on the 29th."""
    start = local(10, 20, 2, 15)
    with follow_blogs(context, start, [signed_blog()]) as term:
        row = RosterFileRow("h001", "Ida", "Vale", blog_url=MINE)
        add_students(term.course_id, [row], context.config["SECRET_KEY"], start)
        made = db.session.get_one(Course, term.course_id)
        student = db.session.scalars(select(Enrollment).where(Enrollment.external_id == "h001")).one()
        assignment = add_round(made, "c4t-2", "C4T #2", local(10, 25, 23, 59))
        make.allocate(assignment, student, db.session.get_one(Blog, next(iter(term.blogs))))
        db.session.commit()
        for at in [start, *nights(local(10, 25, 2, 15), 7)]:
            term.poll(PollAt(at))
            if at == nights(local(10, 25, 2, 15), 4)[-1]:
                before = verdicts()
        assert [state for _, state, _, _ in before].count("met") == 2
        assert verdicts() == before
    return term.course_id


def credited() -> Comment:
    ids = [comment_id for _, state, _, comment_id in verdicts() if state == "met"]
    return db.session.get_one(Comment, ids[0])


def test_credit_stays_when_the_owner_removes_the_comment(course: int) -> None:
    comment = credited()
    assert comment.gone_since is not None
    assert comment.gone_since.date() == local(10, 30, 2, 15).date()
    assert db.session.scalars(
        select(CommentVersion.text).where(CommentVersion.comment_id == comment.id)
    ).one()


def test_text_is_erased_when_the_owner_asks_and_verdict_and_hash_stay(course: int) -> None:
    now = local(11, 2, 9)
    regrade_course(course, now)
    comment, before = credited(), verdicts()
    hashes = select(CommentVersion.hash).where(CommentVersion.comment_id == comment.id)
    known = db.session.scalars(hashes).all()
    assert purge_comment(comment.permalink, Act(now, preview=True)).versions == 1
    assert purge_comment(comment.permalink, Act(now)).versions == 1
    assert purge_comment(comment.permalink, Act(now)).versions == 0
    version = db.session.scalars(select(CommentVersion).where(CommentVersion.comment_id == comment.id)).one()
    assert (version.text, version.raw, version.words, version.purged_at) == (None, None, 61, now)
    assert db.session.scalars(hashes).all() == known
    assert regrade_course(course, now) == 0
    assert rematch_course(course, now).changed == 0
    assert verdicts() == before
    assert db.session.scalars(select(AuditEntry.action)).all().count("purge-text") == 1


def test_erasing_what_is_not_known_says_so(context: Flask) -> None:
    with pytest.raises(NotFoundError, match="own link"):
        purge_comment("http://nowhere.example/post/#comment-1", Act(local(11, 2, 9)))
