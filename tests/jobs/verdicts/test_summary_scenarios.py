"""PRODUCT S18: 150 summary posts, of which 144 are as asked, however they are called."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import factories as make
from tests.support.round_of_150 import Round, build, link_both
from tests.support.said import clock_of, sentence_of
from tests.support.shown import begin_run, show
from tracker.domain.feed import Entry, EntryKind, FeedKind, Source, StatedTime, TimeBasis
from tracker.extensions import db
from tracker.jobs.polling.store_poll import RunState
from tracker.jobs.verdicts.store_verdicts import regrade_course
from tracker.models import Blog, Feed, RequirementVerdict
from tracker.queries.standings import load_standings
from tracker.queries.verdicts.summary_claims import find_differences

TITLES = ("C4T#2 Summary Post", "c4t-2", "Comments for Teachers #2", "Project #7 Post: C4T #2 Summary", "")
"""As S18 has them; the last has no title at all."""
HOME_ONLY, OTHER_POST, LATER_SEEN = range(144, 147), range(147, 149), 149
FRIDAY = datetime(2026, 11, 6, 8, 30, tzinfo=UTC)
"""Nov 6, 02:30 in Chicago: the nightly check has ended."""


def write(student: int, room: Round) -> dict[str, Any]:
    """Three link the home of the blog, two a post on which they did not comment, one came to light late."""
    title = TITLES[student % len(TITLES)]
    blog = room.blogs[room.places[student]]
    if student in HOME_ONLY:
        return {"title": "C4T #2", "html": f"<p>I read <a href='{blog.home_url}'>this blog</a>.</p>"}
    if student in OTHER_POST:
        other = room.posts[room.places[student] + 1][0]
        return {"title": "C4T #2", "html": f"<p>I read <a href='{other.url}'>this</a>.</p>"}
    values = {**link_both(student, room), "title": title}
    if student == LATER_SEEN:
        values |= {
            "posted_at": datetime(2026, 10, 30, 17, 0, tzinfo=UTC),  # Fri Oct 30, 12:00 CDT
            "first_seen_at": datetime(2026, 11, 6, 8, 19, tzinfo=UTC),
            "last_check_before": datetime(2026, 11, 5, 8, 19, tzinfo=UTC),  # the sixth night without it
        }
    return values


@pytest.fixture
def room(context: Flask) -> Round:
    made = build(["both"] * 150, write=write, fully_checked_at=FRIDAY)
    regrade_course(made.course.id, FRIDAY)
    return made


def summaries(room: Round) -> list[RequirementVerdict]:
    """The verdicts of the summaries, by student."""
    rows = {
        row.enrollment_id: row
        for row in db.session.scalars(
            select(RequirementVerdict).where(RequirementVerdict.requirement == "summary")
        )
    }
    return [rows[one.id] for one in room.students]


def test_s18_all_titles_are_recognised_and_six_go_to_a_person(room: Round) -> None:
    found = summaries(room)
    assert Counter((row.state, row.reason) for row in found) == {
        ("met", "on-time"): 144,
        ("in_review", "link-too-general"): 3,
        ("in_review", "links-other-posts"): 2,
        ("date_questionable", "date"): 1,
    }
    assert {TITLES[n % len(TITLES)] for n, row in enumerate(found) if row.state == "met"} == set(TITLES)
    assert all(row.post_id == post.id for row, post in zip(found, room.summaries, strict=True))
    assert {n for n, row in enumerate(found) if row.reason == "link-too-general"} == set(HOME_ONLY)
    assert sentence_of(found[HOME_ONLY[0]]).endswith(
        "It links to the blog, not to the posts; probably all right."
    )
    assert clock_of(found[LATER_SEEN]) == (
        "It is dated Fri, Oct 30, 12:00 PM CDT, but a full check on Thu, Nov 5, 2:19 AM CST did not show it."
    )
    assert len(load_standings(db.session(), room.course.id).states) == 150
    assert regrade_course(room.course.id, FRIDAY) == 0


@pytest.mark.one_database
def test_s18_a_mismatch_is_shown_with_what_the_comments_say(room: Round) -> None:
    for student in OTHER_POST:
        said = find_differences(db.session(), room.course.id, room.assignment.id, room.students[student].id)[
            "summary"
        ]
        assert "It links to “this”, but we have no comment of theirs there." in said
        assert sum(one.startswith("They commented on “Post ") for one in said) == 2
    agreeing = find_differences(db.session(), room.course.id, room.assignment.id, room.students[0].id)
    assert agreeing == {}


@pytest.mark.one_database
def test_s18_six_nightly_checks_without_it_make_a_date_questionable(context: Flask) -> None:
    """By the checks themselves: dated Fri Oct 30, shown by the check of Nov 6 and none of the six before."""
    room = build(["both"], write=lambda *_: {}, fully_checked_at=FRIDAY)
    run = begin_run(make.NOW)
    one, other = room.given(0)
    said = Entry(
        EntryKind.POST, Source.RSS, title="C4T #2 Summary Post", link=f"{room.class_blogs[0].home_url}p/9/",
        html=f"<p><a href='{one.url}'>this</a> <a href='{other.url}'>that</a></p>",
        posted=StatedTime("", datetime(2026, 10, 30, 17, 0, tzinfo=UTC), TimeBasis.OFFSET),
    )  # fmt: skip
    for nights, entries in [*((night, ()) for night in range(6)), (6, (said,))]:
        look_at(room.class_blogs[0], run, entries, SATURDAY + nights * NIGHT)
    regrade_course(room.course.id, FRIDAY)
    db.session.expire_all()
    [summary] = summaries(room)
    assert (summary.state, summary.reason) == ("date_questionable", "date")
    assert clock_of(summary) == (
        "It is dated Fri, Oct 30, 12:00 PM CDT, but a full check on Thu, Nov 5, 2:15 AM CST did not show it."
    )


SATURDAY = datetime(2026, 10, 31, 7, 15, tzinfo=UTC)
"""02:15 in Chicago."""
NIGHT = timedelta(days=1)


def look_at(blog: Blog, run: RunState, entries: tuple[Entry, ...], at: datetime) -> None:
    """One nightly check of a class blog's posts; from Nov 1 on an hour later by UTC."""
    feed = db.session.scalars(select(Feed).where(Feed.blog_id == blog.id)).one()
    at += timedelta(hours=1) if at > datetime(2026, 11, 1, 7, tzinfo=UTC) else timedelta()
    show(run, feed.id, *entries, at=at, kind=FeedKind.POSTS)
