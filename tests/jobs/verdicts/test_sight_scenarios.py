"""PRODUCT S3, S15 and S16 as verdicts: what nobody could see is never held against a student."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.round_of_150 import BLIND, MONDAY, WORDS, Round, build
from tests.support.said import sentence_of
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.receipts.receipts import save_receipt
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import Allocation, Feed, FeedState, Gap, RequirementVerdict

pytestmark = pytest.mark.one_database

SUNDAY = datetime(2026, 10, 25, 7, 15, tzinfo=UTC)
"""02:15 in Chicago, on the day of the deadline."""
NOVEMBER = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def comments_of(room: Round, at: datetime) -> list[tuple[str, str]]:
    """By student, the states of the two comments as of an instant."""
    db.session.commit()
    regrade_course(room.course.id, at)
    db.session.expire_all()
    rows = db.session.scalars(select(RequirementVerdict))
    states = {(row.enrollment_id, row.requirement): row.state for row in rows}
    return [(states[one.id, "comment-1"], states[one.id, "comment-2"]) for one in room.students]


def test_s3_five_on_blogs_without_a_comment_feed_are_never_not_found_yet(context: Flask) -> None:
    """Three of ninety blogs have none; five students were given one of them."""
    room = build(["none"] * 5, places=[BLIND[n % 3] for n in range(5)])
    assert len(room.blogs) == 90
    for at in (MONDAY, NOVEMBER, NOVEMBER + timedelta(days=60)):
        assert Counter(comments_of(room, at)) == {("cannot_see", "cannot_see"): 5}
    post = room.given(0)[0]
    save_receipt(room.students[0].id, post.url, WORDS, Act(make.DUE - timedelta(hours=2)))
    assert comments_of(room, MONDAY)[0] == ("provisional", "cannot_see")


def test_s15_a_dead_blog_keeps_what_was_done_and_extends_only_the_unfinished(context: Flask) -> None:
    """One student has two comments, one has one, two have none; three move to other blogs until Oct 30."""
    room = build(["both", "one", "none", "none"], places=[37] * 4)
    feed = db.session.scalars(select(Feed).where(Feed.blog_id == room.blogs[37].id, Feed.kind == "comments"))
    state = db.session.get_one(FeedState, feed.one().id)
    state.fully_checked_at, state.failing_since = SUNDAY - timedelta(days=6), SUNDAY - timedelta(days=5)
    seen = ("cannot_see", "cannot_see")
    assert comments_of(room, MONDAY) == [("met", "met"), ("met", "cannot_see"), seen, seen]

    later = make.DUE + timedelta(days=5)
    for row in db.session.scalars(select(Allocation).where(Allocation.enrollment_id != room.students[0].id)):
        row.keeps_credit = True
    for n in (1, 2, 3):
        make.allocate(room.assignment, room.students[n], room.blogs[40 + n], due_at=later)
    opened = ("not_due", "not_due")
    assert comments_of(room, MONDAY) == [("met", "met"), ("met", "not_due"), opened, opened]

    say(room, 1, 41, 0, later - timedelta(seconds=1))
    say(room, 2, 42, 0, later - timedelta(seconds=1))
    say(room, 2, 42, 1, later)
    db.session.execute(FeedState.__table__.update().values(fully_checked_at=NOVEMBER))
    lacking = ("not_found_yet", "not_found_yet")
    assert comments_of(room, NOVEMBER) == [("met", "met"), ("met", "met"), ("met", "late"), lacking]


def say(room: Round, student: int, blog: int, post: int, at: datetime) -> None:
    said = make.add_comment(
        room.posts[blog][post], "Noor", f"<p>{WORDS} later {at}</p>", posted_at=at,
        first_seen_at=at + timedelta(hours=2),
    )  # fmt: skip
    make.add_linkage(room.course, said, room.students[student])


def test_s16_what_a_window_that_overflowed_may_hold_is_cannot_see(context: Flask) -> None:
    """Twelve share a blog; of its 19 comments of the last evening one check saw ten, of five students."""
    room = build(["both"] * 5 + ["none"] * 7, places=[0] * 12)
    feed = db.session.scalars(select(Feed).where(Feed.blog_id == room.blogs[0].id, Feed.kind == "comments"))
    gap = Gap(feed_id=feed.one().id, kind="overflow", after_at=SUNDAY, before_at=SUNDAY + timedelta(days=1))
    db.session.add(gap)
    assert Counter(comments_of(room, MONDAY)) == {("met", "met"): 5, ("cannot_see", "cannot_see"): 7}
    row = db.session.scalars(
        select(RequirementVerdict).where(
            RequirementVerdict.enrollment_id == room.students[11].id,
            RequirementVerdict.requirement == "comment-1",
        )
    ).one()
    assert row.reason == "gap"
    assert "between Sun, Oct 25, 2:15 AM CDT and Mon, Oct 26, 2:15 AM CDT" in sentence_of(row)

    for student in range(5, 9):
        say(room, student, 0, 0, make.DUE - timedelta(hours=1, minutes=student))
        say(room, student, 0, 1, make.DUE - timedelta(minutes=student))
    say(room, 9, 0, 0, make.DUE - timedelta(minutes=1))
    gap.closed_at = MONDAY
    assert Counter(comments_of(room, MONDAY)) == {
        ("met", "met"): 9, ("met", "not_found_yet"): 1, ("not_found_yet", "not_found_yet"): 2,
    }, "ten seen and nine read behind the window"  # fmt: skip
